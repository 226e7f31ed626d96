// Components by Boost.Graph over the adjacency of the View, and by its disjoint sets where one look
// at each relationship is enough.

#include "graph/algorithms/components.h"

#include <algorithm>
#include <numeric>

#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/pending/disjoint_sets.hpp>

#include "graph/algorithms/boost_graph.h"
#include "graph/algorithms/internal/numbering.h"
#include "graph/error.h"

namespace verbale::graph::algorithms {

std::uint32_t NumberBySize(std::vector<std::uint32_t>& groups) {
  std::uint32_t limit = 0;
  for (const std::uint32_t group : groups) limit = std::max(limit, group + 1);
  std::vector<std::uint32_t> sizes(limit);
  std::vector<std::uint32_t> order;  // Of first appearance.
  for (const std::uint32_t group : groups) {
    if (sizes[group]++ == 0) order.push_back(group);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return sizes[a] > sizes[b]; });
  std::vector<std::uint32_t>& numbers = sizes;
  for (std::uint32_t i = 0; i < order.size(); ++i) numbers[order[i]] = i;
  for (std::uint32_t& group : groups) group = numbers[group];
  return static_cast<std::uint32_t>(order.size());
}

Components ConnectedComponents(const Projection& projection, const Work& work) {
  const Index n = projection.size();
  work.Hold(std::size_t{n} * 12);
  std::vector<std::uint8_t> ranks(n);
  Components found;
  found.component.resize(n);
  std::iota(found.component.begin(), found.component.end(), 0);
  const boost::typed_identity_property_map<Index> by_index;
  const auto rank_map = boost::make_iterator_property_map(ranks.begin(), by_index);
  const auto parent_map = boost::make_iterator_property_map(found.component.begin(), by_index);
  boost::disjoint_sets sets(rank_map, parent_map);
  for (Index node = 0; node < n; ++node) {
    if (node % 4096 == 0) work.Check();
    for (const Arc& arc : projection.ArcsOf(node)) {
      if (arc.to < arc.from || projection.is_directed()) sets.union_set(arc.from, arc.to);
    }
  }
  for (Index node = 0; node < n; ++node) found.component[node] = sets.find_set(node);
  found.count = NumberBySize(found.component);
  return found;
}

Components StrongComponents(const Projection& projection, const Work& work) {
  work.Hold(std::size_t{projection.size()} * 40);
  Components found;
  found.component.resize(projection.size());
  boost::strong_components(
      DirectedGraph(projection, work),
      boost::make_iterator_property_map(found.component.begin(),
                                        boost::typed_identity_property_map<Index>()));
  found.count = NumberBySize(found.component);
  return found;
}

namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// Which component Boost.Graph gave to a relationship, by RelNo.
struct RelComponentMap {
  using key_type = Arc;
  using value_type = std::uint32_t;
  using reference = std::uint32_t;
  using category = boost::read_write_property_map_tag;
  std::vector<std::uint32_t>* components;
};
void put(const RelComponentMap& map, const Arc& arc, std::size_t component) {
  if (arc.from == arc.to) return;  // No part of what holds two nodes together.
  (*map.components)[arc.rel.value] = static_cast<std::uint32_t>(component);
}
[[maybe_unused]] std::uint32_t get(const RelComponentMap& map, const Arc& arc) {
  return (*map.components)[arc.rel.value];
}

/// Boost.Graph sees one of several parallel relationships only; the others are in its component.
void SpreadToParallel(const Projection& projection, std::vector<std::uint32_t>& components) {
  std::vector<Arc> arcs;
  for (Index node = 0; node < projection.size(); ++node) {
    arcs.clear();
    for (const Arc& arc : projection.ArcsOf(node)) {
      if (arc.to > node) arcs.push_back(arc);
    }
    std::sort(arcs.begin(), arcs.end(), [](const Arc& a, const Arc& b) { return a.to < b.to; });
    for (std::size_t i = 0, j = 0; i < arcs.size(); i = j) {
      std::uint32_t component = kNone;
      for (j = i; j < arcs.size() && arcs[j].to == arcs[i].to; ++j) {
        component = std::min(component, components[arcs[j].rel.value]);
      }
      for (std::size_t k = i; k < j; ++k) components[arcs[k].rel.value] = component;
    }
  }
}

}  // namespace

Biconnected BiconnectedComponents(const Projection& projection, const Work& work) {
  if (projection.is_directed()) {
    throw Error(ErrorCode::kInvalidArgument,
                "biconnected components are of graphs without direction");
  }
  const View& view = projection.view();
  work.Hold(std::size_t{projection.size()} * 28 + std::size_t{view.RelLimit()} * 8);
  std::vector<std::uint32_t> components(view.RelLimit(), kNone);
  Biconnected found;
  boost::biconnected_components(UndirectedGraph(projection, work), RelComponentMap{&components},
                                std::back_inserter(found.articulation_points));
  std::sort(found.articulation_points.begin(), found.articulation_points.end());
  SpreadToParallel(projection, components);

  std::vector<std::pair<RelId, RelNo>> order;
  for (std::uint32_t rel = 0; rel < components.size(); ++rel) {
    if (components[rel] != kNone) order.emplace_back(view.Id(RelNo{rel}), RelNo{rel});
  }
  std::sort(order.begin(), order.end());
  for (const auto& [id, rel] : order) {
    found.rels.push_back(rel);
    found.component.push_back(components[rel.value]);
  }
  const std::uint32_t count = NumberBySize(found.component);
  std::vector<std::uint32_t> sizes(count);
  for (const std::uint32_t component : found.component) ++sizes[component];
  for (std::size_t i = 0; i < found.rels.size(); ++i) {
    if (sizes[found.component[i]] == 1) found.bridges.push_back(found.rels[i]);
  }
  return found;
}

}  // namespace verbale::graph::algorithms
