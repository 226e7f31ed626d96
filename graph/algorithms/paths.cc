// Searches by Boost.Graph over the adjacency of the View: nothing is laid out first, so that a near
// target costs little.

#include "graph/algorithms/paths.h"

#include <algorithm>

#include <boost/graph/astar_search.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>

#include "graph/algorithms/boost_graph.h"
#include "graph/algorithms/internal/parallel.h"
#include "graph/algorithms/internal/shortest.h"
#include "graph/error.h"

namespace verbale::graph::algorithms {
namespace {

/// Thrown through Boost.Graph, the only way to end its searches early.
struct Arrived {};

const boost::typed_identity_property_map<Index> kByIndex;

class HopVisitor : public boost::default_bfs_visitor {
 public:
  HopVisitor(std::vector<Reached>& found, std::vector<std::uint32_t>& hops, std::uint32_t max_hops)
      : found_(&found), hops_(&hops), max_hops_(max_hops) {}

  void tree_edge(const Arc& arc, const DirectedGraph&) const {
    (*hops_)[arc.to] = (*hops_)[arc.from] + 1;
  }
  void examine_vertex(Index node, const DirectedGraph&) const {
    if ((*hops_)[node] > max_hops_) throw Arrived();
    found_->push_back({node, (*hops_)[node]});
  }

 private:
  std::vector<Reached>* found_;
  std::vector<std::uint32_t>* hops_;
  std::uint32_t max_hops_;
};

/// What is left, as Boost.Graph asks for it.
class Estimate : public boost::astar_heuristic<DirectedGraph, double> {
 public:
  explicit Estimate(const std::function<double(Index)>& estimate) : estimate_(&estimate) {}
  double operator()(Index node) const { return (*estimate_)(node); }

 private:
  const std::function<double(Index)>* estimate_;
};

/// Distances from the source and the arcs by which the search came; final for what was settled.
struct Tree {
  std::vector<double> distances;
  std::vector<Arc> parents;

  explicit Tree(Index n) : distances(n, kUnreached), parents(n) {}
};

/// Collects the nodes whose distance is final, and the arcs that lead to them; ends at the target.
/// Dijkstra's and A*'s events are the same where we listen.
template <typename Base>
class TreeVisitor : public Base {
 public:
  TreeVisitor(Tree& tree, std::vector<Index>& settled, std::optional<Index> target)
      : tree_(&tree), settled_(&settled), target_(target) {}

  void edge_relaxed(const Arc& arc, const DirectedGraph&) const { tree_->parents[arc.to] = arc; }
  void examine_vertex(Index node, const DirectedGraph&) const {
    settled_->push_back(node);
    if (node == target_) throw Arrived();
  }

