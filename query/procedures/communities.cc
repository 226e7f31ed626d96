// algo.louvain, label_propagation.

#include <limits>

#include "query/procedures/algorithm_call.h"
#include "query/procedures/algorithms.h"

namespace verbale::query {
namespace {

namespace algorithms = graph::algorithms;
using algorithms::Arc;
using algorithms::Index;
using graph::Value;
using Arguments = std::span<const Value>;
using Direction = AlgorithmCall::Direction;

Rows RowsOf(const AlgorithmCall& call, const algorithms::Communities& found, bool explain) {
  Rows rows;
  rows.reserve(found.community.size());
  for (Index node = 0; node < found.community.size(); ++node) {
    if (node % 4096 == 0) call.work().Check();
    Value why;
    if (explain) {
      std::vector<std::pair<double, graph::RelNo>> rels;
      for (const Arc& arc : call.projection().ArcsOf(node)) {
        if (arc.to == node || found.community[arc.to] != found.community[node]) continue;
        rels.emplace_back(call.projection().Weight(arc.rel), arc.rel);
      }
      why = call.Rels(StrongestFirst(call.view(), std::move(rels)));
    }
    rows.push_back({call.NodeAt(node), Value(static_cast<std::int64_t>(found.community[node])),
                    Value(found.modularity), std::move(why)});
  }
  return rows;
}

Rows Louvain(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  algorithms::CommunityOptions options;
  const bool explain = call.Flag("explain", false);
  options.resolution = call.Number("resolution", 1, 0, std::numeric_limits<double>::infinity());
  options.seed = call.Seed();
  call.Project(Direction::kUndirected);
  return RowsOf(call, algorithms::Louvain(call.projection(), options, call.work()), explain);
}

Rows LabelPropagation(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  algorithms::CommunityOptions options;
  const bool explain = call.Flag("explain", false);
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
