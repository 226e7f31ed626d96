// Expressions with a form of their own: lists, maps, comprehensions, CASE, patterns, subqueries.

#include <algorithm>

#include <fmt/format.h>

#include "query/bind/internal/binder.h"
#include "query/functions/registry.h"

namespace verbale::query {

using graph::ValueType;

Typed Binder::Bind(const Expr& expr, const ListExpr& list) {
  StaticType type{kListType, TypeSet()};
  std::vector<BoundExprPtr> items;
  for (const ExprPtr& item : list.items) {
    Typed value = BindExpr(*item);
    type.element = type.element | value.type.types;
    items.push_back(std::move(value.expr));
  }
  return {New(BoundKind::kList, expr, std::move(items)), type};
}

Typed Binder::Bind(const Expr& expr, const MapExpr& map) {
  auto bound = New(BoundKind::kMap, expr);
  for (const auto& [key, value] : map.entries) {
    bound->names.push_back(key.text);
    bound->args.push_back(BindValue(*value));
  }
  return {std::move(bound), {ValueType::kMap, {}}};
}

Typed Binder::Bind(const Expr& expr, const MapProjectionExpr& projection) {
  Typed subject = BindExpr(*projection.subject);
  const TypeSet wanted = kEntityType | ValueType::kMap;
  if (!subject.type.CanBe(wanted)) FailType(projection.subject->span, wanted, subject.type);
  auto bound = New(BoundKind::kMapProject, expr, {subject.expr});
  for (const MapItem& item : projection.items) {
    BoundExprPtr value;
    if (item.kind == MapItemKind::kAllProperties) {
      bound->flag = true;
      continue;
    }
    if (item.kind == MapItemKind::kProperty) {
      auto property = New(BoundKind::kProperty, expr, {subject.expr});
      property->name = item.key.text;
      value = std::move(property);
    } else if (item.kind == MapItemKind::kVariable) {
      Expr variable{item.key.span, VariableExpr{item.key.text}};
      value = BindValue(variable);
    } else {
      value = BindValue(*item.value);
    }
    bound->names.push_back(item.key.text);
    bound->args.push_back(std::move(value));
  }
  return {std::move(bound), {ValueType::kMap, {}}};
}

// ---- Forms with a variable ----------------------------------------------------------------------

// What stands inside is evaluated once for each element, where no aggregate makes sense.
BoundExprPtr Binder::BindInside(const ExprPtr& expr, bool predicate, StaticType* type) {
  if (!expr) return nullptr;
  const Setting<bool> per_element(state_.per_element, true);
  Typed value = predicate ? BindBool(*expr) : BindExpr(*expr);
  if (type != nullptr) *type = value.type;
  return std::move(value.expr);
}

Typed Binder::Bind(const Expr& expr, const ListComprehensionExpr& comprehension) {
  Typed list = BindList(*comprehension.list);
  StaticType element{list.type.element, TypeSet::Any()};
  const Local local(*this, comprehension.variable, element);
  BoundExprPtr where = BindInside(comprehension.where, true);
  BoundExprPtr value = BindInside(comprehension.projection, false, &element);
  auto bound = New(BoundKind::kListComprehension, expr,
                   {std::move(list.expr), std::move(where), std::move(value)});
  bound->slot = local.slot();
  return {std::move(bound), {kListType, element.types}};
}

Typed Binder::Bind(const Expr& expr, const QuantifierExpr& quantifier) {
  Typed list = BindList(*quantifier.list);
  const Local local(*this, quantifier.variable, {list.type.element, TypeSet::Any()});
  BoundExprPtr where = BindInside(quantifier.where, true);
  auto bound = New(BoundKind::kQuantifier, expr, {std::move(list.expr), std::move(where)});
  bound->quantifier = quantifier.kind;
  bound->slot = local.slot();
  return {std::move(bound), {kBoolType, {}}};
}

Typed Binder::Bind(const Expr& expr, const ReduceExpr& reduce) {
  Typed initial = BindExpr(*reduce.initial);
  Typed list = BindList(*reduce.list);
  const Local accumulator(*this, reduce.accumulator, {});
  const Local element(*this, reduce.variable, {list.type.element, TypeSet::Any()});
  StaticType type;
  BoundExprPtr body = BindInside(reduce.body, false, &type);
  auto bound = New(BoundKind::kReduce, expr,
                   {std::move(initial.expr), std::move(list.expr), std::move(body)});
  bound->slot = accumulator.slot();
  bound->second_slot = element.slot();
  return {std::move(bound), Either(initial.type, type)};
}

namespace {

/// Whether a test of a CASE is a condition on its subject and not a value.
bool IsCaseCondition(const Expr& test) {
  bool found = false;
  ForEachChild(test, [&found](const Expr& child) {
    found = found || std::holds_alternative<CaseSubjectExpr>(child.node);
  });
  return found;
}

bool HasCaseCondition(const CaseExpr& choice) {
  return std::any_of(choice.branches.begin(), choice.branches.end(), [](const CaseBranch& branch) {
    return std::any_of(branch.tests.begin(), branch.tests.end(),
                       [](const ExprPtr& test) { return IsCaseCondition(*test); });
  });
}

}  // namespace

Typed Binder::Bind(const Expr& /*expr*/, const CaseSubjectExpr& /*subject*/) {
  return case_subjects_.back();
}

// In the searched form a value becomes the comparison with the subject.
BoundExprPtr Binder::BindCaseTest(const Expr& test, const Typed* subject, bool searched) {
  if (subject == nullptr) return BindPredicate(test);
  if (!searched) return BindValue(test);
  if (IsCaseCondition(test)) return BindPredicate(test);
  auto equal = New(BoundKind::kCompare, test, {subject->expr, BindValue(test)});
  equal->compare = CompareOp::kEqual;
  return equal;
}

// Several tests of a branch share its value. Conditions on the subject make it a searched CASE.
Typed Binder::Bind(const Expr& expr, const CaseExpr& choice) {
  auto bound = New(BoundKind::kCase, expr);
  const bool searched = HasCaseCondition(choice);
  std::optional<Typed> subject;
  if (choice.subject) subject = BindExpr(*choice.subject);
  if (searched && !IsDeterministic(subject->expr)) {
    throw Error(ErrorCode::kUnsupported,
                "Conditions behind WHEN ask for a subject that is the same each time",
                LocateInText(ast_.text, choice.subject->span.begin, choice.subject->span.size()))
        .WithHint("name it by WITH");
  }
  bound->args.push_back(subject && !searched ? subject->expr : nullptr);
  if (searched) case_subjects_.push_back(*subject);
  StaticType type{TypeSet(), TypeSet()};
  for (const CaseBranch& branch : choice.branches) {
    std::vector<BoundExprPtr> tests;
    for (const ExprPtr& test : branch.tests) {
      tests.push_back(BindCaseTest(*test, subject ? &*subject : nullptr, searched));
    }
    const Typed value = BindExpr(*branch.then);
    type = Either(type, value.type);
    for (BoundExprPtr& test : tests) {
      bound->args.push_back(std::move(test));
      bound->args.push_back(value.expr);
    }
  }
  if (searched) case_subjects_.pop_back();
  Typed otherwise{nullptr, type};
  if (choice.otherwise) otherwise = BindExpr(*choice.otherwise);
  bound->args.push_back(std::move(otherwise.expr));
  return {std::move(bound), Either(type, otherwise.type)};
}

// ---- Queries inside -----------------------------------------------------------------------------

// What a query inside reads of its surroundings: locals of comprehensions are variables there, and
// where rows were grouped or made distinct there is only what ReadVariable would find.
Scope Binder::ReadableScope() const {
  Scope scope = scope_;
  const Grouping* grouping = state_.grouping;
  if (grouping != nullptr && (grouping->behind || !state_.in_aggregate)) {
    Scope::Variables own;
    for (const Grouping::Key& key : grouping->keys) {
      if (!key.variable.empty()) own.insert_or_assign(key.variable, key.value);
    }
    if (grouping->behind && !state_.in_aggregate) {
      for (const auto& [name, variable] : scope_.own()) own.insert_or_assign(name, variable);
    }
    scope = grouping->before->Grouped(std::move(own));
  }
  for (const auto& [name, variable] : locals_) scope.Add(name, variable);
  return scope;
}

Binder::InnerQuery::InnerQuery(Binder& binder)
    : scope_(binder.scope_, binder.ReadableScope().Inner()),
      state_(binder.state_, State()),
      locals_(binder.locals_, {}),
      returned_(binder.returned_, {}),
      standalone_(binder.standalone_call_, false),
      in_predicate_(binder.in_predicate_query_, true) {}

Typed Binder::SubqueryOver(const Expr& expr, SubqueryKind kind, BoundQuery query, TypeSet element) {
  auto subquery = std::make_shared<BoundSubquery>();
  subquery->kind = kind;
  subquery->query = std::make_unique<BoundQuery>(std::move(query));
  auto bound = New(BoundKind::kSubquery, expr);
  bound->subquery = std::move(subquery);
  switch (kind) {
    case SubqueryKind::kExists:
      return {std::move(bound), {kBoolType, {}}};
    case SubqueryKind::kCount:
      return {std::move(bound), {ValueType::kInt, {}}};
    case SubqueryKind::kCollect:
      break;
  }
  return {std::move(bound), {kListType, element}};
}

Typed Binder::Bind(const Expr& expr, const SubqueryExpr& subquery) {
  if (state_.constant) {
    throw Fault(expr.span, "NonConstantExpression", "This is one value for the whole query");
  }
  const InnerQuery inner(*this);
  BoundQuery query = BindQuery(*subquery.query, nullptr);
  if (subquery.kind == SubqueryKind::kCollect && query.columns.size() != 1) {
    throw Fault(expr.span, "UnexpectedSyntax", "COLLECT takes a query that returns one column");
  }
  return SubqueryOver(expr, subquery.kind, std::move(query), TypeSet::Any());
}

// The query `MATCH pattern RETURN value`, without the RETURN where there is no value.
BoundQuery Binder::QueryOver(BoundPattern pattern, BoundExprPtr value) {
  BoundQuery query;
  BoundSingleQuery& branch = query.branches.emplace_back();
  branch.clauses.push_back({{}, BoundMatch{false, std::move(pattern)}});
  if (!value) return query;
  const Slot slot = NewSlot({}, SlotKind::kValue);
  BoundProjection projection;
  projection.is_return = true;
  projection.items.push_back({std::move(value), slot});
  branch.clauses.push_back({{}, std::move(projection)});
  branch.output.push_back(slot);
  query.columns.push_back({{}, slot});
  return query;
}

Typed Binder::Bind(const Expr& expr, const PatternExpr& pattern) {
  const bool one = pattern.path.selector == PathSelector::kShortestPath;
  const bool paths = one || pattern.path.selector == PathSelector::kAllShortestPaths;
  if (state_.constant) {
    throw Fault(expr.span, "NonConstantExpression", "This is one value for the whole query");
  }
  const InnerQuery inner(*this);
  BoundPattern bound = BindPattern(std::span(&pattern.path, 1), nullptr, paths);
  if (!paths) {
    return SubqueryOver(expr, SubqueryKind::kExists, QueryOver(std::move(bound), nullptr), {});
  }
  const Variable path{NewSlot({}, SlotKind::kPath), SlotKind::kPath, TypeOf(SlotKind::kPath)};
  bound.paths.front().slot = path.slot;
  BoundExprPtr value = ReadSlot(expr.span, path).expr;
  Typed all = SubqueryOver(expr, SubqueryKind::kCollect,
                           QueryOver(std::move(bound), std::move(value)), ValueType::kPath);
  if (!one) return all;
  auto head = New(BoundKind::kCall, expr, {std::move(all.expr)});
  head->function = FindFunction("head");
  return {std::move(head), TypeOf(SlotKind::kPath)};
}

Typed Binder::Bind(const Expr& expr, const PatternComprehensionExpr& comprehension) {
  if (state_.constant) {
    throw Fault(expr.span, "NonConstantExpression", "This is one value for the whole query");
  }
  const InnerQuery inner(*this);
  BoundPattern pattern =
      BindPattern(std::span(&comprehension.path, 1), comprehension.where.get(), true);
  Typed value = BindExpr(*comprehension.projection);
  return SubqueryOver(expr, SubqueryKind::kCollect,
                      QueryOver(std::move(pattern), std::move(value.expr)), value.type.types);
}

}  // namespace verbale::query
