#pragma once

#include <string>

#include "query/query.h"

namespace verbale::cli {

/// A plan as EXPLAIN and PROFILE show it: an operator a line, its inputs indented below it, with
/// estimated rows and, where it was profiled, the rows and the time that it had.
std::string PlanText(const query::PlanNode& plan);

}  // namespace verbale::cli
