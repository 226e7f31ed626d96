#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace verbale::query {

/// "did you mean X?" for the known name that is nearest to a mistaken one (NearestName); empty
/// where none is near.
std::string Suggest(std::string_view name, const std::vector<std::string_view>& known);

}  // namespace verbale::query
