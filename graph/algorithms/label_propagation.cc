#include <algorithm>
#include <numeric>

#include "graph/algorithms/communities.h"
#include "graph/algorithms/internal/convergence.h"
#include "graph/algorithms/internal/csr.h"
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
  std::vector<double> weight_of(n, -1);
  std::vector<std::uint32_t> near;
  const std::vector<Index> order = OrderOfSeed(n, options.seed);
  bool changed = true;
  for (std::uint32_t round = 0; changed && round < options.iterations; ++round) {
    changed = false;
    for (std::size_t at = 0; at < n; ++at) {
      if (at % 4096 == 0) work.Check();
      const Index node = order[at];
      near.clear();
      for (std::uint64_t i = csr.starts[node]; i < csr.starts[node + 1]; ++i) {
        const std::uint32_t other = label[csr.targets[i]];
        if (weight_of[other] < 0) {
          weight_of[other] = 0;
          near.push_back(other);
        }
        weight_of[other] += csr.Weight(i);
      }
      double most = near.empty() ? 0 : weight_of[near.front()];
      for (const std::uint32_t other : near) most = std::max(most, weight_of[other]);
      if (!near.empty() && weight_of[label[node]] != most) {
        label[node] = *std::find_if(near.begin(), near.end(),
                                    [&](std::uint32_t other) { return weight_of[other] == most; });
        changed = true;
      }
      for (const std::uint32_t other : near) weight_of[other] = -1;
    }
  }
  if (changed) throw NotConverged("label propagation", {options.iterations, 0});
  found.modularity = Modularity(projection, found.community, 1, work);
  found.count = NumberBySize(found.community);
  return found;
}

}  // namespace verbale::graph::algorithms
