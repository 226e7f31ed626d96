// Expressions: the way from a node to its function, variables, and operators.

#include <fmt/format.h>

#include "query/bind/internal/binder.h"
#include "query/parse/print.h"

namespace verbale::query {
namespace {

using graph::ValueType;

constexpr TypeSet kPropertyHolder = kEntityType | TypeSet(ValueType::kMap) | TypeSet::Temporal();

// The variable that a chain of properties begins with (`n` of `n.a.b`); nullptr for anything else.
const VariableExpr* RootOf(const Expr& expr) {
  const Expr* at = &expr;
  while (const auto* property = std::get_if<PropertyExpr>(&at->node)) at = property->subject.get();
  return std::get_if<VariableExpr>(&at->node);
}

bool IsLegacyShortest(const PathPattern& path) {
  return path.selector == PathSelector::kShortestPath ||
         path.selector == PathSelector::kAllShortestPaths;
}

}  // namespace

std::shared_ptr<BoundExpr> Binder::New(BoundKind kind, const Expr& expr,
                                       std::vector<BoundExprPtr> args) const {
  auto bound = std::make_shared<BoundExpr>();
  bound->kind = kind;
  bound->span = expr.span;
  bound->args = std::move(args);
  return bound;
}

Typed Binder::BindExpr(const Expr& expr) {
  const bool predicate = std::exchange(state_.predicate, false);
  if (std::optional<Typed> known = ReadGrouping(expr)) return *std::move(known);
  if (const auto* pattern = std::get_if<PatternExpr>(&expr.node)) {
    if (!predicate && !IsLegacyShortest(pattern->path)) {
      throw Fault(expr.span, "UnexpectedSyntax",
                  "A pattern may stand only where a condition is asked for")
          .WithHint("for its matches write [pattern | value], for their number COUNT { pattern }");
    }
  }
  return std::visit([&](const auto& node) { return Bind(expr, node); }, expr.node);
}

BoundExprPtr Binder::BindPredicate(const Expr& expr) { return BindBool(expr).expr; }

Typed Binder::BindBool(const Expr& expr) {
  state_.predicate = true;
  Typed value = BindExpr(expr);
  state_.predicate = false;
  if (!value.type.CanBe(kBoolType)) FailType(expr.span, kBoolType, value.type);
  return value;
}

Typed Binder::BindList(const Expr& expr) {
  Typed value = BindExpr(expr);
  if (!value.type.CanBe(kListType)) FailType(expr.span, kListType, value.type);
  return value;
}

// ---- Variables ----------------------------------------------------------------------------------

Binder::Local::Local(Binder& binder, const Name& name, const StaticType& type)
    : binder_(binder), slot_(binder.NewSlot(name.text, SlotKind::kValue)) {
  binder.locals_.emplace_back(name.text, Variable{slot_, SlotKind::kValue, type});
}

const Variable* Binder::FindLocal(std::string_view name) const {
  for (auto at = locals_.rbegin(); at != locals_.rend(); ++at) {
    if (at->first == name) return &at->second;
  }
  return nullptr;
}

Typed Binder::ReadSlot(ByteSpan span, const Variable& variable) const {
  if (!beside_.empty()) CheckReadable(span, variable);
  auto bound = std::make_shared<BoundExpr>();
  bound->kind = BoundKind::kSlot;
  bound->span = span;
  bound->slot = variable.slot;
  return {std::move(bound), variable.type, variable.kind};
}

// What can be read by its text in a projection that groups (see projection.cc).
std::optional<Typed> Binder::ReadGrouping(const Expr& expr) {
  const Grouping* grouping = state_.grouping;
  if (grouping == nullptr || state_.in_aggregate) return std::nullopt;
  if (std::holds_alternative<LiteralExpr>(expr.node)) return std::nullopt;
  const VariableExpr* root = RootOf(expr);
  if (root != nullptr && FindLocal(root->name) != nullptr) return std::nullopt;
  const bool is_variable = std::holds_alternative<VariableExpr>(expr.node);
  if (is_variable && grouping->behind && scope_.Find(root->name) != nullptr) return std::nullopt;
  const bool narrow = !grouping->behind || state_.sorts_aggregate;
  const bool is_aggregate = std::holds_alternative<CountStarExpr>(expr.node) ||
                            std::holds_alternative<CallExpr>(expr.node);
  if (narrow && root == nullptr && !is_aggregate) return std::nullopt;
  const Grouping::Key* key = grouping->FindText(ToText(expr));
  if (key == nullptr) return std::nullopt;
  return ReadSlot(expr.span, key->value);
}

Typed Binder::ReadVariable(const Expr& expr, const std::string& name) {
  if (const Variable* local = FindLocal(name)) return ReadSlot(expr.span, *local);
  if (state_.constant) {
    throw Fault(
        expr.span, "NonConstantExpression",
        fmt::format("This is one value for the whole query; it cannot depend on '{}'", name));
  }
  const Grouping* grouping = state_.grouping;
  const bool grouped = grouping != nullptr && (grouping->behind || !state_.in_aggregate);
  if (!grouped) {
    const Variable* variable = scope_.Find(name);
    if (variable == nullptr) throw Undefined(expr.span, name);
    return ReadSlot(expr.span, *variable);
  }
  if (grouping->behind && !state_.in_aggregate) {
    if (const Variable* variable = scope_.Find(name)) return ReadSlot(expr.span, *variable);
  }
  if (const Grouping::Key* key = grouping->FindVariable(name)) {
    return ReadSlot(expr.span, key->value);
  }
  const bool ambiguous =
      grouping->behind ? state_.sorts_aggregate && !state_.in_aggregate && grouping->Mentions(name)
                       : grouping->before->Find(name) != nullptr;
  if (!ambiguous) throw Undefined(expr.span, name);
  throw Ungrouped(expr.span, name);
}

Typed Binder::Bind(const Expr& expr, const VariableExpr& variable) {
  return ReadVariable(expr, variable.name);
}

// ---- Leaves -------------------------------------------------------------------------------------

Typed Binder::Bind(const Expr& expr, const LiteralExpr& literal) {
  auto bound = New(BoundKind::kConstant, expr);
  bound->value = literal.value;
  return {std::move(bound), TypeOf(literal.value)};
}

Typed Binder::Bind(const Expr& expr, const ParameterExpr& parameter) {
  auto bound = New(BoundKind::kParameter, expr);
  bound->name = parameter.name;
  parameters_.emplace(parameter.name, expr.span);
  return {std::move(bound), {}};
}

Typed Binder::Bind(const Expr& expr, const PropertyExpr& property) {
  Typed subject = BindExpr(*property.subject);
  if (!subject.type.CanBe(kPropertyHolder)) {
    throw Fault(expr.span, "InvalidArgumentType",
                fmt::format("{} has no properties", Describe(subject.type.types)))
        .WithTck(ErrorPhase::kCompileTime, "TypeError", "InvalidArgumentType");
  }
  if (subject.kind == SlotKind::kNode || subject.kind == SlotKind::kRel) NoteKey(property.key);
  auto bound = New(BoundKind::kProperty, expr, {std::move(subject.expr)});
  bound->name = property.key.text;
  return {std::move(bound), {}};
}

Typed Binder::Bind(const Expr& expr, const IndexExpr& index) {
  Typed subject = BindExpr(*index.subject);
  BoundExprPtr at = BindValue(*index.index);
  StaticType type;
  if (subject.type.types == kListType) type.types = subject.type.element;
  return {New(BoundKind::kIndex, expr, {std::move(subject.expr), std::move(at)}), type};
}

Typed Binder::Bind(const Expr& expr, const SliceExpr& slice) {
  Typed subject = BindExpr(*slice.subject);
  BoundExprPtr from = slice.from ? BindValue(*slice.from) : nullptr;
  BoundExprPtr to = slice.to ? BindValue(*slice.to) : nullptr;
  return {New(BoundKind::kSlice, expr, {std::move(subject.expr), std::move(from), std::move(to)}),
          subject.type};
}

// ---- Operators ----------------------------------------------------------------------------------

Typed Binder::Bind(const Expr& expr, const UnaryExpr& unary) {
  if (unary.op == UnaryOp::kNot) {
    Typed operand = BindBool(*unary.operand);
    return {New(BoundKind::kNot, expr, {std::move(operand.expr)}), {kBoolType, {}}};
  }
  Typed operand = BindExpr(*unary.operand);
  if (unary.op == UnaryOp::kIsNull || unary.op == UnaryOp::kIsNotNull) {
    const BoundKind kind =
        unary.op == UnaryOp::kIsNull ? BoundKind::kIsNull : BoundKind::kIsNotNull;
    return {New(kind, expr, {std::move(operand.expr)}), {kBoolType, {}}};
  }
  const TypeSet wanted = TypeSet::Number() | TypeSet(ValueType::kDuration);
  if (!operand.type.CanBe(wanted)) FailType(expr.span, wanted, operand.type);
  const BoundKind kind = unary.op == UnaryOp::kMinus ? BoundKind::kNegate : BoundKind::kIdentity;
  return {New(kind, expr, {std::move(operand.expr)}), operand.type};
}

Typed Binder::Bind(const Expr& expr, const BinaryExpr& binary) {
  const bool is_logic = binary.op == BinaryOp::kXor;
  Typed left = is_logic ? BindBool(*binary.left) : BindExpr(*binary.left);
  Typed right = is_logic ? BindBool(*binary.right) : BindExpr(*binary.right);
  if (!left.type.CanBe(LeftOperand(binary.op))) {
    FailType(binary.left->span, LeftOperand(binary.op), left.type);
  }
  if (!right.type.CanBe(RightOperand(binary.op))) {
    FailType(binary.right->span, RightOperand(binary.op), right.type);
  }
  const StaticType type = query::ResultOf(binary.op, left.type, right.type);
  auto bound = New(BoundKind::kBinary, expr, {std::move(left.expr), std::move(right.expr)});
  bound->binary = binary.op;
  return {std::move(bound), type};
}

Typed Binder::Bind(const Expr& expr, const LogicExpr& logic) {
  std::vector<BoundExprPtr> operands;
  for (const ExprPtr& operand : logic.operands) operands.push_back(BindBool(*operand).expr);
  const BoundKind kind = logic.is_and ? BoundKind::kAnd : BoundKind::kOr;
  return {New(kind, expr, std::move(operands)), {kBoolType, {}}};
}

// A chain is an AND of its comparisons; the operands in the middle are shared.
Typed Binder::Bind(const Expr& expr, const CompareExpr& compare) {
  std::vector<BoundExprPtr> operands;
  for (const ExprPtr& operand : compare.operands) operands.push_back(BindValue(*operand));
  std::vector<BoundExprPtr> pairs;
  for (std::size_t i = 0; i < compare.ops.size(); ++i) {
    auto pair = New(BoundKind::kCompare, expr, {operands[i], operands[i + 1]});
    pair->compare = compare.ops[i];
    pairs.push_back(std::move(pair));
  }
  return {Conjunction(std::move(pairs)), {kBoolType, {}}};
}

Typed Binder::Bind(const Expr& expr, const HasLabelsExpr& has) {
  Typed subject = BindExpr(*has.subject);
  if (!subject.type.CanBe(kEntityType)) FailType(has.subject->span, kEntityType, subject.type);
  if (subject.kind != SlotKind::kValue) NoteLabels(has.labels, subject.kind == SlotKind::kRel);
  auto bound = New(BoundKind::kHasLabels, expr, {std::move(subject.expr)});
  bound->labels = has.labels;
  return {std::move(bound), {kBoolType, {}}};
}

Typed Binder::Bind(const Expr& expr, const TypeCheckExpr& check) {
  auto bound = New(BoundKind::kTypeCheck, expr, {BindValue(*check.operand)});
  bound->name = check.type;
  bound->flag = check.negated;
  return {std::move(bound), {kBoolType, {}}};
}

}  // namespace verbale::query
