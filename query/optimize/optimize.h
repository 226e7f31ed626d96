#pragma once

#include "graph/view.h"
#include "query/plan/logical_plan.h"

namespace verbale::query {

/// Rewrites a plan so that it gives the same rows sooner; in which order is only said where an
/// ORDER BY says it. `view` is looked at for counts and indexes, not kept; what is relied on beside
/// those of the schema is noted in the plan.
void Optimize(LogicalPlan& plan, const graph::View& view);

/// Whether what an optimized plan relies on is true of `view`, too.
bool StillHolds(const LogicalPlan& plan, const graph::View& view);

/// Writes beside each operator how many rows it is expected to give. To be called after Optimize.
void EstimateRows(LogicalPlan& plan, const graph::View& view);

/// Adds to every row the relationships that made it: a list, of lists and relationships, in the
/// slots that are returned. To be called before Optimize.
std::vector<Slot> TrackWhy(LogicalPlan& plan);

}  // namespace verbale::query
