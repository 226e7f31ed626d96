// EXISTS, COUNT and COLLECT: the inner plan runs once for every row.

#include <numeric>

#include "query/execute/build.h"
#include "query/execute/expression_kinds.h"

namespace verbale::query {
namespace {

using graph::Value;

class SubqueryExpression : public Expression {
 public:
  SubqueryExpression(SubqueryKind kind, const Subplan& subplan, const LogicalPlan& plan)
      : kind_(kind), outer_(subplan.reads), output_(subplan.output), row_(subplan.row) {
    std::vector<Slot> needed;
    if (row_ != kNoSlot) needed.push_back(row_);
    if (kind == SubqueryKind::kCollect) needed.push_back(output_);
    built_ = Build(*subplan.root, plan, std::move(needed));
  }

  void Open(ExecContext& ctx) override {
    Expression::Open(ctx);
    built_.root->Open(ctx);
  }

  ColumnPtr Evaluate(const Batch& batch) override {
    if (row_ != kNoSlot) return EvaluateTogether(batch);
    std::vector<Value> values(batch.rows);
    std::vector<Truth> truth(kind_ == SubqueryKind::kExists ? batch.rows : 0);
    Batch outer;
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const auto number = static_cast<std::uint32_t>(row);
      GatherBatch(batch, std::span(&number, 1), outer_, outer);
      built_.outer->rows = &outer;
      built_.root->Reset();
      switch (kind_) {
        case SubqueryKind::kExists:
          truth[row] = built_.root->Next(result_) ? Truth::kTrue : Truth::kFalse;
          break;
        case SubqueryKind::kCount:
          values[row] = Count();
          break;
        case SubqueryKind::kCollect:
          values[row] = Collect();
          break;
      }
    }
    if (kind_ == SubqueryKind::kExists) return NewTruth(std::move(truth));
    return NewValues(std::move(values));
  }

 private:
  /// All rows go through the inner plan at once; their numbers come out as often as there are rows.
  ColumnPtr EvaluateTogether(const Batch& batch) {
    MutableColumnPtr counts = NewColumn(ColumnKind::kInts);
    counts->ints.assign(batch.rows, 0);
    MutableColumnPtr numbers = NewColumn(ColumnKind::kInts);
    numbers->ints.resize(batch.rows);
    std::iota(numbers->ints.begin(), numbers->ints.end(), std::int64_t{0});
    Batch outer = batch;
    outer.Set(row_, std::move(numbers));
    built_.outer->rows = &outer;
    built_.root->Reset();
    while (built_.root->Next(result_)) {
      for (const std::int64_t row : result_.at(row_)->ints) ++counts->ints[row];
    }
    if (kind_ == SubqueryKind::kCount) return counts;
    std::vector<Truth> truth(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      truth[row] = counts->ints[row] > 0 ? Truth::kTrue : Truth::kFalse;
    }
    return NewTruth(std::move(truth));
  }

  Value Count() {
    std::int64_t rows = 0;
    while (built_.root->Next(result_)) rows += static_cast<std::int64_t>(result_.rows);
    return Value(rows);
  }

  Value Collect() {
    graph::List list;
    while (built_.root->Next(result_)) {
      const ColumnPtr& column = result_.at(output_);
      for (std::size_t i = 0; i < result_.rows; ++i) list.push_back(column->At(i, view()));
    }
    return Value(std::move(list));
  }

  SubqueryKind kind_;
  std::vector<Slot> outer_;
  Slot output_;
  Slot row_;
  BuiltPlan built_;
  Batch result_;
};

}  // namespace

ExpressionPtr MakeSubquery(const BoundExpr& expr, const LogicalPlan& plan) {
  const auto found = plan.subplans.find(expr.subquery.get());
  if (found == plan.subplans.end()) {
    throw Error(ErrorCode::kInternal, "a subquery has no plan");
  }
  return std::make_unique<SubqueryExpression>(expr.subquery->kind, found->second, plan);
}

}  // namespace verbale::query
