#pragma once

#include <string>

namespace rocksdb {
class Env;
}

namespace verbale::graph::store {

/// Looks at the block of properties of each table file in the folder of a database. RocksDB 7.8
/// takes it apart before it verifies its checksum, and built with assertions it ends the process
/// where the block seems to have an index of hashes. Error(kCorruption) where one does; every other
/// damage is left to RocksDB.
void CheckTableTails(rocksdb::Env& env, const std::string& folder);

}  // namespace verbale::graph::store
