// algo.similarity, bipartite, assortativity.

#include <algorithm>
#include <limits>

#include "query/procedures/algorithm_call.h"
#include "query/procedures/algorithms.h"

namespace verbale::query {
namespace {

/// The relationships from both nodes of a pair to what they share.
class Shared {
 public:
  Shared(const AlgorithmCall& call, const algorithms::SimilarityOptions& options)
      : call_(call), options_(options) {}

  Value Of(const algorithms::SimilarPair& pair) const {
    std::vector<Arc> own = ArcsOf(pair.node);
    std::vector<Arc> others = ArcsOf(pair.other);
    std::vector<graph::RelNo> rels;
    for (std::size_t i = 0, j = 0; i < own.size() && j < others.size();) {
      if (own[i].to != others[j].to) {
        ++(own[i].to < others[j].to ? i : j);
        continue;
      }
      const Index via = own[i].to;
      for (; i < own.size() && own[i].to == via; ++i) rels.push_back(own[i].rel);
      for (; j < others.size() && others[j].to == via; ++j) rels.push_back(others[j].rel);
    }
    return call_.Rels(rels);
  }

 private:
  std::vector<Arc> ArcsOf(Index node) const {
    std::vector<Arc> arcs;
    for (const Arc& arc : call_.projection().ArcsOf(node)) {
      const bool counts = arc.to != node && !(options_.via_others_only && options_.among[arc.to]);
      if (counts) arcs.push_back(arc);
    }
    const graph::View& view = call_.view();
    std::sort(arcs.begin(), arcs.end(), [&](const Arc& a, const Arc& b) {
      return a.to != b.to ? a.to < b.to : view.Id(a.rel) < view.Id(b.rel);
    });
    return arcs;
  }

  const AlgorithmCall& call_;
  const algorithms::SimilarityOptions& options_;
};

Rows Similarity(const CallContext& context, Arguments arguments) {
  static constexpr std::string_view kMetrics[] = {"jaccard", "overlap", "cosine"};
  static constexpr algorithms::Likeness kLikenesses[] = {algorithms::Likeness::kJaccard,
                                                         algorithms::Likeness::kOverlap,
                                                         algorithms::Likeness::kCosine};
  AlgorithmCall call(context, arguments);
  algorithms::SimilarityOptions options;
  const bool explain = call.Explain();
  options.likeness = kLikenesses[call.Choice("metric", 0, kMetrics)];
  options.top = static_cast<std::uint32_t>(
      call.Integer("top", options.top, 0, std::numeric_limits<std::uint32_t>::max()));
  options.least = call.Number("least", 0, 0, 1);
  call.Project();
  const Shared shared(call, options);
  Rows rows;
  for (const auto& pair : algorithms::Similarity(call.projection(), options, call.work())) {
    rows.push_back({call.NodeAt(pair.node), call.NodeAt(pair.other), Value(pair.score),
                    Value(std::int64_t{pair.common}), explain ? shared.Of(pair) : Value()});
  }
  return rows;
}

Rows Bipartite(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  algorithms::SimilarityOptions options;
  const bool explain = call.Explain();
  const std::string side = call.Text("side");
  if (side.empty()) throw call.Wrong("side", "option 'side' is needed: a label");
  options.likeness = algorithms::Likeness::kCommon;
  options.top = 0;
  options.least = static_cast<double>(call.Integer("least", 1, 1));
  options.via_others_only = true;
  call.Project(AlgorithmCall::Direction::kUndirected, false);
  const auto label = call.view().catalog().FindLabel(side);
  if (!label) throw call.Wrong("side", "the graph has no label '" + side + "'");
  for (Index node = 0; node < call.projection().size(); ++node) {
    options.among.push_back(call.view().HasLabel(call.projection().node(node), *label));
  }
  const Shared shared(call, options);
  Rows rows;
  for (const auto& pair : algorithms::Similarity(call.projection(), options, call.work())) {
    rows.push_back({call.NodeAt(pair.node), call.NodeAt(pair.other),
                    Value(std::int64_t{pair.common}), explain ? shared.Of(pair) : Value()});
  }
  return rows;
}

Rows Assortativity(const CallContext& context, Arguments arguments) {
  AlgorithmCall call(context, arguments);
  call.Project(AlgorithmCall::Direction::kAny, false);
  const auto coefficient = algorithms::DegreeAssortativity(call.projection(), call.work());
  return {{coefficient ? Value(*coefficient) : Value()}};
}

}  // namespace

void AddSimilarity(std::vector<Procedure>& all) {
  all.push_back({.signature = "algo.similarity(options :: MAP) :: (node :: NODE, other :: NODE, "
                              "similarity :: FLOAT, common :: INTEGER, "
                              "why :: LIST OF RELATIONSHIP?)",
                 .description = "Nodes whose neighbours are the same: jaccard, overlap or cosine.",
                 .run = Similarity});
  all.push_back({.signature = "algo.bipartite(options :: MAP) :: (node :: NODE, other :: NODE, "
                              "weight :: INTEGER, why :: LIST OF RELATIONSHIP?)",
                 .description = "Pairs of nodes of one side, by how many neighbours they share.",
                 .run = Bipartite});
  all.push_back({.signature = "algo.assortativity(options :: MAP) :: (coefficient :: FLOAT?)",
                 .description = "Whether nodes of many relationships are joined to their like.",
                 .run = Assortativity});
}

}  // namespace verbale::query
