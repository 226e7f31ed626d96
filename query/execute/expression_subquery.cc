// EXISTS, COUNT and COLLECT: the inner plan runs once for every row, or once for all of them. One
// step from a node needs no plan: the relationships of the node are counted.

#include <algorithm>
#include <numeric>
#include <optional>

#include "query/execute/build.h"
#include "query/execute/expression_kinds.h"
#include "query/execute/operator.h"
#include "query/execute/step_counter.h"
#include "query/execute/ways.h"

namespace verbale::query {
namespace {

using graph::Value;

/// What the subquery says of each row for which its inner plan has so many rows.
ColumnPtr AnswerOf(SubqueryKind kind, MutableColumnPtr counts) {
  if (kind == SubqueryKind::kCount) return counts;
  std::vector<Truth> truth(counts->ints.size());
  for (std::size_t row = 0; row < truth.size(); ++row) {
    truth[row] = counts->ints[row] > 0 ? Truth::kTrue : Truth::kFalse;
  }
  return NewTruth(std::move(truth));
}

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
    HeldValues held(ctx());
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
          held.Add(values[row]);
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
    return AnswerOf(kind_, std::move(counts));
  }

  Value Count() {
    std::int64_t rows = 0;
    while (built_.root->Next(result_)) rows += static_cast<std::int64_t>(result_.rows);
    return Value(rows);
  }

  Value Collect() {
    graph::List list;
    Holding holding(ctx());
    while (built_.root->Next(result_)) {
      holding.Add(result_.rows * sizeof(Value));
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

/// Whether there are relationships at the node of each row, or how many; where the step leads into
/// another node of the row, those between the two.
class StepExpression : public Expression {
 public:
  StepExpression(SubqueryKind kind, const LogicalExpand& step)
      : kind_(kind),
        from_(step.from),
        into_(step.into ? std::optional(step.to) : std::nullopt),
        ways_(step.arrow, step.types, step.to_label) {}

  void Open(ExecContext& ctx) override {
    Expression::Open(ctx);
    ways_.Open(ctx);
  }

  ColumnPtr Evaluate(const Batch& batch) override {
    ways_.Refresh();
    const ValueColumn& from = *batch.at(from_);
    MutableColumnPtr counts = NewColumn(ColumnKind::kInts);
    counts->ints.resize(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const graph::NodeNo node = NodeAt(from, row);
      if (node == graph::kNoNode) continue;
      counts->ints[row] = into_ ? CountInto(node, NodeAt(*batch.at(*into_), row)) : Count(node);
    }
    return AnswerOf(kind_, std::move(counts));
  }

 private:
  std::int64_t CountInto(graph::NodeNo from, graph::NodeNo to) {
    if (to == graph::kNoNode || (ways_.asks_label() && !ways_.HasLabel(to))) return 0;
    std::int64_t count = 0;
    for (const Way& way : ways_.all()) {
      if (way.Skips(from, to)) continue;
      const std::span<const graph::NodeNo> ends = ways_.Of(way, from).nodes;
      const auto [begin, end] = std::equal_range(ends.begin(), ends.end(), to);
      count += end - begin;
    }
    return count;
  }

  /// Where only asked whether there are any, the first one is enough.
  std::int64_t Count(graph::NodeNo node) {
    std::int64_t count = 0;
    for (const Way& way : ways_.all()) {
      if (!ways_.asks_label() && !way.skip_loops) {
        count += ways_.Degree(way, node);
        continue;
      }
      for (const graph::NodeNo end : ways_.Of(way, node).nodes) {
        if (way.skip_loops && end == node) continue;
        if (!ways_.asks_label() || ways_.HasLabel(end)) ++count;
        if (count > 0 && kind_ == SubqueryKind::kExists) return count;
      }
    }
    return count;
  }

  SubqueryKind kind_;
  Slot from_;
  std::optional<Slot> into_;
  Ways ways_;
};

/// The same where the end must fulfil conditions, which are asked of each end once.
class CheckedStepExpression : public Expression {
 public:
  CheckedStepExpression(SubqueryKind kind, const LogicalCountWalks& step, const LogicalPlan& plan)
      : kind_(kind),
        from_(step.from),
        counter_(step.hops.front(), [&](const BoundExprPtr& condition) {
          args_.push_back(Compile(condition, plan));
          return args_.back().get();
        }) {}

  void Open(ExecContext& ctx) override {
    Expression::Open(ctx);
    counter_.Open(ctx);
  }

  ColumnPtr Evaluate(const Batch& batch) override {
    const ValueColumn& from = *batch.at(from_);
    starts_.resize(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) starts_[row] = NodeAt(from, row);
    MutableColumnPtr counts = NewColumn(ColumnKind::kInts);
    counts->ints.resize(batch.rows);
    counter_.Refresh();
    if (kind_ == SubqueryKind::kExists) {
      counter_.FindAny(starts_, counts->ints);
    } else {
      counter_.Count(starts_, counts->ints);
    }
    return AnswerOf(kind_, std::move(counts));
  }

 private:
  SubqueryKind kind_;
  Slot from_;
  StepCounter counter_;
  std::vector<graph::NodeNo> starts_;
};

}  // namespace

ExpressionPtr MakeSubquery(const BoundExpr& expr, const LogicalPlan& plan) {
  const auto found = plan.subplans.find(expr.subquery.get());
  if (found == plan.subplans.end()) {
    throw Error(ErrorCode::kInternal, "a subquery has no plan");
  }
  if (found->second.is_step) {
    const LogicalOp& step = found->second.root->op;
    if (const auto* walks = std::get_if<LogicalCountWalks>(&step)) {
      return std::make_unique<CheckedStepExpression>(expr.subquery->kind, *walks, plan);
    }
    return std::make_unique<StepExpression>(expr.subquery->kind, std::get<LogicalExpand>(step));
  }
  return std::make_unique<SubqueryExpression>(expr.subquery->kind, found->second, plan);
}

}  // namespace verbale::query
