#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "graph/ids.h"

namespace verbale::query {

/// A set of nodes, a bit each. Who fills it empties it, by what was put in or as a whole.
class NodeBits {
 public:
  /// There may be nodes below `limit`.
  void Reserve(std::uint32_t limit) {
    const std::size_t words = limit / 64 + std::size_t{1};
    if (words_.size() < words) words_.resize(words, 0);
  }
  bool Has(graph::NodeNo node) const { return words_[node.value >> 6] >> (node.value & 63) & 1; }
  /// False where it was there before.
  bool Put(graph::NodeNo node) {
    std::uint64_t& word = words_[node.value >> 6];
    const std::uint64_t bit = std::uint64_t{1} << (node.value & 63);
    const bool is_new = (word & bit) == 0;
    word |= bit;
    return is_new;
  }
  void Take(graph::NodeNo node) {
    words_[node.value >> 6] &= ~(std::uint64_t{1} << (node.value & 63));
  }

  void Clear() { std::fill(words_.begin(), words_.end(), std::uint64_t{0}); }
  /// Appends all of them, ascending, and takes them out.
  void TakeAll(std::vector<graph::NodeNo>& nodes) {
    for (std::uint32_t word = 0; word < words_.size(); ++word) {
      for (std::uint64_t rest = words_[word]; rest != 0; rest &= rest - 1) {
        nodes.push_back(
            graph::NodeNo{word * 64 + static_cast<std::uint32_t>(std::countr_zero(rest))});
      }
      words_[word] = 0;
    }
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace verbale::query
