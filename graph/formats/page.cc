#include "graph/formats/page.h"

#include "graph/error.h"

#ifdef VERBALE_HAS_PAGE
// The bytes of the file, from page.S.
extern "C" const char verbale_page_begin[];
extern "C" const char verbale_page_end[];
#endif

namespace verbale::graph::formats {

Page ThePage() {
#ifdef VERBALE_HAS_PAGE
  constexpr std::string_view kMark = "@GRAPH@";
  const std::string_view page(verbale_page_begin,
                              static_cast<std::size_t>(verbale_page_end - verbale_page_begin));
  const std::size_t at = page.find(kMark);
  if (at == std::string_view::npos)
    throw Error(ErrorCode::kInternal, "the page has no place for a graph");
  return {page.substr(0, at), page.substr(at + kMark.size())};
#else
  return {};
#endif
}

}  // namespace verbale::graph::formats
