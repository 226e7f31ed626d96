// NodeScan a > Filter a.k > Aggregate count(DISTINCT a)  →  … > Aggregate count(a)
// NodeScan a > Expand (a)-[r]->(b) > Aggregate count(DISTINCT r)  →  … > Aggregate count(r)
//
// A scan gives each node once, and a directed step from there each relationship. Preconditions: the
// scan is of the one row with which a plan starts; between it and the aggregation stands nothing
// but filters and, for a relationship, its one step.

#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

const LogicalNode& BelowFilters(const LogicalNode& node) {
  const LogicalNode* at = node.inputs.front().get();
  while (std::holds_alternative<LogicalFilter>(at->op)) at = at->inputs.front().get();
  return *at;
}

/// What no two rows below `node` share.
Slot GivenOnce(const LogicalNode& node) {
  const LogicalNode* at = &BelowFilters(node);
  Slot rel = kNoSlot;
  if (const auto* step = std::get_if<LogicalExpand>(&at->op)) {
    if (step->arrow == Arrow::kBoth || step->into || step->optional) return kNoSlot;
    rel = step->rel;
    at = &BelowFilters(*at);
  }
  const auto* scan = std::get_if<LogicalNodeScan>(&at->op);
  if (scan == nullptr || !std::holds_alternative<LogicalStart>(at->inputs.front()->op)) {
    return kNoSlot;
  }
  return rel == kNoSlot ? scan->node : rel;
}

}  // namespace

void DropDistinct(LogicalPlan& plan, LogicalPtr& root, const graph::View&) {
  if (&root != &plan.root) return;  // An inner plan starts with many rows.
  for (LogicalNode* at = root.get(); !at->inputs.empty(); at = at->inputs.front().get()) {
    auto* aggregate = std::get_if<LogicalAggregate>(&at->op);
    if (aggregate == nullptr) continue;
    const Slot once = GivenOnce(*at);
    for (BoundAggregate& item : aggregate->aggregates) {
      const bool is_it = once != kNoSlot && item.args.size() == 1 &&
                         item.args[0]->kind == BoundKind::kSlot && item.args[0]->slot == once;
      if (is_it) item.distinct = false;
    }
  }
}

}  // namespace verbale::query
