#pragma once

#include <string>
#include <vector>

#include "extract/rules/pack_data.h"
#include "extract/rules_tool.h"

namespace verbale::extract {

/// Reads one example and judges it, its `todo` not considered. `problems`: a line for each.
Outcome RunExample(const Reader& reader, const RuleExample& example,
                   std::vector<std::string>& problems);

}  // namespace verbale::extract
