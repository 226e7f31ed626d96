#pragma once

#include <cstdint>
#include <vector>

#include "graph/algorithms/projection.h"

namespace verbale::graph::algorithms {

// Where to draw nodes. Direction does not matter. Positions are by Index; the same seed gives the
// same picture.

/// A place on the plane.
struct Point {
  double x = 0;
  double y = 0;
};

/// On a circle of radius 1 around the origin, by Index, against the clock from (1, 0). O(n).
std::vector<Point> CircleLayout(const Projection& projection, const Work& work = {});

/// How a drawing by forces is made.
struct ForceOptions {
  std::uint32_t iterations = 100;
  std::uint64_t seed = 0;  ///< Of the places where nodes begin.
};
/// Relationships pull, nodes push their neighbours on the plane away (Fruchterman and Reingold);
/// within the square from (0, 0) to (1, 1). Needs Orientation::kBoth. O(n + m) an iteration where
/// nodes spread evenly, O(n²) at worst; 64 bytes a node.
std::vector<Point> FruchtermanReingold(const Projection& projection, const ForceOptions& options,
                                       const Work& work = {});

/// Distances in the drawing are those in the graph, as far as that can be (Kamada and Kawai); a
/// weight is a length. Each component is drawn by itself, and they stand in rows, largest first.
/// Error(kLimitExceeded) for more than `limit` nodes. At worst 160 n moves of O(n²); 24 n² bytes.
std::vector<Point> KamadaKawai(const Projection& projection, Index limit, const Work& work = {});

}  // namespace verbale::graph::algorithms
