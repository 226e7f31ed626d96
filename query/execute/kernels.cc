#include "query/execute/kernels.h"

#include <algorithm>
#include <array>
#include <bit>
#include <compare>
#include <cstring>
#include <functional>
#include <limits>

// GNU's loader picks the version; sanitizers run before it can.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define VERBALE_VECTORISED __attribute__((target_clones("avx2", "default")))
#else
#define VERBALE_VECTORISED
#endif

namespace verbale::query {
namespace {

static_assert(static_cast<int>(Truth::kFalse) == 0 && static_cast<int>(Truth::kTrue) == 1);
static_assert(sizeof(graph::NodeNo) == sizeof(std::uint32_t));
static_assert(sizeof(graph::RelNo) == sizeof(std::uint32_t));

template <typename Compare, typename T>
[[gnu::always_inline]] inline void CompareAll(const T* values, std::size_t count, T bound,
                                              Truth* truth) {
  const Compare compare;
  for (std::size_t i = 0; i < count; ++i) truth[i] = static_cast<Truth>(compare(values[i], bound));
}

template <typename Compare>
[[gnu::always_inline]] inline void CompareAll(const std::int64_t* a, std::size_t count,
                                              const std::int64_t* b, Truth* truth) {
  const Compare compare;
  for (std::size_t i = 0; i < count; ++i) truth[i] = static_cast<Truth>(compare(a[i], b[i]));
}

template <typename T, typename Other>
[[gnu::always_inline]] inline void CompareBy(CompareOp op, const T* a, std::size_t count, Other b,
                                             Truth* truth) {
  switch (op) {
    case CompareOp::kEqual:
      return CompareAll<std::equal_to<>>(a, count, b, truth);
    case CompareOp::kNotEqual:
      return CompareAll<std::not_equal_to<>>(a, count, b, truth);
    case CompareOp::kLess:
      return CompareAll<std::less<>>(a, count, b, truth);
    case CompareOp::kLessOrEqual:
      return CompareAll<std::less_equal<>>(a, count, b, truth);
    case CompareOp::kGreater:
      return CompareAll<std::greater<>>(a, count, b, truth);
    case CompareOp::kGreaterOrEqual:
      return CompareAll<std::greater_equal<>>(a, count, b, truth);
  }
}

// A version for each width, of which the machine takes the one that it can.
VERBALE_VECTORISED void CompareDistances(CompareOp op, const std::uint8_t* a, std::uint8_t b,
                                         std::span<Truth> truth) {
  CompareBy(op, a, truth.size(), b, truth.data());
}
VERBALE_VECTORISED void CompareDistances(CompareOp op, const std::uint16_t* a, std::uint16_t b,
                                         std::span<Truth> truth) {
  CompareBy(op, a, truth.size(), b, truth.data());
}
VERBALE_VECTORISED void CompareDistances(CompareOp op, const std::uint32_t* a, std::uint32_t b,
                                         std::span<Truth> truth) {
  CompareBy(op, a, truth.size(), b, truth.data());
}
VERBALE_VECTORISED void CompareDistances(CompareOp op, const std::uint64_t* a, std::uint64_t b,
                                         std::span<Truth> truth) {
  CompareBy(op, a, truth.size(), b, truth.data());
}

bool Holds(CompareOp op, std::strong_ordering order) {
  switch (op) {
    case CompareOp::kEqual:
      return order == 0;
    case CompareOp::kNotEqual:
      return order != 0;
    case CompareOp::kLess:
      return order < 0;
    case CompareOp::kLessOrEqual:
      return order <= 0;
    case CompareOp::kGreater:
      return order > 0;
    case CompareOp::kGreaterOrEqual:
      return order >= 0;
  }
  return false;
}

/// Of distances below 2^(8 * sizeof(T)); a bound beyond them is larger than all.
template <typename T>
void CompareDistances(const void* distances, CompareOp op, std::uint64_t bound,
                      std::span<Truth> truth) {
  if (bound > std::numeric_limits<T>::max()) {
    const bool holds = Holds(op, std::strong_ordering::less);
    std::fill(truth.begin(), truth.end(), static_cast<Truth>(holds));
  } else {
    CompareDistances(op, static_cast<const T*>(distances), static_cast<T>(bound), truth);
  }
}

/// For each byte, which of its bits are set; the numbers behind them mean nothing.
constexpr auto kSetBits = [] {
  std::array<std::array<std::uint8_t, 8>, 256> bits{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    std::size_t count = 0;
    for (std::uint8_t bit = 0; bit < 8; ++bit) {
      if ((byte >> bit & 1) != 0) bits[byte][count++] = bit;
    }
  }
  return bits;
}();

/// Bit i: whether truth[i] is kTrue.
unsigned BitsOf(const Truth* truth) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, truth, sizeof(bytes));
  // The lowest bit of each byte; the product brings them side by side into the highest byte.
  return static_cast<unsigned>((bytes & 0x0101010101010101) * 0x0102040810204080 >> 56);
}
static_assert(std::endian::native == std::endian::little);

}  // namespace

