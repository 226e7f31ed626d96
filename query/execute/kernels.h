#pragma once

// Plain loops over plain arrays that most of a scan is spent in. Written so that compilers make
// vector instructions of them, in two versions where the machine decides which one runs.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "query/bind/bound.h"
#include "query/execute/column.h"

namespace verbale::query {

/// The same comparison with its sides exchanged.
CompareOp Turned(CompareOp op);

/// truth[i] = values[i] op bound, for all of `values`.
void CompareToBound(std::span<const std::int64_t> values, CompareOp op, std::int64_t bound,
                    Truth* truth);
/// truth[i] = value i of `values`, which are integers, op bound.
void CompareToBound(const graph::PackedProperty& values, CompareOp op, std::int64_t bound,
                    std::span<Truth> truth);
/// truth[i] = a[i] op b[i]; both of one length.
void CompareEach(std::span<const std::int64_t> a, CompareOp op, std::span<const std::int64_t> b,
                 Truth* truth);

/// Puts the rows with kTrue into `rows`, which has room for all; how many there are.
std::size_t SelectRows(std::span<const Truth> truth, std::uint32_t* rows);

/// Bit i: bit 0 of bytes[i]. One word more than they fill, so that a read of two words side by side
/// stays inside.
void PackBits(std::span<const std::uint8_t> bytes, std::vector<std::uint64_t>& bits);
/// counts[i] += how many of the bits from bounds[i] to below bounds[i + 1] are set. `bits` as
/// PackBits makes them; one bound more than counts.
void AddBitCounts(std::span<const std::uint64_t> bits, std::span<const std::uint32_t> bounds,
                  std::span<std::int64_t> counts);

/// How many pairs of one of `a` and one of `b` are equal. For few numbers: all are compared.
std::size_t CountEqualPairs(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

/// Whether `numbers`, at least one, follow one another.
bool AreConsecutive(std::span<const std::uint32_t> numbers);

/// The smallest and the largest of some values.
struct IntRange {
  std::int64_t low = INT64_MAX;
  std::int64_t high = INT64_MIN;
};
IntRange RangeOf(std::span<const std::int64_t> values);
/// Of the integers of a column that are there; low > high where there is none.
IntRange RangeOfValid(const ValueColumn& column);
/// Must not overflow.
std::int64_t SumOf(std::span<const std::int64_t> values);

/// What the integers of some rows come to.
struct IntTotals {
  std::int64_t count = 0;
  IntRange range;                   ///< Of none: low > high.
  std::optional<std::int64_t> sum;  ///< Where it fits.
};
/// Of `values`, which are integers, those beside a kTrue; the others are beside a kFalse.
IntTotals TotalsOf(const graph::PackedProperty& values, std::span<const Truth> which);
/// How many are kTrue; all others are kFalse.
std::size_t CountTrue(std::span<const Truth> truth);

/// a[i] = a[i] AND b[i], a[i] OR b[i]; both of one length.
void JoinByAnd(std::span<Truth> a, std::span<const Truth> b);
void JoinByOr(std::span<Truth> a, std::span<const Truth> b);
void Negate(std::span<Truth> truth);

/// out[i] = values[i] / divisor, rounded towards 0. All are above -2^31 and below 2^31, the divisor
/// is above 0.
void DivideEach(std::span<const std::int64_t> values, std::int64_t divisor, std::int64_t* out);

/// The numbers as nodes or relationships: the same memory.
std::span<const std::uint32_t> AsNumbers(std::span<const graph::NodeNo> nodes);
std::span<const graph::NodeNo> AsNodes(std::span<const std::uint32_t> numbers);
std::span<const graph::RelNo> AsRels(std::span<const std::uint32_t> numbers);
std::span<graph::NodeNo> AsNodes(std::span<std::uint32_t> numbers);
std::span<graph::RelNo> AsRels(std::span<std::uint32_t> numbers);

}  // namespace verbale::query
