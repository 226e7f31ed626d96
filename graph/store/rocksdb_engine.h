#pragma once

#include <memory>
#include <string>

#include "graph/store/engine.h"

namespace rocksdb {
class Env;
}

namespace verbale::graph::store {

/// OpenRocksDb on a file system of the caller's, which outlives the engine: to see what becomes of
/// a store whose disk fails.
std::unique_ptr<Engine> OpenRocksDbOn(rocksdb::Env& env, const std::string& folder,
                                      const RocksDbOptions& options);

}  // namespace verbale::graph::store
