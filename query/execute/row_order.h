#pragma once

// The order of rows by several columns.

#include <cstdint>
#include <functional>
#include <vector>

#include "query/execute/column.h"

namespace verbale::query {

/// Integers, truth values and entries of dictionaries become numbers that stand in the order of
/// what they are, and the first columns, as far as they allow it, one number together: then most
/// rows are told apart by one comparison. What is left is compared as values.
class RowOrder {
 public:
  struct Key {
    ColumnPtr column;
    bool descending = false;
  };

  /// `tick` is called now and then. `keys` have `rows` rows; the first `wanted` of the order will
  /// be asked for.
  RowOrder(std::vector<Key> keys, std::size_t rows, std::size_t wanted, const graph::View& view,
           std::function<void()> tick);

  /// The first `wanted` rows, or all, in their order. Those that are alike stay as they stand.
  std::vector<std::uint32_t> First();

  /// What a row costs while it is put into order.
  static constexpr std::size_t kBytesOfRow = 2 * sizeof(std::uint64_t);

 private:
  struct Entry {
    std::uint64_t number = 0;
    std::uint32_t row = 0;
  };
  /// Of one column: numbers below `width`, one a row.
  struct Ranks {
    std::uint64_t width = 1;
    std::vector<std::uint64_t> of;
  };

  /// False where there are no such numbers, or to find them costs more than they save.
  bool FindRanks(const Key& key, Ranks& ranks) const;
  bool RankInts(const Key& key, Ranks& ranks) const;
  bool RankCodes(const Key& key, Ranks& ranks) const;
  void RankTruth(const Key& key, Ranks& ranks) const;
  std::vector<std::uint32_t> Counted() const;
  bool IsBefore(const Entry& a, const Entry& b);
  std::strong_ordering Compare(const ValueColumn& column, std::uint32_t a, std::uint32_t b) const;

  std::vector<Key> keys_;
  std::size_t wanted_;
  const graph::View& view_;
  std::function<void()> tick_;
  std::uint32_t compared_ = 0;
  std::size_t ranked_ = 0;   ///< So many of the keys are in the numbers.
  std::uint64_t width_ = 1;  ///< The numbers are below.
  std::vector<Entry> entries_;
};

}  // namespace verbale::query
