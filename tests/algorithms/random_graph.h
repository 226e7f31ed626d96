#pragma once

#include <cstdint>
#include <memory>

#include "graph/graph.h"

namespace verbale::graph {

/// Nodes with labels A, B or none, relationships of types R and S with weights `w`, loops and
/// parallel ones among them; written in three commits, with some of it deleted again.
std::unique_ptr<Graph> RandomGraph(std::uint32_t nodes, std::uint32_t rels, std::uint64_t seed);

}  // namespace verbale::graph
