#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

namespace verbale::cli {

/// What stands before, between and behind the `at`s of `text`, also where that is nothing. Borrowed
/// from it.
inline std::vector<std::string_view> Split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(at, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

}  // namespace verbale::cli
