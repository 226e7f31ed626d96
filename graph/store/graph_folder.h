#pragma once

#include <string>

namespace verbale::graph::store {

/// Where in the folder of a graph the database lies.
std::string DatabaseIn(const std::string& folder);

/// Whether `folder` holds a graph. Error(kIo) where that cannot be seen.
bool HoldsStore(const std::string& folder);

/// Error(kIo), which names it, where `folder` is no folder or holds anything that is not of a
/// graph. It need not exist.
void ExpectNothingElse(const std::string& folder);

}  // namespace verbale::graph::store
