#pragma once

// Boost.Graph over a projection: a model of VertexListGraph, IncidenceGraph, BidirectionalGraph and
// AdjacencyGraph whose descriptors are numbers and whose iterators read the adjacency of the View.
// Nothing is copied. EdgeListGraph walks the arcs of one node after the other.
//
// BoostGraph<boost::bidirectional_tag> follows the projection's orientation.
// BoostGraph<boost::undirected_tag> needs a projection of Orientation::kBoth; there every edge is
// among the out-edges of both of its ends, once from each, and the edge list has it once, from its
// lower end.

#include <cstddef>
#include <utility>

#include <boost/graph/adjacency_iterator.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/property_map/property_map.hpp>

#include "graph/algorithms/projection.h"

namespace verbale::graph::algorithms {

/// Borrows the projection and the work, which is asked now and then whether to go on. One thread.
template <typename Directed>
class BoostGraph {
 public:
  BoostGraph(const Projection& projection, const Work& work)
      : projection_(&projection), work_(&work) {}

  const Projection& projection() const { return *projection_; }
  /// Called for each node that is visited.
  void Tick() const {
    if (++visited_ % 4096 == 0) work_->Check();
  }

 private:
  const Projection* projection_;
  const Work* work_;
  mutable std::uint32_t visited_ = 0;
};

using DirectedGraph = BoostGraph<boost::bidirectional_tag>;
using UndirectedGraph = BoostGraph<boost::undirected_tag>;

/// The arcs of all nodes; of an undirected graph each edge once.
template <typename Directed>
class EdgeIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = Arc;
  using difference_type = std::ptrdiff_t;
  using pointer = const Arc*;
  using reference = const Arc&;

  EdgeIterator() = default;
  EdgeIterator(const BoostGraph<Directed>& graph, Index node) : graph_(&graph), node_(node) {
    Enter();
  }
  const Arc& operator*() const { return *at_; }
  EdgeIterator& operator++() {
    ++at_;
    Settle();
    return *this;
  }
  EdgeIterator operator++(int) {
    EdgeIterator old = *this;
    ++*this;
    return old;
  }
  bool operator==(const EdgeIterator& other) const {
    return node_ == other.node_ && (AtEnd() || at_ == other.at_);
  }

 private:
  bool AtEnd() const { return graph_ == nullptr || node_ >= graph_->projection().size(); }
  void Enter() {
    if (AtEnd()) return;
    const auto arcs = graph_->projection().ArcsOf(node_);
    at_ = arcs.begin();
    end_ = arcs.end();
    Settle();
  }
  void Settle() {
    if constexpr (std::is_same_v<Directed, boost::undirected_tag>) {
      while (at_ != end_ && at_->to < at_->from) ++at_;
    }
    if (at_ == end_) {
      ++node_;
      graph_->Tick();
      Enter();
    }
  }

  const BoostGraph<Directed>* graph_ = nullptr;
  Index node_ = 0;
  ArcIterator at_, end_;
};

/// The categories of Boost.Graph that the adapter models.
struct BoostGraphCategory : virtual boost::vertex_list_graph_tag,
                            virtual boost::bidirectional_graph_tag,
                            virtual boost::adjacency_graph_tag,
                            virtual boost::edge_list_graph_tag {};

/// A property of edges: the weight of the relationship, read when it is asked for.
struct WeightMap {
  using key_type = Arc;
  using value_type = double;
  using reference = double;
  using category = boost::readable_property_map_tag;
  const Projection* projection;
};
inline double get(const WeightMap& map, const Arc& arc) { return map.projection->Weight(arc.rel); }

}  // namespace verbale::graph::algorithms

