#pragma once

// Proof that what is read from a mapped file is what was written to it.
//
// The data of the file is taken in blocks, each with a checksum. A block is verified when something
// in it is first read, so opening costs nothing and nobody pays for what is not looked at. Whoever
// hands out memory of the file asks the guard first.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace verbale::graph::snapshot {

/// Any number of threads; two that come to a block at once both verify it.
class BlockGuard {
 public:
  static constexpr std::size_t kBlock = std::size_t{64} << 10;

  /// sums[i] is the checksum of block i of `data`. Both are borrowed, and outlive this.
  BlockGuard(std::span<const char> data, std::span<const std::uint64_t> sums);

  /// Error(kCorruption) where a block that holds some of these bytes is not what was written.
  void Check(const void* begin, std::size_t size) const {
    if (size == 0) return;
    const std::size_t at = static_cast<std::size_t>(static_cast<const char*>(begin) - data_.data());
    const std::size_t last = (at + size - 1) / kBlock;
    for (std::size_t block = at / kBlock; block <= last; ++block) {
      const std::uint64_t word = verified_[block >> 6].load(std::memory_order_relaxed);
      if ((word >> (block & 63) & 1) == 0) [[unlikely]]
        Verify(block);
    }
  }
  void CheckAll() const { Check(data_.data(), data_.size()); }
  /// Whether a block was found that is not what was written.
  bool is_damaged() const { return is_damaged_.load(std::memory_order_relaxed); }

 private:
  void Verify(std::size_t block) const;

  std::span<const char> data_;
  std::span<const std::uint64_t> sums_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> verified_;  // a bit a block
  mutable std::atomic<bool> is_damaged_{false};
};

}  // namespace verbale::graph::snapshot
