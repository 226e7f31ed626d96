#pragma once

#include <string>
#include <string_view>

#include "graph/value.h"

namespace verbale::graph {

/// Appends `text` in double quotes, with \" \\ \n \r \t and \u00XX for other control characters.
void AppendQuoted(std::string& out, std::string_view text);

/// Appends a label, type or key: as it is where it is a plain word, else in double quotes.
void AppendName(std::string& out, std::string_view name);

/// Appends the one form in which dumps write a value: `null`, `true`, `1`, `1.0`, `"text"`,
/// `[1, 2]`, `{a: 1}`, `date("2015-07-14")`. Different values have different texts, and equal texts
/// are the same value of the same type. Nodes, relationships and paths have none:
/// Error(kInvalidArgument).
void AppendText(std::string& out, const Value& value);

/// For people: strings as they are, everything else as AppendText writes it.
std::string PlainText(const Value& value);

}  // namespace verbale::graph
