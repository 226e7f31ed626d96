#pragma once

// The base of all operators: each gives batches of rows when it is pulled.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "query/execute/column.h"
#include "query/execute/context.h"
#include "query/execute/expression.h"

namespace verbale::query {

class Operator;
struct OuterRows;
using OperatorPtr = std::unique_ptr<Operator>;

/// One operator with its inputs. Used by one thread; can be run many times, one after the other.
class Operator {
 public:
  virtual ~Operator() = default;
  Operator(const Operator&) = delete;
  Operator& operator=(const Operator&) = delete;

  /// Before the first row of an execution. Resolves names against the catalog and opens inputs and
  /// expressions.
  void Open(ExecContext& ctx);
  /// Starts over from the first row, with what outer operators hold now.
  void Reset();
  /// The next rows, at least one, in `out`; false at the end. `out` is the caller's until the next
  /// call.
  bool Next(Batch& out);

  // For PROFILE.
  std::uint64_t rows_given() const { return rows_given_; }
  /// With the inputs.
  std::uint64_t nanoseconds() const { return nanoseconds_; }

 protected:
  Operator() = default;

  virtual void DoOpen() {}
  virtual void DoReset() {}
  virtual bool DoNext(Batch& out) = 0;

  ExecContext& ctx() const { return *ctx_; }
  const graph::View& view() const { return ctx_->view(); }
  Operator& input() const { return *inputs_.front(); }
  Operator& inner() const { return *inputs_[1]; }
  /// An expression of this operator: opened with it.
  Expression* Own(ExpressionPtr expr);

  std::vector<OperatorPtr> inputs_;
  std::vector<Slot> keep_;  ///< Slots that rows of this operator must have; others are dropped.

 private:
  friend struct OperatorParts;

  bool NextRows(Batch& out);
  void AddOuter(Batch& out) const;

  ExecContext* ctx_ = nullptr;
  std::vector<ExpressionPtr> expressions_;
  std::vector<Slot> outer_slots_;  ///< Of the outer row, which none of its own rows has.
  const OuterRows* outer_ = nullptr;
  std::uint64_t rows_given_ = 0;
  std::uint64_t nanoseconds_ = 0;
};

/// How the builder completes an operator.
struct OperatorParts {
  static void Set(Operator& op, std::vector<OperatorPtr> inputs, std::vector<Slot> keep) {
    op.inputs_ = std::move(inputs);
    op.keep_ = std::move(keep);
  }
  /// Slots that are asked of `op`, which drops what its input has, and that are the same in all
  /// rows of a run: those of the outer row. `outer` must outlive it.
  static void SetOuter(Operator& op, std::vector<Slot> slots, const OuterRows* outer) {
    op.outer_slots_ = std::move(slots);
    op.outer_ = outer;
  }
  static std::span<const OperatorPtr> Inputs(const Operator& op) { return op.inputs_; }
};

/// Rows that an outer operator gives to the leaves of its inner plan. Borrowed by the leaves.
struct OuterRows {
  const Batch* rows = nullptr;  ///< nullptr: one empty row. Borrowed until the next run.
};
using OuterRowsPtr = std::unique_ptr<OuterRows>;

/// The numbers that the one scan of a plan gives: [begin, end). Borrowed by the scan.
struct ScanPart {
  std::uint32_t begin = 0;
  std::uint32_t end = 0xFFFFFFFF;
  bool is_of_rels = false;  ///< Numbers of relationships, not of nodes.
};
using ScanPartPtr = std::unique_ptr<ScanPart>;

/// Reads an input row by row: most operators that make several rows of one.
class RowReader {
 public:
  void Reset() {
    batch_.Clear();
    row_ = 0;
  }
  /// Makes sure that there is a row; false at the end of the input.
  bool Ensure(Operator& input) {
    while (row_ >= batch_.rows) {
      row_ = 0;
      if (!input.Next(batch_)) {
        batch_.Clear();
        return false;
      }
    }
    return true;
  }
  const Batch& batch() const { return batch_; }
  std::uint32_t row() const { return static_cast<std::uint32_t>(row_); }
  void Advance() { ++row_; }

 private:
  Batch batch_;
  std::size_t row_ = 0;
};

/// All rows of an input, in batches as they come. Their memory is charged to `ctx`.
std::vector<Batch> PullAll(Operator& input, ExecContext& ctx);
/// Of a column of another kind, for NodeAt.
graph::NodeNo NodeOfValue(const ValueColumn& column, std::size_t row);
/// The number of a node or relationship in a row, whatever kind of column it is in; kNoNode for
/// null. Error TypeError for any other value.
inline graph::NodeNo NodeAt(const ValueColumn& column, std::size_t row) {
  if (column.kind == ColumnKind::kNodes) [[likely]]
    return graph::NodeNo{column.numbers[row]};
  return NodeOfValue(column, row);
}
graph::RelNo RelAt(const ValueColumn& column, std::size_t row);

}  // namespace verbale::query
