#pragma once

// The passes, one file each. Private to optimize/. Each rewrites the tree below `root`, inner plans
// included, and says in its file what must hold before it may.

#include <utility>

#include "graph/view.h"
#include "query/plan/logical_plan.h"

namespace verbale::query {

void OrderWalks(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void UseLabels(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void DropConditions(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void FixedGroups(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void UseIndexes(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void DropDistinct(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void ReachEnds(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void IntersectWalks(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void CountMeetings(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void CountWalks(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void BatchSubqueries(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void ScanRels(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void GroupAlone(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void GroupNodes(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void OptionalSteps(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void SplitScans(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void AskSteps(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void AskEnds(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void SumScans(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void ShareReads(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);
void MakeTop(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);

/// Whether an inner plan has at `node` the outer rows, all or those in which `from` is not null: a
/// step from null leads nowhere anyway.
bool AreOuterRows(const LogicalNode& node, Slot from);

/// Whether it is a property of what the slot holds.
bool IsPropertyOf(const BoundExpr& expr, Slot slot);
/// Whether a constraint says that no two nodes with the label share a value of the property.
bool IsUnique(const graph::View& view, const std::string& label, const std::string& key);
/// The types that a step may take.
std::vector<graph::TypeId> TypesOf(const graph::View& view, const std::optional<LabelExpr>& types);
/// Whether it is true of `view`; then the plan notes that it relies on it. Never where it writes.
bool RelyOn(GraphFact fact, LogicalPlan& plan, const graph::View& view);
/// The label of all ends of a step, no two of which share a value of the property. `ends` tells the
/// label where it is known.
std::optional<std::string> LabelWithUnique(const std::string& key, const GraphFact& ends,
                                           LogicalPlan& plan, const graph::View& view);
/// The two nodes that a condition says are not the same one.
std::optional<std::pair<Slot, Slot>> NodesToldApart(const BoundExpr& condition);
/// Whether it is the same however often a row comes.
bool IgnoresRepeats(const BoundAggregate& aggregate);
/// EXISTS of one step from a node: true or false of each, and nothing in it fails.
BoundExprPtr MakeStepExists(LogicalCountWalks step, LogicalPlan& plan);

/// A filter that has no condition left gives way to its input.
inline void DropWhereEmpty(LogicalPtr& filter) {
  if (!std::get<LogicalFilter>(filter->op).predicates.empty()) return;
  LogicalPtr input = std::move(filter->inputs.front());
  filter = std::move(input);
}

/// Calls `rewrite` on every operator below `root`, inputs first.
template <typename Rewrite>
void RewriteTree(LogicalPtr& root, const Rewrite& rewrite) {
  for (LogicalPtr& input : root->inputs) RewriteTree(input, rewrite);
  rewrite(root);
}

}  // namespace verbale::query
