#pragma once

// What must hold for any bytes that are given to the parser: they parse or give an Error. What
// parses prints, and parses again to the same text; and it binds or gives an Error. Nothing is run.

#include <string>
#include <string_view>

#include "graph/error.h"
#include "query/bind/bind.h"
#include "query/parse/parse.h"
#include "query/parse/print.h"

namespace verbale::query {

/// False where the text that was printed of `text` does not parse to itself. Anything but an Error
/// goes through.
inline bool PrintsToItself(std::string_view text) {
  ParseLimits limits;
  limits.max_depth = 200;  // The sanitizers need several times the stack.
  Ast ast;
  try {
    ast = Parse(text, limits);
  } catch (const Error&) {
    return true;
  }
  const std::string printed = ToText(ast);
  limits.max_depth = 1000;  // A normal form may have brackets that the text had not.
  try {
    if (ToText(Parse(printed, limits)) != printed) return false;
  } catch (const Error&) {
    return false;
  }
  try {
    Bind(ast);
  } catch (const Error&) {
  }
  return true;
}

}  // namespace verbale::query
