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

/// Of distances from a base.
struct DistanceTotals {
  std::uint64_t low = UINT64_MAX;
  std::uint64_t high = 0;
  std::uint64_t sum = 0;
};

/// So many distances of up to two bytes have a sum of 32 bits.
constexpr std::size_t kSumsAtOnce = 4096;

/// Loops of their own for what has another width, so that each becomes one of vectors.
template <typename T, typename Sum>
[[gnu::always_inline]] inline void AddTotals(const T* distances, const Truth* which,
                                             std::size_t count, DistanceTotals& totals) {
  static_assert(sizeof(T) < sizeof(std::uint64_t));
  for (std::size_t begin = 0; begin < count; begin += kSumsAtOnce) {
    const std::size_t end = std::min(count, begin + kSumsAtOnce);
    T low = std::numeric_limits<T>::max(), high = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const auto taken = static_cast<T>(-static_cast<T>(which[i]));  // All bits or none.
      const auto as_low = static_cast<T>(distances[i] | static_cast<T>(~taken));
      const auto as_high = static_cast<T>(distances[i] & taken);
      low = as_low < low ? as_low : low;
      high = as_high > high ? as_high : high;
    }
    Sum sum = 0;
    for (std::size_t i = begin; i < end; ++i) {
      sum += static_cast<T>(distances[i] & static_cast<T>(-static_cast<T>(which[i])));
    }
    totals.low = std::min<std::uint64_t>(totals.low, low);
    totals.high = std::max<std::uint64_t>(totals.high, high);
    totals.sum += sum;
  }
}

VERBALE_VECTORISED void AddTotals(const std::uint8_t* distances, const Truth* which,
                                  std::size_t count, DistanceTotals& totals) {
  AddTotals<std::uint8_t, std::uint32_t>(distances, which, count, totals);
}
VERBALE_VECTORISED void AddTotals(const std::uint16_t* distances, const Truth* which,
                                  std::size_t count, DistanceTotals& totals) {
  AddTotals<std::uint16_t, std::uint32_t>(distances, which, count, totals);
}
VERBALE_VECTORISED void AddTotals(const std::uint32_t* distances, const Truth* which,
                                  std::size_t count, DistanceTotals& totals) {
  AddTotals<std::uint32_t, std::uint64_t>(distances, which, count, totals);
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

/// Bit i: the lowest one of byte i; of a Truth, whether it is kTrue and not kFalse.
[[gnu::always_inline]] inline unsigned BitsOf(const void* eight) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, eight, sizeof(bytes));
  // The lowest bit of each byte; the product brings them side by side into the highest byte.
  return static_cast<unsigned>((bytes & 0x0101010101010101) * 0x0102040810204080 >> 56);
}
static_assert(std::endian::native == std::endian::little);

}  // namespace

