// Louvain. A level is a graph whose nodes are communities of the level below. Nodes wait in a
// queue; one that moves calls back those of its neighbours that are not in its new community, which
// is what could change their mind. So a level ends when nobody waits, after far fewer looks than by
// rounds.

#include <algorithm>
#include <numeric>
#include <random>

#include "graph/algorithms/communities.h"
#include "graph/algorithms/internal/csr.h"
#include "graph/algorithms/internal/group_weights.h"
#include "graph/algorithms/internal/numbering.h"
#include "graph/algorithms/internal/order.h"

namespace verbale::graph::algorithms {
namespace {

/// A move must gain more than this share of all weight: below it, it is rounding.
constexpr double kLeastGain = 1e-12;

/// One level. Weights within a node are in `inner`, once; strengths count them twice.
struct Level {
  std::vector<std::uint64_t> starts;
  std::vector<Index> targets;
  std::vector<double> weights;  ///< Empty: each is 1.
  std::vector<double> inner;
  std::vector<double> strengths;
  double total = 0;  ///< Of the strengths.

  Index size() const { return static_cast<Index>(inner.size()); }
  double Weight(std::uint64_t arc) const { return weights.empty() ? 1 : weights[arc]; }

  void Sum() {
    strengths.resize(size());
    total = 0;
    for (Index node = 0; node < size(); ++node) {
      double sum = 2 * inner[node];
      for (std::uint64_t i = starts[node]; i < starts[node + 1]; ++i) sum += Weight(i);
      strengths[node] = sum;
      total += sum;
    }
  }
};

/// Moves the nodes of one level.
class Mover {
 public:
  Mover(const Level& level, double resolution, const Work& work)
      : level_(level),
        work_(work),
        scale_(level.total > 0 ? resolution / level.total : 0),
        community_(level.size()),
        totals_(level.strengths),
        weight_to_(level.size()) {
    std::iota(community_.begin(), community_.end(), 0);
  }

  /// Whether any node moved.
  bool Run(std::vector<Index> queue) {
    bool moved = false;
    std::vector<bool> waits(queue.size(), true);
    const std::size_t capacity = queue.size();
    std::size_t waiting = capacity;
    for (std::size_t head = 0; waiting > 0; head = head + 1 == capacity ? 0 : head + 1) {
      if (head == 0) work_.Check();
      const Index node = queue[head];
      waits[node] = false;
      --waiting;
      if (!Move(node)) continue;
      moved = true;
      for (std::uint64_t i = level_.starts[node]; i < level_.starts[node + 1]; ++i) {
        const Index other = level_.targets[i];
        if (waits[other] || community_[other] == community_[node]) continue;
        waits[other] = true;
        // No node waits twice, so the ring has room: behind those that wait.
        queue[(head + 1 + waiting) % capacity] = other;
        ++waiting;
      }
    }
    return moved;
  }

  std::vector<std::uint32_t> Communities() && { return std::move(community_); }

 private:
  bool Move(Index node) {
    const std::uint32_t own = community_[node];
    weight_to_.Add(own, 0);
    for (std::uint64_t i = level_.starts[node]; i < level_.starts[node + 1]; ++i) {
      weight_to_.Add(community_[level_.targets[i]], level_.Weight(i));
    }
    const double strength = level_.strengths[node];
    totals_[own] -= strength;
    std::uint32_t best = own;
    double best_gain = weight_to_.Of(own) - scale_ * strength * totals_[own];
    const double least = kLeastGain * level_.total;
    for (const std::uint32_t community : weight_to_.met()) {
      const double gain = weight_to_.Of(community) - scale_ * strength * totals_[community];
      if (gain > best_gain + (best == own ? least : 0)) {
        best = community;
        best_gain = gain;
      }
    }
    weight_to_.Clear();
    totals_[best] += strength;
    community_[node] = best;
    return best != own;
  }

