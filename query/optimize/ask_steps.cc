// VarExpand (a)-[r*1..k]->(b) > Filter all(x IN r WHERE x.k)  →  VarExpand (a)-[r*1..k x.k]->(b)
//
// What each relationship must fulfil is asked while walking, and what does not fulfil it is not
// walked; likewise of none(), negated. Preconditions: filters stand right above the walk; the
// condition reads its relationship alone, and it cannot fail: it is asked of relationships, too, of
// walks that another filter leaves out.

#include <algorithm>

#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

bool IsPlainOperand(const BoundExpr& expr, const LogicalPlan& plan) {
  if (expr.kind == BoundKind::kList) {
    return std::all_of(expr.args.begin(), expr.args.end(),
                       [&](const BoundExprPtr& arg) { return IsPlainOperand(*arg, plan); });
  }
  return expr.kind == BoundKind::kConstant || expr.kind == BoundKind::kParameter ||
         IsPlainProperty(expr, plan);
}

/// Comparisons of properties with what is known, and what is made of these.
bool CannotFail(const BoundExpr& expr, const LogicalPlan& plan) {
  const auto all = [&](bool (*holds)(const BoundExpr&, const LogicalPlan&)) {
    return std::all_of(expr.args.begin(), expr.args.end(),
                       [&](const BoundExprPtr& arg) { return holds(*arg, plan); });
  };
  switch (expr.kind) {
    case BoundKind::kAnd:
    case BoundKind::kOr:
    case BoundKind::kNot:
      return all(CannotFail);
    case BoundKind::kCompare:
    case BoundKind::kIsNull:
    case BoundKind::kIsNotNull:
      return all(IsPlainOperand);
    case BoundKind::kBinary:
      return expr.binary == BinaryOp::kIn && expr.args[1]->kind == BoundKind::kList &&
             all(IsPlainOperand);
    default:
      return false;
  }
}

/// `expr` with `to` for `from`.
BoundExprPtr Renamed(const BoundExprPtr& expr, Slot from, Slot to) {
  auto renamed = std::make_shared<BoundExpr>(*expr);
  if (renamed->kind == BoundKind::kSlot && renamed->slot == from) renamed->slot = to;
  for (BoundExprPtr& arg : renamed->args) {
    if (arg) arg = Renamed(arg, from, to);
  }
  return renamed;
}

/// What `predicate` asks of each relationship of the walk; nullptr where it is something else.
BoundExprPtr OfEachStep(const BoundExpr& predicate, const LogicalVarExpand& walk,
                        const LogicalPlan& plan) {
  if (predicate.kind != BoundKind::kQuantifier || !predicate.args[1]) return nullptr;
  const bool none = predicate.quantifier == QuantifierKind::kNone;
  if (!none && predicate.quantifier != QuantifierKind::kAll) return nullptr;
  const BoundExpr& list = *predicate.args[0];
  if (list.kind != BoundKind::kSlot || list.slot != walk.rel) return nullptr;
  BoundExprPtr each = Renamed(predicate.args[1], predicate.slot, walk.element);
  std::vector<Slot> reads;
  CollectReads(each, plan, reads);
  if (!CannotFail(*each, plan) ||
      std::any_of(reads.begin(), reads.end(), [&](Slot read) { return read != walk.element; })) {
    return nullptr;
  }
  if (!none) return each;
  auto negated = std::make_shared<BoundExpr>();
  negated->kind = BoundKind::kNot;
  negated->span = each->span;
  negated->args.push_back(std::move(each));
  return negated;
}

void AddCondition(const BoundExprPtr& each, LogicalVarExpand& walk) {
  if (!walk.element_where) {
    walk.element_where = each;
    return;
  }
  auto both = std::make_shared<BoundExpr>();
  both->kind = BoundKind::kAnd;
  both->args = {walk.element_where, each};
  walk.element_where = std::move(both);
}

}  // namespace

void AskSteps(LogicalPlan& plan, LogicalPtr& root, const graph::View&) {
  if (plan.writes) return;
  RewriteTree(root, [&plan](LogicalPtr& node) {
    auto* filter = std::get_if<LogicalFilter>(&node->op);
    if (filter == nullptr) return;
    LogicalNode* below = node->inputs.front().get();
    while (std::holds_alternative<LogicalFilter>(below->op)) below = below->inputs.front().get();
    auto* walk = std::get_if<LogicalVarExpand>(&below->op);
    if (walk == nullptr) return;
    std::erase_if(filter->predicates, [&](const BoundExprPtr& predicate) {
      const BoundExprPtr each = OfEachStep(*predicate, *walk, plan);
      if (each) AddCondition(each, *walk);
      return each != nullptr;
    });
    if (!filter->predicates.empty()) return;
    LogicalPtr input = std::move(node->inputs.front());
    node = std::move(input);
  });
}

}  // namespace verbale::query