CompareOp Turned(CompareOp op) {
  switch (op) {
    case CompareOp::kLess:
      return CompareOp::kGreater;
    case CompareOp::kLessOrEqual:
      return CompareOp::kGreaterOrEqual;
    case CompareOp::kGreater:
      return CompareOp::kLess;
    case CompareOp::kGreaterOrEqual:
      return CompareOp::kLessOrEqual;
    default:
      return op;
  }
}

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
std::size_t CountEqualPairs(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  std::uint32_t pairs = 0;
  for (const std::uint32_t one : a) {
    for (std::size_t i = 0; i < b.size(); ++i) pairs += one == b[i] ? 1 : 0;
  }
  return pairs;
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
void PackBits(std::span<const std::uint8_t> bytes, std::vector<std::uint64_t>& bits) {
  bits.resize(bytes.size() / 64 + 2);
  std::uint64_t* word = bits.data();
  std::size_t i = 0;
  for (; i + 64 <= bytes.size(); i += 64) {
    std::uint64_t next = 0;
    for (unsigned k = 0; k < 64; k += 8) {
      next |= std::uint64_t{BitsOf(bytes.data() + i + k)} << k;
    }
    *word++ = next;
  }
  word[0] = 0;
  word[1] = 0;
  for (unsigned k = 0; i < bytes.size(); ++i, ++k) word[0] |= std::uint64_t{bytes[i] & 1u} << k;
}

VERBALE_VECTORISED
void AddBitCounts(std::span<const std::uint64_t> bits, std::span<const std::uint32_t> bounds,
                  std::span<std::int64_t> counts) {
  for (std::size_t i = 0; i < counts.size(); ++i) {
    std::uint32_t begin = bounds[i];
    const std::uint32_t end = bounds[i + 1];
    std::int64_t count = 0;
    do {  // Mostly once.
      const unsigned shift = begin & 63;
      const std::uint32_t some = std::min(end - begin, std::uint32_t{63});
      const std::uint64_t* const word = bits.data() + (begin >> 6);
      // Two shifts, since one by all 64 is none.
      const std::uint64_t window = word[0] >> shift | word[1] << 1 << (63 - shift);
      count += std::popcount(window << (63 - some) << 1);
      begin += some;
    } while (begin < end);
    counts[i] += count;
  }
}

VERBALE_VECTORISED
bool AreConsecutive(std::span<const std::uint32_t> numbers) {
  const auto last = static_cast<std::uint32_t>(numbers.size() - 1);
  if (numbers.back() < numbers.front() || numbers.back() - numbers.front() != last) return false;
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

IntRange RangeOfValid(const ValueColumn& column) {
  if (column.valid.empty()) return RangeOf(column.ints);
  IntRange range;
  for (std::size_t row = 0; row < column.ints.size(); ++row) {
    if (column.valid[row] == 0) continue;
    range.low = std::min(range.low, column.ints[row]);
    range.high = std::max(range.high, column.ints[row]);
  }
  return range;
}

VERBALE_VECTORISED
std::int64_t SumOf(std::span<const std::int64_t> values) {
  std::int64_t sum = 0;
  for (const std::int64_t value : values) sum += value;
  return sum;
}

VERBALE_VECTORISED
std::size_t CountTrue(std::span<const Truth> truth) {
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < truth.size(); begin += kSumsAtOnce) {
    std::uint16_t some = 0;
    for (const Truth t : truth.subspan(begin, std::min(kSumsAtOnce, truth.size() - begin))) {
      some = static_cast<std::uint16_t>(some + static_cast<std::uint16_t>(t));
    }
    count += some;
  }
  return count;
}

IntTotals TotalsOf(const graph::PackedProperty& values, std::span<const Truth> which) {
  IntTotals totals;
  totals.count = static_cast<std::int64_t>(CountTrue(which));
  if (totals.count == 0) {
    totals.sum = 0;
    return totals;
  }
  DistanceTotals of;
  switch (values.width) {
    case 0:
      of.low = 0;
      break;
    case 1:
      AddTotals(static_cast<const std::uint8_t*>(values.data), which.data(), which.size(), of);
      break;
    case 2:
      AddTotals(static_cast<const std::uint16_t*>(values.data), which.data(), which.size(), of);
      break;
    case 4:
      AddTotals(static_cast<const std::uint32_t*>(values.data), which.data(), which.size(), of);
      break;
    default: {
      const auto* const distances = static_cast<const std::uint64_t*>(values.data);
      for (std::size_t i = 0; i < which.size(); ++i) {
        if (which[i] != Truth::kTrue) continue;
        of.low = std::min(of.low, distances[i]);
        of.high = std::max(of.high, distances[i]);
      }
    }
  }
  const auto base = static_cast<std::uint64_t>(values.base);
  totals.range.low = static_cast<std::int64_t>(base + of.low);
  totals.range.high = static_cast<std::int64_t>(base + of.high);
  std::int64_t sum = 0;
  if (values.width < 8 && !__builtin_mul_overflow(values.base, totals.count, &sum) &&
      !__builtin_add_overflow(sum, of.sum, &sum)) {
    totals.sum = sum;
  }
  return totals;
}

VERBALE_VECTORISED
void JoinByAnd(std::span<Truth> a, std::span<const Truth> b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto x = static_cast<std::uint8_t>(a[i]), y = static_cast<std::uint8_t>(b[i]);
    const auto open = static_cast<std::uint8_t>(1 + ((x | y) >> 1));  // kTrue or kNull.
    const bool none_false = (x != 0) & (y != 0);
    a[i] = static_cast<Truth>(none_false ? open : 0);
  }
}

VERBALE_VECTORISED
void JoinByOr(std::span<Truth> a, std::span<const Truth> b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto x = static_cast<std::uint8_t>(a[i]), y = static_cast<std::uint8_t>(b[i]);
    const auto open = static_cast<std::uint8_t>((x | y) & 2);  // kFalse or kNull.
    const auto any_true = static_cast<std::uint8_t>((x | y) & 1);
    a[i] = static_cast<Truth>(any_true != 0 ? 1 : open);
  }
}

VERBALE_VECTORISED
void Negate(std::span<Truth> truth) {
  for (Truth& t : truth) {
    const auto x = static_cast<std::uint8_t>(t);
    t = static_cast<Truth>(x == 2 ? 2 : x ^ 1);
  }
}

namespace {

VERBALE_VECTORISED
void MultiplyHigh(std::span<const std::int64_t> values, std::uint32_t factor, unsigned shift,
                  std::int64_t* out) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = static_cast<std::int32_t>(values[i]);
    const std::int32_t sign = value >> 31;  // 0, or -1.
    const auto size = static_cast<std::uint32_t>((value ^ sign) - sign);
    const auto quotient = static_cast<std::int64_t>((std::uint64_t{size} * factor) >> shift);
    out[i] = (quotient ^ sign) - sign;
  }
}

}  // namespace

void DivideEach(std::span<const std::int64_t> values, std::int64_t divisor, std::int64_t* out) {
  // Of n of 31 bits, n / d is n * m / 2^(31 + l) with 2^l at least d and m = 2^(31 + l) / d rounded
  // up, which has 32 bits (Granlund and Montgomery, Division by invariant integers, 1994).
  const auto d = static_cast<std::uint64_t>(divisor);
  const unsigned shift = 31 + static_cast<unsigned>(std::bit_width(d - 1));
  const std::uint64_t factor = ((std::uint64_t{1} << shift) + d - 1) / d;
  MultiplyHigh(values, static_cast<std::uint32_t>(factor), shift, out);
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
