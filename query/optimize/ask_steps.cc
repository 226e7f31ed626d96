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

/// What `predicate` asks of each relationship of the walk; nullptr where it is something else.
BoundExprPtr OfEachStep(const BoundExpr& predicate, const LogicalVarExpand& walk,
                        const LogicalPlan& plan) {
  const BoundExprPtr each = OfEachElement(predicate, walk.element);
  if (!each || !CannotFail(*each, plan)) return nullptr;
  const BoundExpr& list = *predicate.args[0];
  if (list.kind != BoundKind::kSlot || list.slot != walk.rel) return nullptr;
  std::vector<Slot> reads;
  CollectReads(each, plan, reads);
  const bool reads_more =
      std::any_of(reads.begin(), reads.end(), [&](Slot read) { return read != walk.element; });
  return reads_more ? nullptr : each;
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
      if (!each) return false;
      walk->element_where =
          walk->element_where ? MakeConjunction({walk->element_where, each}) : each;
      return true;
    });
    DropWhereEmpty(node);
  });
}

}  // namespace verbale::query
