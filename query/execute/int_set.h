#pragma once

// A set of integers that is only added to and counted: small ones as bits, the others by open
// addressing.

#include <cstdint>
#include <span>
#include <vector>

namespace verbale::query {

class IntSet {
 public:
  void Insert(std::int64_t value) {
    if (static_cast<std::uint64_t>(value) < kBits) {
      InsertSmall(static_cast<std::uint64_t>(value));
    } else {
      InsertLarge(value);
    }
  }
  std::size_t size() const { return small_count_ + large_count_; }
  std::size_t Bytes() const { return (bits_.size() + places_.size()) * sizeof(std::uint64_t); }
  /// All of them; the small ones first, ascending.
  std::vector<std::int64_t> Values() const;
  void Clear() { *this = IntSet(); }

 private:
  static constexpr std::uint64_t kBits = std::uint64_t{1} << 24;
  /// Marks a free place; itself it is among the small ones.
  static constexpr std::int64_t kFree = 0;

  void InsertSmall(std::uint64_t value) {
    if ((value >> 6) >= bits_.size()) bits_.resize((value >> 6) + (value >> 8) + 16, 0);
    std::uint64_t& word = bits_[value >> 6];
    const std::uint64_t bit = std::uint64_t{1} << (value & 63);
    small_count_ += (word & bit) == 0;
    word |= bit;
  }
  void InsertLarge(std::int64_t value);
  void Grow();

  std::vector<std::uint64_t> bits_;
  std::vector<std::int64_t> places_;  ///< A power of two of them, half free at least.
  std::size_t small_count_ = 0;
  std::size_t large_count_ = 0;
};

}  // namespace verbale::query
