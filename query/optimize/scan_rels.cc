// NodeScan (a:A) > Expand (a)-[r:T]->(b:B)  →  RelScan (a:A)-[r:T]->(b:B)
//
// Relationships of a type stand side by side, and most start at nodes of one label: reading them in
// that order asks nothing of each node; where either direction will do, they are read twice.
// Preconditions: the step opens a new node; no relationship was matched before that it may not be;
// nothing writes (a scan of relationships would also see those of a node that the statement has
// deleted and not yet disconnected); and the label lets most of the relationships through, since
// all of them are looked at.

#include <algorithm>

#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

/// So many times more relationships are looked at than there are nodes to begin with: no more.
constexpr std::uint64_t kMostRelsForNode = 64;
/// Each type is looked for in every part of a scan.
constexpr std::size_t kMostTypes = 64;

bool IsWorthIt(const LogicalExpand& expand, const LogicalNodeScan& scan, const graph::View& view) {
  const std::vector<graph::TypeId> types = TypesOf(view, expand.types);
  if (types.empty() || types.size() > kMostTypes) return false;
  if (!scan.label) return true;
  const auto label = view.catalog().FindLabel(*scan.label);
  if (!label) return false;
  const auto all_have = [&](graph::Direction side, Arrow other) {
    return expand.arrow == other ||
           std::all_of(types.begin(), types.end(),
                       [&](graph::TypeId type) { return view.AllHaveLabel(type, side, *label); });
  };
  std::uint64_t rels = 0;
  for (const graph::TypeId type : types) rels += view.RelCount(type);
  return (all_have(graph::Direction::kOut, Arrow::kIn) &&
          all_have(graph::Direction::kIn, Arrow::kOut)) ||
         rels / kMostRelsForNode < view.NodeCount(*label);
}

}  // namespace

void ScanRels(LogicalPlan& plan, LogicalPtr& root, const graph::View& view) {
  if (plan.writes) return;
  RewriteTree(root, [&view](LogicalPtr& node) {
    const auto* expand = std::get_if<LogicalExpand>(&node->op);
    if (expand == nullptr || expand->into || expand->optional || expand->from == expand->to ||
        !expand->distinct_from.empty()) {
      return;
    }
    LogicalNode& below = *node->inputs.front();
    const auto* scan = std::get_if<LogicalNodeScan>(&below.op);
    if (scan == nullptr || scan->node != expand->from || !IsWorthIt(*expand, *scan, view)) return;
    LogicalRelScan op{expand->from,  expand->rel, expand->to,      expand->arrow,
                      expand->types, scan->label, expand->to_label};
    LogicalPtr input = std::move(below.inputs.front());
    node = MakeNode(std::move(op), std::move(input));
  });
}

}  // namespace verbale::query
