// Reading properties of a state, one by one and many at a time.
//
// A batch is read in stretches that lie in one column. As long as all columns are of one kind, the
// typed arrays are filled straight from them; the first thing that does not fit (a column of
// another kind, a written value that is not in the dictionary) starts the batch again as plain
// values. A batch that lies whole in one column without gaps, and most do, is copied at once.

#include <algorithm>
#include <type_traits>

#include "graph/snapshot/state.h"

namespace verbale::graph::snapshot {
namespace {

using Kind = PropertyVector::Kind;

/// Fills a PropertyVector whose kind is that of the first value.
class TypedFill {
 public:
  explicit TypedFill(PropertyVector& out) : out_(out) { out.Reset(Kind::kValues); }

  void AddAbsent(std::size_t count) {
    out_.valid.resize(out_.valid.size() + count, 0);
    if (decided_) Extend();
  }

  /// The values of `column` at rows numbers[i] - first; false where they do not fit.
  template <typename No>
  bool Add(const Column& column, std::span<const No> numbers, std::uint32_t first) {
    if (!Fits(column.kind, column.dictionary.get())) return false;
    const std::size_t begin = out_.valid.size();
    out_.valid.resize(begin + numbers.size(), 1);
    Extend();
    column.Touch();
    switch (column.kind) {
      case Kind::kInts:
        Copy(column, column.ints, numbers, first, begin, out_.ints);
        break;
      case Kind::kDoubles:
        Copy(column, column.doubles, numbers, first, begin, out_.doubles);
        break;
      default:
        Copy(column, column.codes, numbers, first, begin, out_.codes);
        column.dictionary->Prepare(std::span(out_.codes).subspan(begin));
    }
    return true;
  }

  /// A value that stands in no column; false where it does not fit.
  bool Add(const Value& value) {
    if (value.is_null()) {
      AddAbsent(1);
    } else if (value.is_int() && Fits(Kind::kInts, nullptr)) {
      out_.ints.push_back(value.as_int());
      out_.valid.push_back(1);
    } else if (value.is_double() && Fits(Kind::kDoubles, nullptr)) {
      out_.doubles.push_back(value.as_double());
      out_.valid.push_back(1);
    } else {
      return false;
    }
    return true;
  }

  /// Where nothing had a value there is no kind: plain nulls.
  void Finish() {
    if (decided_) return;
    out_.values.resize(out_.valid.size());
    out_.valid.clear();
  }

 private:
  bool Fits(Kind kind, const Dictionary* dictionary) {
    if (decided_) return out_.kind == kind;
    decided_ = true;
    out_.kind = kind;
    if (dictionary) out_.dictionary = dictionary->values();
    Extend();
    return true;
  }
  /// The typed array becomes as long as `valid`.
  void Extend() {
    const std::size_t size = out_.valid.size();
    switch (out_.kind) {
      case Kind::kInts:
        return out_.ints.resize(size);
      case Kind::kDoubles:
        return out_.doubles.resize(size);
      default:
        return out_.codes.resize(size);
    }
  }
  template <typename T, typename Slots, typename No>
  void Copy(const Column& column, const Slots& slots, std::span<const No> numbers,
            std::uint32_t first, std::size_t begin, std::vector<T>& out) {
    if (column.rows.empty() && column.presence.empty()) {
      for (std::size_t i = 0; i < numbers.size(); ++i) {
        out[begin + i] = slots[numbers[i].value - first];
      }
      return;
    }
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const auto slot = column.Slot(numbers[i].value - first);
      out_.valid[begin + i] = slot.has_value();
      if (slot) out[begin + i] = slots[*slot];
    }
  }

  PropertyVector& out_;
  bool decided_ = false;
};

/// A stretch of numbers whose values of a key lie in one column.
struct Stretch {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  const Column* column = nullptr;  // nullptr: none of them has the key.

