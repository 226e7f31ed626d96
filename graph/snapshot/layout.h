#pragma once

#include <memory>

#include "graph/snapshot/state.h"
#include "graph/store/store.h"

namespace verbale::graph::snapshot {

/// Everything that `pinned` has, laid out afresh.
GraphState LayOut(std::shared_ptr<const store::State> pinned);

/// The same graph as `state`, without a Delta: what was written is in the Snapshot. Numbers change.
/// Reads only what is given, so it may run beside readers and the writer.
GraphState LayOutAgain(const GraphState& state);

}  // namespace verbale::graph::snapshot