  const Level& level_;
  const Work& work_;
  double scale_;
  std::vector<std::uint32_t> community_;
  std::vector<double> totals_;  ///< Strength of a community.
  GroupWeights weight_to_;      ///< Communities from the node at hand; its own is met first.
};

/// The level whose nodes are the communities of `level`, numbered densely.
Level Gather(const Level& level, const std::vector<std::uint32_t>& community, std::uint32_t count) {
  std::vector<Index> first(std::size_t{count} + 1);
  for (const std::uint32_t group : community) ++first[group + 1];
  for (std::uint32_t i = 0; i < count; ++i) first[i + 1] += first[i];
  std::vector<Index> members(community.size());
  std::vector<Index> next(first.begin(), first.end() - 1);
  for (Index node = 0; node < community.size(); ++node) members[next[community[node]]++] = node;

  Level above;
  above.inner.resize(count);
  above.starts.push_back(0);
  GroupWeights weight_to(count);
  for (std::uint32_t group = 0; group < count; ++group) {
    for (Index at = first[group]; at < first[group + 1]; ++at) {
      const Index node = members[at];
      above.inner[group] += level.inner[node];
      for (std::uint64_t i = level.starts[node]; i < level.starts[node + 1]; ++i) {
        const std::uint32_t other = community[level.targets[i]];
        if (other == group) {
          above.inner[group] += level.Weight(i) / 2;  // Met from both ends.
        } else {
          weight_to.Add(other, level.Weight(i));
        }
      }
    }
    for (const Index other : weight_to.met()) {
      above.targets.push_back(other);
      above.weights.push_back(weight_to.Of(other));
    }
    weight_to.Clear();
    above.starts.push_back(above.targets.size());
  }
  above.Sum();
  return above;
}

double ModularityOf(const Level& level, const std::vector<std::uint32_t>& community,
                    double resolution) {
  if (level.total == 0) return 0;
  std::vector<double> within(level.size());
  std::vector<double> totals(level.size());
  for (Index node = 0; node < level.size(); ++node) {
    within[community[node]] += 2 * level.inner[node];
    totals[community[node]] += level.strengths[node];
    for (std::uint64_t i = level.starts[node]; i < level.starts[node + 1]; ++i) {
      if (community[level.targets[i]] != community[node]) continue;
      within[community[node]] += level.Weight(i);
    }
  }
  double sum = 0;
  for (std::size_t i = 0; i < totals.size(); ++i) {
    const double share = totals[i] / level.total;
    sum += within[i] / level.total - resolution * share * share;
  }
  return sum;
}

Level GroundLevel(const Projection& projection, const Work& work) {
  Csr csr(projection, {.undirected = true, .parallel = Parallel::kSummed}, work);
  RequireNonNegative(csr, "modularity");
  work.Hold(std::size_t{csr.size()} * 60);
  Level level{std::move(csr.starts),
              std::move(csr.targets),
              std::move(csr.weights),
              std::vector<double>(projection.size()),
              {}};
  level.Sum();
  return level;
}

}  // namespace

std::vector<Index> OrderOfSeed(Index n, std::optional<std::uint64_t> seed) {
  std::vector<Index> order(n);
  std::iota(order.begin(), order.end(), 0);
  if (!seed) return order;
  // Not std::shuffle, whose draws each standard library makes in its own way.
  std::mt19937_64 random(*seed);
  for (Index i = n; i > 1; --i) std::swap(order[i - 1], order[random() % i]);
  return order;
}

Communities Louvain(const Projection& projection, const CommunityOptions& options,
                    const Work& work) {
  Level level = GroundLevel(projection, work);
  Communities found;
  found.community.resize(level.size());
  std::iota(found.community.begin(), found.community.end(), 0);
  for (bool ground = true; level.total > 0; ground = false) {
    Mover mover(level, options.resolution, work);
    const auto seed = ground ? options.seed : std::nullopt;
    if (!mover.Run(OrderOfSeed(level.size(), seed))) break;
    std::vector<std::uint32_t> groups = std::move(mover).Communities();
    const std::uint32_t count = NumberBySize(groups);
    for (std::uint32_t& community : found.community) community = groups[community];
    level = Gather(level, groups, count);
    if (count == 1) break;
  }
  std::vector<std::uint32_t> alone(level.size());
  std::iota(alone.begin(), alone.end(), 0);
  found.modularity = ModularityOf(level, alone, options.resolution);
  found.count = NumberBySize(found.community);
  return found;
}

double Modularity(const Projection& projection, const std::vector<std::uint32_t>& community,
                  double resolution, const Work& work) {
  std::vector<std::uint32_t> dense = community;
  NumberBySize(dense);
  return ModularityOf(GroundLevel(projection, work), dense, resolution);
}

}  // namespace verbale::graph::algorithms
