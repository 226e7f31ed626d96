#pragma once

// What a commit makes of a state, before it is written.

#include <memory>
#include <vector>

#include "graph/store/store.h"

namespace verbale::graph::store {

/// `names` with `more` behind them.
Names Extended(Names names, const Names& more);
/// Sorted by name.
std::vector<SchemaItem> SchemaAfter(std::vector<SchemaItem> schema, const Commit& commit);

/// The state that writing `commit` over `state` would leave. Nothing is written, and the commit is
/// not needed afterwards.
std::shared_ptr<const State> StateAfter(std::shared_ptr<const State> state, const Commit& commit);

}  // namespace verbale::graph::store
