#include "extract/mention/token.h"

#include <array>

namespace verbale::extract {
namespace {

constexpr std::uint32_t kMaxQuote = 160;  // Longer ones are quoted speech, not names.

bool IsLower(unsigned char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(unsigned char c) { return c >= '0' && c <= '9'; }

/// A character of the text as its class: letters beyond ASCII count as letters, general
/// punctuation (U+2000–U+206F) does not.
class Scanner {
 public:
  Scanner(std::string_view text, std::uint32_t begin, std::uint32_t end)
      : text_(text), at_(begin), end_(end) {}

  bool done() const { return at_ >= end_; }
  std::uint32_t at() const { return at_; }
  unsigned char byte() const { return static_cast<unsigned char>(text_[at_]); }
  void Skip(std::uint32_t n) { at_ = at_ + n > end_ ? end_ : at_ + n; }

  bool StartsWith(std::string_view what) const {
    return text_.substr(at_, end_ - at_).substr(0, what.size()) == what;
  }
  bool IsApostrophe() const { return byte() == '\'' || StartsWith("’"); }
  std::uint32_t ApostropheSize() const { return byte() == '\'' ? 1 : 3; }
  /// Length of the dash or hyphen that joins words here, 0 where there is none.
  std::uint32_t HyphenSize() const {
    if (byte() == '-') return 1;
    return StartsWith("‐") || StartsWith("‑") || StartsWith("–") ? 3 : 0;
  }
  bool IsLetter() const {
    const unsigned char c = byte();
    if (c < 0x80) return IsLower(c) || IsUpper(c);
    if (c == 0xE2) return false;  // General punctuation, currency signs, arrows.
    return !(c == 0xC2);          // Latin-1 signs such as the no-break space and the section sign.
  }
  std::uint32_t CharacterSize() const {
    const unsigned char c = byte();
    const std::uint32_t size = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    return at_ + size > end_ ? end_ - at_ : size;
  }
  std::string_view View(std::uint32_t from) const { return text_.substr(from, at_ - from); }
  bool LetterAt(std::uint32_t offset) const {
    Scanner other(text_, offset, end_);
    return !other.done() && other.IsLetter();
  }
  bool DigitAt(std::uint32_t offset) const {
    return offset < end_ && IsDigit(static_cast<unsigned char>(text_[offset]));
  }

 private:
  std::string_view text_;
  std::uint32_t at_, end_;
};

void AppendFolded(std::string_view piece, std::string& to) {
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const auto c = static_cast<unsigned char>(piece[i]);
    if (IsUpper(c)) {
      to.push_back(static_cast<char>(c + 32));
    } else if (c == 0xC3 && i + 1 < piece.size()) {
      // Latin-1 letters: upper case is 0x20 below lower case.
      const auto d = static_cast<unsigned char>(piece[i + 1]);
      to.push_back(piece[i]);
      to.push_back(static_cast<char>(d >= 0x80 && d <= 0x9E && d != 0x97 ? d + 0x20 : d));
      ++i;
    } else {
      to.push_back(piece[i]);
    }
  }
}

void ReadWord(Scanner& in, Token& token) {
  std::uint32_t letters = 0, uppers = 0;
  const std::uint32_t begin = in.at();
  token.capital = IsUpper(in.byte()) || (in.byte() == 0xC3 && in.View(begin).empty() &&
                                         (in.StartsWith("É") || in.StartsWith("Å")));
  while (!in.done()) {
    if (in.IsLetter()) {
      ++letters;
      if (IsUpper(in.byte())) ++uppers;
      in.Skip(in.CharacterSize());
    } else if (IsDigit(in.byte())) {
      in.Skip(1);
    } else if (in.byte() == '.' && in.at() - begin == 1 && in.LetterAt(in.at() + 1) &&
               token.capital) {
      in.Skip(1);  // "U.S." goes on.
    } else if (in.IsApostrophe() && in.LetterAt(in.at() + in.ApostropheSize())) {
      const std::uint32_t size = in.ApostropheSize();
      if (in.StartsWith("'s") || in.StartsWith("’s")) break;
      in.Skip(size);
    } else {
      break;
    }
  }
  token.end = in.at();
  token.upper = letters >= 2 && uppers == letters;
  AppendFolded(in.View(begin), token.folded);
  if (!in.done() && in.IsApostrophe()) {
    const std::uint32_t size = in.ApostropheSize();
    if (in.StartsWith("'s") || in.StartsWith("’s")) {
      if (!in.LetterAt(in.at() + size + 1)) {
        in.Skip(size + 1);
        token.possessive = true;
      }
    } else if (!token.folded.empty() && token.folded.back() == 's') {
      in.Skip(size);
      token.possessive = true;
    }
  }
}

void ReadNumber(Scanner& in, Token& token) {
  const std::uint32_t begin = in.at();
  while (!in.done()) {
    if (IsDigit(in.byte()) || in.IsLetter()) {
      in.Skip(in.CharacterSize());
    } else if ((in.byte() == '.' || in.byte() == ',') && in.DigitAt(in.at() + 1)) {
      in.Skip(1);
    } else {
      break;
    }
  }
  token.kind = TokenKind::kNumber;
  token.end = in.at();
  AppendFolded(in.View(begin), token.folded);
}

/// A quotation that ends within reach becomes one token.
bool ReadQuote(Scanner& in, std::string_view text, std::uint32_t end, Token& token) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kQuotes = {
      {{"“", "”"}, {"\"", "\""}, {"«", "»"}}};
  for (const auto& [open, close] : kQuotes) {
    if (!in.StartsWith(open)) continue;
    const std::size_t from = in.at() + open.size();
    const std::size_t at = text.substr(0, end).find(close, from);
    if (at == std::string_view::npos || at - from > kMaxQuote || at == from) return false;
    token.kind = TokenKind::kQuote;
    token.end = static_cast<std::uint32_t>(at + close.size());
    AppendFolded(text.substr(from, at - from), token.folded);
    in.Skip(token.end - in.at());
    return true;
  }
  return false;
}

bool JoinsPrefix(const Token& token) { return token.folded == "co" || token.folded == "e"; }

}  // namespace

