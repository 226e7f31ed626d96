// WITH and RETURN.
//
// Aggregation is implicit in the language: where an item holds an aggregate, the items without one
// are what rows are grouped by. Outside its aggregates, such an item may read only what is the same
// for a whole group, and openCypher takes that narrowly: a grouping item that is a variable or a
// property, as it is written (`n.age` after `n.age`; not `n.age + 1` after `n.age + 1`). Behind the
// items, ORDER BY and WHERE read the projected names; where the rows before are gone, because they
// were grouped or made distinct, they may also repeat an item's text. Texts are compared in the
// printer's normal form.

#include <algorithm>

#include <fmt/format.h>

#include "query/bind/internal/binder.h"
#include "query/parse/print.h"

namespace verbale::query {
namespace {

void CollectVariables(const Expr& expr, std::set<std::string, std::less<>>& names) {
  if (const auto* variable = std::get_if<VariableExpr>(&expr.node)) names.insert(variable->name);
  ForEachChild(expr, [&](const Expr& child) { CollectVariables(child, names); });
}

std::string VariableName(const Expr* expr) {
  const auto* variable = expr == nullptr ? nullptr : std::get_if<VariableExpr>(&expr->node);
  return variable == nullptr ? std::string() : variable->name;
}

}  // namespace

const Grouping::Key* Grouping::FindText(std::string_view text) const {
  for (const Key& key : keys) {
    if (key.text == text) return &key;
  }
  return nullptr;
}

const Grouping::Key* Grouping::FindVariable(std::string_view name) const {
  for (const Key& key : keys) {
    if (!key.variable.empty() && key.variable == name) return &key;
  }
  return nullptr;
}

bool Grouping::Mentions(std::string_view name) const {
  return std::any_of(keys.begin(), keys.end(),
                     [&](const Key& key) { return key.mentions.count(name) > 0; });
}

bool Binder::HasAggregate(const Expr& expr) const {
  if (std::holds_alternative<CountStarExpr>(expr.node)) return true;
  if (const auto* call = std::get_if<CallExpr>(&expr.node)) {
    if (FindAggregate(call->name.text) != nullptr) return true;
  }
  bool found = false;
  ForEachChild(expr, [&](const Expr& child) { found = found || HasAggregate(child); });
  return found;
}

BoundProjection Binder::Bind(const ProjectionClause& projection) {
  BoundProjection bound;
  bound.is_return = projection.is_return;
  bound.distinct = projection.distinct;
  std::vector<Item> items = CollectItems(projection);
  bound.aggregating =
      std::any_of(items.begin(), items.end(), [](const Item& item) { return item.aggregates; });
  Grouping grouping;
  grouping.before = &scope_;
  if (bound.aggregating) {
    grouping.out = &bound.aggregates;
    BindGroups(items, grouping, bound);
    BindAggregates(items, grouping);
  } else {
    BindPlainItems(items);
    // Only rows that were made distinct are read by the text of their items.
    if (bound.distinct) {
      for (const Item& item : items) grouping.keys.push_back(KeyOf(item));
    }
  }
  for (const Item& item : items) bound.items.push_back({item.bound, item.result.slot});
  BindBehind(projection, items, grouping, bound);
  CheckItems(projection, items);
  Scope::Variables own;
  for (const Item& item : items) own.insert_or_assign(item.name, item.result);
  scope_ = scope_.WithOwn(std::move(own));
  if (projection.is_return) {
    returned_.clear();
    for (const Item& item : items) returned_.push_back({item.name, item.result});
  }
  return bound;
}

std::vector<Binder::Item> Binder::CollectItems(const ProjectionClause& projection) {
  std::vector<Item> items;
  if (projection.star) {
    if (scope_.own().empty() && projection.items.empty() && projection.is_return) {
      throw Fault({0, ast_.text.size()}, "NoVariablesInScope",
                  "There are no variables that * could stand for");
    }
    for (const auto& [name, variable] : scope_.own()) {
      Item item;
      item.name = name;
      item.result = variable;
      item.bound = ReadSlot({}, variable).expr;
      items.push_back(std::move(item));
    }
  }
  for (const ProjectionItem& written : projection.items) {
    Item item;
    item.name = written.alias ? written.alias->text : VariableName(written.value.get());
    if (item.name.empty()) item.name = TextAt(written.span);
    item.value = written.value.get();
    item.span = written.alias ? written.alias->span : written.span;
    item.aggregates = HasAggregate(*written.value);
    items.push_back(std::move(item));
  }
  return items;
}

// A variable that keeps its name keeps its slot.
void Binder::Finish(Item& item, Typed value) {
  const bool keeps = value.expr->kind == BoundKind::kSlot && VariableName(item.value) == item.name;
  const bool is_slot = value.expr->kind == BoundKind::kSlot;
  item.result.kind = is_slot ? value.kind : SlotKind::kValue;
  item.result.type = value.type;
  item.result.slot = keeps ? value.expr->slot : NewSlot(item.name, item.result.kind);
  item.bound = std::move(value.expr);
}

Grouping::Key Binder::KeyOf(const Item& item) const {
  Grouping::Key key;
  key.variable = item.value == nullptr ? item.name : VariableName(item.value);
  key.text = item.value == nullptr ? QuotedName(item.name) : ToText(*item.value);
  if (item.value == nullptr) {
    key.mentions.insert(item.name);
  } else if (!item.aggregates) {
    CollectVariables(*item.value, key.mentions);
  }
  key.value = item.result;
  key.aggregates = item.aggregates;
  return key;
}

void Binder::BindPlainItems(std::vector<Item>& items) {
  for (Item& item : items) {
    if (item.value != nullptr) Finish(item, BindExpr(*item.value));
  }
}

void Binder::BindGroups(std::vector<Item>& items, Grouping& grouping, BoundProjection& bound) {
  for (Item& item : items) {
    if (item.aggregates) continue;
    if (item.value != nullptr) Finish(item, BindExpr(*item.value));
    bound.groups.push_back({item.bound, item.result.slot});
    item.bound = ReadSlot(item.span, item.result).expr;
    grouping.keys.push_back(KeyOf(item));
  }
}

void Binder::BindAggregates(std::vector<Item>& items, Grouping& grouping) {
  State state;
  state.grouping = &grouping;
  const Setting<State> inside(state_, state);
  for (Item& item : items) {
    if (!item.aggregates) continue;
    Typed value = BindExpr(*item.value);
    item.result = {NewSlot(item.name, SlotKind::kValue), SlotKind::kValue, value.type};
    item.bound = std::move(value.expr);
  }
  for (const Item& item : items) {
    if (item.aggregates) grouping.keys.push_back(KeyOf(item));
  }
}

void Binder::BindBehind(const ProjectionClause& projection, const std::vector<Item>& items,
                        Grouping& grouping, BoundProjection& bound) {
  const bool closed = bound.aggregating || bound.distinct;
  Scope::Variables own;
  if (!closed) own = scope_.own();
  for (const Item& item : items) own.insert_or_assign(item.name, item.result);
  grouping.behind = true;
  if (bound.distinct) grouping.out = nullptr;
  const Scope before = scope_;
  grouping.before = &before;
  const Setting<Scope> scope(scope_, before.WithOwn(std::move(own)));
  for (const SortItem& item : projection.order) {
    State state;
    state.grouping = closed ? &grouping : nullptr;
    state.sorts_aggregate = HasAggregate(*item.value);
    const Setting<State> inside(state_, state);
    bound.order.push_back({BindValue(*item.value), item.descending});
  }
  bound.skip = BindCount(projection.skip, "SKIP");
  bound.limit = BindCount(projection.limit, "LIMIT");
  if (!projection.where) return;
  // WHERE takes no aggregates, not even those that are there.
  grouping.out = nullptr;
  grouping.aggregates.clear();
  std::erase_if(grouping.keys, [](const Grouping::Key& key) { return key.aggregates; });
  State state;
  state.grouping = closed ? &grouping : nullptr;
  const Setting<State> inside(state_, state);
  bound.where = BindPredicate(*projection.where);
}

void Binder::CheckItems(const ProjectionClause& projection, const std::vector<Item>& items) const {
  for (const ProjectionItem& item : projection.items) {
    if (projection.is_return || item.alias) continue;
    if (!std::holds_alternative<VariableExpr>(item.value->node)) {
      throw Fault(item.span, "NoExpressionAlias", "An expression in WITH needs a name: … AS name");
    }
  }
  std::set<std::string_view> names;
  for (const Item& item : items) {
    if (names.insert(item.name).second) continue;
    throw Fault(item.span, "ColumnNameConflict",
                fmt::format("Two columns have the name '{}'", item.name));
  }
}

// SKIP, LIMIT and the like: one number for the whole statement.
BoundExprPtr Binder::BindCount(const ExprPtr& expr, std::string_view clause) {
  if (!expr) return nullptr;
  State state;
  state.constant = true;
  const Setting<State> inside(state_, state);
  Typed value = BindExpr(*expr);
  if (!value.type.CanBe(graph::ValueType::kInt)) {
    FailType(expr->span, graph::ValueType::kInt, value.type);
  }
  if (value.expr->kind == BoundKind::kConstant && value.expr->value.is_int() &&
      value.expr->value.as_int() < 0) {
    throw Fault(expr->span, "NegativeIntegerArgument",
                fmt::format("{} cannot be negative", clause));
  }
  return std::move(value.expr);
}

}  // namespace verbale::query
