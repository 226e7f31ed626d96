#pragma once

// A set of pairs of a group and a word: which values a group has had. A bit a pair where words are
// small, as long as these are few; the others by open addressing.

#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

#include "query/execute/hash_places.h"

namespace verbale::query {

class PairSet {
 public:
  /// False where it was there before.
  bool Insert(std::uint32_t group, std::uint64_t word) {
    if (group >= rows_.size() || (word >> 6) >= rows_[group].size()) [[unlikely]] {
      if (!Reach(group, word)) return InsertFar(group, word);
    }
    std::uint64_t& bits = rows_[group][word >> 6];
    const std::uint64_t bit = std::uint64_t{1} << (word & 63);
    const bool is_new = (bits & bit) == 0;
    bits |= bit;
    return is_new;
  }
  /// Of one group, all words but those that are `none`; how many were not there before.
  template <typename Words>
  std::size_t InsertAll(std::uint32_t group, const Words& words,
                        std::optional<std::uint64_t> none = std::nullopt) {
    std::size_t added = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      // As long as they have bits already, whose place is kept at hand.
      if (group < rows_.size()) {
        std::uint64_t* const bits = rows_[group].data();
        const std::size_t limit = rows_[group].size();
        for (; i < words.size(); ++i) {
          const auto word = static_cast<std::uint64_t>(words[i]);
          if (word >> 6 >= limit) break;
          const std::uint64_t before = bits[word >> 6];
          bits[word >> 6] = before | std::uint64_t{1} << (word & 63);
          added += ~before >> (word & 63) & 1;
        }
      }
      if (i == words.size() || (none && static_cast<std::uint64_t>(words[i]) == *none)) continue;
      added += Insert(group, static_cast<std::uint64_t>(words[i])) ? 1 : 0;
    }
    return added;
  }
  std::size_t Bytes() const {
    return size_ * sizeof(std::uint64_t) + rows_.size() * sizeof(Row) + far_.size() * sizeof(Pair) +
           places_.Bytes();
  }
  /// Those that are bits first, ascending by group and word; the others as they came.
  template <typename Visit>
  void ForEach(const Visit& visit) const;

 private:
  using Row = std::vector<std::uint64_t>;
  struct Pair {
    std::uint64_t word;
    std::uint32_t group;
    bool operator==(const Pair&) const = default;
  };

  /// Whether the pair has a bit now.
  bool Reach(std::uint32_t group, std::uint64_t word);
  bool InsertFar(std::uint32_t group, std::uint64_t word);

  std::vector<Row> rows_;  ///< By group: bits by word.
  std::size_t size_ = 0;   ///< Of all rows.
  bool is_full_ = false;   ///< No row grows any more, so that a pair stays where it is.
  std::vector<Pair> far_;  ///< That have no bit.
  HashPlaces places_;      ///< Of far_.
};

template <typename Visit>
void PairSet::ForEach(const Visit& visit) const {
  for (std::uint32_t group = 0; group < rows_.size(); ++group) {
    for (std::size_t i = 0; i < rows_[group].size(); ++i) {
      for (std::uint64_t rest = rows_[group][i]; rest != 0; rest &= rest - 1) {
        visit(group, std::uint64_t{i} * 64 + static_cast<unsigned>(std::countr_zero(rest)));
      }
    }
  }
  for (const Pair& pair : far_) visit(pair.group, pair.word);
}

}  // namespace verbale::query
