#pragma once

// Rows compared by equivalence, for DISTINCT, grouping and the like.

#include <unordered_map>
#include <utility>
#include <vector>

#include "query/execute/column.h"

namespace verbale::query {

/// Some values of a row.
using RowKey = std::vector<graph::Value>;

RowKey KeyOf(const Batch& batch, std::size_t row, std::span<const Slot> slots,
             const graph::View& view);
RowKey KeyOf(std::span<const ColumnPtr> columns, std::size_t row, const graph::View& view);

struct RowKeyHash {
  std::size_t operator()(const RowKey& key) const;
};
struct RowKeyEquivalent {
  bool operator()(const RowKey& a, const RowKey& b) const;
};

/// Keys numbered in the order in which they came.
class RowTable {
 public:
  /// Its number, and whether it is new.
  std::pair<std::size_t, bool> Insert(RowKey key);
  std::size_t size() const { return numbers_.size(); }
  void Clear() { numbers_.clear(); }

 private:
  std::unordered_map<RowKey, std::size_t, RowKeyHash, RowKeyEquivalent> numbers_;
};

}  // namespace verbale::query
