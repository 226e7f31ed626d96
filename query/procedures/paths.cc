// algo.bfs, dijkstra, astar, yen, all_pairs, spanning_tree, max_flow.

#include <cmath>
#include <limits>
#include <numbers>

#include "query/procedures/algorithm_call.h"
#include "query/procedures/algorithms.h"

namespace verbale::query {
namespace {

using algorithms::Route;
using Direction = AlgorithmCall::Direction;

Rows Bfs(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const graph::NodeNo source = call.Node("source");
  const auto max_hops =
      static_cast<std::uint32_t>(call.Integer("max_hops", std::numeric_limits<std::uint32_t>::max(),
                                              0, std::numeric_limits<std::uint32_t>::max()));
  call.Project(Direction::kAny, false);
  Rows rows;
  for (const algorithms::Reached& reached : algorithms::BreadthFirst(
           call.projection(), call.IndexOf("source", source), max_hops, call.work())) {
    rows.push_back({call.NodeAt(reached.node), Value(std::int64_t{reached.hops})});
  }
  return rows;
}

std::vector<Value> RowOf(const AlgorithmCall& call, const Route& route) {
  const Index end = route.arcs.empty() ? route.from : route.arcs.back().to;
  return {call.NodeAt(end), Value(route.length), call.PathOf(route)};
}

Rows Dijkstra(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const graph::NodeNo source = call.Node("source");
  const auto target = call.OptionalNode("target");
  call.Project();
  std::optional<Index> end;
  if (target) end = call.IndexOf("target", *target);
  Rows rows;
  for (const Route& route : algorithms::ShortestRoutes(
           call.projection(), call.IndexOf("source", source), end, call.work())) {
    rows.push_back(RowOf(call, route));
  }
  return rows;
}

/// Where a node is: two numbers, on a plane or on the earth.
class Place {
 public:
  Place(AlgorithmCall& call, std::string x, std::string y, bool on_earth)
      : call_(call), x_(std::move(x)), y_(std::move(y)), on_earth_(on_earth) {}

  algorithms::Point Of(Index node) const { return {Coordinate(node, x_), Coordinate(node, y_)}; }

  double Distance(const algorithms::Point& a, const algorithms::Point& b) const {
    if (!on_earth_) return std::hypot(a.x - b.x, a.y - b.y);
    constexpr double kKilometres = 6371.0088;  // Mean radius of the earth.
    constexpr double kRadian = std::numbers::pi / 180;
    const double north = std::sin((b.x - a.x) * kRadian / 2);
    const double east = std::sin((b.y - a.y) * kRadian / 2);
    const double half =
        north * north + std::cos(a.x * kRadian) * std::cos(b.x * kRadian) * east * east;
    return 2 * kKilometres * std::asin(std::min(1.0, std::sqrt(half)));
  }

 private:
  double Coordinate(Index node, const std::string& name) const {
    const auto key = call_.view().catalog().FindKey(name);
    const graph::NodeNo no = call_.projection().node(node);
    const Value value = key ? call_.view().Property(no, *key) : Value();
    if (value.is_number()) return value.as_number();
    throw call_.Wrong(on_earth_ ? "latitude" : "x",
                      "a node has no number in its property '" + name + "'");
  }

