#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "graph/algorithms/projection.h"

namespace verbale::graph::algorithms {

// Ways through the graph, along the projection's orientation. A length is the sum of the weights,
// the number of arcs where the projection has none. Error(kInvalidArgument) for weights below zero.

/// Arcs that follow one another.
struct Route {
  Index from = kNoIndex;
  std::vector<Arc> arcs;  ///< Empty: the route stays where it begins.
  double length = 0;
};

/// A node that a search came to.
struct Reached {
  Index node = kNoIndex;
  std::uint32_t hops = 0;
};
/// Everything within `max_hops` of the source, nearest first, of equal distance by Index. O(n + m);
/// 12 bytes a node.
std::vector<Reached> BreadthFirst(const Projection& projection, Index source,
                                  std::uint32_t max_hops, const Work& work = {});

/// The shortest way to every node that can be reached, or to one (Dijkstra). Of equally short ways
/// the one whose last nodes have the lowest numbers. In the order of targets. O(m log n); 24 bytes
/// a node.
std::vector<Route> ShortestRoutes(const Projection& projection, Index source,
                                  std::optional<Index> target, const Work& work = {});

/// The shortest way, with `estimate` of what is left from a node to the target leading the search
/// (A*): it must not be more than what is left, or the way may be longer than need be.
/// O(m log n), mostly much less; 36 bytes a node.
std::optional<Route> AStarRoute(const Projection& projection, Index source, Index target,
                                const std::function<double(Index)>& estimate,
                                const Work& work = {});

/// The k shortest ways that meet no node twice (Yen), shortest first, of equal ones by their nodes.
/// Of parallel arcs the lightest counts. O(k n m log n) at worst; a Csr and 32 bytes a node.
std::vector<Route> KShortestRoutes(const Projection& projection, Index source, Index target,
                                   std::uint32_t k, const Work& work = {});

/// Distances from every node to every node, row by row; infinite where there is no way.
/// Error(kLimitExceeded) for more than `limit` nodes. O(n m log n); 8 n² bytes. Threads.
std::vector<std::vector<double>> AllDistances(const Projection& projection, Index limit,
                                              const Work& work = {});

/// The relationships that hold together what hangs together, of least weight in sum; where weights
/// are equal, of lower RelId. A tree for each component. Ascending by weight, then RelId. Needs
/// Orientation::kBoth. Weights may be below zero. O(m log m); 24 bytes a relationship.
std::vector<RelNo> SpanningForest(const Projection& projection, const Work& work = {});

/// How much flows through relationships at most from one node to another.
struct Flow {
  double total = 0;
  std::vector<Arc> arcs;        ///< Those that something flows through, in its direction.
  std::vector<double> amounts;  ///< Beside `arcs`.
};
/// Weights are capacities; without, 1. (Boykov and Kolmogorov.) O(n m c) for a least cut of c
/// relationships; a copy of the graph, about 120 bytes a relationship.
Flow MaximumFlow(const Projection& projection, Index source, Index sink, const Work& work = {});

}  // namespace verbale::graph::algorithms
