#pragma once

// From the logical plan to operators that run.

#include <vector>

#include "query/execute/operator.h"
#include "query/plan/logical_plan.h"

namespace verbale::query {

/// A tree of operators and where its leaves take rows from.
struct BuiltPlan {
  OperatorPtr root;
  OuterRowsPtr outer;  ///< Read by the leaves of `root`.
};

/// Operators for `root` whose rows have the slots in `needed`. Both are borrowed until this
/// returns; procedures and functions until the operators end.
BuiltPlan Build(const LogicalNode& root, const LogicalPlan& plan, std::vector<Slot> needed);

}  // namespace verbale::query
