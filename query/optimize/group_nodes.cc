// RelScan (a)-->(b) > Aggregate b.id, f(a)  →  RelScan (a)-->(b) > Aggregate b.id, f(a) BY b
//
// Groups are told apart by the number of the node, and its properties are read once a group.
// Preconditions: every group reads that node alone, cannot fail, and one of them is a property that
// a unique constraint covers for a label that the node is known to have. Whether all nodes with the
// label have the property is asked when the rows come.

#include <algorithm>

#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

/// The node that all groups read, each of them as a property or as itself.
std::optional<Slot> NodeOfGroups(const LogicalAggregate& aggregate, const LogicalPlan& plan) {
  std::optional<Slot> node;
  for (const BoundItem& group : aggregate.groups) {
    const BoundExpr& value = *group.value;
    if (!IsPlainProperty(value, plan)) return std::nullopt;
    const Slot slot = value.args[0]->slot;
    if (plan.slots[slot.value].kind != SlotKind::kNode || (node && *node != slot)) {
      return std::nullopt;
    }
    node = slot;
  }
  return node;
}

/// What is known of a node that a scan below binds.
std::optional<GraphFact> EndOf(const LogicalRelScan& scan, Slot node) {
  if (scan.to == node) return GraphFact{scan.types, scan.arrow, scan.to_label};
  if (scan.from == node) return GraphFact{scan.types, Turned(scan.arrow), scan.from_label};
  return std::nullopt;
}

/// The same rows as steps from the node.
StepFold StepsAt(Slot node, const LogicalRelScan& scan, std::vector<BoundExprPtr> conditions) {
  if (scan.from == node) {
    return {node,       scan.rel,        scan.to,       scan.arrow,
            scan.types, scan.from_label, scan.to_label, std::move(conditions)};
  }
  return {node,       scan.rel,      scan.from,       Turned(scan.arrow),
          scan.types, scan.to_label, scan.from_label, std::move(conditions)};
}

}  // namespace

void GroupNodes(LogicalPlan& plan, LogicalPtr& root, const graph::View& view) {
  if (&root != &plan.root || plan.writes) return;
  RewriteTree(root, [&](LogicalPtr& node) {
    auto* aggregate = std::get_if<LogicalAggregate>(&node->op);
    if (aggregate == nullptr || aggregate->groups.empty()) return;
    const LogicalNode* below = node->inputs.front().get();
    std::vector<BoundExprPtr> conditions;
    while (const auto* filter = std::get_if<LogicalFilter>(&below->op)) {
      conditions.insert(conditions.end(), filter->predicates.begin(), filter->predicates.end());
      below = below->inputs.front().get();
    }
    const auto* scan = std::get_if<LogicalRelScan>(&below->op);
    const auto grouped = NodeOfGroups(*aggregate, plan);
    if (scan == nullptr || !grouped) return;
    const auto end = EndOf(*scan, *grouped);
    if (!end) return;
    for (const BoundItem& group : aggregate->groups) {
      const auto label = LabelWithUnique(group.value->name, *end, plan, view);
      if (!label) continue;
      aggregate->by_node = GroupedNode{*grouped, *label, group.value->name};
      if (std::all_of(conditions.begin(), conditions.end(), IsDeterministic) &&
          std::holds_alternative<LogicalStart>(below->inputs.front()->op)) {
        aggregate->fold = StepsAt(*grouped, *scan, std::move(conditions));
      }
      return;
    }
  });
}

}  // namespace verbale::query
