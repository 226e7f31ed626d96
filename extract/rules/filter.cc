#include "extract/rules/filter.h"

#include <re2/re2.h>

#include "graph/error.h"

namespace verbale::extract {

std::vector<std::string> FilterIds(const std::vector<std::string>& ids, const std::string& filter) {
  RE2::Options options;
  options.set_log_errors(false);
  const RE2 regex(filter, options);
  if (!regex.ok()) {
    throw Error(ErrorCode::kInvalidArgument,
                "'" + filter + "' is no regular expression: " + regex.error());
  }
  std::vector<std::string> kept;
  for (const std::string& id : ids) {
    if (RE2::PartialMatch(id, regex)) kept.push_back(id);
  }
  if (kept.empty() && !ids.empty()) {
    throw Error(ErrorCode::kNotFound, "no rule has an id that '" + filter + "' matches")
        .WithHint("verbale rules list shows them");
  }
  return kept;
}

}  // namespace verbale::extract
