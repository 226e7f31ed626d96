// algo.degree, pagerank, eigenvector, hits, betweenness, closeness.

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

/// One row a node: its columns, then `why`, the relationships that carry the score, or null where
/// they are not asked for.
template <typename Columns, typename Why>
Rows RowsOfNodes(const AlgorithmCall& call, bool explain, const Columns& columns, const Why& why) {
  Rows rows;
  rows.reserve(call.projection().size());
  for (Index node = 0; node < call.projection().size(); ++node) {
    if (node % 4096 == 0) call.work().Check();
    std::vector<Value> row{call.NodeAt(node)};
    columns(node, row);
    row.push_back(explain ? call.Rels(why(node)) : Value());
    rows.push_back(std::move(row));
  }
  return rows;
}

/// Arcs of a node by what each brings, strongest first.
template <typename Strength>
std::vector<graph::RelNo> Carriers(const AlgorithmCall& call, Index node, bool reversed,
                                   const Strength& strength) {
  std::vector<std::pair<double, graph::RelNo>> rels;
  for (const Arc& arc : call.projection().ArcsOf(node, reversed)) {
    rels.emplace_back(strength(arc), arc.rel);
  }
  return StrongestFirst(call.view(), std::move(rels));
}

Rows Degree(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const bool explain = call.Flag("explain", false);
  call.Project();
  const algorithms::DegreeScores scores = algorithms::Degree(call.projection(), call.work());
  return RowsOfNodes(
      call, explain,
      [&](Index node, std::vector<Value>& row) {
        row.emplace_back(static_cast<std::int64_t>(scores.counts[node]));
        row.emplace_back(scores.weights[node]);
      },
      [&](Index node) {
        return Carriers(call, node, false,
                        [&](const Arc& arc) { return call.projection().Weight(arc.rel); });
      });
}

Rows PageRank(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const bool explain = call.Flag("explain", false);
  algorithms::PageRankOptions options;
  options.damping = call.Number("damping", options.damping, 0, 0.999999);
  options.convergence = call.Convergence();
  const std::vector<graph::NodeNo> sources = call.Nodes("sources");
  call.Project();
  options.sources = call.IndexesOf("sources", sources);
  const std::vector<double> scores = algorithms::PageRank(call.projection(), options, call.work());
  std::vector<double> strengths;
  if (explain) strengths = algorithms::Degree(call.projection(), call.work()).weights;
  return RowsOfNodes(
      call, explain, [&](Index node, auto& row) { row.emplace_back(scores[node]); },
      [&](Index node) {
        return Carriers(call, node, true, [&](const Arc& arc) {
          return scores[arc.from] * call.projection().Weight(arc.rel) / strengths[arc.from];
        });
      });
}

Rows Eigenvector(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const bool explain = call.Flag("explain", false);
  const algorithms::Convergence convergence = call.Convergence();
  call.Project();
  const std::vector<double> scores =
      algorithms::Eigenvector(call.projection(), convergence, call.work());
  return RowsOfNodes(
      call, explain, [&](Index node, auto& row) { row.emplace_back(scores[node]); },
      [&](Index node) {
        return Carriers(call, node, true, [&](const Arc& arc) {
          return scores[arc.from] * call.projection().Weight(arc.rel);
        });
      });
}

Rows Hits(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const bool explain = call.Flag("explain", false);
  const algorithms::Convergence convergence = call.Convergence();
  call.Project();
  const algorithms::HitsScores scores =
      algorithms::Hits(call.projection(), convergence, call.work());
  return RowsOfNodes(
      call, explain,
      [&](Index node, auto& row) {
        row.emplace_back(scores.hubs[node]);
        row.emplace_back(scores.authorities[node]);
      },
      [&](Index node) {
        std::vector<std::pair<double, graph::RelNo>> rels;
        for (const Arc& arc : call.projection().ArcsOf(node, true)) {
          rels.emplace_back(scores.hubs[arc.from] * call.projection().Weight(arc.rel), arc.rel);
        }
        for (const Arc& arc : call.projection().ArcsOf(node)) {
          if (!call.projection().is_directed() || arc.to == node) continue;
          rels.emplace_back(scores.authorities[arc.to] * call.projection().Weight(arc.rel),
                            arc.rel);
        }
        return StrongestFirst(call.view(), std::move(rels));
      });
}

Rows Betweenness(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  algorithms::BetweennessOptions options;
  options.normalized = call.Flag("normalized", options.normalized);
  const std::int64_t samples = call.Integer("samples", 0, 1, std::numeric_limits<Index>::max());
  const std::uint64_t seed = call.Seed().value_or(0);
  const std::vector<graph::NodeNo> sources = call.Nodes("sources");
  if (samples != 0 && !sources.empty()) {
    throw call.Wrong("samples", "either 'samples' or 'sources', not both");
  }
  call.Project();
  options.sources = call.IndexesOf("sources", sources);
  if (samples != 0) {
    options.sources = algorithms::Sample(call.projection(), static_cast<Index>(samples), seed);
    options.scale_sample = true;
  }
  const std::vector<double> scores =
      algorithms::Betweenness(call.projection(), options, call.work());
  Rows rows;
  for (Index node = 0; node < scores.size(); ++node) {
    rows.push_back({call.NodeAt(node), Value(scores[node])});
  }
  return rows;
}

Rows Closeness(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  call.Project();
  const algorithms::ClosenessScores scores = algorithms::Closeness(call.projection(), call.work());
  Rows rows;
  for (Index node = 0; node < scores.closeness.size(); ++node) {
    rows.push_back(
        {call.NodeAt(node), Value(scores.closeness[node]), Value(scores.harmonic[node])});
  }
  return rows;
}

}  // namespace

void AddCentrality(std::vector<Procedure>& all) {
  all.push_back(
      {.signature = "algo.degree(options :: MAP) :: (node :: NODE, degree :: INTEGER, "
                    "weight :: FLOAT, why :: LIST OF RELATIONSHIP?)",
       .description = "How many relationships each node has, and the sum of their weights.",
       .run = Degree});
  all.push_back({.signature = "algo.pagerank(options :: MAP) :: (node :: NODE, score :: FLOAT, "
                              "why :: LIST OF RELATIONSHIP?)",
                 .description = "How often a random surfer comes by each node.",
                 .run = PageRank});
  all.push_back({.signature = "algo.eigenvector(options :: MAP) :: (node :: NODE, score :: FLOAT, "
                              "why :: LIST OF RELATIONSHIP?)",
                 .description = "Scores that add up from those of the nodes before.",
                 .run = Eigenvector});
  all.push_back(
      {.signature = "algo.hits(options :: MAP) :: (node :: NODE, hub :: FLOAT, "
                    "authority :: FLOAT, why :: LIST OF RELATIONSHIP?)",
       .description = "Hubs lead to good authorities, authorities are led to by good hubs.",
       .run = Hits});
  all.push_back({.signature = "algo.betweenness(options :: MAP) :: (node :: NODE, score :: FLOAT)",
                 .description = "Which share of the shortest paths leads through each node.",
                 .run = Betweenness});
  all.push_back({.signature = "algo.closeness(options :: MAP) :: (node :: NODE, score :: FLOAT, "
                              "harmonic :: FLOAT)",
                 .description = "How near each node is to those that reach it.",
                 .run = Closeness});
}

}  // namespace verbale::query
