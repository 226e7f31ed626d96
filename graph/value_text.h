#pragma once

#include <string>
#include <string_view>

#include "graph/value.h"

namespace verbale::graph {

/// Bytes of the character at `at`, or 0 where it is no well-formed UTF-8.
std::size_t Utf8Size(std::string_view text, std::size_t at);
bool IsUtf8(std::string_view text);

/// Appends `text` in double quotes, with \" \\ \n \r \t and \u00XX for other control characters.
void AppendQuoted(std::string& out, std::string_view text);

/// Whether a name needs no quotes: ASCII letters, digits and '_', no digit first.
bool IsPlainName(std::string_view name);

/// Appends a label, type or key: as it is where it is plain, else in double quotes.
void AppendName(std::string& out, std::string_view name);

/// Appends the one form in which dumps write a value: `null`, `true`, `1`, `1.0`, `"text"`,
/// `[1, 2]`, `{a: 1}`, `date("2015-07-14")`. Different values have different texts, and equal texts
/// are the same value of the same type. Nodes, relationships and paths have none:
/// Error(kInvalidArgument).
void AppendText(std::string& out, const Value& value);

/// A float as openCypher prints it: the fewest digits that give it back, "1.0", "1.0E7", "NaN",
/// "Infinity".
std::string FloatText(double d);

/// A temporal value in ISO 8601; Error(kInvalidArgument) for any other.
std::string TemporalText(const Value& value);

/// The function of openCypher that makes a temporal of that type from its text: "localdatetime".
std::string_view TemporalFunction(ValueType type);

/// Appends a string as openCypher writes it: in single quotes, with \' \\ \n \r \t and
/// \u00XX for other control characters.
void AppendCypherString(std::string& out, std::string_view text);

/// Appends a name in backticks, those in it doubled.
void AppendBackquoted(std::string& out, std::string_view name);

/// For people: strings as they are, everything else as AppendText writes it.
std::string DisplayText(const Value& value);

}  // namespace verbale::graph
