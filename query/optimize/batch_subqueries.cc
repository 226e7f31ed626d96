// EXISTS { (a)-[]->(:L) } and COUNT of the like: many outer rows go through the inner plan at once
// instead of one after the other; where there is nothing but the step, nothing runs at all, since a
// degree is enough, or as many ends as CountWalks finds to fit.
//
// Precondition: the inner plan is one step along relationships with filters, so that what it makes
// of a row is bounded by the degree of one node, and nothing in it looks at other rows. Everything
// longer runs row by row and stops at the first match.

#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

bool IsOneStep(const LogicalNode& root) {
  std::size_t steps = 0;
  const LogicalNode* node = &root;
  for (; !node->inputs.empty(); node = node->inputs.front().get()) {
    if (std::holds_alternative<LogicalExpand>(node->op)) {
      ++steps;
    } else if (!std::holds_alternative<LogicalFilter>(node->op)) {
      return false;
    }
  }
  return steps == 1 && std::holds_alternative<LogicalStart>(node->op);
}

bool IsNothingElse(const LogicalNode& root) {
  if (std::holds_alternative<LogicalCountWalks>(root.op)) return true;
  const auto* expand = std::get_if<LogicalExpand>(&root.op);
  return expand != nullptr && expand->distinct_from.empty() &&
         AreOuterRows(*root.inputs.front(), expand->from);
}

}  // namespace

void BatchSubqueries(LogicalPlan& plan, LogicalPtr&, const graph::View&) {
  for (auto& [subquery, subplan] : plan.subplans) {
    if (subquery->kind == SubqueryKind::kCollect || subplan.row != kNoSlot) continue;
    subplan.is_step = IsNothingElse(*subplan.root);
    if (IsOneStep(*subplan.root)) subplan.row = plan.NewSlot(SlotKind::kValue);
  }
}

}  // namespace verbale::query
