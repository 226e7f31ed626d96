// CALL { … }: the inner plan runs from its beginning for every outer row. Where the statement
// writes, the inner plan has run for all outer rows before the first row is given out, so that
// neither side sees half of the other's work.

#include "query/execute/operators.h"

namespace verbale::query {
namespace {

class ApplyOperator : public Operator {
 public:
  ApplyOperator(const LogicalApply& op, OuterRowsPtr outer, bool eager)
      : op_(op), outer_rows_(std::move(outer)), eager_(eager) {}

 protected:
  void DoReset() override {
    reader_.Reset();
    results_.clear();
    next_result_ = 0;
    ran_ = false;
    in_row_ = false;
  }

  bool DoNext(Batch& out) override {
    if (!eager_) return NextRows(out);
    if (!ran_) RunAll();
    ran_ = true;
    if (next_result_ == results_.size()) return false;
    out = std::move(results_[next_result_++]);
    return true;
  }

 private:
  void RunAll() {
    for (const Batch& outer : PullAll(input(), ctx())) {
      for (std::uint32_t row = 0; row < outer.rows; ++row) {
        BeginRow(outer, row);
        Batch out;
        while (RowsOfOne(out)) {
          ctx().Hold(BytesOf(out));
          results_.push_back(std::move(out));
          out = Batch();
        }
      }
    }
  }

  bool NextRows(Batch& out) {
    for (;;) {
      if (!in_row_) {
        if (!reader_.Ensure(input())) return false;
        BeginRow(reader_.batch(), reader_.row());
        reader_.Advance();
      }
      if (RowsOfOne(out)) return true;
    }
  }

  void BeginRow(const Batch& batch, std::uint32_t row) {
    std::vector<Slot> all;
    for (std::uint32_t i = 0; i < batch.columns.size(); ++i) all.push_back(Slot{i});
    GatherBatch(batch, std::span(&row, 1), all, row_);
    outer_rows_->rows = &row_;
    inner().Reset();
    in_row_ = true;
    any_ = false;
  }

  /// Further rows for the outer row; false at their end.
  bool RowsOfOne(Batch& out) {
    if (!in_row_) return false;
    Batch found;
    while (inner().Next(found)) {
      any_ = true;
      if (op_.unit) continue;
      Attach(found, out);
      return true;
    }
    in_row_ = false;
    if (!op_.unit && (!op_.optional || any_)) return false;
    const std::uint32_t first = 0;
    GatherBatch(row_, std::span(&first, 1), keep_, out);
    for (const Slot slot : op_.slots) out.Set(slot, NewConstant({}, 1));
    return true;
  }

  void Attach(const Batch& found, Batch& out) const {
    const std::vector<std::uint32_t> parents(found.rows, 0);
    GatherBatch(row_, parents, keep_, out);
    for (const Slot slot : op_.slots) {
      if (found.Has(slot)) out.Set(slot, found.at(slot));
    }
  }

  LogicalApply op_;
  OuterRowsPtr outer_rows_;
  bool eager_;
  RowReader reader_;
  std::vector<Batch> results_;
  std::size_t next_result_ = 0;
  bool ran_ = false;
  Batch row_;
  bool in_row_ = false;
  bool any_ = false;
};

}  // namespace

OperatorPtr MakeApply(const LogicalApply& op, const LogicalPlan& plan, OuterRowsPtr outer) {
  if (op.in_transactions) {
    throw Error(ErrorCode::kUnsupported, "CALL … IN TRANSACTIONS is not offered");
  }
  return std::make_unique<ApplyOperator>(op, std::move(outer), plan.writes);
}

}  // namespace verbale::query
