#pragma once

#include <string>

namespace verbale::graph::store {

/// Copies the folder of a RocksDB database that another process may be writing, as it was at one
/// moment. `to` must not exist. Error(kIo) where the writer changed the set of files each time.
void CopyDatabaseFolder(const std::string& from, const std::string& to);

}  // namespace verbale::graph::store
