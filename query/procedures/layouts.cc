// algo.circle, fruchterman_reingold, kamada_kawai.

#include "query/procedures/algorithm_call.h"
#include "query/procedures/algorithms.h"

namespace verbale::query {
namespace {

using Direction = AlgorithmCall::Direction;

Rows RowsOf(const AlgorithmCall& call, const std::vector<algorithms::Point>& points) {
  return RowsOfNodes(
      call, [&](Index node) { return Value(points[node].x); },
      [&](Index node) { return Value(points[node].y); });
}

Rows Circle(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  call.Project(Direction::kUndirected, false);
  return RowsOf(call, algorithms::CircleLayout(call.projection(), call.work()));
}

Rows FruchtermanReingold(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  algorithms::ForceOptions options;
  options.iterations =
      static_cast<std::uint32_t>(call.Integer("iterations", options.iterations, 1, 1'000'000));
  options.seed = call.Seed().value_or(0);
  call.Project(Direction::kUndirected, false);
  return RowsOf(call, algorithms::FruchtermanReingold(call.projection(), options, call.work()));
}

Rows KamadaKawai(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const auto limit = static_cast<Index>(call.Integer("limit", 300, 1, 10'000));
  call.Project(Direction::kUndirected);
  return RowsOf(call, algorithms::KamadaKawai(call.projection(), limit, call.work()));
}

}  // namespace

void AddLayouts(std::vector<Procedure>& all) {
  all.push_back(
      {.signature = "algo.circle(options :: MAP) :: (node :: NODE, x :: FLOAT, y :: FLOAT)",
       .description = "Places on a circle.",
       .run = Circle});
  all.push_back({.signature = "algo.fruchterman_reingold(options :: MAP) :: (node :: NODE, "
                              "x :: FLOAT, y :: FLOAT)",
                 .description = "Places by forces: relationships pull, nodes push.",
                 .run = FruchtermanReingold});
  all.push_back({.signature = "algo.kamada_kawai(options :: MAP) :: (node :: NODE, x :: FLOAT, "
                              "y :: FLOAT)",
                 .description = "Places as far apart as nodes are in the graph, for small graphs.",
                 .run = KamadaKawai});
}

}  // namespace verbale::query
