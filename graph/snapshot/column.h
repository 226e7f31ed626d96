#pragma once

// One property of consecutively numbered nodes or relationships as flat arrays.
//
// A column is dense (a slot a row, with a bitmap of the rows that have a value where not all do)
// or, where less than an eighth of the rows have a value, sparse (the rows that do, ascending, and
// a slot for each). Slots are integers, doubles, or codes into a dictionary of whatever values
// there are. All columns of a key share one dictionary, so codes of different columns can stand
// together.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/snapshot/dictionary.h"
#include "graph/snapshot/flat_array.h"
#include "graph/snapshot/gathered.h"
#include "graph/snapshot/packed_ints.h"
#include "graph/value.h"
#include "graph/view.h"

namespace verbale::graph::snapshot {

/// Of one key. Immutable once built; any number of threads.
struct Column {
  KeyId key;
  PropertyVector::Kind kind = PropertyVector::Kind::kDictionary;  ///< Never kValues.
  FlatArray<std::uint64_t> presence;  ///< Dense: a bit a row; empty where all rows have a value.
  FlatArray<std::uint32_t> rows;      ///< Sparse: ascending; empty in a dense column.
  PackedInts ints;
  FlatArray<double> doubles;
  FlatArray<std::uint32_t> codes;
  std::shared_ptr<const Dictionary> dictionary;  ///< Shared with the other columns of the key.

  /// Where the value of `row` lies in the array of this kind; nullopt where it has none.
  std::optional<std::size_t> Slot(std::uint32_t row) const;
  Value AtSlot(std::size_t slot) const;
  /// Before the arrays are read past Slot and AtSlot.
  void Touch() const;
  /// Likewise, where only slots [at, at + count) are read.
  void TouchSlots(std::size_t at, std::size_t count) const;
};

/// Columns of one range of rows, ascending by key.
using Columns = std::vector<Column>;

const Column* FindColumn(const Columns& columns, KeyId key);

/// Different values of one key and their codes, in order of first appearance. Only equal scalars of
/// one type share a code: values that are merely equivalent (1 and 1.0, lists of them) must stay
/// what they are.
class DictionaryBuilder {
 public:
  std::uint32_t Code(const Value& value);
  std::vector<Value> Take() && { return std::move(values_); }

 private:
  struct ScalarHash {
    std::size_t operator()(const Value& v) const;
  };
  struct ScalarEqual {
    bool operator()(const Value& a, const Value& b) const;
  };

  std::vector<Value> values_;
  std::unordered_map<Value, std::uint32_t, ScalarHash, ScalarEqual> codes_;
};

/// The values of one key at rows of one range.
struct ColumnInput {
  std::span<const std::uint32_t> rows;  ///< Ascending, each once, from 0; empty: all.
  std::span<const std::uint32_t> at;    ///< Of each of them: where in `values` its value is.
  const GatheredValues& values;         ///< Borrowed for the call.
  std::uint32_t row_count = 0;          ///< All rows are below.
};

/// The column without its `dictionary`, which is complete only after the last column of the key.
Column BuildColumn(KeyId key, const ColumnInput& input, DictionaryBuilder& dictionary);

}  // namespace verbale::graph::snapshot