void CompareToBound(const graph::PackedProperty& values, CompareOp op, std::int64_t bound,
                    std::span<Truth> truth) {
  if (bound < values.base || values.width == 0) {
    std::fill(truth.begin(), truth.end(), static_cast<Truth>(Holds(op, values.base <=> bound)));
    return;
  }
  const std::uint64_t distance =
      static_cast<std::uint64_t>(bound) - static_cast<std::uint64_t>(values.base);
  switch (values.width) {
    case 1:
      return CompareDistances<std::uint8_t>(values.data, op, distance, truth);
    case 2:
      return CompareDistances<std::uint16_t>(values.data, op, distance, truth);
    case 4:
      return CompareDistances<std::uint32_t>(values.data, op, distance, truth);
    default:
      return CompareDistances<std::uint64_t>(values.data, op, distance, truth);
  }
}

VERBALE_VECTORISED
void CompareToBound(std::span<const std::int64_t> values, CompareOp op, std::int64_t bound,
                    Truth* truth) {
  CompareBy(op, values.data(), values.size(), bound, truth);
}

VERBALE_VECTORISED
void CompareEach(std::span<const std::int64_t> a, CompareOp op, std::span<const std::int64_t> b,
                 Truth* truth) {
  CompareBy(op, a.data(), a.size(), b.data(), truth);
}

VERBALE_VECTORISED
std::size_t SelectRows(std::span<const Truth> truth, std::uint32_t* rows) {
  std::size_t count = 0, row = 0;
  for (; row + 8 <= truth.size(); row += 8) {
    const unsigned bits = BitsOf(truth.data() + row);
    const std::array<std::uint8_t, 8>& set = kSetBits[bits];
    for (std::size_t i = 0; i < 8; ++i) {  // Kept only where the next ones move on.
      rows[count + i] = static_cast<std::uint32_t>(row) + set[i];
    }
    count += static_cast<std::size_t>(std::popcount(bits));
  }
  for (; row < truth.size(); ++row) {
    rows[count] = static_cast<std::uint32_t>(row);
    count += truth[row] == Truth::kTrue;
  }
  return count;
}

VERBALE_VECTORISED
bool AreConsecutive(std::span<const std::uint32_t> numbers) {
  const auto last = static_cast<std::uint32_t>(numbers.size() - 1);
  if (numbers.back() - numbers.front() != last) return false;
  std::uint32_t gaps = 0;
  for (std::uint32_t i = 0; i <= last; ++i) gaps |= numbers[i] ^ (numbers[0] + i);
  return gaps == 0;
}

VERBALE_VECTORISED
IntRange RangeOf(std::span<const std::int64_t> values) {
  IntRange range;
  for (const std::int64_t value : values) {
    range.low = std::min(range.low, value);
    range.high = std::max(range.high, value);
  }
  return range;
}

VERBALE_VECTORISED
std::int64_t SumOf(std::span<const std::int64_t> values) {
  std::int64_t sum = 0;
  for (const std::int64_t value : values) sum += value;
  return sum;
}

std::span<const std::uint32_t> AsNumbers(std::span<const graph::NodeNo> nodes) {
  return {reinterpret_cast<const std::uint32_t*>(nodes.data()), nodes.size()};
}
std::span<const graph::NodeNo> AsNodes(std::span<const std::uint32_t> numbers) {
  return {reinterpret_cast<const graph::NodeNo*>(numbers.data()), numbers.size()};
}
std::span<const graph::RelNo> AsRels(std::span<const std::uint32_t> numbers) {
  return {reinterpret_cast<const graph::RelNo*>(numbers.data()), numbers.size()};
}
std::span<graph::NodeNo> AsNodes(std::span<std::uint32_t> numbers) {
  return {reinterpret_cast<graph::NodeNo*>(numbers.data()), numbers.size()};
}
std::span<graph::RelNo> AsRels(std::span<std::uint32_t> numbers) {
  return {reinterpret_cast<graph::RelNo*>(numbers.data()), numbers.size()};
}

}  // namespace verbale::query
