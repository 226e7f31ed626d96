#include "query/execute/kernels.h"

#include <algorithm>
#include <functional>

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

template <typename Compare>
[[gnu::always_inline]] inline void CompareAll(const std::int64_t* values, std::size_t count,
                                              std::int64_t bound, Truth* truth) {
  const Compare compare;
  for (std::size_t i = 0; i < count; ++i) truth[i] = static_cast<Truth>(compare(values[i], bound));
}

template <typename Compare>
[[gnu::always_inline]] inline void CompareAll(const std::int64_t* a, std::size_t count,
                                              const std::int64_t* b, Truth* truth) {
  const Compare compare;
  for (std::size_t i = 0; i < count; ++i) truth[i] = static_cast<Truth>(compare(a[i], b[i]));
}

template <typename Other>
[[gnu::always_inline]] inline void CompareBy(CompareOp op, const std::int64_t* a, std::size_t count,
                                             Other b, Truth* truth) {
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

}  // namespace

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

std::size_t SelectRows(std::span<const Truth> truth, std::uint32_t* rows) {
  std::size_t count = 0;
  for (std::size_t row = 0; row < truth.size(); ++row) {
    rows[count] = static_cast<std::uint32_t>(row);  // Kept only where the next one moves on.
    count += truth[row] == Truth::kTrue;
  }
  return count;
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
