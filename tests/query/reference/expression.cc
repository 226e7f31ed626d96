// Expressions, one row at a time.

#include <algorithm>

#include "graph/error.h"
#include "query/functions/operators.h"
#include "query/parse/walk.h"
#include "tests/query/reference/evaluator.h"

namespace verbale::query::reference {

using graph::List;
using graph::Value;

namespace {

Value Truth(std::optional<bool> truth) { return truth ? Value(*truth) : Value(); }

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

[[noreturn]] void Unsupported(std::string_view what) {
  throw Error(ErrorCode::kUnsupported, "the reference does not know " + std::string(what));
}

const List& ListOf(const Value& value) {
  if (!value.is_list()) throw Error(ErrorCode::kInvalidArgument, "a list was expected");
  return value.as_list();
}

Row With(const Row& row, const std::string& name, const Value& value) {
  Row with = row;
  with.insert_or_assign(name, value);
  return with;
}

}  // namespace

bool HasAggregate(const Expr& expr) {
  if (std::holds_alternative<CountStarExpr>(expr.node)) return true;
  const auto* call = std::get_if<CallExpr>(&expr.node);
  bool found = call != nullptr && FindAggregate(call->name.text) != nullptr;
  ForEachChild(expr, [&](const Expr& child) { found = found || HasAggregate(child); });
  return found;
}

bool Evaluator::Holds(const Expr& expr, const Row& row) {
  const Value truth = Eval(expr, row);
  if (truth.is_null()) return false;
  if (!truth.is_bool()) throw Error(ErrorCode::kInvalidArgument, "a condition must be a boolean");
  return truth.as_bool();
}

// one switch
Value Evaluator::Eval(const Expr& expr, const Row& row, const Rows* group) {
  Step();
  const auto eval = [&](const ExprPtr& child) { return Eval(*child, row, group); };
  const ExprNode& node = expr.node;
  if (const auto* e = std::get_if<LiteralExpr>(&node)) return e->value;
  if (const auto* e = std::get_if<VariableExpr>(&node)) {
    const auto found = row.find(e->name);
    if (found == row.end()) Unsupported("the variable " + e->name);
    return found->second;
  }
  if (const auto* e = std::get_if<ParameterExpr>(&node)) {
    const auto found =
        std::find_if(parameters_.begin(), parameters_.end(),
                     [&](const auto& parameter) { return parameter.first == e->name; });
    if (found == parameters_.end()) Unsupported("$" + e->name);
    return found->second;
  }
  if (const auto* e = std::get_if<PropertyExpr>(&node)) {
    return ops::Property(eval(e->subject), e->key.text, context_);
  }
  if (const auto* e = std::get_if<IndexExpr>(&node)) {
    const Value subject = eval(e->subject);
    return ops::Index(subject, eval(e->index), context_);
  }
  if (const auto* e = std::get_if<SliceExpr>(&node)) {
    const Value subject = eval(e->subject);
    const Value from = e->from ? eval(e->from) : Value();
    const Value to = e->to ? eval(e->to) : Value();
    return ops::Slice(subject, e->from ? &from : nullptr, e->to ? &to : nullptr);
  }
  if (const auto* e = std::get_if<UnaryExpr>(&node)) {
    const Value operand = eval(e->operand);
    switch (e->op) {
      case UnaryOp::kNot:
        return ops::Not(operand);
      case UnaryOp::kMinus:
        return ops::Negate(operand);
      case UnaryOp::kPlus:
        return ops::Plus(operand);
      case UnaryOp::kIsNull:
        return Value(operand.is_null());
      case UnaryOp::kIsNotNull:
        return Value(!operand.is_null());
    }
  }
  if (const auto* e = std::get_if<BinaryExpr>(&node)) return EvalBinary(*e, row, group);
  if (const auto* e = std::get_if<LogicExpr>(&node)) {
    Value truth = eval(e->operands.front());
    for (std::size_t i = 1; i < e->operands.size(); ++i) {
      if (truth.is_bool() && truth.as_bool() != e->is_and) return truth;
      const Value next = eval(e->operands[i]);
      truth = e->is_and ? ops::And(truth, next) : ops::Or(truth, next);
    }
    return truth;
  }
  if (const auto* e = std::get_if<CompareExpr>(&node)) return EvalCompare(*e, row, group);
  if (const auto* e = std::get_if<HasLabelsExpr>(&node)) {
    return Truth(HasLabels(eval(e->subject), e->labels));
  }
  if (const auto* e = std::get_if<CallExpr>(&node)) return EvalCall(*e, row, group);
  if (std::holds_alternative<CountStarExpr>(node)) {
    if (group == nullptr) Unsupported("count(*) here");
    return Value(static_cast<std::int64_t>(group->size()));
  }
  if (const auto* e = std::get_if<ListExpr>(&node)) {
    List list;
    for (const ExprPtr& item : e->items) list.push_back(eval(item));
    return Value(std::move(list));
  }
  if (const auto* e = std::get_if<MapExpr>(&node)) {
    graph::Map map;
    for (const auto& [key, value] : e->entries) map.emplace_back(key.text, eval(value));
    return Value::OfMap(std::move(map));
  }
  if (const auto* e = std::get_if<MapProjectionExpr>(&node)) return EvalMapProjection(*e, row);
  if (const auto* e = std::get_if<ListComprehensionExpr>(&node)) return EvalComprehension(*e, row);
  if (const auto* e = std::get_if<PatternComprehensionExpr>(&node)) {
    return EvalPatternComprehension(*e, row);
  }
  if (const auto* e = std::get_if<QuantifierExpr>(&node)) return EvalQuantifier(*e, row);
  if (const auto* e = std::get_if<ReduceExpr>(&node)) return EvalReduce(*e, row);
  if (const auto* e = std::get_if<CaseExpr>(&node)) return EvalCase(*e, row, group);
  if (const auto* e = std::get_if<PatternExpr>(&node)) return EvalPattern(*e, row);
  if (const auto* e = std::get_if<SubqueryExpr>(&node)) return EvalSubquery(*e, row);
  Unsupported("this expression");
}

std::optional<bool> Evaluator::HasLabels(const Value& entity, const LabelExpr& labels) const {
  if (entity.is_null()) return std::nullopt;
  if (!entity.is_node() && !entity.is_rel()) {
    throw Error(ErrorCode::kInvalidArgument, "only nodes and relationships have labels");
  }
  const auto all = [&](bool wanted) {
    return std::all_of(labels.operands.begin(), labels.operands.end(),
                       [&](const LabelExpr& part) { return HasLabels(entity, part) == wanted; });
  };
  switch (labels.op) {
    case LabelOp::kName: {
      const graph::Catalog& names = view_.catalog();
      if (entity.is_rel()) {
        return names.TypeName(view_.Ends(entity.as_rel().no).type) == labels.name;
      }
      const auto label = names.FindLabel(labels.name);
      return label && view_.HasLabel(entity.as_node().no, *label);
    }
    case LabelOp::kAny:
      return entity.is_rel() || !view_.Labels(entity.as_node().no).empty();
    case LabelOp::kNot:
      return !*HasLabels(entity, labels.operands.front());
    case LabelOp::kAnd:
      return all(true);
    case LabelOp::kOr:
      return !all(false);
  }
  return std::nullopt;
}

Value Evaluator::EvalBinary(const BinaryExpr& binary, const Row& row, const Rows* group) {
  const Value a = Eval(*binary.left, row, group);
  const Value b = Eval(*binary.right, row, group);
  switch (binary.op) {
    case BinaryOp::kXor:
      return ops::Xor(a, b);
    case BinaryOp::kAdd:
      return ops::Add(a, b);
    case BinaryOp::kSubtract:
      return ops::Subtract(a, b);
    case BinaryOp::kMultiply:
      return ops::Multiply(a, b);
    case BinaryOp::kDivide:
      return ops::Divide(a, b);
    case BinaryOp::kModulo:
      return ops::Modulo(a, b);
    case BinaryOp::kPower:
      return ops::Power(a, b);
    case BinaryOp::kIn:
      return ops::In(a, b);
    case BinaryOp::kStartsWith:
      return ops::StartsWith(a, b);
    case BinaryOp::kEndsWith:
      return ops::EndsWith(a, b);
    case BinaryOp::kContains:
      return ops::Contains(a, b);
    case BinaryOp::kRegexMatch:
      return ops::RegexMatch(a, b);
    case BinaryOp::kConcat:
      break;
  }
  Unsupported("||");
}

Value Evaluator::EvalCompare(const CompareExpr& compare, const Row& row, const Rows* group) {
  Value truth(true);
  Value left = Eval(*compare.operands.front(), row, group);
  for (std::size_t i = 0; i < compare.ops.size(); ++i) {
    Value right = Eval(*compare.operands[i + 1], row, group);
    Value holds;
    switch (compare.ops[i]) {
      case CompareOp::kEqual:
        holds = ops::Equal(left, right);
        break;
      case CompareOp::kNotEqual:
        holds = ops::NotEqual(left, right);
        break;
      case CompareOp::kLess:
        holds = ops::Less(left, right);
        break;
      case CompareOp::kLessOrEqual:
        holds = ops::LessEqual(left, right);
        break;
      case CompareOp::kGreater:
        holds = ops::Greater(left, right);
        break;
      case CompareOp::kGreaterOrEqual:
        holds = ops::GreaterEqual(left, right);
        break;
    }
    truth = ops::And(truth, holds);
    left = std::move(right);
  }
  return truth;
}

Value Evaluator::EvalCall(const CallExpr& call, const Row& row, const Rows* group) {
  if (FindAggregate(call.name.text) != nullptr) {
    if (group == nullptr) Unsupported("an aggregate here");
    return EvalAggregate(call, *group);
  }
  if (Lower(call.name.text) == "exists") {
    const Value value = Eval(*call.arguments.front(), row, group);
    const bool pattern = std::holds_alternative<PatternExpr>(call.arguments.front()->node);
    return pattern ? value : Value(!value.is_null());
  }
  const Function* function = FindFunction(call.name.text);
  if (function == nullptr) Unsupported(call.name.text);
  if (function->name == "coalesce") {  // Asks no further than the first value that is there.
    for (const ExprPtr& argument : call.arguments) {
      if (Value value = Eval(*argument, row, group); !value.is_null()) return value;
    }
    return {};
  }
  List arguments;
  for (const ExprPtr& argument : call.arguments) arguments.push_back(Eval(*argument, row, group));
  return function->call(arguments, context_);
}

Value Evaluator::EvalAggregate(const CallExpr& call, const Rows& group) {
  const auto state = NewAggregate(*FindAggregate(call.name.text), call.distinct);
  for (const Row& row : group) {
    List arguments;
    for (const ExprPtr& argument : call.arguments) arguments.push_back(Eval(*argument, row));
    state->Add(arguments);
  }
  return state->Finish();
}

Value Evaluator::EvalCase(const CaseExpr& choice, const Row& row, const Rows* group) {
  const Value subject = choice.subject ? Eval(*choice.subject, row, group) : Value(true);
  for (const CaseBranch& branch : choice.branches) {
    for (const ExprPtr& test : branch.tests) {
      const Value value = Eval(*test, row, group);
      const Value hit = choice.subject ? ops::Equal(subject, value) : value;
      if (hit.is_bool() && hit.as_bool()) return Eval(*branch.then, row, group);
    }
  }
  return choice.otherwise ? Eval(*choice.otherwise, row, group) : Value();
}

Value Evaluator::EvalQuantifier(const QuantifierExpr& quantifier, const Row& row) {
  const Value list = Eval(*quantifier.list, row);
  if (list.is_null()) return Value();
  std::size_t yes = 0;
  std::size_t unknown = 0;
  for (const Value& item : ListOf(list)) {
    const Value truth = quantifier.where
                            ? Eval(*quantifier.where, With(row, quantifier.variable.text, item))
                            : item;
    yes += truth.is_bool() && truth.as_bool();
    unknown += truth.is_null();
  }
  const std::size_t size = list.as_list().size();
  switch (quantifier.kind) {
    case QuantifierKind::kAll:
      return yes + unknown < size ? Value(false) : unknown > 0 ? Value() : Value(true);
    case QuantifierKind::kAny:
      return yes > 0 ? Value(true) : unknown > 0 ? Value() : Value(false);
    case QuantifierKind::kNone:
      return yes > 0 ? Value(false) : unknown > 0 ? Value() : Value(true);
    case QuantifierKind::kSingle:
      return yes > 1 ? Value(false) : unknown > 0 ? Value() : Value(yes == 1);
  }
  return Value();
}

Value Evaluator::EvalComprehension(const ListComprehensionExpr& comprehension, const Row& row) {
  const Value list = Eval(*comprehension.list, row);
  if (list.is_null()) return Value();
  List out;
  for (const Value& item : ListOf(list)) {
    const Row inner = With(row, comprehension.variable.text, item);
    if (comprehension.where && !Holds(*comprehension.where, inner)) continue;
    out.push_back(comprehension.projection ? Eval(*comprehension.projection, inner) : item);
  }
  return Value(std::move(out));
}

Value Evaluator::EvalReduce(const ReduceExpr& reduce, const Row& row) {
  Value value = Eval(*reduce.initial, row);
  const Value list = Eval(*reduce.list, row);
  if (list.is_null()) return Value();
  for (const Value& item : ListOf(list)) {
    Row inner = With(row, reduce.variable.text, item);
    inner.insert_or_assign(reduce.accumulator.text, value);
    value = Eval(*reduce.body, inner);
  }
  return value;
}

Value Evaluator::EvalSubquery(const SubqueryExpr& subquery, const Row& row) {
  Table table = Run(*subquery.query, row);
  if (subquery.kind == SubqueryKind::kExists) return Value(!table.rows.empty());
  if (subquery.kind == SubqueryKind::kCount) {
    return Value(static_cast<std::int64_t>(table.rows.size()));
  }
  List list;
  for (std::vector<Value>& values : table.rows) list.push_back(std::move(values.front()));
  return Value(std::move(list));
}

Value Evaluator::EvalPattern(const PatternExpr& pattern, const Row& row) {
  Match start;
  start.row = row;
  List paths;
  MatchPath(pattern.path, start, [&](const Match& match) {
    if (Meets(match.conditions, match.row)) paths.push_back(PathOf(match));
  });
  if (pattern.path.selector == PathSelector::kShortestPath) {
    return paths.empty() ? Value() : paths.front();
  }
  if (pattern.path.selector == PathSelector::kAllShortestPaths) return Value(std::move(paths));
  return Value(!paths.empty());
}

Value Evaluator::EvalPatternComprehension(const PatternComprehensionExpr& expr, const Row& row) {
  Match start;
  start.row = row;
  List list;
  MatchPath(expr.path, start, [&](const Match& match) {
    Row inner = match.row;
    if (expr.path.variable) inner.insert_or_assign(expr.path.variable->text, PathOf(match));
    if (!Meets(match.conditions, inner)) return;
    if (expr.where && !Holds(*expr.where, inner)) return;
    list.push_back(Eval(*expr.projection, inner));
  });
  return Value(std::move(list));
}

Value Evaluator::EvalMapProjection(const MapProjectionExpr& expr, const Row& row) {
  const Value subject = Eval(*expr.subject, row);
  if (subject.is_null()) return Value();
  graph::Map map;
  for (const MapItem& item : expr.items) {
    switch (item.kind) {
      case MapItemKind::kProperty:
        map.emplace_back(item.key.text, ops::Property(subject, item.key.text, context_));
        break;
      case MapItemKind::kAllProperties: {
        const Value all = FindFunction("properties")->call(std::span(&subject, 1), context_);
        for (const auto& entry : all.as_map()) map.push_back(entry);
        break;
      }
      case MapItemKind::kVariable:
        map.emplace_back(item.key.text, row.find(item.key.text)->second);
        break;
      case MapItemKind::kEntry:
        map.emplace_back(item.key.text, Eval(*item.value, row));
        break;
    }
  }
  return Value::OfMap(std::move(map));
}

}  // namespace verbale::query::reference
