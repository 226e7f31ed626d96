#pragma once

// Values in the JSON that formats/json_values.h writes. What is none is Error(kInvalidArgument)
// without a place.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "graph/value.h"

namespace verbale::graph::ingest {

using Json = nlohmann::ordered_json;

/// The member `name`, a text. Borrowed from `object`.
const std::string& TextIn(const Json& object, const char* name);
/// A property.
Value ValueOfJson(const Json& json);
/// Properties by name, in the text of an object.
std::vector<std::pair<std::string, Value>> ValuesInText(std::string_view text);

}  // namespace verbale::graph::ingest
