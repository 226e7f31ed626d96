// CALL { … }: the inner plan runs from its beginning for every outer row. Where the statement
// writes, the inner plan has run for all outer rows before the first row is given out, so that
// neither side sees half of the other's work.
//
// IN TRANSACTIONS commits each time when so many outer rows went through. The outer rows are held
// before the first, unless they come from nothing that could be written to.

#include "query/execute/operators.h"

namespace verbale::query {
namespace {

class ApplyOperator : public Operator {
 public:
  ApplyOperator(const LogicalApply& op, const LogicalPlan& plan, OuterRowsPtr outer)
      : op_(op),
        outer_rows_(std::move(outer)),
        eager_(plan.writes),
        batch_rows_(Own(Compile(op.batch_rows, plan))) {}

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
    rows_in_transaction_ = op_.in_transactions ? RowsPerTransaction() : 0;
    rows_run_ = 0;
    if (op_.in_transactions && op_.independent) {
      Batch outer;
      while (input().Next(outer)) RunRows(outer);
    } else {
      for (const Batch& outer : PullAll(input(), ctx())) RunRows(outer);
    }
    if (op_.in_transactions) ctx().CommitSoFar();
  }

  void RunRows(const Batch& outer) {
    for (std::uint32_t row = 0; row < outer.rows; ++row) {
      BeginRow(outer, row);
      Batch out;
      while (RowsOfOne(out)) {
        ctx().Hold(BytesOf(out));
        results_.push_back(std::move(out));
        out = Batch();
      }
      ++rows_run_;
      if (op_.in_transactions && rows_run_ % rows_in_transaction_ == 0) ctx().CommitSoFar();
    }
  }

  std::uint64_t RowsPerTransaction() {
    constexpr std::uint64_t kDefault = 1000;
    if (batch_rows_ == nullptr) return kDefault;
    const graph::Value rows = EvaluateConstant(*batch_rows_, view());
    if (rows.is_int() && rows.as_int() > 0) return static_cast<std::uint64_t>(rows.as_int());
    Error error =
        RuntimeError(ErrorCode::kInvalidArgument, "IN TRANSACTIONS takes a positive number of rows",
                     "ArgumentError", "NumberOutOfRange");
    PlaceError(error, batch_rows_->span());
    throw error;
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
  Expression* batch_rows_;  ///< nullptr: the default.
  std::uint64_t rows_in_transaction_ = 0;
  std::uint64_t rows_run_ = 0;
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
  return std::make_unique<ApplyOperator>(op, plan, std::move(outer));
}

}  // namespace verbale::query
