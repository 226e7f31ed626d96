#pragma once

#include <span>
#include <vector>

#include "graph/snapshot/state.h"
#include "graph/store/write_set.h"

namespace verbale::graph::snapshot {

/// What leads from `before` to `after`, where `nodes` and `rels` (ascending, each once) are those
/// that may differ.
store::WriteSet Diff(const GraphState& before, const GraphState& after,
                     std::span<const NodeNo> nodes, std::span<const RelNo> rels);

/// Properties that differ, null where one went away. All ascend by key.
store::Properties DiffProperties(const store::Properties& before, const store::Properties& after);
/// Labels of `a` that are not in `b`. All ascend.
std::vector<LabelId> LabelsBeyond(const std::vector<LabelId>& a, const std::vector<LabelId>& b);

}  // namespace verbale::graph::snapshot
