// algo.louvain, label_propagation.

#include <limits>

#include "query/procedures/algorithm_call.h"
#include "query/procedures/algorithms.h"

namespace verbale::query {
namespace {

using Direction = AlgorithmCall::Direction;

Rows RowsOf(const AlgorithmCall& call, const algorithms::Communities& found, bool explain) {
  const auto why = WhyColumn(call, false, [&](const Arc& arc) -> std::optional<double> {
    const bool within = found.community[arc.to] == found.community[arc.from];
    if (!within || arc.to == arc.from) return std::nullopt;
    return call.projection().Weight(arc.rel);
  });
  return RowsOfNodes(
      call, ColumnOf(found.community), [&](Index) { return Value(found.modularity); },
      When(explain, why));
}

Rows Louvain(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  algorithms::CommunityOptions options;
  const bool explain = call.Explain();
  options.resolution = call.Number("resolution", 1, 0, std::numeric_limits<double>::infinity());
  options.seed = call.Seed();
  call.Project(Direction::kUndirected);
  return RowsOf(call, algorithms::Louvain(call.projection(), options, call.work()), explain);
}

Rows LabelPropagation(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  algorithms::CommunityOptions options;
  const bool explain = call.Explain();
  options.iterations =
      static_cast<std::uint32_t>(call.Integer("iterations", options.iterations, 1, 1'000'000));
  options.seed = call.Seed();
  call.Project(Direction::kUndirected);
  return RowsOf(call, algorithms::LabelPropagation(call.projection(), options, call.work()),
                explain);
}

}  // namespace

void AddCommunities(std::vector<Procedure>& all) {
  all.push_back({.signature =
                     "algo.louvain(options :: MAP) :: (node :: NODE, community :: INTEGER, "
                     "modularity :: FLOAT, why :: LIST OF RELATIONSHIP?)",
                 .description = "Communities of most modularity, by Louvain.",
                 .run = Louvain});
  all.push_back({.signature = "algo.label_propagation(options :: MAP) :: (node :: NODE, "
                              "community :: INTEGER, modularity :: FLOAT, "
                              "why :: LIST OF RELATIONSHIP?)",
                 .description = "Communities by the label that most neighbours have.",
                 .run = LabelPropagation});
}

}  // namespace verbale::query
