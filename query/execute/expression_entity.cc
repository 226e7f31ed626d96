// Properties, labels and types: what expressions ask of nodes and relationships.

#include "query/execute/expression_kinds.h"
#include "query/execute/kernels.h"
#include "query/execute/names.h"
#include "query/functions/operators.h"

namespace verbale::query {
namespace {

using graph::Value;

[[noreturn]] void FailDeleted(std::string_view what) {
  throw RuntimeError(ErrorCode::kNotFound, "the " + std::string(what) + " was deleted",
                     "EntityNotFound", "DeletedEntityAccess");
}

class PropertyExpression : public Expression {
 public:
  /// `subject`: the slot that it is a property of, where it is one.
  PropertyExpression(std::vector<ExpressionPtr> args, std::string key, std::optional<Slot> subject)
      : Expression(std::move(args)), key_(std::move(key)), subject_(subject) {}

  void Open(ExecContext& ctx) override {
    Expression::Open(ctx);
    key_.Forget();
  }

  ColumnPtr Evaluate(const Batch& batch) override {
    const ColumnPtr subject = args_[0]->Evaluate(batch);
    if (subject->kind == ColumnKind::kNodes) {
      return OfNumbers(AsNodes(std::span(subject->numbers)), graph::kNoNode, "node");
    }
    if (subject->kind == ColumnKind::kRels) {
      return OfNumbers(AsRels(std::span(subject->numbers)), graph::kNoRel, "relationship");
    }
    std::vector<Value> values(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      values[row] = ops::Property(subject->At(row, view()), key_.name(), ctx().functions());
    }
    return NewValues(std::move(values));
  }

  std::optional<graph::PackedProperty> Packed(const Batch& batch) override {
    if (!subject_ || !batch.Has(*subject_) || batch.rows == 0 || ctx().has_deleted()) {
      return std::nullopt;
    }
    const ValueColumn& subject = *batch.at(*subject_);
    const bool are_nodes = subject.kind == ColumnKind::kNodes;
    if (!are_nodes && subject.kind != ColumnKind::kRels) return std::nullopt;
    if (!AreConsecutive(subject.numbers)) return std::nullopt;
    const std::optional<graph::KeyId> key = key_.Find(view());
    if (!key) return std::nullopt;
    const std::uint32_t first = subject.numbers.front();
    const auto count = static_cast<std::uint32_t>(batch.rows);
    return are_nodes ? view().Packed(graph::NodeNo{first}, count, *key)
                     : view().Packed(graph::RelNo{first}, count, *key);
  }

 private:
  template <typename Number>
  ColumnPtr OfNumbers(std::span<const Number> numbers, Number none, std::string_view what) {
    if (ctx().has_deleted()) CheckNoneDeleted(numbers, none, what);
    const std::optional<graph::KeyId> key = key_.Find(view());
    if (!key) return NewConstant({}, numbers.size());
    view().Properties(numbers, *key, vector_);
    return NewFromProperties(vector_);
  }

  template <typename Number>
  void CheckNoneDeleted(std::span<const Number> numbers, Number none, std::string_view what) const {
    for (const Number number : numbers) {
      if (number != none && !view().Exists(number)) FailDeleted(what);
    }
  }

  KeyName key_;
  std::optional<Slot> subject_;
  graph::PropertyVector vector_;
};

class HasLabelsExpression : public Expression {
 public:
  HasLabelsExpression(std::vector<ExpressionPtr> args, LabelExpr labels)
      : Expression(std::move(args)), condition_(std::move(labels)) {}

  void Open(ExecContext& ctx) override {
    Expression::Open(ctx);
    condition_.Forget();
  }

  ColumnPtr Evaluate(const Batch& batch) override {
    const ColumnPtr subject = args_[0]->Evaluate(batch);
    std::vector<Truth> truth(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) truth[row] = Test(*subject, row);
    return NewTruth(std::move(truth));
  }

 private:
  Truth Test(const ValueColumn& subject, std::size_t row) {
    if (subject.IsNull(row)) return Truth::kNull;
    if (subject.kind == ColumnKind::kNodes) return TestNode(graph::NodeNo{subject.numbers[row]});
    const Value value = subject.At(row, view());
    if (value.is_node()) return TestNode(value.as_node().no);
    if (value.is_rel()) {
      return ToTruth(condition_.HoldsFor(view(), view().Ends(value.as_rel().no).type));
    }
    throw RuntimeError(ErrorCode::kInvalidArgument,
                       "labels of a " + std::string(graph::TypeName(value.type())) +
                           " were asked for; only nodes and relationships have them",
                       "TypeError", "InvalidArgumentType");
  }

  Truth TestNode(graph::NodeNo node) {
    if (ctx().has_deleted() && !view().Exists(node)) FailDeleted("node");
    return ToTruth(condition_.HoldsFor(view(), node));
  }

  static Truth ToTruth(bool value) { return value ? Truth::kTrue : Truth::kFalse; }

  LabelCondition condition_;
};

/// type(rel): the names lie as a dictionary, of which the number of the type is the code.
class RelTypeExpression : public Expression {
 public:
  RelTypeExpression(ExpressionPtr call, ExpressionPtr rel) {
    args_.push_back(std::move(call));
    args_.push_back(std::move(rel));
  }

  void Open(ExecContext& ctx) override {
    Expression::Open(ctx);
    auto names = std::make_shared<std::vector<Value>>();
    for (const std::string_view name : graph::TypeNames(view().catalog())) {
      names->emplace_back(name);
    }
    names_ = std::move(names);
  }

  ColumnPtr Evaluate(const Batch& batch) override {
    const ColumnPtr rels = args_[1]->Evaluate(batch);
    // What writes may make types.
    if (rels->kind != ColumnKind::kRels || ctx().writes()) return args_[0]->Evaluate(batch);
    MutableColumnPtr types = NewColumn(ColumnKind::kDictionary);
    types->dictionary = *names_;
    types->owner = names_;
    types->numbers.resize(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      if (rels->IsNull(row)) {
        types->valid.resize(batch.rows, 1);
        types->valid[row] = 0;
      } else {
        types->numbers[row] = view().Ends(graph::RelNo{rels->numbers[row]}).type.value;
      }
    }
    return types;
  }

 private:
  std::shared_ptr<const std::vector<Value>> names_;
};

}  // namespace

ExpressionPtr MakeRelType(ExpressionPtr call, ExpressionPtr rel) {
  return std::make_unique<RelTypeExpression>(std::move(call), std::move(rel));
}

ExpressionPtr MakeProperty(const BoundExpr& expr, const LogicalPlan& plan) {
  const BoundExpr& subject = *expr.args.front();
  const auto slot =
      subject.kind == BoundKind::kSlot ? std::optional(subject.slot) : std::optional<Slot>();
  return std::make_unique<PropertyExpression>(CompileAll(expr.args, plan), expr.name, slot);
}

ExpressionPtr MakeHasLabels(const BoundExpr& expr, const LogicalPlan& plan) {
  return std::make_unique<HasLabelsExpression>(CompileAll(expr.args, plan), expr.labels);
}

}  // namespace verbale::query
