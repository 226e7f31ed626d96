#include "query/execute/column.h"

#include <utility>

namespace verbale::query {
namespace {

using graph::Value;

template <typename T>
void GatherVector(const std::vector<T>& from, std::span<const std::uint32_t> rows,
                  std::vector<T>& to) {
  if (from.empty()) return;
  to.resize(rows.size());
  const T* const all = from.data();
  T* into = to.data();
  for (const std::uint32_t row : rows) *into++ = all[row];
}

template <typename T>
void Append(const std::vector<T>& from, std::vector<T>& to) {
  to.insert(to.end(), from.begin(), from.end());
}

bool IsNullConstant(const ValueColumn& part) {
  return part.kind == ColumnKind::kConstant && part.constant.is_null();
}

/// The part that says how all of them can be joined without going through Values; nullptr where
/// they cannot.
const ValueColumn* CommonKind(std::span<const ColumnPtr> parts) {
  const ValueColumn* first = nullptr;
  for (const ColumnPtr& part : parts) {
    if (IsNullConstant(*part)) continue;
    if (part->kind == ColumnKind::kConstant) return nullptr;
    if (first == nullptr) first = part.get();
    if (part->kind != first->kind) return nullptr;
    if (part->dictionary.data() != first->dictionary.data()) return nullptr;
  }
  return first;
}

void AppendNulls(std::size_t count, ValueColumn& out) {
  switch (out.kind) {
    case ColumnKind::kNodes:
    case ColumnKind::kRels:
      out.numbers.insert(out.numbers.end(), count, graph::kNoNode.value);
      return;
    case ColumnKind::kDictionary:
      out.numbers.insert(out.numbers.end(), count, 0);
      break;
    case ColumnKind::kInts:
      out.ints.insert(out.ints.end(), count, 0);
      break;
    case ColumnKind::kDoubles:
      out.doubles.insert(out.doubles.end(), count, 0);
      break;
    case ColumnKind::kBools:
      out.truth.insert(out.truth.end(), count, Truth::kNull);
      return;
    case ColumnKind::kValues:
      out.values.resize(out.values.size() + count);
      return;
    case ColumnKind::kConstant:
      return;
  }
  out.valid.insert(out.valid.end(), count, 0);
}

bool NeedsValid(ColumnKind kind) {
  return kind == ColumnKind::kInts || kind == ColumnKind::kDoubles ||
         kind == ColumnKind::kDictionary;
}

ColumnPtr JoinAlike(std::span<const ColumnPtr> parts, const ValueColumn& model) {
  MutableColumnPtr out = NewColumn(model.kind);
  out->TakeDictionaryOf(model);
  bool any_invalid = false;
  for (const ColumnPtr& part : parts) any_invalid |= !part->valid.empty() || IsNullConstant(*part);
  for (const ColumnPtr& part : parts) {
    if (IsNullConstant(*part)) {
      AppendNulls(part->size(), *out);
      continue;
    }
    Append(part->numbers, out->numbers);
    Append(part->ints, out->ints);
    Append(part->doubles, out->doubles);
    Append(part->truth, out->truth);
    Append(part->values, out->values);
    if (!any_invalid || !NeedsValid(out->kind)) continue;
    if (part->valid.empty()) {
      out->valid.insert(out->valid.end(), part->size(), 1);
    } else {
      Append(part->valid, out->valid);
    }
  }
  return out;
}

/// Whether `rows` are all rows of a batch in their order.
bool IsWhole(std::span<const std::uint32_t> rows, std::size_t count) {
  if (rows.size() != count) return false;
  for (std::size_t i = 0; i < count; ++i) {
    if (rows[i] != i) return false;
  }
  return true;
}

}  // namespace

std::size_t ValueColumn::size() const {
  switch (kind) {
    case ColumnKind::kNodes:
    case ColumnKind::kRels:
    case ColumnKind::kDictionary:
      return numbers.size();
    case ColumnKind::kInts:
      return ints.size();
    case ColumnKind::kDoubles:
      return doubles.size();
    case ColumnKind::kBools:
      return truth.size();
    case ColumnKind::kValues:
      return values.size();
    case ColumnKind::kConstant:
      return constant_rows;
  }
  return 0;
}

bool ValueColumn::IsNull(std::size_t row) const {
  switch (kind) {
    case ColumnKind::kNodes:
      return numbers[row] == graph::kNoNode.value;
    case ColumnKind::kRels:
      return numbers[row] == graph::kNoRel.value;
    case ColumnKind::kInts:
    case ColumnKind::kDoubles:
    case ColumnKind::kDictionary:
      return !IsValid(row);
    case ColumnKind::kBools:
      return truth[row] == Truth::kNull;
    case ColumnKind::kValues:
      return values[row].is_null();
    case ColumnKind::kConstant:
      return constant.is_null();
  }
  return true;
}

Value ValueColumn::At(std::size_t row, const graph::View& view) const {
  if (kind == ColumnKind::kValues) return values[row];
  if (kind == ColumnKind::kConstant) return constant;
  if (IsNull(row)) return {};
  switch (kind) {
    case ColumnKind::kNodes:
      return Value(
          graph::NodeRef{graph::NodeNo{numbers[row]}, view.Id(graph::NodeNo{numbers[row]})});
    case ColumnKind::kRels:
      return Value(graph::RelRef{graph::RelNo{numbers[row]}, view.Id(graph::RelNo{numbers[row]})});
    case ColumnKind::kInts:
      return Value(ints[row]);
    case ColumnKind::kDoubles:
      return Value(doubles[row]);
    case ColumnKind::kBools:
      return Value(truth[row] == Truth::kTrue);
    case ColumnKind::kDictionary:
      return dictionary[numbers[row]];
    case ColumnKind::kValues:
    case ColumnKind::kConstant:
      break;
  }
  return {};
}

MutableColumnPtr NewColumn(ColumnKind kind) { return std::make_shared<ValueColumn>(kind); }

MutableColumnPtr NewNumbers(ColumnKind kind, std::vector<std::uint32_t> numbers) {
  MutableColumnPtr column = NewColumn(kind);
  column->numbers = std::move(numbers);
  return column;
}

ColumnPtr NewValues(std::vector<Value> values) {
  MutableColumnPtr column = NewColumn(ColumnKind::kValues);
  column->values = std::move(values);
  return column;
}

ColumnPtr NewTruth(std::vector<Truth> truth) {
  MutableColumnPtr column = NewColumn(ColumnKind::kBools);
  column->truth = std::move(truth);
  return column;
}

ColumnPtr NewConstant(Value value, std::size_t rows) {
  MutableColumnPtr column = NewColumn(ColumnKind::kConstant);
  column->constant = std::move(value);
  column->constant_rows = rows;
  return column;
}

ColumnPtr NewFromProperties(graph::PropertyVector& vector) {
  using Kind = graph::PropertyVector::Kind;
  MutableColumnPtr column;
  switch (vector.kind) {
    case Kind::kValues:
      return NewValues(std::move(vector.values));
    case Kind::kInts:
      column = NewColumn(ColumnKind::kInts);
      column->ints = std::move(vector.ints);
      break;
    case Kind::kDoubles:
      column = NewColumn(ColumnKind::kDoubles);
      column->doubles = std::move(vector.doubles);
      break;
    case Kind::kDictionary:
      column = NewColumn(ColumnKind::kDictionary);
      column->numbers = std::move(vector.codes);
      column->dictionary = vector.dictionary;
      break;
  }
  column->valid = std::move(vector.valid);
  return column;
}

ColumnPtr Gather(const ColumnPtr& column, std::span<const std::uint32_t> rows) {
  if (column->kind == ColumnKind::kConstant) return NewConstant(column->constant, rows.size());
  MutableColumnPtr out = NewColumn(column->kind);
  GatherVector(column->numbers, rows, out->numbers);
  GatherVector(column->ints, rows, out->ints);
  GatherVector(column->doubles, rows, out->doubles);
  GatherVector(column->truth, rows, out->truth);
  GatherVector(column->values, rows, out->values);
  GatherVector(column->valid, rows, out->valid);
  out->TakeDictionaryOf(*column);
  return out;
}

ColumnPtr Concatenate(std::span<const ColumnPtr> parts, const graph::View& view) {
  if (parts.size() == 1) return parts.front();
  if (const ValueColumn* model = CommonKind(parts)) return JoinAlike(parts, *model);
  std::vector<Value> values;
  for (const ColumnPtr& part : parts) {
    const std::size_t rows = part->size();
    for (std::size_t row = 0; row < rows; ++row) values.push_back(part->At(row, view));
  }
  return NewValues(std::move(values));
}

void GatherBatch(const Batch& in, std::span<const std::uint32_t> rows, std::span<const Slot> keep,
                 Batch& out) {
  const bool all = IsWhole(rows, in.rows);
  out.columns.assign(in.columns.size(), nullptr);
  out.rows = rows.size();
  for (const Slot slot : keep) {
    if (!in.Has(slot) || out.Has(slot)) continue;  // It may stand there twice.
    out.columns[slot.value] = all ? in.at(slot) : Gather(in.at(slot), rows);
  }
}

Batch Concatenate(std::span<const Batch> parts, std::span<const Slot> keep,
                  const graph::View& view) {
  Batch out;
  if (parts.empty()) return out;
  out.columns.resize(parts.front().columns.size());
  for (const Batch& part : parts) out.rows += part.rows;
  std::vector<ColumnPtr> columns;
  for (const Slot slot : keep) {
    if (out.Has(slot)) continue;  // It may stand there twice.
    columns.clear();
    for (const Batch& part : parts) {
      columns.push_back(part.Has(slot) ? part.at(slot) : NewConstant({}, part.rows));
    }
    out.Set(slot, Concatenate(columns, view));
  }
  return out;
}

std::size_t BytesOf(const Batch& batch) {
  std::size_t bytes = 0;
  for (const ColumnPtr& column : batch.columns) {
    if (!column) continue;
    bytes += column->numbers.size() * sizeof(std::uint32_t);
    bytes += (column->ints.size() + column->doubles.size()) * sizeof(std::int64_t);
    bytes += column->values.size() * 2 * sizeof(Value) + column->truth.size();
  }
  return bytes;
}

}  // namespace verbale::query
