#pragma once

#include <span>

#include "graph/snapshot/state.h"
#include "graph/store/write_set.h"

namespace verbale::graph::snapshot {

/// What leads from `before` to `after`, where `nodes` and `rels` (ascending, each once) are those
/// that may differ.
store::WriteSet Diff(const GraphState& before, const GraphState& after,
                     std::span<const NodeNo> nodes, std::span<const RelNo> rels);

}  // namespace verbale::graph::snapshot
