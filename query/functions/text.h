#pragma once

#include <string>
#include <string_view>

#include "graph/ids.h"
#include "graph/value.h"

namespace verbale::query {

/// A float as openCypher prints it: shortest digits that give the same number back, "1.0", "1.0E7",
/// "NaN", "Infinity".
std::string FloatText(double d);
/// What toString() and string concatenation make of a string, number, boolean or temporal.
std::string PlainText(const graph::Value& value);

/// What id() shows: non-negative for what people created, negative for what documents say.
std::int64_t ShownId(std::uint64_t id);
std::string ElementId(graph::NodeId id);
std::string ElementId(graph::RelId id);

}  // namespace verbale::query
