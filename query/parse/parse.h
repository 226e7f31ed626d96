#pragma once

// The door of parse/: text in, tree out.

#include <cstdint>
#include <string_view>

#include "graph/error.h"
#include "query/parse/ast.h"

namespace verbale::query {

/// Bounds that keep a hostile text from exhausting the stack. Crossing one is
/// Error(kLimitExceeded).
struct ParseLimits {
  std::uint32_t max_depth = 1000;  ///< Nesting of expressions, patterns and subqueries.
};

/// One statement, with or without a semicolon at its end. Throws Error(kSyntax) with position, and
/// with the nearest keyword as hint where a word looks like one.
Ast Parse(std::string_view text, const ParseLimits& limits = {});

/// One expression and nothing else. The spans refer to `text`.
ExprPtr ParseExpression(std::string_view text, const ParseLimits& limits = {});

}  // namespace verbale::query
