#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "graph/algorithms/projection.h"

namespace verbale::graph::algorithms {

// Groups of nodes with more relationships among them than to others. Direction does not matter,
// loops are left out, parallel relationships add up. Communities are numbered as components are.

/// A partition of the nodes.
struct Communities {
  std::vector<std::uint32_t> community;  ///< By Index.
  std::uint32_t count = 0;
  double modularity = 0;
};

/// How communities are looked for.
struct CommunityOptions {
  double resolution = 1;  ///< Louvain: above 1, communities are smaller.
  /// The order in which nodes are looked at; nullopt: by id. The same seed, the same communities.
  std::optional<std::uint64_t> seed;
  std::uint32_t iterations = 100;  ///< Rounds of label propagation at most.
};

/// Nodes move to the neighbouring community where modularity gains most, then communities become
/// nodes, and so on (Blondel and others, 2008). About O(m) a level; a Csr and 60 bytes a node.
Communities Louvain(const Projection& projection, const CommunityOptions& options,
                    const Work& work = {});

/// Nodes take the label that most of their neighbours have, until all have (Raghavan and others,
/// 2007). A node keeps its label among equals, else takes the one that came first. O(m) a round; a
/// Csr and 24 bytes a node. Quicker than Louvain, and cruder.
Communities LabelPropagation(const Projection& projection, const CommunityOptions& options,
                             const Work& work = {});

/// The modularity of a partition (Newman), in the same reading of the projection. O(n + m).
double Modularity(const Projection& projection, const std::vector<std::uint32_t>& community,
                  double resolution, const Work& work = {});

}  // namespace verbale::graph::algorithms
