#pragma once

#include <string>
#include <vector>

#include "extract/extract.h"
#include "extract/rules/pack_data.h"

namespace verbale::extract {

/// Reads the pack in `folder` and those that it extends, which lie beside it, or else in one of
/// `shelves`. What a pack says
/// stands over what those say that it extends. Files are read in the order of their names.
/// Error with file, line and column for what is wrong.
PackData LoadPackData(const std::string& folder, const std::vector<std::string>& shelves,
                      PackParts parts = PackParts::kAll);

}  // namespace verbale::extract
