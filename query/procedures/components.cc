// algo.components, strong_components, biconnected, bridges, articulation_points, core, triangles,
// topological_order, cycles.

#include "query/procedures/algorithm_call.h"
#include "query/procedures/algorithms.h"

namespace verbale::query {
namespace {

using Direction = AlgorithmCall::Direction;

Value Count(std::uint64_t count) { return Value(static_cast<std::int64_t>(count)); }

Rows Components(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  call.Project(Direction::kAny, false);
  const auto found = algorithms::ConnectedComponents(call.projection(), call.work());
  return RowsOfNodes(call, ColumnOf(found.component));
}

Rows StrongComponents(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  call.Project(Direction::kAny, false);
  const auto found = algorithms::StrongComponents(call.projection(), call.work());
  return RowsOfNodes(call, ColumnOf(found.component));
}

Rows Biconnected(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  call.Project(Direction::kUndirected, false);
  const auto found = algorithms::BiconnectedComponents(call.projection(), call.work());
  Rows rows;
  for (std::size_t i = 0; i < found.rels.size(); ++i) {
    rows.push_back({call.Rel(found.rels[i]), Count(found.component[i])});
  }
  return rows;
}

Rows Bridges(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  call.Project(Direction::kUndirected, false);
  const auto found = algorithms::BiconnectedComponents(call.projection(), call.work());
  Rows rows;
  for (const graph::RelNo rel : found.bridges) rows.push_back({call.Rel(rel)});
  return rows;
}

Rows ArticulationPoints(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  call.Project(Direction::kUndirected, false);
  const auto found = algorithms::BiconnectedComponents(call.projection(), call.work());
  Rows rows;
  for (const Index node : found.articulation_points) rows.push_back({call.NodeAt(node)});
  return rows;
}

Rows Core(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const bool explain = call.Explain();
  call.Project(Direction::kUndirected, false);
  const std::vector<std::uint32_t> cores = algorithms::CoreNumbers(call.projection(), call.work());
  const auto why = WhyColumn(call, false, [&](const Arc& arc) -> std::optional<double> {
    if (arc.to == arc.from || cores[arc.to] < cores[arc.from]) return std::nullopt;
    return 0;
  });
  return RowsOfNodes(call, ColumnOf(cores), When(explain, why));
}

Rows Triangles(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const bool explain = call.Explain();
  call.Project(Direction::kUndirected, false);
  const algorithms::Triangles found =
      algorithms::CountTriangles(call.projection(), explain, call.work());
  const auto why = WhyColumn(call, found.carriers);
  return RowsOfNodes(call, ColumnOf(found.counts), ColumnOf(found.coefficients),
                     When(explain, why));
}

Rows TopologicalOrder(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  call.Project(Direction::kAny, false);
  const std::vector<Index> order = algorithms::TopologicalOrder(call.projection(), call.work());
  Rows rows;
  rows.reserve(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) rows.push_back({call.NodeAt(order[i]), Count(i)});
  return rows;
}

Rows Cycles(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  algorithms::CycleOptions options;
  options.limit = static_cast<std::uint64_t>(
      call.Integer("limit", static_cast<std::int64_t>(options.limit), 1));
  options.max_length =
      static_cast<std::uint32_t>(call.Integer("max_length", options.max_length, 1, 1'000'000));
  call.Project(Direction::kAny, false);
  Rows rows;
  for (std::vector<Arc>& arcs : algorithms::FindCycles(call.projection(), options, call.work())) {
    const Index from = arcs.front().from;
    const auto length = static_cast<std::int64_t>(arcs.size());
    rows.push_back({call.PathOf({from, std::move(arcs), 0}), Value(length)});
  }
  return rows;
}

}  // namespace

void AddComponents(std::vector<Procedure>& all) {
  all.push_back(
      {.signature = "algo.components(options :: MAP) :: (node :: NODE, component :: INTEGER)",
       .description = "What hangs together, either way; the largest component is 0.",
       .run = Components});
  all.push_back(
      {.signature =
           "algo.strong_components(options :: MAP) :: (node :: NODE, component :: INTEGER)",
       .description = "Nodes that reach each other along the direction.",
       .run = StrongComponents});
  all.push_back({.signature = "algo.biconnected(options :: MAP) :: (relationship :: RELATIONSHIP, "
                              "component :: INTEGER)",
                 .description = "Parts that stay together when any one node is taken away.",
                 .run = Biconnected});
  all.push_back({.signature = "algo.bridges(options :: MAP) :: (relationship :: RELATIONSHIP)",
                 .description = "Relationships without which a component falls apart.",
                 .run = Bridges});
  all.push_back({.signature = "algo.articulation_points(options :: MAP) :: (node :: NODE)",
                 .description = "Nodes without which a component falls apart.",
                 .run = ArticulationPoints});
  all.push_back({.signature = "algo.core(options :: MAP) :: (node :: NODE, core :: INTEGER, "
                              "why :: LIST OF RELATIONSHIP?)",
                 .description = "The largest k such that the node is in a part where all have k "
                                "neighbours.",
                 .run = Core});
  all.push_back({.signature =
                     "algo.triangles(options :: MAP) :: (node :: NODE, triangles :: INTEGER, "
                     "coefficient :: FLOAT, why :: LIST OF RELATIONSHIP?)",
                 .description = "Triangles at each node, and the share of its neighbours that are "
                                "neighbours.",
                 .run = Triangles});
  all.push_back(
      {.signature = "algo.topological_order(options :: MAP) :: (node :: NODE, position :: INTEGER)",
       .description = "An order in which all relationships lead forward.",
       .run = TopologicalOrder});
  all.push_back({.signature = "algo.cycles(options :: MAP) :: (path :: PATH, length :: INTEGER)",
                 .description = "Ways back to where they begin, that meet no node twice.",
                 .run = Cycles});
}

}  // namespace verbale::query
