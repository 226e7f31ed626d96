// The k shortest loopless ways, after Yen (1971): the next way leaves one that is known at some
// node, the spur, and goes on without the arcs by which known ways leave there and without the
// nodes before. The shortest of all such ways is the next one.

#include <algorithm>
#include <set>

#include "graph/algorithms/internal/csr.h"
#include "graph/algorithms/internal/shortest.h"
#include "graph/algorithms/paths.h"

namespace verbale::graph::algorithms {
namespace {

/// A way as places in the Csr. Shorter ones first, then by their nodes.
struct Way {
  double length = 0;
  std::vector<Index> nodes;
  std::vector<std::uint64_t> arcs;
  auto operator<=>(const Way& other) const = default;
};

/// Dijkstra with nodes and arcs that may not be used.
class SpurSearch {
 public:
  explicit SpurSearch(const Csr& csr)
      : csr_(csr), distances_(csr.size(), kUnreached), parents_(csr.size()), banned_(csr.size()) {}

  void Ban(Index node) { banned_[node] = true; }
  void Free(Index node) { banned_[node] = false; }

  /// Appends the shortest way to `way`, which ends at the spur. False where there is none.
  bool Extend(Way& way, Index target, const std::set<std::uint64_t>& banned_arcs) {
    const Index spur = way.nodes.back();
    for (const Index node : touched_) distances_[node] = kUnreached;
    touched_.assign(1, spur);
    distances_[spur] = 0;
    std::set<std::pair<double, Index>> queue{{0, spur}};
    while (!queue.empty() && queue.begin()->second != target) {
      const Index node = queue.extract(queue.begin()).value().second;
      for (std::uint64_t i = csr_.starts[node]; i < csr_.starts[node + 1]; ++i) {
        if (node != spur || !banned_arcs.contains(i)) Relax(node, i, queue);
      }
    }
    if (queue.empty()) return false;
    const std::size_t arcs = way.arcs.size();
    for (Index node = target; node != spur;) {
      way.arcs.push_back(parents_[node].second);
      node = parents_[node].first;
    }
    std::reverse(way.arcs.begin() + static_cast<std::ptrdiff_t>(arcs), way.arcs.end());
    for (std::size_t i = arcs; i < way.arcs.size(); ++i) {
      way.nodes.push_back(csr_.targets[way.arcs[i]]);
      way.length += csr_.Weight(way.arcs[i]);
    }
    return true;
  }

 private:
  void Relax(Index node, std::uint64_t arc, std::set<std::pair<double, Index>>& queue) {
    const Index to = csr_.targets[arc];
    const double next = distances_[node] + csr_.Weight(arc);
    if (banned_[to] || !(next < distances_[to])) return;
    if (distances_[to] == kUnreached) touched_.push_back(to);
    queue.erase({distances_[to], to});
    distances_[to] = next;
    parents_[to] = {node, arc};
    queue.emplace(next, to);
  }

  const Csr& csr_;
  std::vector<double> distances_;
  std::vector<std::pair<Index, std::uint64_t>> parents_;
  std::vector<bool> banned_;
  std::vector<Index> touched_;
};

/// Adds to `candidates` the ways that leave the last known one.
void AddSpurs(const Csr& csr, const std::vector<Way>& known, Index target, SpurSearch& search,
              std::set<Way>& candidates, const Work& work) {
  const Way& last = known.back();
  Way root;
  for (std::size_t at = 0; at + 1 < last.nodes.size(); ++at) {
    work.Check();
    root.nodes.push_back(last.nodes[at]);
    std::set<std::uint64_t> banned;
    for (const Way& way : known) {
      if (way.arcs.size() > at &&
          std::equal(root.arcs.begin(), root.arcs.end(), way.arcs.begin())) {
        banned.insert(way.arcs[at]);
      }
    }
    Way way = root;
    if (search.Extend(way, target, banned)) {
      work.Hold(sizeof(Way) + way.nodes.size() * 12);
      candidates.insert(std::move(way));
    }
    search.Ban(last.nodes[at]);
    root.arcs.push_back(last.arcs[at]);
    root.length += csr.Weight(last.arcs[at]);
  }
  for (const Index node : last.nodes) search.Free(node);
}

}  // namespace

std::vector<Route> KShortestRoutes(const Projection& projection, Index source, Index target,
                                   std::uint32_t k, const Work& work) {
  const Csr csr(projection, {.parallel = Parallel::kLightest, .rels = true}, work);
  RequireNonNegative(csr, "shortest paths");
  work.Hold(std::size_t{csr.size()} * 32);
  SpurSearch search(csr);
  std::vector<Way> known;
  Way first;
  first.nodes.push_back(source);
  if (k > 0 && search.Extend(first, target, {})) known.push_back(std::move(first));
  std::set<Way> candidates;
  while (!known.empty() && known.size() < k) {
    AddSpurs(csr, known, target, search, candidates, work);
    if (candidates.empty()) break;
    known.push_back(std::move(candidates.extract(candidates.begin()).value()));
  }
  std::vector<Route> routes;
  for (const Way& way : known) {
    Route route{source, {}, way.length};
    for (std::size_t i = 0; i < way.arcs.size(); ++i) {
      route.arcs.push_back({way.nodes[i], way.nodes[i + 1], csr.rels[way.arcs[i]]});
    }
    routes.push_back(std::move(route));
  }
  return routes;
}

}  // namespace verbale::graph::algorithms
