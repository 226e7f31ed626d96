// Pairs are found through what they share: from a node to its neighbours, and from those back to
// all that have them. So nodes without anything in common cost nothing.

#include "graph/algorithms/similarity.h"

#include <algorithm>
#include <cmath>

#include "graph/algorithms/internal/csr.h"
#include "graph/algorithms/internal/parallel.h"

namespace verbale::graph::algorithms {
namespace {

/// Nodes that one thread takes at a time: it makes the arrays of a count once for all of them.
constexpr std::size_t kRange = 1024;

/// Compares one node after the other with all that share something with it.
class Comparer {
 public:
  Comparer(const Csr& out, const Csr& in, const SimilarityOptions& options)
      : out_(out), in_(in), options_(options), met_(in.size()) {}

  void Compare(Index node, std::vector<SimilarPair>& found) {
    if (!IsCompared(node)) return;
    Meet(node);
    const std::size_t first = found.size();
    for (const Index other : others_) {
      const double score = Score(node, other);
      if (score >= options_.least) found.push_back({node, other, score, met_[other].common});
      met_[other] = {};
    }
    others_.clear();
    const auto begin = found.begin() + static_cast<std::ptrdiff_t>(first);
    std::sort(begin, found.end(), [](const SimilarPair& a, const SimilarPair& b) {
      return a.score != b.score ? a.score > b.score : a.other < b.other;
    });
    if (options_.top != 0 && found.size() - first > options_.top)
      found.resize(first + options_.top);
  }

 private:
  struct Met {
    double product = 0;
    std::uint32_t common = 0;
  };

  bool IsCompared(Index node) const { return options_.among.empty() || options_.among[node]; }

  void Meet(Index node) {
    const bool cosine = options_.likeness == Likeness::kCosine;
    for (std::uint64_t i = out_.starts[node]; i < out_.starts[node + 1]; ++i) {
      const Index via = out_.targets[i];
      if (options_.via_others_only && IsCompared(via)) continue;
      for (std::uint64_t j = in_.starts[via]; j < in_.starts[via + 1]; ++j) {
        const Index other = in_.targets[j];
        if (other == node || !IsCompared(other) || (options_.top == 0 && other < node)) continue;
        Met& met = met_[other];
        if (met.common++ == 0) others_.push_back(other);
        if (cosine) met.product += out_.Weight(i) * in_.Weight(j);
      }
    }
  }

  double Score(Index node, Index other) const {
    const double common = met_[other].common;
    const auto size = [&](Index of) { return static_cast<double>(out_.Degree(of)); };
    switch (options_.likeness) {
      case Likeness::kJaccard:
        return common / (size(node) + size(other) - common);
      case Likeness::kOverlap:
        return common / std::min(size(node), size(other));
      case Likeness::kCosine: {
        const double lengths = Length(node) * Length(other);
        return lengths > 0 ? met_[other].product / lengths : 0;
      }
      case Likeness::kCommon:
        return common;
    }
    return 0;
  }

  double Length(Index node) const {
    if (out_.weights.empty()) return std::sqrt(static_cast<double>(out_.Degree(node)));
    double squares = 0;
    for (std::uint64_t i = out_.starts[node]; i < out_.starts[node + 1]; ++i) {
      squares += out_.weights[i] * out_.weights[i];
    }
    return std::sqrt(squares);
  }

  const Csr& out_;
  const Csr& in_;
  const SimilarityOptions& options_;
  std::vector<Met> met_;  ///< By Index; of `others_` only.
  std::vector<Index> others_;
};

}  // namespace

std::vector<SimilarPair> Similarity(const Projection& projection, const SimilarityOptions& options,
                                    const Work& work) {
  const bool weighted = projection.is_weighted();
  const Parallel parallel = weighted ? Parallel::kSummed : Parallel::kLightest;
  const Csr out(projection, {.parallel = parallel}, work);
  const Csr in(projection, {.reversed = true, .parallel = parallel}, work);
  std::vector<std::vector<SimilarPair>> parts(out.size() / kRange + 1);
  Steps steps(work, out.size());
  ForRanges(work, out.size(), kRange, [&](std::size_t part, std::size_t begin, std::size_t end) {
    Comparer comparer(out, in, options);
    for (std::size_t node = begin; node < end; ++node) {
      steps.Next();
      const std::size_t before = parts[part].size();
      comparer.Compare(static_cast<Index>(node), parts[part]);
      work.Hold((parts[part].size() - before) * sizeof(SimilarPair));
    }
  });
  std::vector<SimilarPair> all;
  for (const std::vector<SimilarPair>& part : parts)
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

std::optional<double> DegreeAssortativity(const Projection& projection, const Work& work) {
  const Csr out(projection, {}, work);
  std::vector<std::uint64_t> in(out.size());
  for (const Index target : out.targets) ++in[target];
  double count = 0;
  double sum_x = 0;
  double sum_y = 0;
  const auto for_arcs = [&](const auto& visit) {
    for (Index node = 0; node < out.size(); ++node) {
      if (node % 4096 == 0) work.Check();
      const double x = static_cast<double>(out.Degree(node));
      for (const Index other : out.Of(node)) visit(x, static_cast<double>(in[other]));
    }
  };
  for_arcs([&](double x, double y) { ++count, sum_x += x, sum_y += y; });
  if (count == 0) return std::nullopt;
  const double mean_x = sum_x / count;
  const double mean_y = sum_y / count;
  double xx = 0;
  double yy = 0;
  double xy = 0;
  for_arcs([&](double x, double y) {
    xx += (x - mean_x) * (x - mean_x);
    yy += (y - mean_y) * (y - mean_y);
    xy += (x - mean_x) * (y - mean_y);
  });
  const double deviation = std::sqrt(xx * yy);
  if (deviation == 0) return std::nullopt;
  return xy / deviation;
}

}  // namespace verbale::graph::algorithms
