// Optional { Expand (a)-[r]->(b) }  →  OptionalExpand (a)-[r]->(b)
//
// The step itself gives a row of nulls where it leads nowhere. Precondition: the inner plan is that
// one step, and it opens a new node.

#include <algorithm>

#include "query/optimize/passes.h"

namespace verbale::query {

bool AreOuterRows(const LogicalNode& node, Slot from) {
  if (std::holds_alternative<LogicalStart>(node.op)) return true;
  const auto* filter = std::get_if<LogicalFilter>(&node.op);
  return filter != nullptr && std::holds_alternative<LogicalStart>(node.inputs.front()->op) &&
         std::all_of(filter->predicates.begin(), filter->predicates.end(),
                     [from](const BoundExprPtr& predicate) {
                       return predicate->kind == BoundKind::kIsNotNull &&
                              predicate->args[0]->kind == BoundKind::kSlot &&
                              predicate->args[0]->slot == from;
                     });
}

void OptionalSteps(LogicalPlan&, LogicalPtr& root, const graph::View&) {
  RewriteTree(root, [](LogicalPtr& node) {
    if (!std::holds_alternative<LogicalOptional>(node->op)) return;
    LogicalNode& inner = *node->inputs[1];
    auto* expand = std::get_if<LogicalExpand>(&inner.op);
    if (expand == nullptr || expand->into || !expand->distinct_from.empty() ||
        !AreOuterRows(*inner.inputs.front(), expand->from)) {
      return;
    }
    expand->optional = true;
    LogicalPtr outer = std::move(node->inputs.front());
    LogicalPtr step = std::move(node->inputs[1]);
    step->inputs.front() = std::move(outer);
    node = std::move(step);
  });
}

}  // namespace verbale::query
