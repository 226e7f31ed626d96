// OPTIONAL MATCH. A whole batch of outer rows, numbered, goes through the inner plan at once; its
// rows come back in the order of those numbers, and a number that is missing stands for a row for
// which nothing matched.

#include <numeric>

#include "query/execute/operators.h"

namespace verbale::query {
namespace {

class OptionalOperator : public Operator {
 public:
  OptionalOperator(const LogicalOptional& op, OuterRowsPtr outer)
      : op_(op), outer_rows_(std::move(outer)) {}

 protected:
  void DoReset() override {
    outer_.Clear();
    open_ = false;
  }

  bool DoNext(Batch& out) override {
    for (;;) {
      if (!open_) {
        if (!input().Next(outer_)) return false;
        BeginOuter();
      }
      Batch found;
      if (inner().Next(found)) {
        Complete(found, out);
        return true;
      }
      open_ = false;
      if (next_ == outer_.rows) continue;
      Nulls(next_, outer_.rows, out);
      return true;
    }
  }

 private:
  void BeginOuter() {
    MutableColumnPtr numbers = NewColumn(ColumnKind::kInts);
    numbers->ints.resize(outer_.rows);
    std::iota(numbers->ints.begin(), numbers->ints.end(), std::int64_t{0});
    outer_.Set(op_.row, std::move(numbers));
    outer_rows_->rows = &outer_;
    inner().Reset();
    next_ = 0;
    open_ = true;
  }

  /// Outer rows [from, to) with nulls for what was not matched.
  void Nulls(std::size_t from, std::size_t to, Batch& out) const {
    std::vector<std::uint32_t> rows(to - from);
    std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(from));
    GatherBatch(outer_, rows, keep_, out);
    for (const Slot slot : op_.slots) out.Set(slot, NewConstant({}, rows.size()));
  }

  /// `found` with the rows put in between for which nothing was found.
  void Complete(Batch& found, Batch& out) {
    const std::vector<std::int64_t>& numbers = found.at(op_.row)->ints;
    std::vector<std::uint32_t> missing;
    std::vector<std::uint32_t> order;  // Rows of `found`, then of `missing`.
    order.reserve(found.rows);
    for (std::size_t row = 0; row < found.rows; ++row) {
      const auto number = static_cast<std::size_t>(numbers[row]);
      for (; next_ < number; ++next_) {
        order.push_back(static_cast<std::uint32_t>(found.rows + missing.size()));
        missing.push_back(static_cast<std::uint32_t>(next_));
      }
      next_ = number + 1;
      order.push_back(static_cast<std::uint32_t>(row));
    }
    if (missing.empty()) {
      out = std::move(found);
      return;
    }
    Batch parts[2];
    GatherBatch(outer_, missing, keep_, parts[1]);
    for (const Slot slot : op_.slots) parts[1].Set(slot, NewConstant({}, missing.size()));
    parts[0] = std::move(found);
    GatherBatch(Concatenate(parts, keep_, view()), order, keep_, out);
  }

  LogicalOptional op_;
  OuterRowsPtr outer_rows_;
  Batch outer_;
  std::size_t next_ = 0;  ///< First outer row that was not given out yet.
  bool open_ = false;
};

}  // namespace

OperatorPtr MakeOptional(const LogicalOptional& op, OuterRowsPtr outer) {
  return std::make_unique<OptionalOperator>(op, std::move(outer));
}

}  // namespace verbale::query
