#pragma once

// From what a statement means to the operators that answer it, as the author wrote it: patterns
// from left to right, filters where they stand. optimize/ makes it fast.

#include "query/plan/logical_plan.h"

namespace verbale::query {

/// Procedures are borrowed from the catalog that the statement was bound with. Throws
/// Error(kUnsupported) for what cannot be run.
LogicalPlan MakePlan(const BoundStatement& statement);

}  // namespace verbale::query
