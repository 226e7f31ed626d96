#include "query/execute/expression.h"

#include <algorithm>

#include "query/execute/expression_kinds.h"
#include "query/execute/kernels.h"

namespace verbale::query {
namespace {

using graph::Value;

class ConstantExpression : public Expression {
 public:
  explicit ConstantExpression(Value value) : value_(std::move(value)) {}
  ColumnPtr Evaluate(const Batch& batch) override { return NewConstant(value_, batch.rows); }

 private:
  Value value_;
};

class ParameterExpression : public Expression {
 public:
  explicit ParameterExpression(std::string name) : name_(std::move(name)) {}
  void Open(ExecContext& ctx) override {
    Expression::Open(ctx);
    value_ = ctx.Parameter(name_);
  }
  ColumnPtr Evaluate(const Batch& batch) override { return NewConstant(value_, batch.rows); }

 private:
  std::string name_;
  Value value_;
};

class SlotExpression : public Expression {
 public:
  explicit SlotExpression(Slot slot) : slot_(slot) {}
  ColumnPtr Evaluate(const Batch& batch) override {
    if (!batch.Has(slot_)) {
      throw Error(ErrorCode::kInternal, "a row lacks slot " + std::to_string(slot_.value));
    }
    return batch.at(slot_);
  }

 private:
  Slot slot_;
};

/// Tells where in the text of the statement an evaluation failed.
class PlacedExpression : public Expression {
 public:
  PlacedExpression(ExpressionPtr expr, ByteSpan span) : span_(span) {
    args_.push_back(std::move(expr));
  }

  ColumnPtr Evaluate(const Batch& batch) override {
    return AtPlace(span_, [&] { return args_.front()->Evaluate(batch); });
  }
  std::optional<graph::PackedProperty> Packed(const Batch& batch) override {
    return args_.front()->Packed(batch);
  }

 private:
  ByteSpan span_;
};

/// What depends on no row: evaluated once an execution, when the first row asks.
class FixedExpression : public Expression {
 public:
  explicit FixedExpression(ExpressionPtr expr) { args_.push_back(std::move(expr)); }

  void Open(ExecContext& ctx) override {
    Expression::Open(ctx);
    value_.reset();
  }

  ColumnPtr Evaluate(const Batch& batch) override {
    if (batch.rows == 0) return NewValues({});
    if (!value_) value_ = EvaluateConstant(*args_[0], view());
    return NewConstant(*value_, batch.rows);
  }

