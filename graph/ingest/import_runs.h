#pragma once

#include <string>

#include "graph/snapshot/snapshot.h"
#include "graph/store/index.h"
#include "graph/store/store.h"

namespace verbale::graph::ingest {

/// The records, adjacency and index entries of what `snapshot` has, all of the manual layer and
/// created by `author`, as runs of `store`. Uses two threads.
store::SortedRuns MakeRuns(store::Store& store, const snapshot::Snapshot& snapshot,
                           const store::Indexes& indexes, const std::string& author);

}  // namespace verbale::graph::ingest