void Tokenize(std::string_view text, std::uint32_t begin, std::uint32_t end,
              std::vector<Token>& tokens) {
  tokens.clear();
  Scanner in(text, begin, end);
  bool after_hyphen = false;
  while (!in.done()) {
    if (in.byte() == ' ' || in.byte() == '\n' || in.byte() == '\t' || in.StartsWith("\u00A0")) {
      in.Skip(in.byte() == 0xC2 ? 2 : 1);
      after_hyphen = false;
      continue;
    }
    Token token;
    token.begin = in.at();
    token.joined = after_hyphen;
    after_hyphen = false;
    if (in.IsLetter()) {
      ReadWord(in, token);
    } else if (IsDigit(in.byte())) {
      ReadNumber(in, token);
    } else if (!ReadQuote(in, text, end, token)) {
      const std::uint32_t hyphen = in.HyphenSize();
      if (hyphen > 0 && !tokens.empty() && tokens.back().end == in.at() &&
          tokens.back().kind != TokenKind::kMark) {
        in.Skip(hyphen);
        after_hyphen = true;
        continue;
      }
      in.Skip(in.CharacterSize());
      token.kind = TokenKind::kMark;
      token.end = in.at();
      token.folded = std::string(in.View(token.begin));
    }
    if (token.joined && token.kind == TokenKind::kWord && JoinsPrefix(tokens.back())) {
      Token& prefix = tokens.back();
      prefix.folded += token.folded;
      prefix.end = token.end;
      prefix.possessive = token.possessive;
      continue;
    }
    tokens.push_back(std::move(token));
  }
}

std::vector<Token> NameTokens(std::string_view name) {
  std::vector<Token> tokens, words;
  Tokenize(name, 0, static_cast<std::uint32_t>(name.size()), tokens);
  for (Token& token : tokens) {
    if (token.kind != TokenKind::kMark || token.folded == ",") words.push_back(std::move(token));
  }
  return words;
}

}  // namespace verbale::extract
