// Scores that feed each other, by the power method: multiply, scale, until nothing changes.

#include <cmath>

#include "graph/algorithms/centrality.h"
#include "graph/algorithms/internal/convergence.h"
#include "graph/algorithms/internal/csr.h"
#include "graph/algorithms/internal/parallel.h"

namespace verbale::graph::algorithms {
namespace {

constexpr std::size_t kRange = 1 << 12;

/// out[v] = own * x[v] + Σ x[u] over the arcs of v in `csr`.
void Multiply(const Csr& csr, const std::vector<double>& x, double own, std::vector<double>& out,
              const Work& work) {
  ForRanges(work, csr.size(), kRange, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t node = begin; node < end; ++node) {
      double sum = own * x[node];
      for (std::uint64_t i = csr.starts[node]; i < csr.starts[node + 1]; ++i) {
        sum += csr.Weight(i) * x[csr.targets[i]];
      }
      out[node] = sum;
    }
  });
}

template <typename Term>
double Sum(std::size_t count, const Term& term) {
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += term(i);
  return sum;
}

void Scale(std::vector<double>& x, double length) {
  if (length == 0) return;
  for (double& value : x) value /= length;
}

double Change(const std::vector<double>& a, const std::vector<double>& b) {
  return Sum(a.size(), [&](std::size_t i) { return std::abs(a[i] - b[i]); });
}

}  // namespace

std::vector<double> Eigenvector(const Projection& projection, const Convergence& convergence,
                                const Work& work) {
  const Csr in(projection, {.reversed = true}, work);
  const Index n = in.size();
  if (n == 0) return {};
  work.Hold(std::size_t{n} * 16);
  std::vector<double> scores(n, 1.0 / n);
  std::vector<double> next(n);
  for (std::uint32_t round = 0; round < convergence.iterations; ++round) {
    work.TellRound(round);
    // The own score is added, which leaves the direction and lets bipartite graphs settle.
    Multiply(in, scores, 1, next, work);
    Scale(next, std::sqrt(Sum(next.size(), [&](std::size_t i) { return next[i] * next[i]; })));
    scores.swap(next);
    if (Change(scores, next) < convergence.tolerance) return scores;
  }
  throw NotConverged("the eigenvector", convergence);
}

HitsScores Hits(const Projection& projection, const Convergence& convergence, const Work& work) {
  const Csr out(projection, {}, work);
  const Csr in(projection, {.reversed = true}, work);
  const Index n = in.size();
  if (n == 0) return {};
  work.Hold(std::size_t{n} * 32);
  HitsScores scores{std::vector<double>(n, 1.0 / n), std::vector<double>(n)};
  std::vector<double> hubs(n);
  std::vector<double> authorities(n);
  const auto scaled = [](std::vector<double>& x) {
    Scale(x, Sum(x.size(), [&](auto i) { return x[i]; }));
  };
  for (std::uint32_t round = 0; round < convergence.iterations; ++round) {
    work.TellRound(round);
    Multiply(in, scores.hubs, 0, authorities, work);
    scaled(authorities);
    Multiply(out, authorities, 0, hubs, work);
    scaled(hubs);
    const double change = Change(hubs, scores.hubs) + Change(authorities, scores.authorities);
    scores.hubs.swap(hubs);
    scores.authorities.swap(authorities);
    if (change < convergence.tolerance) return scores;
  }
  throw NotConverged("HITS", convergence);
}

}  // namespace verbale::graph::algorithms
