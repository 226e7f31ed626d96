// Betweenness after Brandes ("A faster algorithm for betweenness centrality", 2001): one search
// from each source, then back over it, farthest node first. What a node hands back over an arc is
// (1 + dependency) / paths, so that one number a node is enough on the way back; it takes the place
// of the number of paths, which is not needed any more then.
//
// A path that leads through a node enters it by one arc and leaves it by one. What leaves over an
// arc is what its start takes back over it; what enters is the same without the paths that end at
// the arc's end: (paths to the start) * dependency / paths of the end.
//
// Sources are dealt out to a fixed number of lanes, which threads share; a lane adds up its sources
// in their order, and the lanes are added in theirs.

#include <algorithm>
#include <numeric>
#include <optional>

#include "graph/algorithms/centrality.h"
#include "graph/algorithms/internal/csr.h"
#include "graph/algorithms/internal/order.h"
#include "graph/algorithms/internal/parallel.h"
#include "graph/algorithms/internal/shortest.h"
#include "graph/error.h"

namespace verbale::graph::algorithms {
namespace {

constexpr std::size_t kLanes = 16;
constexpr std::uint32_t kFar = 0xFFFFFFFF;

/// By arc: how many of the paths through its start leave over it, and of those through its end
/// enter over it.
class ArcShares {
 public:
  explicit ArcShares(const Csr& csr)
      : leaving(csr.targets.size()), entering(csr.targets.size()), through_(csr.size()) {}

  std::vector<double> leaving, entering;

  /// `paths` lead to the start of the arc, `handed` is handed back by its end.
  void Add(std::uint64_t arc, bool from_source, double paths, Index to, double handed) {
    if (!from_source) leaving[arc] += paths * handed;
    entering[arc] += paths * through_[to];
  }
  /// Before the arcs that lead to `node`.
  void Settle(Index node, double dependency, double paths) { through_[node] = dependency / paths; }

 private:
  std::vector<double> through_;
};

/// Searches by hops, and hands back.
class HopLane {
 public:
  explicit HopLane(const Csr& csr) : csr_(csr), nodes_(csr.size()) { order_.reserve(csr.size()); }

  void Add(Index source, std::vector<double>& scores, ArcShares* shares) {
    Search(source);
    for (std::size_t at = order_.size(); at-- > 0;) {
      const Index node = order_[at];
      Node& own = nodes_[node];
      double back = 0;
      for (const Index to : csr_.Of(node)) {
        if (nodes_[to].distance == own.distance + 1) back += nodes_[to].value;
      }
      const double dependency = own.value * back;
      if (at != 0) scores[node] += dependency;
      if (shares != nullptr) {
        for (std::uint64_t arc = csr_.starts[node]; arc < csr_.starts[node + 1]; ++arc) {
          const Index to = csr_.targets[arc];
          if (nodes_[to].distance != own.distance + 1) continue;
          shares->Add(arc, at == 0, own.value, to, nodes_[to].value);
        }
        shares->Settle(node, dependency, own.value);
      }
      own.value = (1 + dependency) / own.value;
    }
    for (const Index node : order_) nodes_[node] = {};
    order_.clear();
  }

 private:
  struct Node {
    double value = 0;  ///< The number of shortest paths, then what is handed back.
    std::uint32_t distance = kFar;
  };

  void Search(Index source) {
    nodes_[source] = {1, 0};
    order_.push_back(source);
    for (std::size_t at = 0; at < order_.size(); ++at) {
      const Node own = nodes_[order_[at]];
      for (const Index to : csr_.Of(order_[at])) {
        Node& other = nodes_[to];
        if (other.distance == kFar) {
          other.distance = own.distance + 1;
          order_.push_back(to);
        }
        if (other.distance == own.distance + 1) other.value += own.value;
      }
    }
  }

  const Csr& csr_;
  std::vector<Node> nodes_;
  std::vector<Index> order_;
};

/// Searches by weights. Whether an arc is on a shortest path is found out again on the way back, by
/// the same sum, so by the same bits.
class WeightLane {
 public:
  explicit WeightLane(const Csr& csr) : csr_(csr), tree_(csr), values_(csr.size()) {}

  void Add(Index source, std::vector<double>& scores, ArcShares* shares) {
    const std::vector<Index>& order = tree_.From(source);
    for (const Index node : order) values_[node] = 0;
    values_[source] = 1;
    for (const Index node : order) {
      ForTight(node, [&](std::uint64_t, Index to) { values_[to] += values_[node]; });
    }
    for (std::size_t at = order.size(); at-- > 0;) {
      const Index node = order[at];
      double back = 0;
      ForTight(node, [&](std::uint64_t, Index to) { back += values_[to]; });
      const double dependency = values_[node] * back;
      if (at != 0) scores[node] += dependency;
      if (shares != nullptr) {
        ForTight(node, [&](std::uint64_t arc, Index to) {
          shares->Add(arc, at == 0, values_[node], to, values_[to]);
        });
        shares->Settle(node, dependency, values_[node]);
      }
      values_[node] = (1 + dependency) / values_[node];
    }
  }

