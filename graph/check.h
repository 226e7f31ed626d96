#pragma once

#include <vector>

#include "graph/graph.h"
#include "graph/snapshot/state_reader.h"
#include "graph/store/store.h"

namespace verbale::graph {

/// Compares everything that is kept twice and computes again everything that follows from something
/// else; where `view` is given, which shows the same state, it is compared with the store, and
/// asked whether it keeps the constraints. Empty: all is sound.
std::vector<CheckProblem> CheckStore(const store::State& state,
                                     const snapshot::CommittedView* view = nullptr);

}  // namespace verbale::graph
