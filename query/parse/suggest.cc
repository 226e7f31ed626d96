#include "query/parse/suggest.h"

#include <algorithm>

#include <fmt/format.h>

#include "graph/error.h"

namespace verbale::query {

std::string Suggest(std::string_view name, const std::vector<std::string_view>& known) {
  if (name.size() < 2) return {};
  const std::string nearest = NearestName(name, known);
  const std::size_t allowed = std::max<std::size_t>(1, name.size() / 3);
  if (nearest.empty() || EditDistance(name, nearest) > allowed) return {};
  return fmt::format("did you mean {}?", nearest);
}

}  // namespace verbale::query
