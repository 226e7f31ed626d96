// Lists and maps: made, looked into, cut.

#include <algorithm>
#include <optional>

#include "query/execute/expression_kinds.h"
#include "query/functions/operators.h"

namespace verbale::query {
namespace {

using graph::Value;

std::vector<ColumnPtr> EvaluateAll(const std::vector<ExpressionPtr>& args, const Batch& batch) {
  std::vector<ColumnPtr> columns;
  columns.reserve(args.size());
  for (const ExpressionPtr& arg : args) columns.push_back(arg ? arg->Evaluate(batch) : nullptr);
  return columns;
}

class ListExpression : public Expression {
 public:
  /// `is_fixed`: all elements are constants or parameters.
  ListExpression(std::vector<ExpressionPtr> args, bool is_fixed)
      : Expression(std::move(args)), is_fixed_(is_fixed) {}

  void Open(ExecContext& ctx) override {
    Expression::Open(ctx);
    fixed_.reset();
  }

  ColumnPtr Evaluate(const Batch& batch) override {
    if (fixed_ && batch.rows > 0) return NewConstant(*fixed_, batch.rows);
    const std::vector<ColumnPtr> columns = EvaluateAll(args_, batch);
    const bool same_in_all = std::all_of(columns.begin(), columns.end(), [](const ColumnPtr& c) {
      return c->kind == ColumnKind::kConstant;
    });
    if (same_in_all && batch.rows > 0) {
      Value list = ListAt(columns, 0);
      if (is_fixed_) fixed_ = list;
      return NewConstant(std::move(list), batch.rows);
    }
    std::vector<Value> values(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) values[row] = ListAt(columns, row);
    return NewValues(std::move(values));
  }

 private:
  Value ListAt(const std::vector<ColumnPtr>& columns, std::size_t row) const {
    graph::List list;
    list.reserve(columns.size());
    for (const ColumnPtr& column : columns) list.push_back(column->At(row, view()));
    return Value(std::move(list));
  }

  bool is_fixed_;
  std::optional<Value> fixed_;  ///< Once it was asked for.
};

class MapExpression : public Expression {
 public:
  MapExpression(std::vector<ExpressionPtr> args, std::vector<std::string> names)
      : Expression(std::move(args)), names_(std::move(names)) {}

  ColumnPtr Evaluate(const Batch& batch) override {
    const std::vector<ColumnPtr> columns = EvaluateAll(args_, batch);
    std::vector<Value> values(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      graph::Map map;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        map.emplace_back(names_[i], columns[i]->At(row, view()));
      }
      values[row] = Value::OfMap(std::move(map));
    }
    return NewValues(std::move(values));
  }

 private:
  std::vector<std::string> names_;
};

/// args: the subject, then the values of `names`.
class MapProjectExpression : public Expression {
 public:
  MapProjectExpression(std::vector<ExpressionPtr> args, std::vector<std::string> names, bool all)
      : Expression(std::move(args)), names_(std::move(names)), all_(all) {}

  ColumnPtr Evaluate(const Batch& batch) override {
    const std::vector<ColumnPtr> columns = EvaluateAll(args_, batch);
    std::vector<Value> values(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const Value subject = columns.front()->At(row, view());
      if (subject.is_null()) continue;
      graph::Map map;
      if (all_) map = PropertiesOf(subject);
      for (std::size_t i = 0; i < names_.size(); ++i) {
        map.emplace_back(names_[i], columns[i + 1]->At(row, view()));
      }
      values[row] = Value::OfMap(std::move(map));
    }
    return NewValues(std::move(values));
  }

 private:
  graph::Map PropertiesOf(const Value& subject) const {
    if (subject.is_map()) return subject.as_map();
    graph::Map map;
    const auto add = [&](const std::vector<std::pair<graph::KeyId, Value>>& properties) {
      for (const auto& [key, value] : properties) {
        map.emplace_back(std::string(view().catalog().KeyName(key)), value);
      }
    };
    if (subject.is_node()) add(view().Properties(subject.as_node().no));
    if (subject.is_rel()) add(view().Properties(subject.as_rel().no));
    return map;
  }

  std::vector<std::string> names_;
  bool all_;
};

class IndexExpression : public Expression {
 public:
  explicit IndexExpression(std::vector<ExpressionPtr> args) : Expression(std::move(args)) {}

  ColumnPtr Evaluate(const Batch& batch) override {
    const std::vector<ColumnPtr> columns = EvaluateAll(args_, batch);
    std::vector<Value> values(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      values[row] =
          ops::Index(columns[0]->At(row, view()), columns[1]->At(row, view()), ctx().functions());
    }
    return NewValues(std::move(values));
  }
};

class SliceExpression : public Expression {
 public:
  explicit SliceExpression(std::vector<ExpressionPtr> args) : Expression(std::move(args)) {}

  ColumnPtr Evaluate(const Batch& batch) override {
    const std::vector<ColumnPtr> columns = EvaluateAll(args_, batch);
    std::vector<Value> values(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const Value list = columns[0]->At(row, view());
      const Value from = columns[1] ? columns[1]->At(row, view()) : Value();
      const Value to = columns[2] ? columns[2]->At(row, view()) : Value();
      values[row] = ops::Slice(list, columns[1] ? &from : nullptr, columns[2] ? &to : nullptr);
    }
    return NewValues(std::move(values));
  }
};

}  // namespace

ExpressionPtr MakeList(const BoundExpr& expr, const LogicalPlan& plan) {
  const bool is_fixed =
      std::all_of(expr.args.begin(), expr.args.end(), [](const BoundExprPtr& element) {
        return element->kind == BoundKind::kConstant || element->kind == BoundKind::kParameter;
      });
  return std::make_unique<ListExpression>(CompileAll(expr.args, plan), is_fixed);
}

ExpressionPtr MakeMap(const BoundExpr& expr, const LogicalPlan& plan) {
  return std::make_unique<MapExpression>(CompileAll(expr.args, plan), expr.names);
}

ExpressionPtr MakeMapProject(const BoundExpr& expr, const LogicalPlan& plan) {
  return std::make_unique<MapProjectExpression>(CompileAll(expr.args, plan), expr.names, expr.flag);
}

ExpressionPtr MakeIndex(const BoundExpr& expr, const LogicalPlan& plan) {
  return std::make_unique<IndexExpression>(CompileAll(expr.args, plan));
}

ExpressionPtr MakeSlice(const BoundExpr& expr, const LogicalPlan& plan) {
  return std::make_unique<SliceExpression>(CompileAll(expr.args, plan));
}

}  // namespace verbale::query
