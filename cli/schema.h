#pragma once

#include "graph/view.h"

namespace verbale::cli {

/// Prints labels and relationship types with counts, ends and properties, then indexes and
/// constraints.
void PrintSchema(const graph::View& view);

}  // namespace verbale::cli
