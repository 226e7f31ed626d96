#pragma once

// The arcs of a projection as plain arrays: what the algorithms walk that are ours, many times
// over.

#include <cstdint>
#include <span>
#include <vector>

#include "graph/algorithms/projection.h"

namespace verbale::graph::algorithms {

/// What becomes of loops and of parallel arcs.
enum class Parallel : std::uint8_t {
  kKept,      ///< All are there.
  kSummed,    ///< No loops; parallel arcs are one, with the sum of their weights.
  kLightest,  ///< No loops; of parallel arcs there is the one of the least weight.
};

/// What of the projection is laid out.
struct CsrOptions {
  bool reversed = false;    ///< The arcs that come to a node instead of those that leave it.
  bool undirected = false;  ///< Either way, whatever the orientation.
  Parallel parallel = Parallel::kKept;  ///< Where summed, `rels` has the first.
  bool rels = false;  ///< `rels` is filled. Weights are, where the projection is weighted.
};

/// Arcs of node i are [starts[i], starts[i + 1]), ordered by their other end, then by RelId: so
/// sums over them have the same bits however the graph grew. Takes 4 bytes an arc, 8 more with
/// weights, 4 more with rels; made in O(n + m log d), d the largest degree.
struct Csr {
  std::vector<std::uint64_t> starts;
  std::vector<Index> targets;
  std::vector<double> weights;  ///< Empty: each is 1.
  std::vector<RelNo> rels;      ///< Empty unless asked for.

  Csr(const Projection& projection, const CsrOptions& options, const Work& work);

  Index size() const { return static_cast<Index>(starts.size() - 1); }
  std::span<const Index> Of(Index node) const {
    return {targets.data() + starts[node], targets.data() + starts[node + 1]};
  }
  double Weight(std::uint64_t arc) const { return weights.empty() ? 1 : weights[arc]; }
  std::uint64_t Degree(Index node) const { return starts[node + 1] - starts[node]; }
  /// The sum of the weights at a node, in their order.
  double Strength(Index node) const;

 private:
  void Merge(Parallel parallel);
};

/// Error(kInvalidArgument) where a weight is below zero, for algorithms that have no meaning then.
void RequireNonNegative(const Csr& csr, std::string_view algorithm);

}  // namespace verbale::graph::algorithms
