#include <compare>
#include <vector>

#include <boost/graph/kruskal_min_spanning_tree.hpp>

#include "graph/algorithms/boost_graph.h"
#include "graph/algorithms/paths.h"
#include "graph/error.h"

namespace verbale::graph::algorithms {
namespace {

/// A weight, and what decides between equal ones.
struct RankedWeight {
  double weight = 0;
  RelId id;
  auto operator<=>(const RankedWeight& other) const = default;
};

/// Weights as Kruskal's algorithm compares them.
struct RankedWeightMap {
  using key_type = Arc;
  using value_type = RankedWeight;
  using reference = RankedWeight;
  using category = boost::readable_property_map_tag;
  const Projection* projection;
};
RankedWeight get(const RankedWeightMap& map, const Arc& arc) {
  return {map.projection->Weight(arc.rel), map.projection->view().Id(arc.rel)};
}

}  // namespace

std::vector<RelNo> SpanningForest(const Projection& projection, const Work& work) {
  if (projection.is_directed()) {
    throw Error(ErrorCode::kInvalidArgument, "spanning trees are of graphs without direction");
  }
  work.Hold(projection.ArcBound() / 2 * 24 + std::size_t{projection.size()} * 16);
  std::vector<Arc> arcs;
  boost::kruskal_minimum_spanning_tree(UndirectedGraph(projection, work), std::back_inserter(arcs),
                                       boost::weight_map(RankedWeightMap{&projection}));
  std::vector<RelNo> rels;
  for (const Arc& arc : arcs) rels.push_back(arc.rel);
  return rels;
}

}  // namespace verbale::graph::algorithms
