// Calls of functions and of aggregates.

#include <fmt/format.h>

#include "query/bind/internal/binder.h"
#include "query/parse/print.h"

namespace verbale::query {
namespace {

// A hint for a name that is none.
std::string NearestFunction(std::string_view name) {
  std::vector<std::string_view> known;
  for (const Function* function : AllFunctions()) known.push_back(function->name);
  for (const AggregateFunction& function : AllAggregates()) known.push_back(function.name);
  return DidYouMean(name, known);
}

}  // namespace

void Binder::CheckArgumentCount(const Expr& expr, std::string_view name, std::size_t count,
                                std::size_t least, std::size_t most) const {
  if (count >= least && count <= most) return;
  const std::string wanted = least == most                 ? std::to_string(least)
                             : most >= Function::kVariadic ? fmt::format("at least {}", least)
                                                           : fmt::format("{} to {}", least, most);
  throw Fault(expr.span, "InvalidNumberOfArguments",
              fmt::format("{}() takes {} argument{}, not {}", name, wanted,
                          wanted.back() == '1' && least == 1 ? "" : "s", count));
}

Typed Binder::Bind(const Expr& expr, const CountStarExpr& /*count*/) {
  return BindAggregate(expr, nullptr, false, {});
}

Typed Binder::Bind(const Expr& expr, const CallExpr& call) {
  if (const AggregateFunction* aggregate = FindAggregate(call.name.text)) {
    return BindAggregate(expr, aggregate, call.distinct, call.arguments);
  }
  if (EditDistance(call.name.text, "exists") == 0 && call.arguments.size() == 1) {
    return BindExists(expr, call);
  }
  return BindScalar(expr, call);
}

// exists(pattern), exists(n.key): older spellings of EXISTS { … } and IS NOT NULL.
Typed Binder::BindExists(const Expr& expr, const CallExpr& call) {
  const Expr& argument = *call.arguments.front();
  if (std::holds_alternative<PatternExpr>(argument.node)) return BindBool(argument);
  if (!std::holds_alternative<PropertyExpr>(argument.node) &&
      !std::holds_alternative<IndexExpr>(argument.node)) {
    throw Fault(argument.span, "InvalidArgumentExpression",
                "exists() takes a property or a pattern")
        .WithHint("for any other value write IS NOT NULL");
  }
  return {New(BoundKind::kIsNotNull, expr, {BindValue(argument)}), {kBoolType, {}}};
}

Typed Binder::BindScalar(const Expr& expr, const CallExpr& call) {
  const Function* function = FindFunction(call.name.text);
  if (function == nullptr) {
    throw Fault(call.name.span, "UnknownFunction",
                fmt::format("There is no function '{}'", call.name.text))
        .WithHint(NearestFunction(call.name.text));
  }
  if (call.distinct) {
    throw Fault(expr.span, "UnexpectedSyntax",
                fmt::format("{}() is no aggregate: it takes no DISTINCT", function->name));
  }
  CheckArgumentCount(expr, function->name, call.arguments.size(), function->min_args,
                     function->max_args);
  auto bound = New(BoundKind::kCall, expr);
  bound->function = function;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const Expr& argument = *call.arguments[i];
    Typed value = BindExpr(argument);
    const TypeSet wanted = function->argument(i);
    if (!value.type.CanBe(wanted)) FailType(argument.span, wanted, value.type);
    bound->args.push_back(std::move(value.expr));
  }
  return {std::move(bound), {function->result, TypeSet::Any()}};
}

// An aggregate becomes a slot that the projection around fills for each group.
Typed Binder::BindAggregate(const Expr& expr, const AggregateFunction* function, bool distinct,
                            const std::vector<ExprPtr>& arguments) {
  if (state_.in_aggregate) {
    throw Fault(expr.span, "NestedAggregation", "An aggregate cannot be inside of another");
  }
  Grouping* grouping = state_.grouping;
  if (grouping == nullptr || grouping->out == nullptr || state_.per_element) {
    throw Fault(expr.span, "InvalidAggregation",
                "An aggregate may stand only in the items of WITH and RETURN, and in an ORDER BY "
                "behind such items");
  }
  std::string text = ToText(expr);
  const auto known = grouping->aggregates.find(text);
  if (known != grouping->aggregates.end()) return ReadSlot(expr.span, known->second);
  BoundAggregate aggregate = AggregateOf(expr, function, distinct, arguments);
  aggregate.slot = NewSlot({}, SlotKind::kValue);
  StaticType type{graph::ValueType::kInt, {}};
  if (function != nullptr) type = {function->result, TypeSet::Any()};
  const Variable variable{aggregate.slot, SlotKind::kValue, type};
  grouping->aggregates.emplace(std::move(text), variable);
  grouping->out->push_back(std::move(aggregate));
  return ReadSlot(expr.span, variable);
}

BoundAggregate Binder::AggregateOf(const Expr& expr, const AggregateFunction* function,
                                   bool distinct, const std::vector<ExprPtr>& arguments) {
  BoundAggregate bound;
  bound.function = function;
  bound.distinct = distinct;
  bound.span = expr.span;
  if (function == nullptr) return bound;
  CheckArgumentCount(expr, function->name, arguments.size(), function->min_args,
                     function->max_args);
  const Setting<bool> inside(state_.in_aggregate, true);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    Typed value = BindExpr(*arguments[i]);
    if (!value.type.CanBe(function->argument(i))) {
      FailType(arguments[i]->span, function->argument(i), value.type);
    }
    if (!IsDeterministic(value.expr)) {
      throw Fault(arguments[i]->span, "NonConstantExpression",
                  "What is aggregated cannot be random")
          .WithHint("compute it in a WITH before");
    }
    bound.args.push_back(std::move(value.expr));
  }
  return bound;
}

}  // namespace verbale::query
