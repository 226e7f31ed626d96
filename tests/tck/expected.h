#pragma once

#include <string>
#include <string_view>

#include "graph/value.h"
#include "graph/view.h"

namespace verbale::tck {

// Values as the kit writes them in tables, and actual values, are both brought to one canonical
// text; two values are the same where their texts are. Nodes, relationships and paths are compared
// by structure, temporals by their ISO text (the kit writes them as strings), floats by value.

/// How lists are compared.
enum class ListOrder { kKept, kIgnored };

/// Canonical text of a cell: `(:L {p: 1})`, `[:T]`, `<(:A)-[:R]->(:B)>`, `[1, 'a', null]`, `NaN`.
/// Error(kSyntax) where it is none.
std::string CanonicalExpected(std::string_view cell, ListOrder order);

std::string CanonicalActual(const graph::Value& value, const graph::View& view, ListOrder order);

/// A cell that is no node, relationship or path, as a value: for parameters and procedures.
graph::Value ToValue(std::string_view cell);

}  // namespace verbale::tck
