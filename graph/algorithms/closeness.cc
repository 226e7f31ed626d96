#include <optional>

#include "graph/algorithms/centrality.h"
#include "graph/algorithms/internal/csr.h"
#include "graph/algorithms/internal/parallel.h"
#include "graph/algorithms/internal/shortest.h"

namespace verbale::graph::algorithms {
namespace {

/// Sources that one thread takes at a time: it makes the arrays of a search once for all of them.
constexpr std::size_t kSources = 256;

/// Which arc of the root each node is reached by.
class Branches {
 public:
  explicit Branches(const Csr& csr) : csr_(csr), of_(csr.size()) {}

  /// How many of the nodes that the tree reached come by each of its root's arcs, that any come by.
  std::vector<std::pair<double, RelNo>> Count(const ShortestTree& tree,
                                              const std::vector<Index>& order) {
    const Index root = order.front();
    const std::uint64_t first = csr_.starts[root];
    for (const Index node : order) of_[node] = kNone;
    of_[root] = first;  // Nobody comes to the root by its own arcs.
    std::vector<double> counts(csr_.Degree(root));
    for (const Index node : order) {
      if (node != root) ++counts[of_[node] - first];
      for (std::uint64_t arc = csr_.starts[node]; arc < csr_.starts[node + 1]; ++arc) {
        const Index to = csr_.targets[arc];
        const bool shortest = tree.distance(node) + csr_.Weight(arc) == tree.distance(to);
        if (of_[to] == kNone && shortest) of_[to] = node == root ? arc : of_[node];
      }
    }
    std::vector<std::pair<double, RelNo>> carriers;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i] > 0) carriers.emplace_back(counts[i], csr_.rels[first + i]);
    }
    return carriers;
  }

 private:
  static constexpr std::uint64_t kNone = ~std::uint64_t{0};

  const Csr& csr_;
  std::vector<std::uint64_t> of_;
};

}  // namespace

ClosenessScores Closeness(const Projection& projection, bool carriers, const Work& work) {
  const Csr in(projection, {.reversed = true, .rels = carriers}, work);
  RequireNonNegative(in, "closeness");
  const Index n = in.size();
  work.Hold(std::size_t{n} * 16);
  ClosenessScores scores{std::vector<double>(n), std::vector<double>(n), {}};
  if (carriers) scores.carriers.resize(n);
  Steps steps(work, n);
  ForRanges(work, n, kSources, [&](std::size_t, std::size_t begin, std::size_t end) {
    ShortestTree tree(in);
    std::optional<Branches> branches;
    if (carriers) branches.emplace(in);
    for (std::size_t node = begin; node < end; ++node) {
      steps.Next();
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
      if (branches) scores.carriers[node] = branches->Count(tree, reached);
    }
  });
  return scores;
}

}  // namespace verbale::graph::algorithms
