#pragma once

#include <compare>
#include <cstdint>

namespace verbale {

/// A half-open range of bytes, [begin, end). Which text it is a range of is said where it is used;
/// where nothing else is said, it is the source file exactly as it lies on disk.
struct ByteSpan {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  std::uint64_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool Contains(std::uint64_t offset) const { return begin <= offset && offset < end; }
  bool Contains(const ByteSpan& other) const { return begin <= other.begin && other.end <= end; }
  bool Overlaps(const ByteSpan& other) const { return begin < other.end && other.begin < end; }
  auto operator<=>(const ByteSpan&) const = default;
};

}  // namespace verbale
