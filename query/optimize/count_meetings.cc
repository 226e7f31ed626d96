// Intersect (b)-[s]->(c), (a)-[t]->(c) > Aggregate f(a, b), count(*)
// →  Intersect count … AS n > Aggregate f(a, b), sum(n)
//
// Instead of a row for each node in common, their number. Preconditions: above stand only
// aggregates that count rows, and groups that do not read what the steps bind; and each
// relationship that the two steps may not take again leads between their two nodes, so that without
// loops it cannot be one of theirs.

#include <algorithm>

#include "query/functions/registry.h"
#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

bool CountsRows(const BoundAggregate& aggregate, const LogicalIntersect& op) {
  if (aggregate.distinct) return false;
  if (aggregate.function != nullptr && aggregate.function->name != "count") return false;
  if (aggregate.args.empty()) return true;
  const BoundExpr& arg = *aggregate.args[0];
  return arg.kind == BoundKind::kSlot &&
         (arg.slot == op.to || arg.slot == op.first.rel || arg.slot == op.second.rel);
}

/// Whether `rel` is bound below as a step between `a` and `b`.
bool LeadsBetween(Slot rel, Slot a, Slot b, const LogicalNode& below) {
  for (const LogicalNode* node = &below;; node = node->inputs.front().get()) {
    if (const auto* step = std::get_if<LogicalExpand>(&node->op); step && step->rel == rel) {
      return (step->from == a && step->to == b) || (step->from == b && step->to == a);
    }
    if (node->inputs.empty()) return false;
  }
}

bool Fits(const LogicalAggregate& aggregate, const LogicalIntersect& op, const LogicalNode& below,
          const LogicalPlan& plan) {
  std::vector<Slot> reads;
  for (const BoundItem& group : aggregate.groups) CollectReads(group.value, plan, reads);
  const bool reads_bound = std::any_of(reads.begin(), reads.end(), [&op](Slot slot) {
    return slot == op.to || slot == op.first.rel || slot == op.second.rel;
  });
  if (reads_bound || aggregate.aggregates.empty()) return false;
  for (const LogicalExpand* step : {&op.first, &op.second}) {
    for (const Slot taken : step->distinct_from) {
      if (!LeadsBetween(taken, op.first.from, op.second.from, below)) return false;
    }
  }
  return std::all_of(aggregate.aggregates.begin(), aggregate.aggregates.end(),
                     [&op](const BoundAggregate& item) { return CountsRows(item, op); });
}

}  // namespace

void CountMeetings(LogicalPlan& plan, LogicalPtr& root, const graph::View&) {
  RewriteTree(root, [&plan](LogicalPtr& node) {
    auto* aggregate = std::get_if<LogicalAggregate>(&node->op);
    if (aggregate == nullptr) return;
    auto* op = std::get_if<LogicalIntersect>(&node->inputs.front()->op);
    if (op == nullptr || !Fits(*aggregate, *op, *node->inputs.front()->inputs.front(), plan)) {
      return;
    }
    op->weight = plan.NewSlot(SlotKind::kValue);
    for (BoundAggregate& item : aggregate->aggregates) {
      item.function = FindAggregate("sum");
      item.args.assign(1, MakeSlotExpr(op->weight));
    }
  });
}

}  // namespace verbale::query
