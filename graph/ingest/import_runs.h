#pragma once

#include <string>
#include <vector>

#include "graph/snapshot/names.h"
#include "graph/snapshot/snapshot.h"
#include "graph/store/index.h"
#include "graph/store/store.h"
#include "graph/view.h"

namespace verbale::graph::ingest {

/// What is declared over the nodes. Borrows everything.
struct Declared {
  const store::Indexes& indexes;
  const std::vector<SchemaItem>& schema;  ///< Of which uniqueness of one key is checked.
  const snapshot::NameCatalog& names;
};

/// The records, adjacency and index entries of what `snapshot` has, all of the manual layer and
/// created by `author`, as runs of `store`. Uses two threads. Error(kAlreadyExists) where a
/// constraint is broken.
store::SortedRuns MakeRuns(store::Store& store, const snapshot::Snapshot& snapshot,
                           const Declared& declared, const std::string& author);

}  // namespace verbale::graph::ingest
