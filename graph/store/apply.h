#pragma once

#include "graph/store/store.h"
#include "graph/store/write_set.h"

namespace verbale::graph::store {

/// The batch that brings `writes` into the manual layer of `state`, with index entries.
Commit MakeCommit(const State& state, const WriteSet& writes);

}  // namespace verbale::graph::store