  bool Has(std::uint32_t no) const { return no - first < count; }
};

Stretch StretchOf(const Snapshot& base, NodeNo node, KeyId key) {
  const Run& run = base.RunOf(node);
  return {run.first, run.count, FindColumn(run.columns, key)};
}

Stretch StretchOf(const Snapshot& base, RelNo rel, KeyId key) {
  const TypeBlock& block = base.types[base.TypeOf(rel).value];
  return {block.first, block.count, FindColumn(block.columns, key)};
}

/// patched(no) is the value that the Delta has (null: taken away), or nullptr where it has none;
/// created numbers, from `limit` on, have no other.
template <typename No, typename Patched>
bool FillTyped(const Snapshot& base, std::uint32_t limit, std::span<const No> numbers, KeyId key,
               const Patched& patched, PropertyVector& out) {
  TypedFill fill(out);
  for (std::size_t i = 0; i < numbers.size();) {
    if (const Value* value = patched(numbers[i])) {
      if (!fill.Add(*value)) return false;
      ++i;
      continue;
    }
    if (numbers[i].value >= limit) {
      fill.AddAbsent(1);
      ++i;
      continue;
    }
    const Stretch stretch = StretchOf(base, numbers[i], key);
    std::size_t end = i + 1;
    while (end < numbers.size() && stretch.Has(numbers[end].value) && !patched(numbers[end])) ++end;
    if (!stretch.column) {
      fill.AddAbsent(end - i);
    } else if (!fill.Add(*stretch.column, numbers.subspan(i, end - i), stretch.first)) {
      return false;
    }
    i = end;
  }
  fill.Finish();
  return true;
}

/// The smallest and the largest of some numbers.
struct Bounds {
  std::uint32_t low = 0;
  std::uint32_t high = 0;
};

template <typename No>
Bounds BoundsOf(std::span<const No> numbers) {
  Bounds bounds{numbers.front().value, numbers.front().value};
  for (const No no : numbers) {
    bounds.low = std::min(bounds.low, no.value);
    bounds.high = std::max(bounds.high, no.value);
  }
  return bounds;
}

/// Whether each is the one before it and one more. "None" and then number 0 are not.
template <typename No>
bool AreConsecutive(std::span<const No> numbers) {
  const std::uint32_t first = numbers.front().value;
  const std::uint32_t last = numbers.back().value;
  if (last < first || last - first != numbers.size() - 1) return false;
  std::uint32_t gaps = 0;
  for (std::uint32_t i = 0; i < numbers.size(); ++i) gaps |= numbers[i].value ^ (first + i);
  return gaps == 0;
}

template <typename No>
void CopySlots(const PackedInts& ints, std::span<const No> numbers, bool consecutive,
               std::uint32_t first, std::vector<std::int64_t>& out) {
  out.resize(numbers.size());
  if (consecutive) return ints.CopyTo(numbers.front().value - first, out);
  ints.With([&](const auto& array) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      out[i] = static_cast<std::int64_t>(ints.base + array[numbers[i].value - first]);
    }
  });
}

template <typename T, typename No>
void CopySlots(const FlatArray<T>& slots, std::span<const No> numbers, bool consecutive,
               std::uint32_t first, std::vector<T>& out) {
  if (consecutive) {
    const T* begin = slots.data() + (numbers.front().value - first);
    out.assign(begin, begin + numbers.size());
    return;
  }
  out.resize(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) out[i] = slots[numbers[i].value - first];
}

/// The stretch of numbers [low, high] where their values of `key` lie in one column without gaps
/// and nothing of them was written since: `written` has the written ones.
template <typename No, typename Written>
std::optional<Stretch> WholeStretch(const Snapshot& base, std::uint32_t limit, const Bounds& bounds,
                                    KeyId key, const Written& written) {
  if (bounds.high >= limit) return std::nullopt;
  const Stretch stretch = StretchOf(base, No{bounds.low}, key);
  if (!stretch.Has(bounds.high) || !stretch.column) return std::nullopt;
  const Column& column = *stretch.column;
  if (!column.rows.empty() || !column.presence.empty()) return std::nullopt;
  if (written.NextFrom(bounds.low).value_or(limit) <= bounds.high) return std::nullopt;
  column.TouchSlots(bounds.low - stretch.first, bounds.high - bounds.low + std::size_t{1});
  return stretch;
}

/// All of a batch that lies like that; false where it does not.
template <typename No, typename Written>
bool FillWhole(const Snapshot& base, std::uint32_t limit, std::span<const No> numbers, KeyId key,
               const Written& written, PropertyVector& out) {
  if (numbers.empty()) return false;
  const bool consecutive = AreConsecutive(numbers);
  const Bounds bounds =
      consecutive ? Bounds{numbers.front().value, numbers.back().value} : BoundsOf(numbers);
  const std::optional<Stretch> stretch = WholeStretch<No>(base, limit, bounds, key, written);
  if (!stretch) return false;
  const Column& column = *stretch->column;
  out.Reset(column.kind);
  switch (column.kind) {
    case Kind::kInts:
      CopySlots(column.ints, numbers, consecutive, stretch->first, out.ints);
      break;
    case Kind::kDoubles:
      CopySlots(column.doubles, numbers, consecutive, stretch->first, out.doubles);
      break;
    default:
      CopySlots(column.codes, numbers, consecutive, stretch->first, out.codes);
      out.dictionary = column.dictionary->values();
      column.dictionary->Prepare(out.codes);
  }
  return true;
}

template <typename No, typename Written>
std::optional<PackedProperty> PackedOf(const Snapshot& base, std::uint32_t limit, No first,
                                       std::uint32_t count, KeyId key, const Written& written) {
  const Bounds bounds{first.value, first.value + (count - 1)};
  const std::optional<Stretch> stretch = WholeStretch<No>(base, limit, bounds, key, written);
  if (!stretch) return std::nullopt;
  const Column& column = *stretch->column;
  const std::size_t at = first.value - stretch->first;
  if (column.kind == Kind::kDictionary) {
    return PackedProperty{sizeof(std::uint32_t), column.codes.data() + at, 0,
                          column.dictionary->values()};
  }
  if (column.kind != Kind::kInts) return std::nullopt;
  return column.ints.With([&](const auto& array) {
    PackedProperty packed;
    packed.base = static_cast<std::int64_t>(column.ints.base);
    if constexpr (!std::is_same_v<decltype(array), const PackedInts::Zeros&>) {
      packed.width = sizeof(array[0]);
      packed.data = array.data() + at;
    }
    return packed;
  });
}

