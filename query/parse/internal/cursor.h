#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/parse/lexer.h"

namespace verbale::query {

/// A place in the tokens of one text. It remembers which keywords were asked for at this place, so
/// that an error can name the one that was probably meant.
class Cursor {
 public:
  explicit Cursor(std::string_view text);

  std::string_view text() const { return text_; }
  const Token& Peek(std::size_t ahead = 0) const;
  std::size_t index() const { return at_; }
  /// The token at an index of the whole list.
  const Token& TokenAt(std::size_t index) const { return list_.tokens[index]; }
  std::string_view TextOf(const Token& token) const {
    return text_.substr(token.span.begin, token.span.size());
  }

  bool AtKind(TokenKind kind) const { return Peek().kind == kind; }
  /// Whether the next token is `lexeme`. Counts as having asked for it.
  bool At(Lexeme lexeme) const;
  bool AtAhead(std::size_t ahead, Lexeme lexeme) const { return Peek(ahead).lexeme == lexeme; }
  bool Accept(Lexeme lexeme);
  /// Throws where it is another.
  Token Expect(Lexeme lexeme);
  Token Take();

  /// A word or a quoted name, keyword or not.
  bool AtName() const;
  /// A name for a variable: reserved words need back-quotes.
  bool AtVariable(std::size_t ahead = 0) const;

  std::size_t begin() const { return Peek().span.begin; }
  /// Where the last token that was taken ends.
  std::size_t end() const { return end_; }
  ByteSpan SpanFrom(std::size_t begin) const { return {begin, end_}; }

  /// "Unexpected …; expected `what`", at the next token.
  [[noreturn]] void FailExpected(std::string_view what) const;
  /// The same where a name was expected, which may not begin with a digit.
  [[noreturn]] void FailNoName(std::string_view what) const;
  [[noreturn]] void Fail(ByteSpan span, std::string detail, std::string message) const;

 private:
  std::string HintFor(const Token& token) const;

  std::string_view text_;
  TokenList list_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  mutable std::vector<std::string_view> asked_;  // Keywords, at this place; capitals.
};

}  // namespace verbale::query
