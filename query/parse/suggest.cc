#include "query/parse/suggest.h"

#include "graph/error.h"

namespace verbale::query {

std::string Suggest(std::string_view name, const std::vector<std::string_view>& known) {
  const std::string nearest = NearestName(name, known);
  return nearest.empty() ? nearest : "did you mean " + nearest + "?";
}

}  // namespace verbale::query
