#pragma once

// Groups by number. One key that is a node, a relationship or a dictionary entry finds its group
// in an array; every other kind of key in a hash table of values.

#include <vector>

#include "query/execute/column.h"
#include "query/execute/row_key.h"

namespace verbale::query {

class GroupTable {
 public:
  GroupTable(std::size_t keys, const graph::View& view) : key_count_(keys), view_(view) {}

  /// The one group of an aggregation without keys.
  void AddEmptyGroup() { size_ = 1; }
  /// Puts the group of each row into `numbers`; new groups are numbered on.
  void Assign(std::span<const ColumnPtr> keys, std::size_t rows,
              std::vector<std::uint32_t>& numbers);
  std::size_t size() const { return size_; }
  /// The key columns, one row a group. The table is spent.
  std::vector<ColumnPtr> TakeKeys();

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  bool AssignDirect(const ValueColumn& key, std::size_t rows, std::vector<std::uint32_t>& numbers);
  /// Takes the groups that were found by number over into the hash table.
  void LeaveDirect();
  graph::Value DirectValue(std::uint32_t number) const;

  std::size_t key_count_;
  const graph::View& view_;
  std::size_t size_ = 0;

  // While all keys were of one kind of number.
  bool direct_ = true;
  ColumnKind direct_kind_ = ColumnKind::kValues;  ///< kValues: no row yet.
  std::span<const graph::Value> dictionary_;
  std::vector<std::uint32_t> group_of_;   ///< By number; the null is at the front.
  std::vector<std::uint32_t> number_of_;  ///< By group.

  RowTable table_;
  std::vector<RowKey> keys_;  ///< By group.
};

}  // namespace verbale::query
