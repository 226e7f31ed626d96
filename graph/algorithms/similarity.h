#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "graph/algorithms/projection.h"

namespace verbale::graph::algorithms {

// Nodes with the same neighbours. The neighbours of a node are where its arcs lead in the
// projection's orientation, each once; loops are left out.

/// What makes two neighbourhoods A and B alike.
enum class Likeness : std::uint8_t {
  kJaccard,  ///< |A ∩ B| / |A ∪ B|
  kOverlap,  ///< |A ∩ B| / min(|A|, |B|)
  kCosine,   ///< Of the vectors of weights: A · B / (|A| |B|)
  kCommon,   ///< |A ∩ B|
};

/// Which pairs are wanted.
struct SimilarityOptions {
  Likeness likeness = Likeness::kJaccard;
  /// Most similar others for each node, which may name a pair from either side; 0: all pairs, each
  /// once.
  std::uint32_t top = 10;
  double least = 0;              ///< Pairs that score less are left out.
  std::vector<bool> among = {};  ///< By Index: nodes that are compared; empty: all.
  bool via_others_only = false;  ///< Neighbours that are themselves compared do not count.
};

/// Two nodes with neighbours in common.
struct SimilarPair {
  Index node = kNoIndex;
  Index other = kNoIndex;
  double score = 0;
  std::uint32_t common = 0;
};
/// Ordered by node, then by descending score, then by other. O(Σ d²) over the degrees d of common
/// neighbours; two Csr and 16 bytes a node and thread. Threads.
std::vector<SimilarPair> Similarity(const Projection& projection, const SimilarityOptions& options,
                                    const Work& work = {});

/// Whether nodes of many relationships are joined to nodes of many: the correlation of the degrees
/// at both ends, -1 to 1; along the orientation, of what leaves with what arrives. nullopt where it
/// is not defined, as all degrees are the same. O(n + m); 16 bytes a node.
std::optional<double> DegreeAssortativity(const Projection& projection, const Work& work = {});

}  // namespace verbale::graph::algorithms
