#include "graph/algorithms/internal/csr.h"

#include <algorithm>
#include <string>

#include "graph/error.h"

namespace verbale::graph::algorithms {
namespace {

/// Other end and relationship in one number, so that a list is sorted by comparing integers.
std::uint64_t Packed(Index end, RelNo rel) { return std::uint64_t{end} << 32 | rel.value; }
Index EndOf(std::uint64_t packed) { return static_cast<Index>(packed >> 32); }
RelNo RelOf(std::uint64_t packed) { return RelNo{static_cast<std::uint32_t>(packed)}; }

/// Parallel arcs in the order of their ids.
void OrderParallel(const View& view, std::vector<std::uint64_t>& list) {
  for (std::size_t i = 0, j = 0; i < list.size(); i = j) {
    for (j = i + 1; j < list.size() && EndOf(list[j]) == EndOf(list[i]);) ++j;
    if (j - i < 2) continue;
    std::sort(list.begin() + i, list.begin() + j, [&](std::uint64_t a, std::uint64_t b) {
      return view.Id(RelOf(a)) < view.Id(RelOf(b));
    });
  }
}

void Append(const Projection& projection, Index node, bool reversed, bool skip_loops,
            std::vector<std::uint64_t>& list) {
  for (const Arc& arc : projection.ArcsOf(node, reversed)) {
    const Index end = reversed ? arc.from : arc.to;
    if (skip_loops && end == node) continue;
    list.push_back(Packed(end, arc.rel));
  }
}

}  // namespace

Csr::Csr(const Projection& projection, const CsrOptions& options, const Work& work) {
  const Index n = projection.size();
  const bool both = options.undirected && projection.is_directed();
  const std::uint64_t bound = projection.ArcBound() * (both ? 2 : 1);
  const bool weighted = projection.is_weighted();
  const bool with_rels = options.rels || weighted;
  work.Hold((std::size_t{n} + 1) * sizeof(std::uint64_t) +
            bound * (sizeof(Index) + (with_rels ? sizeof(RelNo) : 0) + (weighted ? 8 : 0)));
  starts.reserve(std::size_t{n} + 1);
  starts.push_back(0);
  targets.reserve(bound);
  if (with_rels) rels.reserve(bound);
  std::vector<std::uint64_t> list;
  for (Index node = 0; node < n; ++node) {
    if (node % 4096 == 0) work.Check();
    list.clear();
    Append(projection, node, options.reversed, options.parallel != Parallel::kKept, list);
    // A loop is among the arcs that leave already.
    if (both) Append(projection, node, !options.reversed, true, list);
    if (!std::is_sorted(list.begin(), list.end())) std::sort(list.begin(), list.end());
    OrderParallel(projection.view(), list);
    for (const std::uint64_t arc : list) {
      targets.push_back(EndOf(arc));
      if (with_rels) rels.push_back(RelOf(arc));
    }
    starts.push_back(targets.size());
  }
  if (weighted) weights = projection.Weights(rels);
  if (options.parallel != Parallel::kKept) Merge(options.parallel);
  if (!options.rels) rels = {};
}

void Csr::Merge(Parallel parallel) {
  std::uint64_t out = 0;
  std::uint64_t begin = 0;
  for (Index node = 0; node < size(); ++node) {
    const std::uint64_t end = starts[node + 1];
    const std::uint64_t first = out;
    for (std::uint64_t i = begin; i < end; ++i) {
      if (out > first && targets[out - 1] == targets[i]) {
        if (parallel == Parallel::kSummed) {
          if (weights.empty()) weights.assign(targets.size(), 1);
          weights[out - 1] += weights[i];
        } else if (!weights.empty() && weights[i] < weights[out - 1]) {
          weights[out - 1] = weights[i];
          rels[out - 1] = rels[i];
        }
        continue;
      }
      targets[out] = targets[i];
      if (!rels.empty()) rels[out] = rels[i];
      if (!weights.empty()) weights[out] = weights[i];
      ++out;
    }
    starts[node + 1] = out;
    begin = end;
  }
  targets.resize(out);
  if (!rels.empty()) rels.resize(out);
  if (!weights.empty()) weights.resize(out);
}

double Csr::Strength(Index node) const {
  if (weights.empty()) return static_cast<double>(Degree(node));
  double sum = 0;
  for (std::uint64_t i = starts[node]; i < starts[node + 1]; ++i) sum += weights[i];
  return sum;
}

void RequireNonNegative(const Csr& csr, std::string_view algorithm) {
  for (const double weight : csr.weights) {
    if (weight < 0) {
      throw Error(ErrorCode::kInvalidArgument,
                  std::string(algorithm) + " needs weights that are not negative");
    }
  }
}

}  // namespace verbale::graph::algorithms
