#pragma once

#include <string>
#include <string_view>

#include "graph/ids.h"
#include "graph/value.h"

namespace verbale::query {

/// What toString() and string concatenation make of a string, number, boolean or temporal.
std::string PlainText(const graph::Value& value);

/// What id() shows, never negative: the counter of what people created, the hash of what documents
/// say.
std::int64_t ShownId(std::uint64_t id);
/// The whole identity: "n:7", "r:7" for what people created, "n:d7", "r:d7" for what documents say.
std::string ElementId(graph::NodeId id);
std::string ElementId(graph::RelId id);

}  // namespace verbale::query
