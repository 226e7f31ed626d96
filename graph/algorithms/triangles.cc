// Triangles by the forward method: arcs lead from a node to those of higher degree (then number)
// only, so that no list is longer than √(2m), and each triangle is found once, from its lowest
// node: the node's neighbours are marked, and those of its neighbours looked up.
//
// Counts are whole numbers, so that the order of adding does not matter; each lane has its own, as
// all three corners are counted at once.

#include <algorithm>
#include <numeric>

#include "graph/algorithms/components.h"
#include "graph/algorithms/internal/csr.h"
#include "graph/algorithms/internal/parallel.h"

namespace verbale::graph::algorithms {
namespace {

constexpr std::size_t kLanes = 4;
constexpr Index kRange = 256;

/// The arcs that lead up, by rank: nodes are numbered anew by ascending degree.
struct Upward {
  std::vector<Index> node_of;  ///< By rank.
  std::vector<std::uint64_t> starts;
  std::vector<Index> targets;

  explicit Upward(const Csr& csr) : node_of(csr.size()), starts(std::size_t{csr.size()} + 1) {
    const Index n = csr.size();
    std::iota(node_of.begin(), node_of.end(), 0);
    std::stable_sort(node_of.begin(), node_of.end(),
                     [&](Index a, Index b) { return csr.Degree(a) < csr.Degree(b); });
    std::vector<Index> rank(n);
    for (Index i = 0; i < n; ++i) rank[node_of[i]] = i;
    targets.reserve(csr.targets.size() / 2);
    for (Index i = 0; i < n; ++i) {
      for (const Index other : csr.Of(node_of[i])) {
        if (rank[other] > i) targets.push_back(rank[other]);
      }
      starts[i + 1] = targets.size();
    }
  }

  std::span<const Index> Of(Index rank) const {
    return {targets.data() + starts[rank], targets.data() + starts[rank + 1]};
  }
};

void CountFrom(const Upward& up, Index low, std::vector<Index>& mark,
               std::vector<std::uint64_t>& counts) {
  const std::span<const Index> own = up.Of(low);
  if (own.size() < 2) return;
  for (const Index middle : own) mark[middle] = low;
  std::uint64_t of_low = 0;
  for (const Index middle : own) {
    std::uint64_t of_middle = 0;
    for (const Index high : up.Of(middle)) {
      if (mark[high] != low) continue;
      ++of_middle;
      ++counts[high];
    }
    counts[middle] += of_middle;
    of_low += of_middle;
  }
  counts[low] += of_low;
}

std::size_t CountShared(std::span<const Index> a, std::span<const Index> b) {
  std::size_t shared = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const Index left = a[i], right = b[j];
    shared += left == right;
    i += left <= right;
    j += right <= left;
  }
  return shared;
}

ScoreCarriers CarriersOf(const Csr& csr, const Work& work) {
  ScoreCarriers carriers(csr.size());
  ForRanges(work, csr.size(), kRange, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (Index node = static_cast<Index>(begin); node < end; ++node) {
      work.Check();
      for (std::uint64_t arc = csr.starts[node]; arc < csr.starts[node + 1]; ++arc) {
        const std::size_t shared = CountShared(csr.Of(node), csr.Of(csr.targets[arc]));
        if (shared > 0) carriers[node].emplace_back(static_cast<double>(shared), csr.rels[arc]);
      }
    }
  });
  return carriers;
}

}  // namespace

Triangles CountTriangles(const Projection& projection, bool carriers, const Work& work) {
  const Csr csr(projection, {.undirected = true, .parallel = Parallel::kLightest, .rels = carriers},
                work);
  const Index n = csr.size();
  work.Hold(csr.targets.size() * 2 + std::size_t{n} * (16 + 12 * kLanes));
  const Upward up(csr);
  std::vector<std::vector<std::uint64_t>> counts(kLanes);
  Steps steps(work, n / kRange + 1);
  ForParts(work, kLanes, [&](std::size_t lane) {
    counts[lane].resize(n);
    std::vector<Index> mark(n, kNoIndex);
    // Lanes take turns: nodes of high rank have the long lists.
    for (std::uint64_t from = lane * kRange; from < n; from += kLanes * kRange) {
      steps.Next();
      const Index end = static_cast<Index>(std::min<std::uint64_t>(from + kRange, n));
      for (Index low = static_cast<Index>(from); low < end; ++low) {
        CountFrom(up, low, mark, counts[lane]);
      }
    }
  });
  Triangles found{std::vector<std::uint64_t>(n), std::vector<double>(n), 0, {}};
  for (Index rank = 0; rank < n; ++rank) {
    const Index node = up.node_of[rank];
    for (const auto& lane : counts) found.counts[node] += lane[rank];
    found.total += found.counts[node];
    const double degree = static_cast<double>(csr.Degree(node));
    if (degree > 1) {
      found.coefficients[node] =
          2 * static_cast<double>(found.counts[node]) / (degree * (degree - 1));
    }
  }
  found.total /= 3;
  if (carriers) found.carriers = CarriersOf(csr, work);
  return found;
}

}  // namespace verbale::graph::algorithms
