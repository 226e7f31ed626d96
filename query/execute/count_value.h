#pragma once

#include <cstddef>
#include <string_view>

#include "graph/view.h"
#include "query/execute/expression.h"

namespace verbale::query {

/// The number of rows that SKIP or LIMIT (`clause`) names. Error SyntaxError
/// NegativeIntegerArgument or InvalidArgumentType where it is none.
std::size_t CountValue(Expression& count, std::string_view clause, const graph::View& view);

}  // namespace verbale::query
