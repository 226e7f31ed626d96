#include "query/optimize/optimize.h"

#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

using Pass = void (*)(LogicalPlan& plan, LogicalPtr& root, const graph::View& view);

// Labels, indexes and counts are looked for where OrderWalks has put filters. What is left of scans
// and steps when walks are counted is read in the order of the layout. ShareReads comes
// late, since it hides which properties an expression reads; SumScans before it.
constexpr Pass kPasses[] = {
    OrderWalks, UseLabels,      DropConditions, FixedGroups,  UseIndexes, AskSteps,
    ReachEnds,  IntersectWalks, CountMeetings,  DropDistinct, CountWalks, ScanRels,
    GroupAlone, GroupNodes,     OptionalSteps,  AskEnds,      MakeTop,    BatchSubqueries,
    SumScans,   ShareReads,     SplitScans,
};

}  // namespace

void Optimize(LogicalPlan& plan, const graph::View& view) {
  for (const Pass pass : kPasses) {
    for (auto& [subquery, subplan] : plan.subplans) pass(plan, subplan.root, view);
    pass(plan, plan.root, view);
  }
}

}  // namespace verbale::query
