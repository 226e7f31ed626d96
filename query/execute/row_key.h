#pragma once

// Rows compared by equivalence, for DISTINCT, grouping and the like.

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "query/execute/column.h"
#include "query/execute/hash_places.h"

namespace verbale::query {

/// Some values of a row.
using RowKey = std::vector<graph::Value>;

/// Puts the values of a row into `key`.
void ReadKey(const Batch& batch, std::size_t row, std::span<const Slot> slots,
             const graph::View& view, RowKey& key);
void ReadKey(std::span<const ColumnPtr> columns, std::size_t row, const graph::View& view,
             RowKey& key);

/// Keys of one length, numbered in the order in which they came. Their values stand in one array,
/// found by open addressing: a key costs no allocation, and all are given back at once.
class RowTable {
 public:
  /// The key's number, and whether it is new; then its values are taken over.
  /// Error(kLimitExceeded) where there are more than 2^32 - 1.
  std::pair<std::size_t, bool> Insert(RowKey& key);
  std::size_t size() const { return hashes_.size(); }
  /// Value `i` of the key with this number. Whoever takes it out inserts no more.
  graph::Value& At(std::size_t number, std::size_t i) { return values_[number * width_ + i]; }
  void Clear();

 private:
  bool IsAt(std::size_t number, const RowKey& key) const;

  std::size_t width_ = 0;  ///< Values a key, once there is one.
  std::vector<graph::Value> values_;
  std::vector<std::uint64_t> hashes_;  ///< By number.
  HashPlaces places_;
};

}  // namespace verbale::query
