#include "query/parse/lexer.h"

#include <array>
#include <utility>

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "graph/ascii.h"

namespace verbale::query {
namespace {

constexpr std::array<std::string_view, 9> kTwoCharacterSymbols = {
    "<=", ">=", "<>", "=~", "+=", "..", "::", "||", "!="};
constexpr std::string_view kSymbols = "()[]{}<>=+-*/%^,.:;|&!";

bool IsHexDigit(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool IsNameStart(UChar32 c) { return c == '_' || u_hasBinaryProperty(c, UCHAR_XID_START) != 0; }

bool IsNamePart(UChar32 c) { return u_hasBinaryProperty(c, UCHAR_XID_CONTINUE) != 0; }

bool IsBlank(UChar32 c) {
  return u_hasBinaryProperty(c, UCHAR_WHITE_SPACE) != 0 || (c >= 0x1C && c <= 0x1F) || c == 0xFEFF;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  TokenList Run() {
    while (!list_.error) {
      SkipBlanks();
      if (list_.error || at_ == text_.size()) break;
      ReadToken();
    }
    Token last;
    last.kind = list_.error ? TokenKind::kInvalid : TokenKind::kEnd;
    last.span = {at_, at_};
    list_.tokens.push_back(last);
    return std::move(list_);
  }

 private:
  char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  // The code point at the cursor (negative where the bytes are not UTF-8) and the place behind it.
  std::pair<UChar32, std::size_t> CodePoint() const {
    UChar32 c = 0;
    std::size_t next = at_;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text_.data()), next, text_.size(), c);
    return {c, next};
  }

  void Fail(std::size_t begin, std::size_t end, const char* detail, std::string message) {
    list_.error = SyntaxError(text_, {begin, end}, detail, std::move(message));
    at_ = begin;
  }

  void SkipBlanks() {
    while (at_ < text_.size()) {
      const auto [c, next] = CodePoint();
      if (c >= 0 && IsBlank(c)) {
        at_ = next;
      } else if (c == '/' && Peek(1) == '/') {
        const std::size_t end = text_.find('\n', at_);
        at_ = end == std::string_view::npos ? text_.size() : end + 1;
      } else if (c == '/' && Peek(1) == '*') {
        const std::size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) {
          Fail(at_, at_ + 2, "UnexpectedSyntax", "This comment has no end");
          return;
        }
        at_ = end + 2;
      } else {
        return;
      }
    }
  }

  void ReadToken() {
    const auto [c, next] = CodePoint();
    if (c == '\'' || c == '"') {
      ReadQuoted(TokenKind::kString, static_cast<char>(c), "string");
    } else if (c == '`') {
      ReadQuoted(TokenKind::kQuotedName, '`', "quoted name");
    } else if (c == '$') {
      ReadParameter();
    } else if (IsDigit(Peek()) || (c == '.' && IsDigit(Peek(1)) && !FollowsOperand())) {
      ReadNumber();
    } else if (c >= 0 && IsNameStart(c)) {
      ReadWord();
    } else if (c > 0 && c < 0x80 && kSymbols.find(static_cast<char>(c)) != std::string_view::npos) {
      ReadSymbol();
    } else if (c >= 0 && c < 0x80) {
      Fail(at_, next, "UnexpectedSyntax",
           fmt::format("'{}' means nothing here", text_.substr(at_, next - at_)));
    } else {
      Fail(at_, next, "InvalidUnicodeCharacter",
           c < 0 ? std::string("These bytes are not UTF-8")
                 : fmt::format("The character '{}' (U+{:04X}) means nothing outside strings",
                               text_.substr(at_, next - at_), static_cast<std::uint32_t>(c)));
    }
  }

  void Push(TokenKind kind, std::size_t begin, Lexeme lexeme = {}) {
    list_.tokens.push_back({kind, lexeme, 0, {begin, at_}});
  }

  // `a.1` is no number after a name: the dot asks for a property.
  bool FollowsOperand() const {
    if (list_.tokens.empty() || list_.tokens.back().span.end != at_) return false;
    const Token& last = list_.tokens.back();
    return last.kind == TokenKind::kWord || last.kind == TokenKind::kQuotedName ||
           last.kind == TokenKind::kParameter || last.lexeme == ")" || last.lexeme == "]" ||
           last.lexeme == "}";
  }

