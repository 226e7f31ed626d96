#pragma once

#include <string>
#include <vector>

namespace verbale::extract {

/// Those of `ids` in which the RE2 `filter` matches somewhere; all where it is empty.
/// Error(kInvalidArgument) where it is no RE2.
std::vector<std::string> FilterIds(const std::vector<std::string>& ids, const std::string& filter);

}  // namespace verbale::extract