 private:
  template <typename Visit>
  void ForTight(Index node, const Visit& visit) const {
    for (std::uint64_t i = csr_.starts[node]; i < csr_.starts[node + 1]; ++i) {
      const Index to = csr_.targets[i];
      if (tree_.distance(node) + csr_.weights[i] == tree_.distance(to)) visit(i, to);
    }
  }

  const Csr& csr_;
  ShortestTree tree_;
  std::vector<double> values_;
};

template <typename Lane>
std::vector<double> SumOfLanes(const Csr& csr, const std::vector<Index>& sources, ArcShares* shares,
                               Work work) {
  if (shares != nullptr) work.threads = 1;  // All lanes add to them.
  const std::size_t lanes = std::min(kLanes, sources.size());
  work.Hold(lanes * csr.size() * sizeof(double));
  std::vector<std::vector<double>> parts(lanes);
  Steps steps(work, sources.size());
  ForParts(work, lanes, [&](std::size_t lane) {
    Lane searcher(csr);
    parts[lane].assign(csr.size(), 0);
    for (std::size_t i = lane; i < sources.size(); i += lanes) {
      steps.Next();
      searcher.Add(sources[i], parts[lane], shares);
    }
  });
  std::vector<double> scores(csr.size());
  for (const std::vector<double>& part : parts) {
    for (std::size_t node = 0; node < scores.size(); ++node) scores[node] += part[node];
  }
  return scores;
}

/// Of a projection that is not directed each relationship is an arc at either end.
ScoreCarriers CarriersOf(const Csr& csr, const ArcShares& shares, double factor) {
  ScoreCarriers carriers(csr.size());
  const auto add = [&](Index node, double share, RelNo rel) {
    if (share > 0) carriers[node].emplace_back(share * factor, rel);
  };
  for (Index node = 0; node < csr.size(); ++node) {
    for (std::uint64_t arc = csr.starts[node]; arc < csr.starts[node + 1]; ++arc) {
      add(node, shares.leaving[arc], csr.rels[arc]);
      add(csr.targets[arc], shares.entering[arc], csr.rels[arc]);
    }
  }
  for (auto& list : carriers) {
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return a.second < b.second; });
    std::size_t out = 0;
    for (const auto& [share, rel] : list) {
      if (out > 0 && list[out - 1].second == rel) {
        list[out - 1].first += share;
      } else {
        list[out++] = {share, rel};
      }
    }
    list.resize(out);
  }
  return carriers;
}

}  // namespace

std::vector<Index> Sample(const Projection& projection, Index count, std::uint64_t seed) {
  std::vector<Index> order = OrderOfSeed(projection.size(), seed);
  order.resize(std::min<std::size_t>(order.size(), count));
  std::sort(order.begin(), order.end());
  return order;
}

BetweennessScores Betweenness(const Projection& projection, const BetweennessOptions& options,
                              const Work& work) {
  const Csr csr(projection, {.parallel = Parallel::kLightest, .rels = options.carriers}, work);
  const Index n = csr.size();
  for (const double weight : csr.weights) {
    if (weight > 0) continue;
    throw Error(ErrorCode::kInvalidArgument, "betweenness needs weights that are above zero");
  }
  std::vector<Index> sources = options.sources;
  if (sources.empty()) {
    sources.resize(n);
    std::iota(sources.begin(), sources.end(), 0);
  }
  std::optional<ArcShares> shares;
  if (options.carriers) {
    work.Hold(csr.targets.size() * 24);
    shares.emplace(csr);
  }
  ArcShares* const all = shares ? &*shares : nullptr;
  BetweennessScores found;
  found.scores = csr.weights.empty() ? SumOfLanes<HopLane>(csr, sources, all, work)
                                     : SumOfLanes<WeightLane>(csr, sources, all, work);
  double factor = projection.is_directed() ? 1 : 0.5;  // Undirected: each pair is met twice.
  if (options.normalized) {
    const double others = n > 2 ? (n - 1.0) * (n - 2.0) : 1;
    factor = 1 / others;
  }
  if (options.scale_sample && !sources.empty()) factor *= n / static_cast<double>(sources.size());
  for (double& score : found.scores) score *= factor;
  if (shares) found.carriers = CarriersOf(csr, *shares, factor);
  return found;
}

}  // namespace verbale::graph::algorithms
