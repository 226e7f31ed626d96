#pragma once

// Text to tokens: one pass, no backtracking. Words keep their spelling, since almost every keyword
// is also a legal name; the parser decides by place which of the two it is.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/error.h"
#include "graph/span.h"
#include "query/parse/keywords.h"

namespace verbale::query {

enum class TokenKind : std::uint8_t {
  kEnd,
  kWord,        ///< Name or keyword.
  kQuotedName,  ///< `…`
  kInteger,     ///< Decimal, 0x… or 0o…; in range or not.
  kFloat,
  kString,
  kParameter,  ///< $name or $`name`
  kSymbol,
  kInvalid,  ///< Where reading stopped; always the last one.
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  Lexeme lexeme;            ///< Of a symbol, and of a word that is a keyword.
  std::uint32_t match = 0;  ///< Of an opening bracket: index of the closing one; 0 where none is.
  ByteSpan span;
};

/// Tokens end with kEnd or kInvalid; `error` belongs to the latter.
struct TokenList {
  std::vector<Token> tokens;
  std::optional<Error> error;
};

/// Never throws for what the text says: the parser raises `error` when it gets there, so that an
/// earlier mistake is reported first.
TokenList Lex(std::string_view text);

/// An error about bytes of a query, in the words of the TCK.
Error SyntaxError(std::string_view text, ByteSpan span, std::string detail,
                  const std::string& message);

/// A name as it is meant: a word as it stands, a quoted name or parameter without its marks.
std::string NameOf(std::string_view text, const Token& token);
/// A string with its escapes resolved. Throws Error(kSyntax) for a broken escape.
std::string StringOf(std::string_view text, const Token& token);

}  // namespace verbale::query
