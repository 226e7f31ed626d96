// AND, OR, NOT, IS NULL and CASE. A later operand is evaluated only for the rows that it can still
// decide, so that an error behind a false condition does not happen. Where none of the operands can
// fail, all rows are taken, side by side.

#include <algorithm>
#include <numeric>

#include "query/execute/expression_kinds.h"
#include "query/execute/kernels.h"

namespace verbale::query {
namespace {

using graph::Value;

/// Rows of the batch that an expression reads, by number.
Batch Narrow(const Expression& expr, const Batch& batch, std::span<const std::uint32_t> rows) {
  Batch narrow;
  GatherBatch(batch, rows, expr.reads(), narrow);
  return narrow;
}

/// AND where `decisive` is false, OR where it is true.
class JunctionExpression : public Expression {
 public:
  /// `can_fail`: some operand.
  JunctionExpression(std::vector<ExpressionPtr> args, Truth decisive, bool can_fail)
      : Expression(std::move(args)), decisive_(decisive), can_fail_(can_fail) {}

  ColumnPtr Evaluate(const Batch& batch) override {
    std::vector<Truth> truth = EvaluateTruth(*args_.front(), batch, view());
    if (!can_fail_) {
      for (std::size_t i = 1; i < args_.size(); ++i) {
        JoinAll(truth, EvaluateTruth(*args_[i], batch, view()));
      }
      return NewTruth(std::move(truth));
    }
    std::vector<std::uint32_t> open;
    for (std::size_t i = 1; i < args_.size(); ++i) {
      open.clear();
      for (std::size_t row = 0; row < batch.rows; ++row) {
        if (truth[row] != decisive_) open.push_back(static_cast<std::uint32_t>(row));
      }
      if (open.empty()) break;
      if (open.size() == batch.rows) {
        Join(truth, open, EvaluateTruth(*args_[i], batch, view()));
      } else {
        Join(truth, open, EvaluateTruth(*args_[i], Narrow(*args_[i], batch, open), view()));
      }
    }
    return NewTruth(std::move(truth));
  }

 private:
  void JoinAll(std::vector<Truth>& truth, const std::vector<Truth>& next) const {
    if (decisive_ == Truth::kFalse) {
      JoinByAnd(truth, next);
    } else {
      JoinByOr(truth, next);
    }
  }

  void Join(std::vector<Truth>& truth, std::span<const std::uint32_t> open,
            const std::vector<Truth>& next) const {
    for (std::size_t i = 0; i < open.size(); ++i) {
      Truth& row = truth[open[i]];
      if (next[i] == decisive_) {
        row = decisive_;
      } else if (next[i] == Truth::kNull) {
        row = Truth::kNull;
      }
    }
  }

  Truth decisive_;
  bool can_fail_;
};

class NotExpression : public Expression {
 public:
  explicit NotExpression(std::vector<ExpressionPtr> args) : Expression(std::move(args)) {}

  ColumnPtr Evaluate(const Batch& batch) override {
    std::vector<Truth> truth = EvaluateTruth(*args_.front(), batch, view());
    Negate(truth);
    return NewTruth(std::move(truth));
  }
};

class IsNullExpression : public Expression {
 public:
  IsNullExpression(std::vector<ExpressionPtr> args, bool negated)
      : Expression(std::move(args)), negated_(negated) {}

  ColumnPtr Evaluate(const Batch& batch) override {
    const ColumnPtr column = args_.front()->Evaluate(batch);
    std::vector<Truth> truth(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      truth[row] = column->IsNull(row) != negated_ ? Truth::kTrue : Truth::kFalse;
    }
    return NewTruth(std::move(truth));
  }

 private:
  bool negated_;
};

/// args: subject or nullptr, then condition and value by turns, last ELSE or nullptr.
class CaseExpression : public Expression {
 public:
  explicit CaseExpression(std::vector<ExpressionPtr> args) : Expression(std::move(args)) {}

