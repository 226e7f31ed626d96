// Expand (b)-[s]->(c) > ExpandInto (a)-[t]->(c)  →  Intersect (b)-[s]->(c)<-[t]-(a)
//
// Instead of one look-up for every neighbour of b, the neighbours of a and b are walked side by
// side. Preconditions: both steps are directed, the second one closes at the node that the first
// one binds, and a is not that node.

#include <algorithm>

#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

/// The closing step as one that begins at the node that is bound before; nothing where it does not
/// close at `to`.
std::optional<LogicalExpand> Towards(LogicalExpand step, Slot to) {
  if (step.from == step.to) return std::nullopt;
  if (step.to == to) return step;
  if (step.from != to) return std::nullopt;
  std::swap(step.from, step.to);
  step.arrow = Turned(step.arrow);
  return step;
}

}  // namespace

void IntersectWalks(LogicalPlan&, LogicalPtr& root, const graph::View&) {
  RewriteTree(root, [](LogicalPtr& node) {
    const auto* closing = std::get_if<LogicalExpand>(&node->op);
    if (closing == nullptr || !closing->into || closing->arrow == Arrow::kBoth ||
        closing->to_label) {
      return;
    }
    LogicalNode& below = *node->inputs.front();
    const auto* first = std::get_if<LogicalExpand>(&below.op);
    if (first == nullptr || first->into || first->arrow == Arrow::kBoth) return;
    auto second = Towards(*closing, first->to);
    if (!second || first->from == first->to) return;
    LogicalIntersect op;
    op.first = *first;
    op.to = first->to;
    op.to_label = first->to_label;
    op.distinct = std::erase(second->distinct_from, first->rel) > 0;
    op.second = std::move(*second);
    LogicalPtr input = std::move(below.inputs.front());
    node = MakeNode(std::move(op), std::move(input));
  });
}

}  // namespace verbale::query
