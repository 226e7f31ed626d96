#pragma once

#include <cstdint>
#include <string>

#include "graph/store/store.h"

namespace verbale::graph {

/// Makes the adjacency in both directions and the entries of indexes what the records say, in one
/// durable commit. Returns how many entries were missing or too many.
std::uint64_t RepairStore(store::Store& store);

/// Copies the graph as it is now into `folder`, which must not exist or be empty, and makes sure
/// that the copy opens and has the same state. Error(kIo) and no folder where that fails.
void BackupStore(const store::Store& store, const std::string& folder);

}  // namespace verbale::graph
