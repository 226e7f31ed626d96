#include "graph/algorithms/centrality.h"
#include "graph/algorithms/internal/csr.h"
#include "graph/algorithms/internal/parallel.h"
#include "graph/algorithms/internal/shortest.h"

namespace verbale::graph::algorithms {
namespace {

/// Sources that one thread takes at a time: it makes the arrays of a search once for all of them.
constexpr std::size_t kSources = 256;

}  // namespace

ClosenessScores Closeness(const Projection& projection, const Work& work) {
  const Csr in(projection, {.reversed = true}, work);
  RequireNonNegative(in, "closeness");
  const Index n = in.size();
  work.Hold(std::size_t{n} * 16);
  ClosenessScores scores{std::vector<double>(n), std::vector<double>(n)};
  ForRanges(work, n, kSources, [&](std::size_t, std::size_t begin, std::size_t end) {
    ShortestTree tree(in);
    for (std::size_t node = begin; node < end; ++node) {
      work.Check();
      const std::vector<Index>& reached = tree.From(static_cast<Index>(node));
      double sum = 0;
      double inverse = 0;
      for (const Index other : reached) {
        const double distance = tree.distance(other);
        sum += distance;
        if (distance > 0) inverse += 1 / distance;
      }
      const double others = static_cast<double>(reached.size()) - 1;
      if (sum > 0) scores.closeness[node] = others / sum * (others / (n - 1.0));
      scores.harmonic[node] = inverse;
    }
  });
  return scores;
}

}  // namespace verbale::graph::algorithms
