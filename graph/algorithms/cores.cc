#include <algorithm>

#include "graph/algorithms/components.h"
#include "graph/algorithms/internal/csr.h"

namespace verbale::graph::algorithms {

// After Batagelj and Zaversnik: nodes lie in buckets by what is left of their degree; the least one
// is taken away, and each neighbour of larger degree moves to the front of its bucket, which then
// begins behind it.
std::vector<std::uint32_t> CoreNumbers(const Projection& projection, const Work& work) {
  const Csr csr(projection, {.undirected = true, .parallel = Parallel::kLightest}, work);
  const Index n = csr.size();
  work.Hold(std::size_t{n} * 12);
  std::vector<std::uint32_t> left(n);
  std::uint32_t largest = 0;
  for (Index node = 0; node < n; ++node) {
    left[node] = static_cast<std::uint32_t>(csr.Degree(node));
    largest = std::max(largest, left[node]);
  }
  std::vector<Index> bucket(std::size_t{largest} + 2);
  for (const std::uint32_t degree : left) ++bucket[degree + 1];
  for (std::size_t i = 1; i < bucket.size(); ++i) bucket[i] += bucket[i - 1];
  std::vector<Index> place(n);
  std::vector<Index> order(n);
  std::vector<Index> next = bucket;
  for (Index node = 0; node < n; ++node) {
    place[node] = next[left[node]]++;
    order[place[node]] = node;
  }
  for (Index at = 0; at < n; ++at) {
    if (at % 4096 == 0) work.Check();
    const Index node = order[at];
    for (const Index other : csr.Of(node)) {
      if (left[other] <= left[node]) continue;
      const Index front = std::max(bucket[left[other]], at + 1);
      const Index moved = order[front];
      std::swap(order[front], order[place[other]]);
      place[moved] = place[other];
      place[other] = front;
      bucket[left[other]] = front + 1;
      --left[other];
    }
  }
  return left;
}

}  // namespace verbale::graph::algorithms
