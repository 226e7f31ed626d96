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

Kind KindOf(const ColumnInput& input) {
  if (input.values.are_ints()) return Kind::kInts;
  const auto all = [&](ValueType type) {
    return std::all_of(input.at.begin(), input.at.end(),
                       [&](std::uint32_t i) { return input.values.values()[i].type() == type; });
  };
  if (all(ValueType::kInt)) return Kind::kInts;
  if (all(ValueType::kDouble)) return Kind::kDoubles;
  return Kind::kDictionary;
}

/// The array of slots, each of(index of a value).
template <typename T, typename Of>
std::vector<T> Slots(const ColumnInput& input, bool sparse, const Of& of) {
  // Rows without a value get that of the first one that has one, so that they widen no range.
  std::vector<T> slots(sparse ? input.at.size() : input.row_count, of(input.at.front()));
  const bool in_order = sparse || input.rows.empty();
  for (std::size_t i = 0; i < input.at.size(); ++i) {
    slots[in_order ? i : input.rows[i]] = of(input.at[i]);
  }
  return slots;
}

std::vector<std::uint64_t> PresenceOf(const ColumnInput& input) {
  std::vector<std::uint64_t> presence((input.row_count + std::size_t{63}) / 64, 0);
  for (const std::uint32_t row : input.rows) {
    presence[row >> 6] |= std::uint64_t{1} << (row & 63);
  }
  return presence;
}

}  // namespace

std::optional<std::size_t> Column::Slot(std::uint32_t row) const {
  if (!rows.empty()) {
    rows.Touch();
    const auto at = std::lower_bound(rows.begin(), rows.end(), row);
    if (at == rows.end() || *at != row) return std::nullopt;
    return static_cast<std::size_t>(at - rows.begin());
  }
  if (!presence.empty()) {
    presence.Touch(row >> 6);
    if (!(presence[row >> 6] >> (row & 63) & 1)) return std::nullopt;
  }
  return row;
}

Value Column::AtSlot(std::size_t slot) const {
  switch (kind) {
    case Kind::kInts:
      ints.Touch(slot);
      return Value(ints[slot]);
    case Kind::kDoubles:
      doubles.Touch(slot);
      return Value(doubles[slot]);
    default:
      codes.Touch(slot);
      return (*dictionary)[codes[slot]];
  }
}

void Column::Touch() const {
  presence.Touch();
  rows.Touch();
  ints.Touch();
  doubles.Touch();
  codes.Touch();
}

void Column::TouchSlots(std::size_t at, std::size_t count) const {
  switch (kind) {
    case Kind::kInts:
      return ints.Touch(at, count);
    case Kind::kDoubles:
      return doubles.Touch(at, count);
    default:
      return codes.Touch(at, count);
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
  assert(!input.at.empty());
  Column column;
  column.key = key;
  column.kind = KindOf(input);
  const bool sparse = input.at.size() * kSparseBelow < input.row_count;
  if (sparse) {
    column.rows = std::vector<std::uint32_t>(input.rows.begin(), input.rows.end());
  } else if (input.at.size() < input.row_count) {
    column.presence = PresenceOf(input);
  }
  const std::vector<Value>& values = input.values.values();
  switch (column.kind) {
    case Kind::kInts:
      column.ints = PackedInts(Slots<std::int64_t>(input, sparse, [&](std::uint32_t i) {
        return input.values.are_ints() ? input.values.Int(i) : values[i].as_int();
      }));
      break;
    case Kind::kDoubles:
      column.doubles =
          Slots<double>(input, sparse, [&](std::uint32_t i) { return values[i].as_double(); });
      break;
    default:
      column.codes = Slots<std::uint32_t>(
          input, sparse, [&](std::uint32_t i) { return dictionary.Code(values[i]); });
  }
  return column;
}

}  // namespace verbale::graph::snapshot
