#pragma once

#include <cstdint>
#include <vector>

#include "graph/algorithms/projection.h"

namespace verbale::graph::algorithms {

// What hangs together. Components are numbered from 0 by their size, largest first, those of equal
// size by their first node: so the numbers do not depend on the way of the search.

/// Which component each node is in.
struct Components {
  std::vector<std::uint32_t> component;  ///< By Index.
  std::uint32_t count = 0;
};
/// Either way along relationships, whatever the orientation. O(n + m); 12 bytes a node.
Components ConnectedComponents(const Projection& projection, const Work& work = {});
/// Each node of a component reaches each other one along the orientation. O(n + m); 40 bytes a
/// node.
Components StrongComponents(const Projection& projection, const Work& work = {});

/// What falls apart when a node or a relationship is taken away.
struct Biconnected {
  std::vector<RelNo> rels;               ///< All but loops, ascending by RelId.
  std::vector<std::uint32_t> component;  ///< Beside `rels`.
  std::vector<RelNo> bridges;            ///< Those without which their ends hang together no more.
  std::vector<Index> articulation_points;  ///< Ascending.
};
/// Needs Orientation::kBoth. O(n + m log m); 28 bytes a node and 8 a relationship number.
Biconnected BiconnectedComponents(const Projection& projection, const Work& work = {});

/// The largest k for which a node is in a part whose nodes all have k neighbours there. Either way,
/// without loops, parallel relationships are one. O(n + m); a Csr and 12 bytes a node.
std::vector<std::uint32_t> CoreNumbers(const Projection& projection, const Work& work = {});

/// Triangles at a node.
struct Triangles {
  std::vector<std::uint64_t> counts;
  std::vector<double> coefficients;  ///< The share of pairs of neighbours that are neighbours.
  std::uint64_t total = 0;           ///< Of different triangles.
  ScoreCarriers carriers;  ///< In how many of them the relationship is, where they are asked for.
};
/// Either way, without loops, parallel relationships are one. O(m √m); a Csr and half of one, 12
/// bytes a node and thread. Threads. With carriers O(m d), d the largest degree.
Triangles CountTriangles(const Projection& projection, bool carriers, const Work& work = {});

/// The order in which all arcs lead forward; of possible ones the one that has nodes of low id
/// first. Error(kInvalidArgument) where there is a cycle.
/// O(m + n log n); 8 bytes a node.
std::vector<Index> TopologicalOrder(const Projection& projection, const Work& work = {});

/// How many cycles are looked for, and how long ones.
struct CycleOptions {
  std::uint64_t limit = 1000;    ///< The search ends after so many.
  std::uint32_t max_length = 8;  ///< In arcs.
};
/// Cycles that meet no node twice, each as its arcs from the lowest node on, ordered by that node.
/// Undirected ones have three arcs at least and are there once. O((n + m)(c + 1)) for c cycles and
/// short lengths, exponential in the length otherwise.
std::vector<std::vector<Arc>> FindCycles(const Projection& projection, const CycleOptions& options,
                                         const Work& work = {});

}  // namespace verbale::graph::algorithms
