#pragma once

// Values as JSON that keeps their types: those that JSON has no type for as in Neo4j's Query API,
// {"$type": "Date", "_value": "2015-07-14"}.

#include <nlohmann/json.hpp>

#include "graph/value.h"

namespace verbale::graph::formats {

using Json = nlohmann::ordered_json;

Json TypedJson(const Value& value);
Json MapJson(const Map& map);

}  // namespace verbale::graph::formats
