#pragma once

// Shortest paths from one node to all, over a Csr, in arrays that are used again for the next node:
// what algorithms need that ask for all of them.

#include <cstdint>
#include <limits>
#include <vector>

#include "graph/algorithms/internal/csr.h"

namespace verbale::graph::algorithms {

inline constexpr double kUnreached = std::numeric_limits<double>::infinity();

/// One search at a time. Takes 12 bytes a node, and with weights a heap of up to 16 an arc.
class ShortestTree {
 public:
  explicit ShortestTree(const Csr& csr) : csr_(csr), distances_(csr.size(), kUnreached) {
    order_.reserve(csr.size());
  }

  /// Nodes by ascending distance, the source first; of equal distance in an order that depends on
  /// the graph alone. O(n' + m') of the part that is reached; with weights O(m' log n').
  const std::vector<Index>& From(Index source);
  double distance(Index node) const { return distances_[node]; }

 private:
  void ByHops();
  void ByWeights();

  const Csr& csr_;
  std::vector<double> distances_;
  std::vector<Index> order_;
  std::vector<std::pair<double, Index>> heap_;
};

}  // namespace verbale::graph::algorithms