 private:
  Tree* tree_;
  std::vector<Index>* settled_;
  std::optional<Index> target_;
};

/// The last arc of the way: from the node of the lowest number among those that are nearer to the
/// source, by the relationship of the lowest id. Only arcs of weight zero have none that is nearer;
/// there it is the one of the search, whose nodes were settled earlier and so do not go in circles.
Arc LastArc(const Projection& projection, const Tree& tree, Index node) {
  Arc best = tree.parents[node];
  bool strict = false;
  for (const Arc& arc : projection.ArcsOf(node, true)) {
    const double before = tree.distances[arc.from];
    if (!(before < tree.distances[node])) continue;
    if (before + projection.Weight(arc.rel) != tree.distances[node]) continue;
    const View& view = projection.view();
    if (!strict || arc.from < best.from ||
        (arc.from == best.from && view.Id(arc.rel) < view.Id(best.rel))) {
      best = arc;
    }
    strict = true;
  }
  return best;
}

Route RouteTo(const Projection& projection, const Tree& tree, Index source, Index target) {
  Route route{source, {}, tree.distances[target]};
  for (Index node = target; node != source; node = route.arcs.back().from) {
    route.arcs.push_back(LastArc(projection, tree, node));
  }
  std::reverse(route.arcs.begin(), route.arcs.end());
  return route;
}

/// Runs a search of Boost.Graph, which ends by an exception or by itself.
template <typename Search>
void Run(const Search& search) {
  try {
    search();
  } catch (const Arrived&) {
  } catch (const boost::negative_edge&) {
    throw Error(ErrorCode::kInvalidArgument, "shortest paths need weights that are not negative");
  }
}

}  // namespace

std::vector<Reached> BreadthFirst(const Projection& projection, Index source,
                                  std::uint32_t max_hops, const Work& work) {
  const Index n = projection.size();
  work.Hold(std::size_t{n} * 12);
  std::vector<Reached> found;
  std::vector<std::uint32_t> hops(n);
  std::vector<boost::default_color_type> colors(n);
  Run([&] {
    boost::queue<Index> queue;
    boost::breadth_first_search(DirectedGraph(projection, work), source, queue,
                                HopVisitor(found, hops, max_hops),
                                boost::make_iterator_property_map(colors.begin(), kByIndex));
  });
  std::sort(found.begin(), found.end(), [](const Reached& a, const Reached& b) {
    return a.hops != b.hops ? a.hops < b.hops : a.node < b.node;
  });
  return found;
}

std::vector<Route> ShortestRoutes(const Projection& projection, Index source,
                                  std::optional<Index> target, const Work& work) {
  work.Hold(std::size_t{projection.size()} * 24);
  Tree tree(projection.size());
  std::vector<Index> settled;
  Run([&] {
    const auto distances = boost::make_iterator_property_map(tree.distances.begin(), kByIndex);
    boost::dijkstra_shortest_paths(
        DirectedGraph(projection, work), source,
        boost::weight_map(WeightMap{&projection})
            .distance_map(distances)
            .distance_inf(kUnreached)
            .visitor(TreeVisitor<boost::dijkstra_visitor<>>(tree, settled, target)));
  });
  if (target) {
    const bool arrived = !settled.empty() && settled.back() == *target;
    settled.assign(arrived ? 1 : 0, *target);
  }
  std::sort(settled.begin(), settled.end());
  std::vector<Route> routes;
  for (const Index node : settled) {
    work.Check();
    routes.push_back(RouteTo(projection, tree, source, node));
    work.Hold(sizeof(Route) + routes.back().arcs.size() * sizeof(Arc));
  }
  return routes;
}

std::optional<Route> AStarRoute(const Projection& projection, Index source, Index target,
                                const std::function<double(Index)>& estimate, const Work& work) {
  work.Hold(std::size_t{projection.size()} * 36);
  Tree tree(projection.size());
  std::vector<Index> settled;
  Run([&] {
    const auto distances = boost::make_iterator_property_map(tree.distances.begin(), kByIndex);
    boost::astar_search(DirectedGraph(projection, work), source, Estimate(estimate),
                        boost::weight_map(WeightMap{&projection})
                            .distance_map(distances)
                            .distance_inf(kUnreached)
                            .visitor(TreeVisitor<boost::astar_visitor<>>(tree, settled, target)));
  });
  if (settled.empty() || settled.back() != target) return std::nullopt;
  return RouteTo(projection, tree, source, target);
}

std::vector<std::vector<double>> AllDistances(const Projection& projection, Index limit,
                                              const Work& work) {
  const Index n = projection.size();
  if (n > limit) {
    throw Error(ErrorCode::kLimitExceeded, "distances of all pairs are for at most " +
                                               std::to_string(limit) + " nodes, not " +
                                               std::to_string(n))
        .WithHint("name labels, or raise 'limit'");
  }
  const Csr csr(projection, {}, work);
  RequireNonNegative(csr, "all pairs");
  work.Hold(std::size_t{n} * n * sizeof(double));
  std::vector<std::vector<double>> rows(n);
  Steps steps(work, n);
  ForRanges(work, n, 64, [&](std::size_t, std::size_t begin, std::size_t end) {
    ShortestTree tree(csr);
    for (std::size_t node = begin; node < end; ++node) {
      steps.Next();
      tree.From(static_cast<Index>(node));
      for (Index other = 0; other < n; ++other) rows[node].push_back(tree.distance(other));
    }
  });
  return rows;
}

}  // namespace verbale::graph::algorithms
