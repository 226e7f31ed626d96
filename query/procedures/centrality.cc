// algo.degree, pagerank, eigenvector, hits, betweenness, closeness.

#include <limits>

#include "query/procedures/algorithm_call.h"
#include "query/procedures/algorithms.h"

namespace verbale::query {
namespace {

Rows Degree(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const bool explain = call.Explain();
  call.Project();
  const algorithms::DegreeScores scores = algorithms::Degree(call.projection(), call.work());
  const auto why =
      WhyColumn(call, false, [&](const Arc& arc) { return call.projection().Weight(arc.rel); });
  return RowsOfNodes(call, ColumnOf(scores.counts), ColumnOf(scores.weights), When(explain, why));
}

Rows PageRank(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const bool explain = call.Explain();
  algorithms::PageRankOptions options;
  options.damping = call.Number("damping", options.damping, 0, 0.999999);
  options.convergence = call.Convergence();
  const std::vector<graph::NodeNo> sources = call.Nodes("sources");
  call.Project();
  options.sources = call.IndexesOf("sources", sources);
  const std::vector<double> scores = algorithms::PageRank(call.projection(), options, call.work());
  std::vector<double> strengths;
  if (explain) strengths = algorithms::Degree(call.projection(), call.work()).weights;
  const auto why = WhyColumn(call, true, [&](const Arc& arc) {
    return scores[arc.from] * call.projection().Weight(arc.rel) / strengths[arc.from];
  });
  return RowsOfNodes(call, ColumnOf(scores), When(explain, why));
}

Rows Eigenvector(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const bool explain = call.Explain();
  const algorithms::Convergence convergence = call.Convergence();
  call.Project();
  const std::vector<double> scores =
      algorithms::Eigenvector(call.projection(), convergence, call.work());
  const auto why = WhyColumn(call, true, [&](const Arc& arc) {
    return scores[arc.from] * call.projection().Weight(arc.rel);
  });
  return RowsOfNodes(call, ColumnOf(scores), When(explain, why));
}

Rows Hits(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const bool explain = call.Explain();
  const algorithms::Convergence convergence = call.Convergence();
  call.Project();
  const algorithms::HitsScores scores =
      algorithms::Hits(call.projection(), convergence, call.work());
  const auto& projection = call.projection();
  const auto from_hubs = [&](const Arc& arc) {
    return scores.hubs[arc.from] * projection.Weight(arc.rel);
  };
  const auto to_authorities = [&](const Arc& arc) -> std::optional<double> {
    if (!projection.is_directed() || arc.to == arc.from) return std::nullopt;  // Came already.
    return scores.authorities[arc.to] * projection.Weight(arc.rel);
  };
  const auto why = [&](Index node) {
    Carriers carriers;
    AddCarriers(call, node, true, from_hubs, carriers);
    AddCarriers(call, node, false, to_authorities, carriers);
    return StrongestFirst(call, std::move(carriers));
  };
  return RowsOfNodes(call, ColumnOf(scores.hubs), ColumnOf(scores.authorities), When(explain, why));
}

Rows Betweenness(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  algorithms::BetweennessOptions options;
  options.carriers = call.Explain();
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
  const algorithms::BetweennessScores found =
      algorithms::Betweenness(call.projection(), options, call.work());
  const auto why = WhyColumn(call, found.carriers);
  return RowsOfNodes(call, ColumnOf(found.scores), When(options.carriers, why));
}

Rows Closeness(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  const bool explain = call.Explain();
  call.Project();
  const algorithms::ClosenessScores scores =
      algorithms::Closeness(call.projection(), explain, call.work());
  const auto why = WhyColumn(call, scores.carriers);
  return RowsOfNodes(call, ColumnOf(scores.closeness), ColumnOf(scores.harmonic),
                     When(explain, why));
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
  all.push_back({.signature = "algo.betweenness(options :: MAP) :: (node :: NODE, score :: FLOAT, "
                              "why :: LIST OF RELATIONSHIP?)",
                 .description = "Which share of the shortest paths leads through each node.",
                 .run = Betweenness});
  all.push_back({.signature = "algo.closeness(options :: MAP) :: (node :: NODE, score :: FLOAT, "
                              "harmonic :: FLOAT, why :: LIST OF RELATIONSHIP?)",
                 .description = "How near each node is to those that reach it.",
                 .run = Closeness});
}

}  // namespace verbale::query
