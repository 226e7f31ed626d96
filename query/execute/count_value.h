#pragma once

#include <cstddef>
#include <string_view>

#include "graph/value.h"

namespace verbale::query {

/// The number of rows that SKIP or LIMIT (`clause`) names. Error SyntaxError
/// NegativeIntegerArgument or InvalidArgumentType where it is none.
std::size_t CountValue(const graph::Value& value, std::string_view clause);

}  // namespace verbale::query