  void ReadQuoted(TokenKind kind, char quote, const char* what) {
    const std::size_t begin = at_;
    if (!SkipQuoted(quote)) {
      Fail(begin, begin + 1, "UnexpectedSyntax", fmt::format("This {} has no end", what));
      return;
    }
    const std::size_t end = std::exchange(at_, begin);
    while (at_ < end) {
      const auto [c, next] = CodePoint();
      if (c < 0) return Fail(at_, next, "InvalidUnicodeCharacter", "These bytes are not UTF-8");
      at_ = next;
    }
    Push(kind, begin);
  }

  // A back-quote inside a quoted name is written twice; in strings a backslash escapes.
  bool SkipQuoted(char quote) {
    ++at_;
    while (at_ < text_.size()) {
      if (quote != '`' && Peek() == '\\') {
        at_ = std::min(at_ + 2, text_.size());
      } else if (Peek() != quote) {
        ++at_;
      } else if (quote == '`' && Peek(1) == '`') {
        at_ += 2;
      } else {
        ++at_;
        return true;
      }
    }
    return false;
  }

  void SkipNameParts() {
    while (at_ < text_.size()) {
      const auto [c, next] = CodePoint();
      if (c < 0 || !IsNamePart(c)) return;
      at_ = next;
    }
  }

  void ReadParameter() {
    const std::size_t begin = at_++;
    if (Peek() == '`') {
      if (!SkipQuoted('`')) {
        Fail(begin, begin + 2, "UnexpectedSyntax", "This parameter's quoted name has no end");
        return;
      }
    } else {
      SkipNameParts();
    }
    if (at_ == begin + 1) {
      Fail(begin, at_, "UnexpectedSyntax", "A parameter needs a name after the '$'");
      return;
    }
    Push(TokenKind::kParameter, begin);
  }

  void ReadWord() {
    const std::size_t begin = at_;
    SkipNameParts();
    Push(TokenKind::kWord, begin, Lexeme::OfWord(text_.substr(begin, at_ - begin)));
  }

  void ReadSymbol() {
    const std::size_t begin = at_;
    std::string_view symbol = text_.substr(at_, 2);
    if (std::find(kTwoCharacterSymbols.begin(), kTwoCharacterSymbols.end(), symbol) ==
        kTwoCharacterSymbols.end()) {
      symbol = symbol.substr(0, 1);
    }
    at_ += symbol.size();
    const Lexeme lexeme = Lexeme::OfSymbol(symbol);
    const auto index = static_cast<std::uint32_t>(list_.tokens.size());
    if (lexeme == "(" || lexeme == "[" || lexeme == "{") {
      open_.push_back(index);
    } else if (lexeme == ")" || lexeme == "]" || lexeme == "}") {
      CloseBracket(lexeme, index);
    }
    Push(TokenKind::kSymbol, begin, lexeme);
  }

  void CloseBracket(Lexeme closing, std::uint32_t index) {
    if (open_.empty()) return;
    Token& opening = list_.tokens[open_.back()];
    const bool fits = closing == ")"   ? opening.lexeme == "("
                      : closing == "]" ? opening.lexeme == "["
                                       : opening.lexeme == "{";
    if (!fits) return;
    opening.match = index;
    open_.pop_back();
  }

  void ReadNumber() {
    const std::size_t begin = at_;
    bool is_float = false;
    bool valid = true;
    if (Peek() == '0' && (Peek(1) == 'x' || Peek(1) == 'X')) {
      at_ += 2;
      valid = SkipDigits(IsHexDigit) > 0;
    } else if (Peek() == '0' && (Peek(1) == 'o' || Peek(1) == 'O')) {
      at_ += 2;
      valid = SkipDigits([](char c) { return c >= '0' && c <= '7'; }) > 0;
    } else {
      is_float = ReadDecimal();
    }
    const std::size_t digits_end = at_;
    SkipNameParts();
    if (!valid || at_ != digits_end) {
      const std::size_t end = at_;
      Fail(begin, end, "InvalidNumberLiteral",
           fmt::format("'{}' is not a number", text_.substr(begin, end - begin)));
      return;
    }
    Push(is_float ? TokenKind::kFloat : TokenKind::kInteger, begin);
  }

  // Underscores may part digits: 1_000_000.
  template <typename Predicate>
  std::size_t SkipDigits(Predicate is_digit) {
    const std::size_t begin = at_;
    while (is_digit(Peek()) || (Peek() == '_' && is_digit(Peek(1)))) ++at_;
    return at_ - begin;
  }

