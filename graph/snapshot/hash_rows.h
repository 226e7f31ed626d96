#pragma once

// From a hash to the numbers that have it, as two flat arrays: the numbers in order of their bucket
// and the place where each bucket begins. About one number a bucket, no empty slots, no chains;
// what is found must still be compared by the caller, since different keys share buckets.

#include <cstdint>
#include <span>

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

/// Immutable; any number of threads.
class HashRows {
 public:
  HashRows() = default;
  /// numbers[i] is found by hashes[i]. Equal hashes keep the order that they come in.
  HashRows(std::span<const std::uint64_t> hashes, std::span<const std::uint32_t> numbers);
  /// Number i is found by hashes[i].
  explicit HashRows(std::span<const std::uint64_t> hashes);

  /// Numbers whose hash may be `hash`, in the order that they came in.
  std::span<const std::uint32_t> Candidates(std::uint64_t hash) const {
    if (starts_.empty()) return {};
    const std::size_t bucket = Mix(hash) >> shift_;
    return {numbers_.data() + starts_[bucket], starts_[bucket + 1] - starts_[bucket]};
  }

 private:
  void Fill(std::span<const std::uint64_t> hashes, const std::uint32_t* numbers);

  unsigned shift_ = 63;
  FlatArray<std::uint32_t> starts_;  // One more than there are buckets.
  FlatArray<std::uint32_t> numbers_;
};

}  // namespace verbale::graph::snapshot
