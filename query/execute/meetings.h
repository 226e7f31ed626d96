#pragma once

#include <algorithm>

#include "graph/view.h"

namespace verbale::query {

/// Calls visit(i, j) for all entries with first.nodes[i] == second.nodes[j], by node. Both lists
/// are sorted, so they are walked side by side; where one is much longer, it is searched instead.
template <typename Visit>
void ForEachMeeting(const graph::Adjacency& first, const graph::Adjacency& second,
                    const Visit& visit) {
  constexpr std::size_t kMuchLonger = 16;
  const auto a = first.nodes;
  const auto b = second.nodes;
  const bool skip_a = a.size() > kMuchLonger * b.size();
  const bool skip_b = b.size() > kMuchLonger * a.size();
  const auto next = [](std::span<const graph::NodeNo> nodes, std::size_t from, graph::NodeNo node,
                       bool skip) {
    if (!skip) return from + 1;
    return static_cast<std::size_t>(
        std::lower_bound(nodes.begin() + static_cast<std::ptrdiff_t>(from), nodes.end(), node) -
        nodes.begin());
  };
  const auto same = [](std::span<const graph::NodeNo> nodes, std::size_t from) {
    std::size_t end = from + 1;
    while (end < nodes.size() && nodes[end] == nodes[from]) ++end;
    return end;
  };
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (a[i] < b[j]) {
      i = next(a, i, b[j], skip_a);
    } else if (b[j] < a[i]) {
      j = next(b, j, a[i], skip_b);
    } else {
      // Parallel relationships: all of the one side with all of the other.
      const std::size_t i_end = same(a, i);
      const std::size_t j_end = same(b, j);
      for (std::size_t k = i; k < i_end; ++k) {
        for (std::size_t m = j; m < j_end; ++m) visit(k, m);
      }
      i = i_end;
      j = j_end;
    }
  }
}

}  // namespace verbale::query
