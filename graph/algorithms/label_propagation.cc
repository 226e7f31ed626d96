#include <algorithm>
#include <numeric>

#include "graph/algorithms/communities.h"
#include "graph/algorithms/internal/convergence.h"
#include "graph/algorithms/internal/csr.h"
#include "graph/algorithms/internal/group_weights.h"
#include "graph/algorithms/internal/numbering.h"
#include "graph/algorithms/internal/order.h"

namespace verbale::graph::algorithms {

Communities LabelPropagation(const Projection& projection, const CommunityOptions& options,
                             const Work& work) {
  const Csr csr(projection, {.undirected = true, .parallel = Parallel::kSummed}, work);
  RequireNonNegative(csr, "label propagation");
  const Index n = csr.size();
  work.Hold(std::size_t{n} * 24);
  Communities found;
  found.community.resize(n);
  std::iota(found.community.begin(), found.community.end(), 0);
  std::vector<std::uint32_t>& label = found.community;
  GroupWeights weights(n);
  const std::vector<Index> order = OrderOfSeed(n, options.seed);
  bool changed = true;
  for (std::uint32_t round = 0; changed && round < options.iterations; ++round) {
    changed = false;
    work.TellRound(round);
    for (std::size_t at = 0; at < n; ++at) {
      if (at % 4096 == 0) work.Check();
      const Index node = order[at];
      for (std::uint64_t i = csr.starts[node]; i < csr.starts[node + 1]; ++i) {
        weights.Add(label[csr.targets[i]], csr.Weight(i));
      }
      const std::vector<std::uint32_t>& near = weights.met();
      const auto heaviest = std::max_element(
          near.begin(), near.end(),
          [&](std::uint32_t a, std::uint32_t b) { return weights.Of(a) < weights.Of(b); });
      if (heaviest != near.end() && weights.Of(label[node]) != weights.Of(*heaviest)) {
        label[node] = *heaviest;
        changed = true;
      }
      weights.Clear();
    }
  }
  if (changed) throw NotConverged("label propagation", {options.iterations, 0});
  found.modularity = Modularity(projection, found.community, 1, work);
  found.count = NumberBySize(found.community);
  return found;
}

}  // namespace verbale::graph::algorithms
