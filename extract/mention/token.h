#pragma once

// Words of a sentence, folded so that one spelling stands for all.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace verbale::extract {

enum class TokenKind : std::uint8_t {
  kWord,
  kNumber,  ///< Digits, with the points and commas inside them: "4411", "1,875", "2.0".
  kMark,    ///< One mark: , ; : ( ) . $ % / …
  kQuote,   ///< A whole quotation, marks included.
};

/// One word, number, mark or quotation. Offsets are those of the text that holds the sentence.
struct Token {
  TokenKind kind = TokenKind::kWord;
  bool capital = false;     ///< Begins with an upper-case letter.
  bool upper = false;       ///< All letters are upper-case, and there are two at least.
  bool joined = false;      ///< A hyphen joins it to the token before it.
  bool possessive = false;  ///< 's or ' was cut off.
  std::uint32_t begin = 0;
  std::uint32_t end = 0;  ///< Without the possessive mark.
  std::string folded;     ///< Lower-case, straight quotes, no possessive mark.
};

/// Cuts [begin, end) of `text` into tokens. Hyphenated words become several tokens, but for a
/// prefix "co-" or "e-", which joins: "co-operation" is "cooperation". `tokens` is filled anew.
void Tokenize(std::string_view text, std::uint32_t begin, std::uint32_t end,
              std::vector<Token>& tokens);

/// Tokens of a name, without marks other than commas.
std::vector<Token> NameTokens(std::string_view name);

}  // namespace verbale::extract
