#include "query/parse/internal/cursor.h"

#include <algorithm>

#include <fmt/format.h>

namespace verbale::query {

Cursor::Cursor(std::string_view text) : text_(text), list_(Lex(text)) {}

const Token& Cursor::Peek(std::size_t ahead) const {
  return list_.tokens[std::min(at_ + ahead, list_.tokens.size() - 1)];
}

bool Cursor::At(Lexeme lexeme) const {
  if (Peek().lexeme == lexeme) return true;
  if (lexeme.is_keyword() && Peek().kind == TokenKind::kWord) {
    asked_.push_back(lexeme.keyword().text);
  }
  return false;
}

bool Cursor::Accept(Lexeme lexeme) {
  if (!At(lexeme)) return false;
  Take();
  return true;
}

Token Cursor::Expect(Lexeme lexeme) {
  if (At(lexeme)) return Take();
  FailExpected(fmt::format("'{}'", lexeme.text()));
}

Token Cursor::Take() {
  const Token token = Peek();
  if (at_ + 1 < list_.tokens.size()) ++at_;
  end_ = token.span.end;
  asked_.clear();
  return token;
}

bool Cursor::AtName() const { return AtKind(TokenKind::kWord) || AtKind(TokenKind::kQuotedName); }

bool Cursor::AtVariable(std::size_t ahead) const {
  const Token& token = Peek(ahead);
  if (token.kind == TokenKind::kQuotedName) return true;
  return token.kind == TokenKind::kWord &&
         !(token.lexeme.is_keyword() && token.lexeme.keyword().reserved);
}

void Cursor::FailExpected(std::string_view what) const {
  const Token& token = Peek();
  if (token.kind == TokenKind::kInvalid) throw *list_.error;
  if (token.kind == TokenKind::kEnd) {
    const std::size_t last = std::max<std::size_t>(end_, 1) - 1;
    Fail({last, last + 1}, "UnexpectedSyntax",
         fmt::format("The text ends here; expected {}", what));
  }
  const std::string message = fmt::format("Unexpected '{}'; expected {}", TextOf(token), what);
  throw SyntaxError(text_, token.span, "UnexpectedSyntax", message).WithHint(HintFor(token));
}

void Cursor::FailNoName(std::string_view what) const {
  const Token& token = Peek();
  if (token.kind == TokenKind::kInvalid && list_.error->detail() == "InvalidNumberLiteral") {
    const TextPosition& place = list_.error->position();
    throw SyntaxError(text_, {place.offset, place.offset + place.length}, "UnexpectedSyntax",
                      "A name cannot begin with a digit")
        .WithHint("put it in back-quotes");
  }
  FailExpected(what);
}

void Cursor::Fail(ByteSpan span, std::string detail, std::string message) const {
  if (list_.error && Peek().kind == TokenKind::kInvalid) throw *list_.error;
  throw SyntaxError(text_, span, std::move(detail), std::move(message));
}

std::string Cursor::HintFor(const Token& token) const {
  const std::string_view word = TextOf(token);
  if (token.lexeme == "!=") return "'not equal' is written <>";
  if (token.lexeme == "!") return "'not' is written NOT";
  if (token.lexeme == "&") return "'and' is written AND";
  if (token.lexeme == "|" || token.lexeme == "||") return "'or' is written OR";
  return token.kind == TokenKind::kWord ? DidYouMean(word, asked_) : std::string();
}

}  // namespace verbale::query