  ColumnPtr Evaluate(const Batch& batch) override {
    const ColumnPtr subject = args_.front() ? args_.front()->Evaluate(batch) : nullptr;
    std::vector<Value> values(batch.rows);
    std::vector<std::uint32_t> open(batch.rows);
    std::iota(open.begin(), open.end(), 0u);
    for (std::size_t i = 1; i + 1 < args_.size() && !open.empty(); i += 2) {
      const Batch narrow = Narrow(*args_[i], batch, open);
      const std::vector<Truth> hits = Hits(*args_[i], narrow, subject, open);
      std::vector<std::uint32_t> taken;
      std::vector<std::uint32_t> left;
      for (std::size_t k = 0; k < open.size(); ++k) {
        (hits[k] == Truth::kTrue ? taken : left).push_back(open[k]);
      }
      Fill(*args_[i + 1], batch, taken, values);
      open = std::move(left);
    }
    if (args_.back()) Fill(*args_.back(), batch, open, values);
    return NewValues(std::move(values));
  }

 private:
  std::vector<Truth> Hits(Expression& condition, const Batch& narrow, const ColumnPtr& subject,
                          std::span<const std::uint32_t> rows) {
    if (!subject) return EvaluateTruth(condition, narrow, view());
    const ColumnPtr candidate = condition.Evaluate(narrow);
    std::vector<Truth> hits(rows.size());
    for (std::size_t k = 0; k < rows.size(); ++k) {
      const auto equal = graph::Equals(subject->At(rows[k], view()), candidate->At(k, view()));
      hits[k] = equal.value_or(false) ? Truth::kTrue : Truth::kFalse;
    }
    return hits;
  }

  void Fill(Expression& expr, const Batch& batch, std::span<const std::uint32_t> rows,
            std::vector<Value>& values) {
    if (rows.empty()) return;
    const ColumnPtr column = expr.Evaluate(Narrow(expr, batch, rows));
    for (std::size_t k = 0; k < rows.size(); ++k) values[rows[k]] = column->At(k, view());
  }
};

/// Arguments are asked only in the rows where those before are null.
class CoalesceExpression : public Expression {
 public:
  explicit CoalesceExpression(std::vector<ExpressionPtr> args) : Expression(std::move(args)) {}

  ColumnPtr Evaluate(const Batch& batch) override {
    const ColumnPtr first = args_.front()->Evaluate(batch);
    std::vector<std::uint32_t> open;
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      if (first->IsNull(row)) open.push_back(row);
    }
    if (open.empty()) return first;
    std::vector<Value> values(batch.rows);
    for (std::uint32_t row = 0; row < batch.rows; ++row) values[row] = first->At(row, view());
    for (std::size_t i = 1; i < args_.size() && !open.empty(); ++i) {
      const ColumnPtr column = args_[i]->Evaluate(Narrow(*args_[i], batch, open));
      for (std::size_t k = 0; k < open.size(); ++k) values[open[k]] = column->At(k, view());
      std::erase_if(open, [&](std::uint32_t row) { return !values[row].is_null(); });
    }
    return NewValues(std::move(values));
  }
};

}  // namespace

ExpressionPtr MakeAnd(const BoundExpr& expr, const LogicalPlan& plan) {
  const bool can_fail = plan.writes || !CannotFail(expr, plan);
  return std::make_unique<JunctionExpression>(CompileAll(expr.args, plan), Truth::kFalse, can_fail);
}

ExpressionPtr MakeOr(const BoundExpr& expr, const LogicalPlan& plan) {
  const bool can_fail = plan.writes || !CannotFail(expr, plan);
  return std::make_unique<JunctionExpression>(CompileAll(expr.args, plan), Truth::kTrue, can_fail);
}

ExpressionPtr MakeNot(const BoundExpr& expr, const LogicalPlan& plan) {
  return std::make_unique<NotExpression>(CompileAll(expr.args, plan));
}

ExpressionPtr MakeIsNull(const BoundExpr& expr, const LogicalPlan& plan) {
  return std::make_unique<IsNullExpression>(CompileAll(expr.args, plan),
                                            expr.kind == BoundKind::kIsNotNull);
}

ExpressionPtr MakeCoalesce(const BoundExpr& expr, const LogicalPlan& plan) {
  return std::make_unique<CoalesceExpression>(CompileAll(expr.args, plan));
}

ExpressionPtr MakeCase(const BoundExpr& expr, const LogicalPlan& plan) {
  return std::make_unique<CaseExpression>(CompileAll(expr.args, plan));
}

}  // namespace verbale::query
