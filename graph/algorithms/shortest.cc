#include "graph/algorithms/internal/shortest.h"

#include <algorithm>
#include <functional>

namespace verbale::graph::algorithms {

const std::vector<Index>& ShortestTree::From(Index source) {
  for (const Index node : order_) distances_[node] = kUnreached;
  order_.clear();
  distances_[source] = 0;
  order_.push_back(source);
  if (csr_.weights.empty()) {
    ByHops();
  } else {
    ByWeights();
  }
  return order_;
}

void ShortestTree::ByHops() {
  for (std::size_t at = 0; at < order_.size(); ++at) {
    const double next = distances_[order_[at]] + 1;
    for (const Index node : csr_.Of(order_[at])) {
      if (distances_[node] != kUnreached) continue;
      distances_[node] = next;
      order_.push_back(node);
    }
  }
}

void ShortestTree::ByWeights() {
  // The heap may hold a node more than once; what is farther than its distance is old.
  heap_.assign(1, {0, order_.front()});
  order_.clear();
  while (!heap_.empty()) {
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
    const auto [distance, node] = heap_.back();
    heap_.pop_back();
    if (distance > distances_[node]) continue;
    order_.push_back(node);
    for (std::uint64_t i = csr_.starts[node]; i < csr_.starts[node + 1]; ++i) {
      const Index to = csr_.targets[i];
      const double next = distance + csr_.weights[i];
      if (!(next < distances_[to])) continue;
      distances_[to] = next;
      heap_.emplace_back(next, to);
      std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
    }
  }
}

}  // namespace verbale::graph::algorithms
