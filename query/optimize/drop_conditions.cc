// Expand (a)-[r]->(b) > Filter a <> b  →  Expand (a)-[r]->(b)
//
// Expand (a)-[r]->(b) > Expand (b)-[s]->(c), s is not r  →  Expand (a)-[r]->(b) > Expand
// (b)-[s]->(c)
//
// Precondition: none of the relationships that the step may take leads from a node to itself. The
// second one: both steps go the same way, so that only such a one could be taken by both.

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

/// The step below that takes `rel`.
const LogicalExpand* StepAlong(const LogicalNode& top, Slot rel) {
  for (const LogicalNode* node = &top; node->inputs.size() == 1;
       node = node->inputs.front().get()) {
    const auto* step = std::get_if<LogicalExpand>(&node->op);
    if (step != nullptr && step->rel == rel) return step;
    if (step == nullptr && !std::holds_alternative<LogicalFilter>(node->op)) return nullptr;
  }
  return nullptr;
}

/// Whether the step goes on from where `before` ended, in its direction.
bool GoesOn(const LogicalExpand& step, const LogicalExpand& before) {
  return step.from == before.to && step.arrow == before.arrow && step.arrow != Arrow::kBoth;
}

void DropTaken(LogicalExpand& step, const LogicalNode& below, LogicalPlan& plan,
               const graph::View& view) {
  std::erase_if(step.distinct_from, [&](Slot rel) {
    const LogicalExpand* before = StepAlong(below, rel);
    return before != nullptr && GoesOn(step, *before) &&
           RelyOn({step.types, step.arrow, {}}, plan, view);
  });
}

}  // namespace

void DropConditions(LogicalPlan& plan, LogicalPtr& root, const graph::View& view) {
  RewriteTree(root, [&](LogicalPtr& node) {
    if (auto* step = std::get_if<LogicalExpand>(&node->op)) {
      return DropTaken(*step, *node->inputs.front(), plan, view);
    }
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
