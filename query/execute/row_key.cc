#include "query/execute/row_key.h"

namespace verbale::query {

RowKey KeyOf(const Batch& batch, std::size_t row, std::span<const Slot> slots,
             const graph::View& view) {
  RowKey key;
  key.reserve(slots.size());
  for (const Slot slot : slots) key.push_back(batch.at(slot)->At(row, view));
  return key;
}

RowKey KeyOf(std::span<const ColumnPtr> columns, std::size_t row, const graph::View& view) {
  RowKey key;
  key.reserve(columns.size());
  for (const ColumnPtr& column : columns) key.push_back(column->At(row, view));
  return key;
}

std::size_t RowKeyHash::operator()(const RowKey& key) const {
  std::uint64_t hash = 0x9E3779B97F4A7C15u;
  for (const graph::Value& value : key) hash = (hash ^ graph::Hash(value)) * 0x100000001B3u;
  return hash;
}

bool RowKeyEquivalent::operator()(const RowKey& a, const RowKey& b) const {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!graph::Equivalent(a[i], b[i])) return false;
  }
  return true;
}

std::pair<std::size_t, bool> RowTable::Insert(RowKey key) {
  const auto [place, is_new] = numbers_.try_emplace(std::move(key), numbers_.size());
  return {place->second, is_new};
}

}  // namespace verbale::query
