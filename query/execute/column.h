#pragma once

// Batches of rows by column, as operators hand them to each other. Columns are typed where the type
// is known, so that walking and filtering never make a Value; everything else is a column of
// Values.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "graph/value.h"
#include "graph/view.h"
#include "query/bind/bound.h"

namespace verbale::query {

enum class ColumnKind : std::uint8_t {
  kNodes,       ///< `numbers`: NodeNo, kNoNode where null
  kRels,        ///< `numbers`: RelNo, kNoRel where null
  kInts,        ///< `ints`, `valid`
  kDoubles,     ///< `doubles`, `valid`
  kBools,       ///< `truth`
  kDictionary,  ///< `numbers`: codes into `dictionary`, `valid`
  kValues,      ///< `values`
  kConstant,    ///< `constant`, in every row
};

/// A truth value of three: what a predicate gives.
enum class Truth : std::uint8_t { kFalse = 0, kTrue = 1, kNull = 2 };

/// One column of a batch. Filled by one owner, then immutable and shared by the batches that it is
/// passed on to.
struct ValueColumn {
  explicit ValueColumn(ColumnKind k) : kind(k) {}

  ColumnKind kind;
  std::vector<std::uint32_t> numbers;
  std::vector<std::int64_t> ints;
  std::vector<double> doubles;
  std::vector<Truth> truth;
  std::vector<graph::Value> values;
  std::vector<std::uint8_t> valid;           ///< Empty: all rows are there.
  std::span<const graph::Value> dictionary;  ///< Borrowed from the View, or from `owner`.
  /// Of a dictionary that was made for the rows, and may still be added to.
  std::shared_ptr<const std::vector<graph::Value>> owner;
  graph::Value constant;
  std::size_t constant_rows = 0;

  std::size_t size() const;
  bool IsValid(std::size_t row) const { return valid.empty() || valid[row] != 0; }
  bool IsNull(std::size_t row) const;
  void TakeDictionaryOf(const ValueColumn& other) {
    dictionary = other.dictionary;
    owner = other.owner;
  }
  /// The value in a row; nodes and relationships take their ids from `view`.
  graph::Value At(std::size_t row, const graph::View& view) const;
};

/// Whether a dictionary has one code for all values that are equivalent to this one: only strings
/// and booleans are sure to stand there once.
inline bool StandsOnce(const graph::Value& value) { return value.is_string() || value.is_bool(); }

/// Shared by the batches that hold it.
using ColumnPtr = std::shared_ptr<const ValueColumn>;
using MutableColumnPtr = std::shared_ptr<ValueColumn>;

MutableColumnPtr NewColumn(ColumnKind kind);
/// Of nodes or relationships, by number.
MutableColumnPtr NewNumbers(ColumnKind kind, std::vector<std::uint32_t> numbers);
ColumnPtr NewValues(std::vector<graph::Value> values);
ColumnPtr NewTruth(std::vector<Truth> truth);
ColumnPtr NewConstant(graph::Value value, std::size_t rows);
/// Takes the contents of `vector` over, `rows` long.
ColumnPtr NewFromProperties(graph::PropertyVector& vector);

/// The given rows, in the given order, each as often as it is named.
ColumnPtr Gather(const ColumnPtr& column, std::span<const std::uint32_t> rows);
/// The rows of `parts` one after the other.
ColumnPtr Concatenate(std::span<const ColumnPtr> parts, const graph::View& view);

/// Rows by slot number. A slot that no row holds is nullptr.
struct Batch {
  std::vector<ColumnPtr> columns;
  std::size_t rows = 0;

  const ColumnPtr& at(Slot slot) const { return columns[slot.value]; }
  bool Has(Slot slot) const {
    return slot.value < columns.size() && columns[slot.value] != nullptr;
  }
  void Set(Slot slot, ColumnPtr column) {
    if (slot.value >= columns.size()) columns.resize(slot.value + 1);
    columns[slot.value] = std::move(column);
  }
  void Clear() {
    columns.clear();
    rows = 0;
  }
};

/// Rows of `in` as Gather has it, only the slots in `keep` that `in` holds.
void GatherBatch(const Batch& in, std::span<const std::uint32_t> rows, std::span<const Slot> keep,
                 Batch& out);
/// The rows of `parts` one after the other, the slots in `keep`.
Batch Concatenate(std::span<const Batch> parts, std::span<const Slot> keep,
                  const graph::View& view);
/// A rough number of bytes that the batch holds.
std::size_t BytesOf(const Batch& batch);

}  // namespace verbale::query