namespace boost {

/// What Boost.Graph asks of a graph type.
template <typename Directed>
struct graph_traits<verbale::graph::algorithms::BoostGraph<Directed>> {
  using Graph = verbale::graph::algorithms::BoostGraph<Directed>;
  using vertex_descriptor = verbale::graph::algorithms::Index;
  using edge_descriptor = verbale::graph::algorithms::Arc;
  using directed_category = Directed;
  using edge_parallel_category = allow_parallel_edge_tag;
  using traversal_category = verbale::graph::algorithms::BoostGraphCategory;
  using vertex_iterator = counting_iterator<vertex_descriptor>;
  using out_edge_iterator = verbale::graph::algorithms::ArcIterator;
  using in_edge_iterator = verbale::graph::algorithms::ArcIterator;
  using edge_iterator = verbale::graph::algorithms::EdgeIterator<Directed>;
  using adjacency_iterator =
      typename adjacency_iterator_generator<Graph, vertex_descriptor, out_edge_iterator>::type;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  static vertex_descriptor null_vertex() { return verbale::graph::algorithms::kNoIndex; }
};

/// Some of Boost.Graph asks for the traits of a constant graph.
template <typename Directed>
struct graph_traits<const verbale::graph::algorithms::BoostGraph<Directed>>
    : graph_traits<verbale::graph::algorithms::BoostGraph<Directed>> {};

/// Vertices are numbers, which are their own index.
template <typename Directed>
struct property_map<verbale::graph::algorithms::BoostGraph<Directed>, vertex_index_t> {
  using type = typed_identity_property_map<verbale::graph::algorithms::Index>;
  using const_type = type;
};
template <typename Directed>
struct property_map<const verbale::graph::algorithms::BoostGraph<Directed>, vertex_index_t>
    : property_map<verbale::graph::algorithms::BoostGraph<Directed>, vertex_index_t> {};

}  // namespace boost

namespace verbale::graph::algorithms {

// Found by argument-dependent lookup, in the words of Boost.Graph.

template <typename Directed>
std::pair<boost::counting_iterator<Index>, boost::counting_iterator<Index>> vertices(
    const BoostGraph<Directed>& g) {
  return {boost::counting_iterator<Index>(0),
          boost::counting_iterator<Index>(g.projection().size())};
}
template <typename Directed>
std::size_t num_vertices(const BoostGraph<Directed>& g) {
  return g.projection().size();
}
template <typename Directed>
std::pair<ArcIterator, ArcIterator> out_edges(Index v, const BoostGraph<Directed>& g) {
  g.Tick();
  const auto arcs = g.projection().ArcsOf(v);
  return {arcs.begin(), arcs.end()};
}
template <typename Directed>
std::pair<ArcIterator, ArcIterator> in_edges(Index v, const BoostGraph<Directed>& g) {
  g.Tick();
  const auto arcs = g.projection().ArcsOf(v, true);
  return {arcs.begin(), arcs.end()};
}
template <typename Directed>
std::size_t out_degree(Index v, const BoostGraph<Directed>& g) {
  const auto [begin, end] = out_edges(v, g);
  return static_cast<std::size_t>(std::distance(begin, end));
}
template <typename Directed>
std::size_t in_degree(Index v, const BoostGraph<Directed>& g) {
  const auto [begin, end] = in_edges(v, g);
  return static_cast<std::size_t>(std::distance(begin, end));
}
template <typename Directed>
std::size_t degree(Index v, const BoostGraph<Directed>& g) {
  if (std::is_same_v<Directed, boost::undirected_tag>) return out_degree(v, g);
  return out_degree(v, g) + in_degree(v, g);
}
template <typename Directed>
auto adjacent_vertices(Index v, const BoostGraph<Directed>& g) {
  using Iterator = typename boost::graph_traits<BoostGraph<Directed>>::adjacency_iterator;
  const auto [begin, end] = out_edges(v, g);
  return std::pair(Iterator(begin, &g), Iterator(end, &g));
}
template <typename Directed>
std::pair<EdgeIterator<Directed>, EdgeIterator<Directed>> edges(const BoostGraph<Directed>& g) {
  return {EdgeIterator<Directed>(g, 0), EdgeIterator<Directed>(g, g.projection().size())};
}
/// O(n + m): the View counts relationships, not those of a projection.
template <typename Directed>
std::size_t num_edges(const BoostGraph<Directed>& g) {
  const auto [begin, end] = edges(g);
  return static_cast<std::size_t>(std::distance(begin, end));
}
template <typename Directed>
Index source(const Arc& arc, const BoostGraph<Directed>&) {
  return arc.from;
}
template <typename Directed>
Index target(const Arc& arc, const BoostGraph<Directed>&) {
  return arc.to;
}
template <typename Directed>
boost::typed_identity_property_map<Index> get(boost::vertex_index_t, const BoostGraph<Directed>&) {
  return {};
}
template <typename Directed>
Index get(boost::vertex_index_t, const BoostGraph<Directed>&, Index v) {
  return v;
}

}  // namespace verbale::graph::algorithms
