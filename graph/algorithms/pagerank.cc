// PageRank by pulling: the new score of a node is the sum over the arcs that come to it, of the
// share that the node at their other end gives to each of its arcs. No two threads write to one
// place, and each sum is taken in the order of the arcs.
//
// A round goes through the nodes in a few stages of fixed length. A stage uses what the stages
// before it found in the same round (Gauss and Seidel), which takes about a third fewer rounds than
// if it did not; within a stage nothing new is used (Jacobi), so that threads can share it.

#include <algorithm>
#include <cmath>
#include <utility>

#include "graph/algorithms/centrality.h"
#include "graph/algorithms/internal/convergence.h"
#include "graph/algorithms/internal/csr.h"
#include "graph/algorithms/internal/parallel.h"
#include "graph/error.h"

namespace verbale::graph::algorithms {
namespace {

constexpr std::size_t kRange = 1 << 12;
constexpr std::size_t kStages = 8;

/// One run: what stays the same from round to round, and the scores.
class Surfer {
 public:
  Surfer(const Projection& projection, const PageRankOptions& options, const Work& work)
      : work_(work),
        damping_(options.damping),
        n_(projection.size()),
        in_(projection, {.reversed = true}, work),
        share_(n_),
        jump_(n_) {
    RequireNonNegative(in_, "PageRank");
    work.Hold(std::size_t{n_} * 3 * sizeof(double));
    if (options.sources.empty()) {
      std::fill(jump_.begin(), jump_.end(), 1.0 / n_);
    } else {
      for (const Index source : options.sources) {
        jump_[source] += 1.0 / static_cast<double>(options.sources.size());
      }
    }
    // What a node gives to an arc of weight 1, as a share of its score.
    for (std::uint64_t i = 0; i < in_.targets.size(); ++i) share_[in_.targets[i]] += in_.Weight(i);
    for (double& share : share_) share = share > 0 ? 1 / share : 0;
    scores_ = jump_;
    given_.resize(n_);
    for (Index node = 0; node < n_; ++node) given_[node] = scores_[node] * share_[node];
  }

  /// One round; how much the scores changed.
  double Round() {
    double dangling = 0;
    for (Index node = 0; node < n_; ++node) {
      if (share_[node] == 0) dangling += scores_[node];
    }
    const double jump = 1 - damping_ + damping_ * dangling;
    const std::size_t stage = std::max<std::size_t>(kRange, n_ / kStages + 1);
    double change = 0;
    for (std::size_t first = 0; first < n_; first += stage) {
      const std::size_t count = std::min(stage, n_ - first);
      change += SumOfRanges(work_, count, kRange, [&](std::size_t begin, std::size_t end) {
        return Renew(first + begin, first + end, jump);
      });
      for (std::size_t node = first; node < first + count; ++node) {
        given_[node] = scores_[node] * share_[node];
      }
    }
    return change;
  }

  std::vector<double> Scores() && { return std::move(scores_); }

 private:
  double Renew(std::size_t begin, std::size_t end, double jump) {
    double change = 0;
    for (std::size_t node = begin; node < end; ++node) {
      const double score = jump * jump_[node] + damping_ * Received(static_cast<Index>(node));
      change += std::abs(score - scores_[node]);
      scores_[node] = score;
    }
    return change;
  }

  double Received(Index node) const {
    double sum = 0;
    if (in_.weights.empty()) {
      for (const Index from : in_.Of(node)) sum += given_[from];
      return sum;
    }
    for (std::uint64_t i = in_.starts[node]; i < in_.starts[node + 1]; ++i) {
      sum += given_[in_.targets[i]] * in_.weights[i];
    }
    return sum;
  }

  const Work& work_;
  double damping_;
  Index n_;
  Csr in_;
  std::vector<double> share_, jump_, scores_, given_;
};

}  // namespace

std::vector<double> PageRank(const Projection& projection, const PageRankOptions& options,
                             const Work& work) {
  if (!(options.damping >= 0 && options.damping < 1)) {
    throw Error(ErrorCode::kInvalidArgument, "the damping of PageRank is in [0, 1)");
  }
  if (projection.size() == 0) return {};
  Surfer surfer(projection, options, work);
  for (std::uint32_t round = 0; round < options.convergence.iterations; ++round) {
    work.TellRound(round);
    if (surfer.Round() < options.convergence.tolerance) return std::move(surfer).Scores();
  }
  throw NotConverged("PageRank", options.convergence);
}

}  // namespace verbale::graph::algorithms
