#include "query/parse/internal/grammar.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "graph/ascii.h"

namespace verbale::query {

Grammar::Nesting::Nesting(Grammar& grammar) : grammar_(grammar) {
  if (grammar_.depth_ >= grammar_.limits_.max_depth) {
    const Token& token = grammar_.cursor_.Peek();
    grammar_.FailDepth(token.span);
  }
  ++grammar_.depth_;
}

void Grammar::FailDepth(ByteSpan span) const {
  throw Error(ErrorCode::kLimitExceeded,
              fmt::format("The text is nested more than {} levels deep", limits_.max_depth),
              LocateInText(cursor_.text(), span.begin, span.size()));
}

Name Grammar::TakeName(std::string_view what) {
  Name name = TakeKey(what);
  if (name.text.empty()) cursor_.Fail(name.span, "UnexpectedSyntax", "A name cannot be empty");
  return name;
}

Name Grammar::TakeKey(std::string_view what) {
  if (!cursor_.AtName()) cursor_.FailNoName(what);
  const Token token = cursor_.Take();
  return {NameOf(cursor_.text(), token), token.span};
}

Name Grammar::TakeVariable() {
  if (!cursor_.AtVariable()) cursor_.FailExpected("the name of a variable");
  return TakeName("the name of a variable");
}

Name Grammar::TakeDottedName(std::string_view what) {
  Name name = TakeName(what);
  while (cursor_.Accept(".")) {
    const Name part = TakeName(what);
    name.text += '.' + part.text;
    name.span.end = part.span.end;
  }
  return name;
}

std::uint64_t Grammar::TakeCount(std::string_view what) {
  if (!cursor_.AtKind(TokenKind::kInteger)) cursor_.FailExpected(what);
  const Token token = cursor_.Take();
  std::string digits(cursor_.TextOf(token));
  std::erase(digits, '_');
  std::uint64_t count = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (error != std::errc() || end != digits.data() + digits.size() ||
      count > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    cursor_.Fail(token.span, "InvalidNumberLiteral", fmt::format("'{}' is not a count", digits));
  }
  return count;
}

std::string Grammar::TakeTypeName() {
  static constexpr std::array<std::string_view, 27> kTypeWords = {
      "ANY",    "ARRAY",  "BOOL",    "BOOLEAN", "DATE",         "DATETIME", "DURATION",
      "EDGE",   "FLOAT",  "INT",     "INTEGER", "LIST",         "LOCAL",    "MAP",
      "NODE",   "NOT",    "NOTHING", "NULL",    "PATH",         "POINT",    "PROPERTY",
      "SIGNED", "STRING", "TIME",    "VALUE",   "RELATIONSHIP", "ZONED"};
  const Nesting nesting(*this);
  std::string type;
  while (cursor_.AtKind(TokenKind::kWord)) {
    const std::string word = UpperCase(cursor_.TextOf(cursor_.Peek()));
    if (std::find(kTypeWords.begin(), kTypeWords.end(), word) == kTypeWords.end()) break;
    cursor_.Take();
    if (!type.empty()) type += ' ';
    type += word;
    if ((word == "LIST" || word == "ARRAY") && cursor_.Accept("<")) {
      type += '<' + TakeTypeName() + '>';
      cursor_.Expect(">");
    }
  }
  if (type.empty()) cursor_.FailExpected("the name of a type");
  return type;
}

ExprPtr Grammar::LoneExpression() {
  ExprPtr expr = Expression();
  if (!cursor_.AtKind(TokenKind::kEnd)) cursor_.FailExpected("the end of the expression");
  return expr;
}

Ast Parse(std::string_view text, const ParseLimits& limits) {
  return Grammar(text, limits).Statement();
}

ExprPtr ParseExpression(std::string_view text, const ParseLimits& limits) {
  return Grammar(text, limits).LoneExpression();
}

}  // namespace verbale::query
