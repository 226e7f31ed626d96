// Expand (a)-[r]->(b) > Filter a <> b  →  Expand (a)-[r]->(b)
//
// Precondition: none of the relationships that the step may take leads from a node to itself.

#include <algorithm>

#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

/// The step below that leads from one of the two nodes to the other.
const LogicalExpand* StepBetween(const LogicalNode& top, Slot one, Slot other) {
  for (const LogicalNode* node = &top; node->inputs.size() == 1;
       node = node->inputs.front().get()) {
    const auto* step = std::get_if<LogicalExpand>(&node->op);
    if (step == nullptr && !std::holds_alternative<LogicalFilter>(node->op)) return nullptr;
    if (step == nullptr) continue;
    if (step->optional) return nullptr;
    if ((step->from == one && step->to == other) || (step->from == other && step->to == one)) {
      return step;
    }
  }
  return nullptr;
}

}  // namespace

void DropConditions(LogicalPlan& plan, LogicalPtr& root, const graph::View& view) {
  RewriteTree(root, [&](LogicalPtr& node) {
    auto* filter = std::get_if<LogicalFilter>(&node->op);
    if (filter == nullptr) return;
    std::erase_if(filter->predicates, [&](const BoundExprPtr& predicate) {
      const auto apart = NodesToldApart(*predicate);
      if (!apart) return false;
      const LogicalExpand* step = StepBetween(*node->inputs.front(), apart->first, apart->second);
      return step != nullptr && RelyOn({step->types, step->arrow, {}}, plan, view);
    });
    DropWhereEmpty(node);
  });
}

}  // namespace verbale::query
