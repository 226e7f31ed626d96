#pragma once

#include <vector>

#include "graph/graph.h"
#include "graph/store/store.h"

namespace verbale::graph {

/// Compares everything that is kept twice and computes again everything that follows from something
/// else. Empty: the store is sound.
std::vector<CheckProblem> CheckStore(const store::State& state);

}  // namespace verbale::graph
