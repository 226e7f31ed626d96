#pragma once

// Where numbered keys stand by hash: open addressing with linear probing. The keys themselves, and
// perhaps their hashes, are with whoever uses it, who says what is equal.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace verbale::query {

/// Starts, and goes on with, the hash of several words. The low bits choose the place, so all
/// others are folded into them.
inline constexpr std::uint64_t kHashStart = 0x9E3779B97F4A7C15u;
inline std::uint64_t MixHash(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * 0xBF58476D1CE4E5B9u;
  return hash ^ (hash >> 31);
}

class HashPlaces {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  /// Makes room for one more number where `size` are there, 0 to size - 1; `hash_of(number)`.
  template <typename HashOf>
  void Reserve(std::size_t size, HashOf hash_of) {
    if (2 * (size + 1) <= places_.size()) return;
    places_.assign(std::max<std::size_t>(64, std::bit_ceil(2 * (size + 1))), kNone);
    for (std::size_t number = 0; number < size; ++number) {
      Find(hash_of(number), [](std::uint32_t) { return false; }) =
          static_cast<std::uint32_t>(number);
    }
  }

  /// The number for which `is_it(number)` holds, or kNone: then the new number is put there.
  template <typename IsIt>
  std::uint32_t& Find(std::uint64_t hash, IsIt is_it) {
    const std::size_t mask = places_.size() - 1;
    std::size_t place = hash & mask;
    while (places_[place] != kNone && !is_it(places_[place])) place = (place + 1) & mask;
    return places_[place];
  }

  void Clear() { places_.clear(); }
  std::size_t Bytes() const { return places_.size() * sizeof(std::uint32_t); }

 private:
  std::vector<std::uint32_t> places_;  ///< A power of two long, at least half of them kNone.
};

}  // namespace verbale::query
