#include "graph/snapshot/column.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <functional>
#include <string_view>

namespace verbale::graph::snapshot {
namespace {

using Kind = PropertyVector::Kind;

constexpr std::size_t kSparseBelow = 8;  // Less than one row in so many: the rows are listed.

bool IsShared(const Value& value) { return value.is_string() || value.is_bool(); }

Kind KindOf(std::span<const Value* const> values) {
  const auto all = [&](ValueType type) {
    return std::all_of(values.begin(), values.end(),
                       [type](const Value* v) { return v->type() == type; });
  };
  if (all(ValueType::kInt)) return Kind::kInts;
  if (all(ValueType::kDouble)) return Kind::kDoubles;
  return Kind::kDictionary;
}

void FillSlots(Column& column, const ColumnInput& input, DictionaryBuilder& dictionary) {
  const bool sparse = !column.rows.empty();
  const std::size_t slots = sparse ? input.rows.size() : input.row_count;
  const auto fill = [&](auto& array, auto&& of) {
    array.resize(slots);
    for (std::size_t i = 0; i < input.rows.size(); ++i) {
      array[sparse ? i : input.rows[i]] = of(*input.values[i]);
    }
  };
  switch (column.kind) {
    case Kind::kInts:
      return fill(column.ints, [](const Value& v) { return v.as_int(); });
    case Kind::kDoubles:
      return fill(column.doubles, [](const Value& v) { return v.as_double(); });
    default:
      return fill(column.codes, [&](const Value& v) { return dictionary.Code(v); });
  }
}

}  // namespace

std::optional<std::size_t> Column::Slot(std::uint32_t row) const {
  if (!rows.empty()) {
    const auto at = std::lower_bound(rows.begin(), rows.end(), row);
    if (at == rows.end() || *at != row) return std::nullopt;
    return static_cast<std::size_t>(at - rows.begin());
  }
  if (!presence.empty() && !(presence[row >> 6] >> (row & 63) & 1)) return std::nullopt;
  return row;
}

Value Column::AtSlot(std::size_t slot) const {
  switch (kind) {
    case Kind::kInts:
      return Value(ints[slot]);
    case Kind::kDoubles:
      return Value(doubles[slot]);
    default:
      return dictionary[codes[slot]];
  }
}

const Column* FindColumn(const Columns& columns, KeyId key) {
  const auto at = std::lower_bound(columns.begin(), columns.end(), key,
                                   [](const Column& c, KeyId k) { return c.key < k; });
  return at != columns.end() && at->key == key ? &*at : nullptr;
}

std::size_t DictionaryBuilder::ScalarHash::operator()(const Value& v) const {
  return v.is_string() ? std::hash<std::string_view>()(v.as_string()) : v.as_bool();
}

bool DictionaryBuilder::ScalarEqual::operator()(const Value& a, const Value& b) const {
  if (a.type() != b.type()) return false;
  return a.is_string() ? a.as_string() == b.as_string() : a.as_bool() == b.as_bool();
}

std::uint32_t DictionaryBuilder::Code(const Value& value) {
  const auto next = static_cast<std::uint32_t>(values_.size());
  if (IsShared(value)) {
    const auto [at, is_new] = codes_.try_emplace(value, next);
    if (!is_new) return at->second;
  }
  values_.push_back(value);
  return next;
}

Column BuildColumn(KeyId key, const ColumnInput& input, DictionaryBuilder& dictionary) {
  assert(!input.rows.empty());
  Column column;
  column.key = key;
  column.kind = KindOf(input.values);
  if (input.rows.size() * kSparseBelow < input.row_count) {
    column.rows.assign(input.rows.begin(), input.rows.end());
  } else if (input.rows.size() < input.row_count) {
    column.presence.assign((input.row_count + 63) / 64, 0);
    for (const std::uint32_t row : input.rows) {
      column.presence[row >> 6] |= std::uint64_t{1} << (row & 63);
    }
  }
  FillSlots(column, input, dictionary);
  return column;
}

}  // namespace verbale::graph::snapshot
