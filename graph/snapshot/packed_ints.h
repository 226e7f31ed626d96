#pragma once

// Integers side by side in as few bytes each as the distance between the least and the largest of
// them needs: a year takes one byte, a number in a small range one or two, and what is the same
// everywhere takes none. What is read often is mostly of that sort, and a scan is as fast as memory
// brings it.

#include <cstddef>
#include <cstdint>
#include <span>

#include "graph/snapshot/flat_array.h"

namespace verbale::graph::snapshot {

/// Immutable; a copy shares the memory. As with FlatArray, what lies in a file is touched before it
/// is read.
struct PackedInts {
  /// As many zeros, which take no room.
  struct Zeros {
    std::uint32_t count = 0;
    std::size_t size() const { return count; }
    std::uint64_t operator[](std::size_t) const { return 0; }
    void Touch() const {}
    void Touch(std::size_t, std::size_t) const {}
  };

  PackedInts() = default;
  explicit PackedInts(std::span<const std::int64_t> values);
  /// `value`, so many times.
  PackedInts(std::int64_t value, std::uint32_t count)
      : base(static_cast<std::uint64_t>(value)), zeros{count} {}

  std::uint64_t base = 0;  ///< The least value; the arrays have the distances from it.
  // At most one of them has anything.
  Zeros zeros;
  FlatArray<std::uint8_t> bytes;
  FlatArray<std::uint16_t> shorts;
  FlatArray<std::uint32_t> words;
  FlatArray<std::uint64_t> longs;

  /// Calls visit(array) with the array that has the distances.
  template <typename Visit>
  decltype(auto) With(const Visit& visit) const {
    if (!bytes.empty()) return visit(bytes);
    if (!shorts.empty()) return visit(shorts);
    if (!words.empty()) return visit(words);
    if (!longs.empty()) return visit(longs);
    return visit(zeros);
  }

  std::size_t size() const {
    return With([](const auto& array) { return array.size(); });
  }
  std::int64_t operator[](std::size_t i) const {
    return With([&](const auto& array) { return static_cast<std::int64_t>(base + array[i]); });
  }
  void Touch() const {
    With([](const auto& array) { array.Touch(); });
  }
  void Touch(std::size_t at, std::size_t count = 1) const {
    With([=](const auto& array) { array.Touch(at, count); });
  }
  /// Values [at, at + out.size()).
  void CopyTo(std::size_t at, std::span<std::int64_t> out) const;
};

}  // namespace verbale::graph::snapshot
