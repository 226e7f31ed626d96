#pragma once

#include <string>

#include "extract/rules/pack_data.h"

namespace verbale::extract {

/// Reads the pack in `folder` and those that it extends, which lie beside it. What a pack says
/// stands over what those say that it extends. Files are read in the order of their names.
/// Error with file, line and column for what is wrong.
PackData LoadPackData(const std::string& folder);

}  // namespace verbale::extract
