// Aggregate p.id, p.name, f over rows that differ in p  →  the same, knowing that no two rows share
// a group.
//
// Preconditions: the rows below are known to differ in some nodes, and for each of these nodes
// there is a group that is the node, or a property of it that a unique constraint covers for a
// label that the node is known to have, by itself or as an end of relationships. Whether such a
// property is there is asked when the rows come. Without a constraint, whether all nodes with the
// label differ in the property is asked then, too.

#include <algorithm>
#include <map>
#include <set>

#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

/// What is known of the rows of an operator.
struct Known {
  std::set<Slot> differ;                    ///< Nodes in which no two rows are alike...
  bool all_differ = false;                  ///< ...where this is true.
  std::multimap<Slot, std::string> labels;  ///< That a node has.
  std::map<Slot, GraphFact> ends;           ///< Nodes without one that a step leads to.
};

void AddLabel(Slot slot, const std::optional<std::string>& label, Known& known) {
  if (label) known.labels.emplace(slot, *label);
}

void AddFilterLabels(const LogicalFilter& filter, Known& known) {
  for (const BoundExprPtr& predicate : filter.predicates) {
    if (predicate->kind == BoundKind::kHasLabels && predicate->labels.op == LabelOp::kName &&
        predicate->args[0]->kind == BoundKind::kSlot) {
      known.labels.emplace(predicate->args[0]->slot, predicate->labels.name);
    }
  }
}

/// `reads`: what is read above. Where the end is not, there is one row for each start.
void AddWalks(const LogicalCountWalks& op, const std::vector<Slot>& reads, Known& known) {
  if (!op.each_row) {
    known.differ.clear();
    known.all_differ = true;
  }
  const CountHop& given = op.by_middle ? op.hops.front() : op.hops.back();
  if (std::find(reads.begin(), reads.end(), given.to) == reads.end()) return;
  known.differ.insert(given.to);
  AddLabel(given.to, given.to_label, known);
  if (!given.to_label) known.ends.insert({given.to, {given.types, given.arrow, {}}});
}

Known KnownOf(const LogicalNode& node, const LogicalPlan& plan, std::vector<Slot> reads) {
  if (std::holds_alternative<LogicalStart>(node.op)) {
    Known known;
    known.all_differ = true;  // One row.
    return known;
  }
  if (node.inputs.size() != 1) return {};
  std::vector<Slot> below = reads;
  for (const Slot slot : ReadsOf(node, plan)) below.push_back(slot);
  Known known = KnownOf(*node.inputs.front(), plan, std::move(below));
  if (const auto* scan = std::get_if<LogicalNodeScan>(&node.op)) {
    known.differ.insert(scan->node);
    AddLabel(scan->node, scan->label, known);
  } else if (const auto* seek = std::get_if<LogicalIndexSeek>(&node.op)) {
    known.differ.insert(seek->node);
    AddLabel(seek->node, seek->label, known);
  } else if (const auto* walks = std::get_if<LogicalCountWalks>(&node.op)) {
    AddWalks(*walks, reads, known);
  } else if (const auto* filter = std::get_if<LogicalFilter>(&node.op)) {
    AddFilterLabels(*filter, known);
  } else if (!std::holds_alternative<LogicalProject>(node.op)) {
    known.all_differ = false;
  }
  return known;
}

/// Whether `value` tells `node` from all others, as far as it is not null.
bool Tells(const BoundExpr& value, Slot node, const Known& known, LogicalPlan& plan,
           const graph::View& view) {
  if (!IsPropertyOf(value, node)) return false;
  const auto step = known.ends.find(node);
  if (step != known.ends.end() && LabelWithUnique(value.name, step->second, plan, view))
    return true;
  const auto [begin, end] = known.labels.equal_range(node);
  return std::any_of(begin, end,
                     [&](const auto& entry) { return IsUnique(view, entry.second, value.name); });
}

/// The group that may tell the node apart, where its values say so: its place.
std::optional<std::size_t> MayTell(const LogicalAggregate& aggregate, Slot node,
                                   const Known& known) {
  if (known.labels.count(node) == 0) return std::nullopt;
  for (std::size_t i = 0; i < aggregate.groups.size(); ++i) {
    if (IsPropertyOf(*aggregate.groups[i].value, node)) return i;
  }
  return std::nullopt;
}

/// The groups that tell all nodes apart; nothing where there are none. What their values must say
/// for it goes into `told_apart`.
std::optional<std::vector<std::size_t>> TellingGroups(const LogicalAggregate& aggregate,
                                                      const Known& known, LogicalPlan& plan,
                                                      const graph::View& view,
                                                      std::vector<GroupedNode>& told_apart) {
  if (!known.all_differ || aggregate.groups.empty()) return std::nullopt;
  std::vector<std::size_t> telling;
  for (const Slot node : known.differ) {
    bool found = false;
    for (std::size_t i = 0; i < aggregate.groups.size() && !found; ++i) {
      const BoundExpr& value = *aggregate.groups[i].value;
      found = value.kind == BoundKind::kSlot && value.slot == node;
      if (found || !Tells(value, node, known, plan, view)) continue;
      telling.push_back(i);
      found = true;
    }
    if (found) continue;
    const std::optional<std::size_t> place = MayTell(aggregate, node, known);
    if (!place) return std::nullopt;
    telling.push_back(*place);
    told_apart.push_back(
        {node, known.labels.find(node)->second, aggregate.groups[*place].value->name});
  }
  return telling;
}

}  // namespace

void GroupAlone(LogicalPlan& plan, LogicalPtr& root, const graph::View& view) {
  // In an inner plan the leaf may give many rows.
  if (&root != &plan.root || plan.writes) return;
  RewriteTree(root, [&](LogicalPtr& node) {
    auto* aggregate = std::get_if<LogicalAggregate>(&node->op);
    if (aggregate == nullptr) return;
    const Known known = KnownOf(*node->inputs.front(), plan, ReadsOf(*node, plan));
    std::vector<GroupedNode> told_apart;
    aggregate->alone = TellingGroups(*aggregate, known, plan, view, told_apart);
    if (aggregate->alone) aggregate->told_apart = std::move(told_apart);
  });
}

}  // namespace verbale::query
