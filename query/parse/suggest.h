#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace verbale::query {

/// "did you mean X?" for the known name that is nearest to a mistaken one; empty where none is
/// near: at most a third of the letters, or one, may differ. A single letter resembles nothing.
std::string Suggest(std::string_view name, const std::vector<std::string_view>& known);

}  // namespace verbale::query
