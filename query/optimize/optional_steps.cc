// Optional { Expand (a)-[r]->(b) }  →  OptionalExpand (a)-[r]->(b)
//
// The step itself gives a row of nulls where it leads nowhere. Precondition: the inner plan is that
// one step, and it opens a new node.

#include "query/optimize/passes.h"

namespace verbale::query {

void OptionalSteps(LogicalPlan&, LogicalPtr& root, const graph::View&) {
  RewriteTree(root, [](LogicalPtr& node) {
    if (!std::holds_alternative<LogicalOptional>(node->op)) return;
    LogicalNode& inner = *node->inputs[1];
    auto* expand = std::get_if<LogicalExpand>(&inner.op);
    if (expand == nullptr || expand->into || !expand->distinct_from.empty() ||
        !std::holds_alternative<LogicalStart>(inner.inputs.front()->op)) {
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
