#pragma once

// From a hash to the numbers that have it, as two flat arrays: the numbers in order of their bucket
// and the place where each bucket begins. About one number a bucket, no empty slots, no chains;
// what is found must still be compared by the caller, since different keys share buckets.

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "graph/snapshot/flat_array.h"

namespace verbale::graph::snapshot {

/// Spreads the bits of a number that may be a counter or already a hash.
constexpr std::uint64_t Mix(std::uint64_t x) {
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93;
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93;
  return x ^ (x >> 32);
}

/// Immutable once filled; any number of threads.
class HashRows {
 public:
  HashRows() = default;
  /// given[i] is found by hashes[i]. Equal hashes keep the order that they come in.
  HashRows(std::span<const std::uint64_t> hashes, std::span<const std::uint32_t> given);
  /// Number i is found by hashes[i].
  explicit HashRows(std::span<const std::uint64_t> hashes);

  /// Numbers whose hash may be `hash`, in the order that they came in.
  std::span<const std::uint32_t> Candidates(std::uint64_t hash) const {
    if (starts.empty()) return {};
    const std::size_t bucket = Mix(hash) >> shift;
    starts.Touch(bucket, 2);
    const std::size_t count = starts[bucket + 1] - starts[bucket];
    numbers.Touch(starts[bucket], count);
    return {numbers.data() + starts[bucket], count};
  }

  unsigned shift = 63;
  FlatArray<std::uint32_t> starts;  ///< One more than there are buckets.
  FlatArray<std::uint32_t> numbers;

 private:
  void Fill(std::span<const std::uint64_t> hashes, const std::uint32_t* given);
};

/// Places of ids in a list, each of which is there once. Ids that follow one another, as people's
/// things mostly have them, need no table.
class RowsOfIds {
 public:
  RowsOfIds() = default;
  explicit RowsOfIds(std::vector<std::uint64_t> ids);

  std::optional<std::uint32_t> Find(std::uint64_t id) const {
    if (follow_) {
      const std::uint64_t row = id - ids_.front();  // Wraps below, and so is too large.
      return row < ids_.size() ? std::optional(static_cast<std::uint32_t>(row)) : std::nullopt;
    }
    for (const std::uint32_t row : rows_.Candidates(id)) {
      if (ids_[row] == id) return row;
    }
    return std::nullopt;
  }

 private:
  std::vector<std::uint64_t> ids_;
  bool follow_ = false;  // Each is one more than the one before it.
  HashRows rows_;
};

}  // namespace verbale::graph::snapshot
