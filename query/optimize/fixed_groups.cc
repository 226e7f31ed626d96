// NodeScan a > Filter a.k = 'x' > … > Aggregate a.k AS k, b.l AS l, f
// →  NodeScan a > Filter a.k = 'x' > … > Aggregate b.l AS l, f > Project 'x' AS k
//
// A group that a condition below makes the same in all rows tells none of them apart.
// Preconditions: the two are equal only where they are the same: it is a string; another group is
// left, since an aggregation without any gives a row of nothing; nothing writes, and no operator in
// between gives the slot another value.

#include <algorithm>

#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

/// Operators of which every row has what it was made of.
bool KeepsSlots(const LogicalNode& node) {
  return std::holds_alternative<LogicalFilter>(node.op) ||
         std::holds_alternative<LogicalExpand>(node.op) ||
         std::holds_alternative<LogicalNodeScan>(node.op);
}

/// The string that `property` equals by `condition`.
BoundExprPtr EqualString(const BoundExpr& condition, const BoundExpr& property) {
  if (condition.kind != BoundKind::kCompare || condition.compare != CompareOp::kEqual)
    return nullptr;
  for (const std::size_t side : {0, 1}) {
    const BoundExpr& read = *condition.args[side];
    const BoundExprPtr& value = condition.args[1 - side];
    if (IsPropertyOf(read, property.args[0]->slot) && read.name == property.name &&
        value->kind == BoundKind::kConstant && value->value.is_string()) {
      return value;
    }
  }
  return nullptr;
}

/// What it equals in all rows of `top`; nullptr where that is not known.
BoundExprPtr FixedValue(const LogicalNode& top, const BoundExpr& property) {
  for (const LogicalNode* node = &top; KeepsSlots(*node); node = node->inputs.front().get()) {
    const auto* filter = std::get_if<LogicalFilter>(&node->op);
    if (filter == nullptr) continue;
    for (const BoundExprPtr& condition : filter->predicates) {
      if (BoundExprPtr value = EqualString(*condition, property)) return value;
    }
  }
  return nullptr;
}

}  // namespace

void FixedGroups(LogicalPlan& plan, LogicalPtr& root, const graph::View&) {
  if (plan.writes) return;
  RewriteTree(root, [&plan](LogicalPtr& node) {
    auto* aggregate = std::get_if<LogicalAggregate>(&node->op);
    if (aggregate == nullptr) return;
    LogicalProject fixed;
    std::vector<BoundItem> others;
    for (const BoundItem& group : aggregate->groups) {
      BoundExprPtr value;
      if (IsPlainProperty(*group.value, plan)) {
        value = FixedValue(*node->inputs.front(), *group.value);
      }
      if (value) {
        fixed.items.push_back({std::move(value), group.slot});
      } else {
        others.push_back(group);
      }
    }
    if (fixed.items.empty() || others.empty()) return;
    aggregate->groups = std::move(others);
    node = MakeNode(std::move(fixed), std::move(node));
  });
}

}  // namespace verbale::query
