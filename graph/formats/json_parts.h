#pragma once

// JSON in the plain shapes that programs for pictures take.

#include <nlohmann/json.hpp>

#include "graph/formats/parts.h"

namespace verbale::graph::formats {

using Json = nlohmann::ordered_json;

/// Strings, numbers and booleans as they are, lists as arrays, temporals in ISO 8601; numbers that
/// JSON cannot write become null.
Json PlainJson(const Value& value);

/// Properties of a node with `name`, `label` (the first one) and `labels`; those win over
/// properties of the same names, save for `name`, which is one.
Json NodeAttributes(const View& view, NodeRef node);
/// Properties of a relationship with `label` (its type), `weight` (pieces of evidence, at least 1)
/// and `evidence`, where it is asked for.
Json RelAttributes(const View& view, RelRef rel, bool evidence);

/// One line of clean UTF-8.
std::string Line(const Json& json);

}  // namespace verbale::graph::formats
