#pragma once

#include <string>

#include "query/parse/ast.h"

namespace verbale::query {

/// A tree in brackets, "(MATCH (path (node n A) …))": every member that carries meaning, no spans.
/// Written apart from the printer, so that it sees what the printer would lose.
std::string TreeOf(const Ast& ast);
std::string TreeOf(const Expr& expr);

}  // namespace verbale::query
