#include "graph/algorithms/centrality.h"

namespace verbale::graph::algorithms {

DegreeScores Degree(const Projection& projection, const Work& work) {
  const Index n = projection.size();
  work.Hold(std::size_t{n} * 16);
  DegreeScores scores{std::vector<std::uint64_t>(n), std::vector<double>(n)};
  for (Index node = 0; node < n; ++node) {
    if (node % 4096 == 0) work.Check();
    for (const Arc& arc : projection.ArcsOf(node)) {
      ++scores.counts[node];
      if (projection.is_weighted()) scores.weights[node] += projection.Weight(arc.rel);
    }
    if (!projection.is_weighted()) scores.weights[node] = static_cast<double>(scores.counts[node]);
  }
  return scores;
}

}  // namespace verbale::graph::algorithms