  AlgorithmCall& call_;
  std::string x_, y_;
  bool on_earth_;
};

Rows AStar(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const graph::NodeNo source = call.Node("source");
  const graph::NodeNo target = call.Node("target");
  const std::string x = call.Text("x");
  const std::string y = call.Text("y");
  const std::string latitude = call.Text("latitude");
  const std::string longitude = call.Text("longitude");
  const bool on_earth = !latitude.empty() && !longitude.empty();
  if (on_earth == (!x.empty() && !y.empty())) {
    throw call.Wrong("x",
                     "where nodes are is said by 'x' and 'y', or by 'latitude' and "
                     "'longitude', names of properties");
  }
  call.Project();
  const Place place(call, on_earth ? latitude : x, on_earth ? longitude : y, on_earth);
  const Index end = call.IndexOf("target", target);
  const algorithms::Point there = place.Of(end);
  const auto route = algorithms::AStarRoute(
      call.projection(), call.IndexOf("source", source), end,
      [&](Index node) { return place.Distance(place.Of(node), there); }, call.work());
  if (!route) return {};
  return {RowOf(call, *route)};
}

Rows Yen(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const graph::NodeNo source = call.Node("source");
  const graph::NodeNo target = call.Node("target");
  const auto k = static_cast<std::uint32_t>(call.Integer("k", 3, 1, 100'000));
  call.Project();
  Rows rows;
  for (const Route& route :
       algorithms::KShortestRoutes(call.projection(), call.IndexOf("source", source),
                                   call.IndexOf("target", target), k, call.work())) {
    rows.push_back(
        {Value(static_cast<std::int64_t>(rows.size())), Value(route.length), call.PathOf(route)});
  }
  return rows;
}

Rows AllPairs(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const auto limit = static_cast<Index>(call.Integer("limit", 1000, 1, 100'000));
  call.Project();
  const auto distances = algorithms::AllDistances(call.projection(), limit, call.work());
  Rows rows;
  for (Index from = 0; from < distances.size(); ++from) {
    call.work().Check();
    for (Index to = 0; to < distances.size(); ++to) {
      if (from == to || std::isinf(distances[from][to])) continue;
      rows.push_back({call.NodeAt(from), call.NodeAt(to), Value(distances[from][to])});
    }
  }
  return rows;
}

Rows SpanningTree(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  call.Project(Direction::kUndirected);
  Rows rows;
  for (const graph::RelNo rel : algorithms::SpanningForest(call.projection(), call.work())) {
    rows.push_back({call.Rel(rel), Value(call.projection().Weight(rel))});
  }
  return rows;
}

Rows MaxFlow(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const graph::NodeNo source = call.Node("source");
  const graph::NodeNo target = call.Node("target");
  call.Project();
  const Index from = call.IndexOf("source", source);
  const Index to = call.IndexOf("target", target);
  if (from == to) throw call.Wrong("target", "a flow leads from one node to another one");
  const algorithms::Flow flow = algorithms::MaximumFlow(call.projection(), from, to, call.work());
  Rows rows;
  for (std::size_t i = 0; i < flow.arcs.size(); ++i) {
    rows.push_back({call.Rel(flow.arcs[i].rel), call.NodeAt(flow.arcs[i].from),
                    call.NodeAt(flow.arcs[i].to), Value(flow.amounts[i]), Value(flow.total)});
  }
  return rows;
}

}  // namespace

void AddPaths(std::vector<Procedure>& all) {
  all.push_back({.signature = "algo.bfs(options :: MAP) :: (node :: NODE, hops :: INTEGER)",
                 .description = "What can be reached from a node, nearest first.",
                 .run = Bfs});
  all.push_back({.signature = "algo.dijkstra(options :: MAP) :: (node :: NODE, distance :: FLOAT, "
                              "path :: PATH)",
                 .description = "The shortest path to each node, or to one.",
                 .run = Dijkstra});
  all.push_back({.signature = "algo.astar(options :: MAP) :: (node :: NODE, distance :: FLOAT, "
                              "path :: PATH)",
                 .description = "The shortest path to a node, led by where nodes are.",
                 .run = AStar});
  all.push_back({.signature = "algo.yen(options :: MAP) :: (index :: INTEGER, distance :: FLOAT, "
                              "path :: PATH)",
                 .description = "The k shortest paths that meet no node twice.",
                 .run = Yen});
  all.push_back({.signature = "algo.all_pairs(options :: MAP) :: (source :: NODE, target :: NODE, "
                              "distance :: FLOAT)",
                 .description = "Distances between all nodes of a small graph.",
                 .run = AllPairs});
  all.push_back({.signature =
                     "algo.spanning_tree(options :: MAP) :: (relationship :: RELATIONSHIP, "
                     "weight :: FLOAT)",
                 .description = "The relationships of least weight that hold everything together.",
                 .run = SpanningTree});
  all.push_back({.signature = "algo.max_flow(options :: MAP) :: (relationship :: RELATIONSHIP, "
                              "source :: NODE, target :: NODE, flow :: FLOAT, total :: FLOAT)",
                 .description = "The most that flows from one node to another; weights are "
                                "capacities.",
                 .run = MaxFlow});
}

}  // namespace verbale::query