  // Digits, fraction, exponent; true where it is a floating point number. The dots of a range
  // ("1..3") are not a fraction.
  bool ReadDecimal() {
    bool is_float = false;
    SkipDigits(IsDigit);
    if (Peek() == '.' && IsDigit(Peek(1))) {
      is_float = true;
      ++at_;
      SkipDigits(IsDigit);
    }
    if (Peek() == 'e' || Peek() == 'E') {
      const std::size_t sign = Peek(1) == '+' || Peek(1) == '-' ? 1 : 0;
      if (IsDigit(Peek(1 + sign))) {
        is_float = true;
        at_ += 1 + sign;
        SkipDigits(IsDigit);
      }
    }
    return is_float;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  TokenList list_;
  std::vector<std::uint32_t> open_;  // Indexes of brackets that wait for their end.
};

void AppendCodePoint(UChar32 c, std::string& out) {
  char bytes[U8_MAX_LENGTH];
  std::size_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, c);
  out.append(bytes, length);
}

// Resolves the escapes of one string.
class Unescaper {
 public:
  Unescaper(std::string_view text, ByteSpan span) : text_(text), span_(span), at_(span.begin + 1) {}

  std::string Run() {
    const std::size_t end = span_.end - 1;
    std::string out;
    while (at_ < end) {
      const std::size_t plain = std::min(text_.find('\\', at_), end);
      out.append(text_.substr(at_, plain - at_));
      at_ = plain;
      if (at_ < end) Escape(out);
    }
    return out;
  }

 private:
  void Escape(std::string& out) {
    const std::size_t begin = at_;
    const char c = text_[at_ + 1];
    at_ += 2;
    switch (c) {
      case 'b':
        out += '\b';
        return;
      case 'f':
        out += '\f';
        return;
      case 'n':
        out += '\n';
        return;
      case 'r':
        out += '\r';
        return;
      case 't':
        out += '\t';
        return;
      case '\\':
      case '\'':
      case '"':
      case '`':
        out += c;
        return;
      case 'u':
        AppendCodePoint(Unicode(begin, 4), out);
        return;
      case 'U':
        AppendCodePoint(Unicode(begin, 8), out);
        return;
      default:
        throw SyntaxError(text_, {begin, at_}, "UnexpectedSyntax",
                          fmt::format("The escape '\\{}' is unknown", c))
            .WithHint("write a backslash as \\\\");
    }
  }

  UChar32 HexDigits(std::size_t begin, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i, ++at_) {
      const char c = at_ < span_.end ? text_[at_] : '\0';
      if (!IsHexDigit(c)) FailUnicode(begin);
      const int digit = IsDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
      value = value << 4 | static_cast<std::uint32_t>(digit);
    }
    return static_cast<UChar32>(value);
  }

  UChar32 Unicode(std::size_t begin, std::size_t count) {
    UChar32 c = HexDigits(begin, count);
    if (U16_IS_LEAD(c) && text_.substr(at_, 2) == "\\u") {
      at_ += 2;
      const UChar32 trail = HexDigits(begin, 4);
      if (!U16_IS_TRAIL(trail)) FailUnicode(begin);
      c = U16_GET_SUPPLEMENTARY(c, trail);
    }
    if (c < 0 || c > 0x10FFFF || U_IS_SURROGATE(c)) FailUnicode(begin);
    return c;
  }

  [[noreturn]] void FailUnicode(std::size_t begin) const {
    throw SyntaxError(text_, {begin, std::max<std::size_t>(at_, begin + 2)},
                      "InvalidUnicodeLiteral", "This escape is not a Unicode character")
        .WithHint("\\u takes four hexadecimal digits, \\U eight");
  }

  std::string_view text_;
  ByteSpan span_;
  std::size_t at_;
};

}  // namespace

TokenList Lex(std::string_view text) { return Lexer(text).Run(); }

Error SyntaxError(std::string_view text, ByteSpan span, std::string detail,
                  const std::string& message) {
  Error error(ErrorCode::kSyntax, message, LocateInText(text, span.begin, span.size()));
  return std::move(error).WithTck(ErrorPhase::kCompileTime, "SyntaxError", std::move(detail));
}

std::string NameOf(std::string_view text, const Token& token) {
  std::string_view raw = text.substr(token.span.begin, token.span.size());
  if (token.kind == TokenKind::kParameter) raw.remove_prefix(1);
  if (raw.empty() || raw.front() != '`') return std::string(raw);
  raw = raw.substr(1, raw.size() - 2);
  std::string name;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    name += raw[i];
    if (raw[i] == '`') ++i;
  }
  return name;
}

std::string StringOf(std::string_view text, const Token& token) {
  return Unescaper(text, token.span).Run();
}

}  // namespace verbale::query