Value InColumns(const Columns& columns, std::uint32_t row, KeyId key) {
  const Column* column = FindColumn(columns, key);
  const auto slot = column ? column->Slot(row) : std::nullopt;
  return slot ? column->AtSlot(*slot) : Value();
}

/// What the columns have at `row`, with what was written over it.
store::Properties Merge(const Columns* columns, std::uint32_t row,
                        const store::Properties* written) {
  static const store::Properties kNothing;
  const store::Properties& over = written ? *written : kNothing;
  store::Properties merged;
  auto next = over.begin();
  const auto take_written = [&] {
    if (!next->second.is_null()) merged.push_back(*next);
    ++next;
  };
  if (columns) {
    for (const Column& column : *columns) {
      while (next != over.end() && next->first < column.key) take_written();
      if (next != over.end() && next->first == column.key) {
        take_written();
      } else if (const auto slot = column.Slot(row)) {
        merged.emplace_back(column.key, column.AtSlot(*slot));
      }
    }
  }
  while (next != over.end()) take_written();
  return merged;
}

}  // namespace

const Value* FindPatched(const store::Properties& properties, KeyId key) {
  for (const auto& [k, value] : properties) {
    if (k == key) return &value;
  }
  return nullptr;
}

Value GraphState::Property(NodeNo node, KeyId key) const {
  if (const NodePatch* patch = Patch(node)) {
    if (const Value* value = FindPatched(patch->properties, key)) return *value;
  }
  if (!InBase(node)) return {};
  const Run& run = base_->RunOf(node);
  return InColumns(run.columns, node.value - run.first, key);
}

Value GraphState::Property(RelNo rel, KeyId key) const {
  if (const RelPatch* patch = Patch(rel)) {
    if (const Value* value = FindPatched(patch->properties, key)) return *value;
  }
  if (!InBase(rel)) return {};
  const TypeBlock& block = base_->types[base_->TypeOf(rel).value];
  return InColumns(block.columns, rel.value - block.first, key);
}

void GraphState::Properties(std::span<const NodeNo> nodes, KeyId key, PropertyVector& out) const {
  const auto patched = [&](NodeNo node) -> const Value* {
    const NodePatch* patch = Patch(node);
    return patch ? FindPatched(patch->properties, key) : nullptr;
  };
  const std::uint32_t limit = base_->node_count();
  if (FillWhole(*base_, limit, nodes, key, delta_.nodes, out)) return;
  if (FillTyped(*base_, limit, nodes, key, patched, out)) return;
  out.Reset(Kind::kValues);
  for (const NodeNo node : nodes) out.values.push_back(Property(node, key));
}

void GraphState::Properties(std::span<const RelNo> rels, KeyId key, PropertyVector& out) const {
  const auto patched = [&](RelNo rel) -> const Value* {
    const RelPatch* patch = Patch(rel);
    return patch ? FindPatched(patch->properties, key) : nullptr;
  };
  const std::uint32_t limit = base_->rel_count();
  if (FillWhole(*base_, limit, rels, key, delta_.rels, out)) return;
  if (FillTyped(*base_, limit, rels, key, patched, out)) return;
  out.Reset(Kind::kValues);
  for (const RelNo rel : rels) out.values.push_back(Property(rel, key));
}

std::optional<PackedProperty> GraphState::Packed(NodeNo first, std::uint32_t count,
                                                 KeyId key) const {
  return PackedOf(*base_, base_->node_count(), first, count, key, delta_.nodes);
}

std::optional<PackedProperty> GraphState::Packed(RelNo first, std::uint32_t count,
                                                 KeyId key) const {
  return PackedOf(*base_, base_->rel_count(), first, count, key, delta_.rels);
}

store::Properties GraphState::Properties(NodeNo node) const {
  const NodePatch* patch = Patch(node);
  const Run* run = InBase(node) ? &base_->RunOf(node) : nullptr;
  return Merge(run ? &run->columns : nullptr, run ? node.value - run->first : 0,
               patch ? &patch->properties : nullptr);
}

store::Properties GraphState::Properties(RelNo rel) const {
  const RelPatch* patch = Patch(rel);
  const TypeBlock* block = InBase(rel) ? &base_->types[base_->TypeOf(rel).value] : nullptr;
  return Merge(block ? &block->columns : nullptr, block ? rel.value - block->first : 0,
               patch ? &patch->properties : nullptr);
}

}  // namespace verbale::graph::snapshot
