// Louvain. A level is a graph whose nodes are communities of the level below. Nodes wait in a
// queue; one that moves calls back those of its neighbours that are not in its new community, which
// is what could change their mind. So a level ends when nobody waits, after far fewer looks than by
// rounds.

#include <algorithm>
#include <numeric>
#include <random>

#include "graph/algorithms/communities.h"
#include "graph/algorithms/internal/csr.h"
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

  void Sum() {
    strengths.resize(size());
    total = 0;
    for (Index node = 0; node < size(); ++node) {
      double sum = 2 * inner[node];
      if (weights.empty()) sum += static_cast<double>(starts[node + 1] - starts[node]);
      for (std::uint64_t i = starts[node]; !weights.empty() && i < starts[node + 1]; ++i) {
        sum += weights[i];
      }
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
        weight_to_(level.size(), -1) {
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
    near_.clear();
    Reach(own, 0);
    for (std::uint64_t i = level_.starts[node]; i < level_.starts[node + 1]; ++i) {
      Reach(community_[level_.targets[i]], level_.weights.empty() ? 1 : level_.weights[i]);
    }
    const double strength = level_.strengths[node];
    totals_[own] -= strength;
    std::uint32_t best = own;
    double best_gain = weight_to_[own] - scale_ * strength * totals_[own];
    const double least = kLeastGain * level_.total;
    for (const std::uint32_t community : near_) {
      const double gain = weight_to_[community] - scale_ * strength * totals_[community];
      if (gain > best_gain + (best == own ? least : 0)) {
        best = community;
        best_gain = gain;
      }
      weight_to_[community] = -1;
    }
    totals_[best] += strength;
    community_[node] = best;
    return best != own;
  }

  void Reach(std::uint32_t community, double weight) {
    if (weight_to_[community] < 0) {
      weight_to_[community] = 0;
      near_.push_back(community);
    }
    weight_to_[community] += weight;
  }

  const Level& level_;
  const Work& work_;
  double scale_;
  std::vector<std::uint32_t> community_;
  std::vector<double> totals_;     ///< Strength of a community.
  std::vector<double> weight_to_;  ///< From the node at hand; below 0: none.
  std::vector<std::uint32_t> near_;
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
  std::vector<double> weight_to(count, -1);
  std::vector<Index> near;
  for (std::uint32_t group = 0; group < count; ++group) {
    near.clear();
    for (Index at = first[group]; at < first[group + 1]; ++at) {
      const Index node = members[at];
      above.inner[group] += level.inner[node];
      for (std::uint64_t i = level.starts[node]; i < level.starts[node + 1]; ++i) {
        const std::uint32_t other = community[level.targets[i]];
        const double weight = level.weights.empty() ? 1 : level.weights[i];
        if (other == group) {
          above.inner[group] += weight / 2;  // Met from both ends.
          continue;
        }
        if (weight_to[other] < 0) {
          weight_to[other] = 0;
          near.push_back(other);
        }
        weight_to[other] += weight;
      }
    }
    for (const Index other : near) {
      above.targets.push_back(other);
      above.weights.push_back(weight_to[other]);
      weight_to[other] = -1;
    }
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
      within[community[node]] += level.weights.empty() ? 1 : level.weights[i];
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
    if (count == 1) {
      level = Gather(level, groups, count);
      break;
    }
    level = Gather(level, groups, count);
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