 private:
  std::optional<Value> value_;
};

/// Whether nothing in it can give another value in another row, slots apart.
bool IsSteady(const BoundExpr& expr) {
  if (expr.kind == BoundKind::kSubquery) return false;
  if (expr.kind == BoundKind::kCall &&
      (!expr.function->deterministic || expr.function->reads_graph)) {
    return false;
  }
  return std::all_of(expr.args.begin(), expr.args.end(),
                     [](const BoundExprPtr& arg) { return !arg || IsSteady(*arg); });
}

bool IsFixed(const BoundExpr& expr, const std::vector<Slot>& reads) {
  const bool is_leaf = expr.kind == BoundKind::kConstant || expr.kind == BoundKind::kParameter ||
                       expr.kind == BoundKind::kSlot;
  return !is_leaf && reads.empty() && IsSteady(expr);
}

/// Kinds whose evaluation can fail by itself.
bool CanFail(BoundKind kind) {
  return kind == BoundKind::kProperty || kind == BoundKind::kCall || kind == BoundKind::kNegate ||
         kind == BoundKind::kIdentity || kind == BoundKind::kBinary || kind == BoundKind::kIndex ||
         kind == BoundKind::kSlice;
}

ExpressionPtr CompileKind(const BoundExpr& expr, const LogicalPlan& plan) {  // one switch
  switch (expr.kind) {
    case BoundKind::kConstant:
      return std::make_unique<ConstantExpression>(expr.value);
    case BoundKind::kParameter:
      return std::make_unique<ParameterExpression>(expr.name);
    case BoundKind::kSlot:
      return std::make_unique<SlotExpression>(expr.slot);
    case BoundKind::kProperty:
      return MakeProperty(expr, plan);
    case BoundKind::kCall:
      return MakeCall(expr, plan);
    case BoundKind::kAnd:
      return MakeAnd(expr, plan);
    case BoundKind::kOr:
      return MakeOr(expr, plan);
    case BoundKind::kNot:
      return MakeNot(expr, plan);
    case BoundKind::kNegate:
    case BoundKind::kIdentity:
      return MakeSign(expr, plan);
    case BoundKind::kIsNull:
    case BoundKind::kIsNotNull:
      return MakeIsNull(expr, plan);
    case BoundKind::kCompare:
      return MakeCompare(expr, plan);
    case BoundKind::kBinary:
      return MakeBinary(expr, plan);
    case BoundKind::kIndex:
      return MakeIndex(expr, plan);
    case BoundKind::kSlice:
      return MakeSlice(expr, plan);
    case BoundKind::kTypeCheck:
      return MakeTypeCheck(expr, plan);
    case BoundKind::kList:
      return MakeList(expr, plan);
    case BoundKind::kMap:
      return MakeMap(expr, plan);
    case BoundKind::kMapProject:
      return MakeMapProject(expr, plan);
    case BoundKind::kListComprehension:
      return MakeListComprehension(expr, plan);
    case BoundKind::kQuantifier:
      return MakeQuantifier(expr, plan);
    case BoundKind::kReduce:
      return MakeReduce(expr, plan);
    case BoundKind::kCase:
      return MakeCase(expr, plan);
    case BoundKind::kHasLabels:
      return MakeHasLabels(expr, plan);
    case BoundKind::kSubquery:
      return MakeSubquery(expr, plan);
  }
  throw Error(ErrorCode::kInternal, "an expression of unknown kind");
}

Truth TruthOf(const Value& value) {
  if (value.is_null()) return Truth::kNull;
  if (value.is_bool()) return value.as_bool() ? Truth::kTrue : Truth::kFalse;
  throw RuntimeError(ErrorCode::kInvalidArgument,
                     "expected a boolean, got " + std::string(graph::TypeName(value.type())),
                     "TypeError", "InvalidArgumentType");
}

}  // namespace

void Expression::Open(ExecContext& ctx) {
  ctx_ = &ctx;
  for (const ExpressionPtr& arg : args_) {
    if (arg) arg->Open(ctx);
  }
}

ExpressionPtr Compile(const BoundExprPtr& expr, const LogicalPlan& plan) {
  if (!expr) return nullptr;
  ExpressionPtr compiled = CompileKind(*expr, plan);
  CollectReads(expr, plan, compiled->reads_);
  if (IsFixed(*expr, compiled->reads_)) {
    compiled = std::make_unique<FixedExpression>(std::move(compiled));
  }
  std::vector<Slot> reads = compiled->reads_;
  if (CanFail(expr->kind) && expr->span.size() > 0) {
    compiled = std::make_unique<PlacedExpression>(std::move(compiled), expr->span);
  }
  compiled = MakeByEntry(std::move(compiled), expr, plan);
  compiled->reads_ = std::move(reads);
  compiled->span_ = expr->span;
  return compiled;
}

std::vector<ExpressionPtr> CompileAll(std::span<const BoundExprPtr> exprs,
                                      const LogicalPlan& plan) {
  std::vector<ExpressionPtr> compiled;
  compiled.reserve(exprs.size());
  for (const BoundExprPtr& expr : exprs) compiled.push_back(Compile(expr, plan));
  return compiled;
}

std::vector<Truth> EvaluateTruth(Expression& expr, const Batch& batch, const graph::View& view) {
  const ColumnPtr column = expr.Evaluate(batch);
  if (column->kind == ColumnKind::kBools) {
    // Columns are made by NewColumn, which are not const, and nobody else has this one.
    if (column.use_count() == 1) return std::move(const_cast<ValueColumn&>(*column).truth);
    return column->truth;
  }
  return AtPlace(expr.span(), [&] {
    if (column->kind == ColumnKind::kConstant) {
      return std::vector<Truth>(batch.rows, TruthOf(column->constant));
    }
    std::vector<Truth> truth(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) truth[row] = TruthOf(column->At(row, view));
    return truth;
  });
}

void SelectTrue(Expression& predicate, const Batch& batch, const graph::View& view,
                std::vector<std::uint32_t>& rows) {
  const std::vector<Truth> truth = EvaluateTruth(predicate, batch, view);
  rows.resize(truth.size());
  rows.resize(SelectRows(truth, rows.data()));
}

Value EvaluateOne(Expression& expr, const Batch& batch, std::size_t row, const graph::View& view) {
  if (batch.rows == 1) return expr.Evaluate(batch)->At(0, view);
  const auto number = static_cast<std::uint32_t>(row);
  Batch one;
  GatherBatch(batch, std::span(&number, 1), expr.reads(), one);
  return expr.Evaluate(one)->At(0, view);
}

Value EvaluateConstant(Expression& expr, const graph::View& view) {
  Batch one;
  one.rows = 1;
  return expr.Evaluate(one)->At(0, view);
}

}  // namespace verbale::query
