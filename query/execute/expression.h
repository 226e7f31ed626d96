#pragma once

// Expressions that run: made once for an operator, evaluated over a batch at a time.

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "query/execute/column.h"
#include "query/execute/context.h"
#include "query/plan/logical_plan.h"

namespace verbale::query {

class Expression;
using ExpressionPtr = std::unique_ptr<Expression>;

/// One node of an expression. One thread.
class Expression {
 public:
  virtual ~Expression() = default;

  /// Before the first Evaluate of an execution.
  virtual void Open(ExecContext& ctx);
  /// One value a row. An Error may have the offset and length of a position without its line:
  /// LocateError (context.h) finds that.
  virtual ColumnPtr Evaluate(const Batch& batch) = 0;
  /// The values of all rows as they lie in the graph; nullopt where they do not lie side by side
  /// there, and Evaluate is asked. Does not fail.
  virtual std::optional<graph::PackedProperty> Packed(const Batch&) { return std::nullopt; }

  /// Slots of the batch that are read, here and below.
  const std::vector<Slot>& reads() const { return reads_; }
  /// Where it stands in the text of the statement; empty where it does not.
  ByteSpan span() const { return span_; }

 protected:
  Expression() = default;
  explicit Expression(std::vector<ExpressionPtr> args) : args_(std::move(args)) {}

  ExecContext& ctx() const { return *ctx_; }
  const graph::View& view() const { return ctx_->view(); }

  std::vector<ExpressionPtr> args_;  ///< nullptr where a part is absent.

 private:
  friend ExpressionPtr Compile(const BoundExprPtr& expr, const LogicalPlan& plan);

  ExecContext* ctx_ = nullptr;
  std::vector<Slot> reads_;
  ByteSpan span_;
};

/// nullptr for nullptr.
ExpressionPtr Compile(const BoundExprPtr& expr, const LogicalPlan& plan);
std::vector<ExpressionPtr> CompileAll(std::span<const BoundExprPtr> exprs, const LogicalPlan& plan);

/// Three-valued truth of each row; Error TypeError where a value is neither boolean nor null.
std::vector<Truth> EvaluateTruth(Expression& expr, const Batch& batch, const graph::View& view);
/// The rows for which the predicate is true.
void SelectTrue(Expression& predicate, const Batch& batch, const graph::View& view,
                std::vector<std::uint32_t>& rows);
/// The value over one row.
graph::Value EvaluateOne(Expression& expr, const Batch& batch, std::size_t row,
                         const graph::View& view);
/// The value of an expression that reads no slots (SKIP, LIMIT).
graph::Value EvaluateConstant(Expression& expr, const graph::View& view);

}  // namespace verbale::query
