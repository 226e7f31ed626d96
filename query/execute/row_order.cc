#include "query/execute/row_order.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "query/execute/kernels.h"

namespace verbale::query {
namespace {

using graph::Value;

/// So many comparisons between two looks at the clock.
constexpr std::uint32_t kTickEvery = 1u << 14;
/// So many times more rows than different entries of a dictionary make it worth to order those.
constexpr std::size_t kRowsAnEntry = 8;
/// So many times more entries than rows are too many to keep a number for each.
constexpr std::size_t kEntriesARow = 8;
/// So many numbers, and no more of them for each row, are counted rather than compared.
constexpr std::uint64_t kMostCounted = 1u << 16;
constexpr std::uint64_t kNumbersARow = 4;
constexpr std::uint64_t kMostRanks = std::uint64_t{1} << 62;

bool HasNull(const ValueColumn& column) {
  return std::find(column.valid.begin(), column.valid.end(), 0) != column.valid.end();
}

}  // namespace

RowOrder::RowOrder(std::vector<Key> keys, std::size_t rows, std::size_t wanted,
                   const graph::View& view, std::function<void()> tick)
    : keys_(std::move(keys)), wanted_(wanted), view_(view), tick_(std::move(tick)) {
  entries_.resize(rows);
  for (std::uint32_t row = 0; row < rows; ++row) entries_[row].row = row;
  std::uint64_t width = 1;
  Ranks ranks;
  for (const Key& key : keys_) {
    if (!FindRanks(key, ranks) || ranks.width > kMostRanks / width) break;
    ++ranked_;
    width *= ranks.width;
    width_ = width;
    if (ranks.width == 1) continue;
    for (std::size_t row = 0; row < rows; ++row) {
      entries_[row].number = entries_[row].number * ranks.width + ranks.of[row];
    }
  }
}

std::vector<std::uint32_t> RowOrder::First() {
  if (ranked_ == keys_.size() && wanted_ >= entries_.size() && width_ <= kMostCounted &&
      width_ <= kNumbersARow * entries_.size()) {
    return Counted();
  }
  const auto before = [this](const Entry& a, const Entry& b) { return IsBefore(a, b); };
  if (!std::is_sorted(entries_.begin(), entries_.end(), before)) {
    auto end = entries_.end();
    if (wanted_ < entries_.size()) {
      end = entries_.begin() + static_cast<std::ptrdiff_t>(wanted_);
      std::nth_element(entries_.begin(), end, entries_.end(), before);
    }
    std::sort(entries_.begin(), end, before);
  }
  std::vector<std::uint32_t> rows(std::min(wanted_, entries_.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = entries_[i].row;
  return rows;
}

/// Of numbers that are few: each row goes to its place behind those with less, in one pass.
std::vector<std::uint32_t> RowOrder::Counted() const {
  std::vector<std::uint32_t> next(width_ + 1);
  for (const Entry& entry : entries_) ++next[entry.number + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<std::uint32_t> rows(entries_.size());
  for (const Entry& entry : entries_) rows[next[entry.number]++] = entry.row;
  return rows;
}

bool RowOrder::IsBefore(const Entry& a, const Entry& b) {
  if (++compared_ % kTickEvery == 0) tick_();
  if (a.number != b.number) return a.number < b.number;
  for (std::size_t k = ranked_; k < keys_.size(); ++k) {
    const std::strong_ordering order = Compare(*keys_[k].column, a.row, b.row);
    if (order != 0) return (order < 0) != keys_[k].descending;
  }
  return a.row < b.row;
}

std::strong_ordering RowOrder::Compare(const ValueColumn& column, std::uint32_t a,
                                       std::uint32_t b) const {
  if (column.kind == ColumnKind::kValues) {
    return graph::TotalOrder(column.values[a], column.values[b]);
  }
  const bool are_there = column.IsValid(a) && column.IsValid(b);
  if (column.kind == ColumnKind::kInts && are_there) return column.ints[a] <=> column.ints[b];
  if (column.kind == ColumnKind::kDictionary && are_there) {
    if (column.numbers[a] == column.numbers[b]) return std::strong_ordering::equal;
    return graph::TotalOrder(column.dictionary[column.numbers[a]],
                             column.dictionary[column.numbers[b]]);
  }
  return graph::TotalOrder(column.At(a, view_), column.At(b, view_));
}

bool RowOrder::FindRanks(const Key& key, Ranks& ranks) const {
  ranks.width = 1;
  switch (key.column->kind) {
    case ColumnKind::kConstant:
      return true;
    case ColumnKind::kInts:
      return RankInts(key, ranks);
    case ColumnKind::kDictionary:
      return RankCodes(key, ranks);
    case ColumnKind::kBools:
      RankTruth(key, ranks);
      return true;
    default:
      return false;
  }
}

/// A null comes behind all that is there; from the end, before it.
bool RowOrder::RankInts(const Key& key, Ranks& ranks) const {
  const ValueColumn& column = *key.column;
  const IntRange range = RangeOfValid(column);
  if (range.low > range.high) return true;
  const std::uint64_t span =
      static_cast<std::uint64_t>(range.high) - static_cast<std::uint64_t>(range.low);
  if (span >= kMostRanks) return false;
  const bool has_null = HasNull(column);
  ranks.width = span + (has_null ? 2 : 1);
  ranks.of.resize(entries_.size());
  const auto low = static_cast<std::uint64_t>(range.low);
  // From the end: high - value, as an unsigned difference that is below `width`.
  const std::uint64_t top = static_cast<std::uint64_t>(range.high) + (has_null ? 1 : 0);
  const std::uint64_t null = key.descending ? 0 : span + 1;
  for (std::size_t row = 0; row < ranks.of.size(); ++row) {
    const auto value = static_cast<std::uint64_t>(column.ints[row]);
    ranks.of[row] = key.descending ? top - value : value - low;
    if (has_null && column.valid[row] == 0) ranks.of[row] = null;
  }
  return true;
}

void RowOrder::RankTruth(const Key& key, Ranks& ranks) const {
  static_assert(static_cast<int>(Truth::kFalse) < static_cast<int>(Truth::kTrue) &&
                static_cast<int>(Truth::kTrue) < static_cast<int>(Truth::kNull));
  ranks.width = 3;
  ranks.of.resize(entries_.size());
  for (std::size_t row = 0; row < ranks.of.size(); ++row) {
    const auto truth = static_cast<std::uint64_t>(key.column->truth[row]);
    ranks.of[row] = key.descending ? 2 - truth : truth;
  }
}

/// Entries of the dictionary are put into order once; those that are alike get the same number.
bool RowOrder::RankCodes(const Key& key, Ranks& ranks) const {
  constexpr std::uint32_t kNone = 0xFFFFFFFF;
  const ValueColumn& column = *key.column;
  const std::size_t rows = entries_.size();
  if (column.dictionary.size() / kEntriesARow > rows) return false;
  std::vector<std::uint32_t> codes;
  std::vector<std::uint32_t> rank_of(column.dictionary.size(), kNone);
  for (std::size_t row = 0; row < rows; ++row) {
    if (!column.IsValid(row)) continue;
    std::uint32_t& rank = rank_of[column.numbers[row]];
    if (std::exchange(rank, 0) == kNone) codes.push_back(column.numbers[row]);
  }
  if (wanted_ < rows && codes.size() > rows / kRowsAnEntry) return false;
  std::sort(codes.begin(), codes.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto order = graph::TotalOrder(column.dictionary[a], column.dictionary[b]);
    return key.descending ? order > 0 : order < 0;
  });
  const bool null_first = key.descending;
  std::uint32_t next = null_first ? 1 : 0;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const bool like_before = i > 0 && graph::TotalOrder(column.dictionary[codes[i - 1]],
                                                        column.dictionary[codes[i]]) == 0;
    if (i > 0 && !like_before) ++next;
    rank_of[codes[i]] = next;
  }
  const std::uint32_t null = null_first ? 0 : next + 1;
  ranks.width = next + std::uint64_t{2};
  ranks.of.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    ranks.of[row] = column.IsValid(row) ? rank_of[column.numbers[row]] : null;
  }
  return true;
}

}  // namespace verbale::query
