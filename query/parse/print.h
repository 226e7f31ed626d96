#pragma once

// A tree as text in one normal form: keywords in capitals, single blanks, brackets only where the
// tree needs them, names in back-quotes only where they need them. Parsing the text again gives the
// same tree, spans aside; so two expressions are the same when their texts are.

#include <string>

#include "query/parse/ast.h"

namespace verbale::query {

std::string ToText(const Ast& ast);
std::string ToText(const Query& query);
std::string ToText(const Expr& expr);
std::string ToText(const PathPattern& path);
/// Without the colon: "A&(B|C)".
std::string ToText(const LabelExpr& labels);

/// `name` as it must be written where a name is expected: in back-quotes where it is no plain word
/// or a reserved one.
std::string QuotedName(std::string_view name);

}  // namespace verbale::query
