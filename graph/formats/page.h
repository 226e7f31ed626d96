#pragma once

#include <string_view>

namespace verbale::graph::formats {

/// The page as web/ builds it, in two halves: the graph goes between them. Both are empty where the
/// program was built without it (VERBALE_WEB).
struct Page {
  std::string_view before;
  std::string_view after;
};
Page ThePage();

}  // namespace verbale::graph::formats
