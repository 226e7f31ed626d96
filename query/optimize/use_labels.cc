// NodeScan (n:L) > Filter n:L     →  NodeScan (n:L)
// Expand (a)-[]->(n) > Filter n:L  →  Expand (a)-[]->(n:L)
//
// Precondition: the filter stands right above the operator that binds the node.

#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

/// The node and the one label that a predicate asks for.
bool IsOneLabel(const BoundExpr& predicate) {
  return predicate.kind == BoundKind::kHasLabels && predicate.labels.op == LabelOp::kName &&
         predicate.args[0]->kind == BoundKind::kSlot;
}

bool Absorbs(LogicalNode& below, const BoundExpr& predicate) {
  if (!IsOneLabel(predicate)) return false;
  const Slot slot = predicate.args[0]->slot;
  const std::string& label = predicate.labels.name;
  if (auto* scan = std::get_if<LogicalNodeScan>(&below.op)) {
    if (scan->node != slot) return false;
    if (!scan->label) scan->label = label;
    return *scan->label == label;
  }
  if (auto* expand = std::get_if<LogicalExpand>(&below.op)) {
    if (expand->to != slot) return false;
    if (!expand->to_label) expand->to_label = label;
    return *expand->to_label == label;
  }
  return false;
}

}  // namespace

void UseLabels(LogicalPlan&, LogicalPtr& root, const graph::View&) {
  RewriteTree(root, [](LogicalPtr& node) {
    auto* filter = std::get_if<LogicalFilter>(&node->op);
    if (filter == nullptr) return;
    LogicalNode& below = *node->inputs.front();
    std::erase_if(filter->predicates,
                  [&below](const BoundExprPtr& predicate) { return Absorbs(below, *predicate); });
    DropWhereEmpty(node);
  });
}

}  // namespace verbale::query
