#pragma once

// Words of a sentence, folded so that one spelling stands for all.

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "extract/mention/vocabulary.h"

namespace verbale::extract {

/// A text with its folded form, in which everything stands at the same offset: words are then
/// pieces of it, and none is copied. Borrows the text. What is made of it while it is read (a date
/// in ISO form, an acronym's name) is kept here and lives as long.
class FoldedText {
 public:
  explicit FoldedText(std::string_view text);
  FoldedText(const FoldedText&) = delete;
  FoldedText& operator=(const FoldedText&) = delete;

  std::string_view text() const { return text_; }
  std::string_view folded() const { return folded_; }
  std::string_view Keep(std::string piece) { return kept_.emplace_back(std::move(piece)); }

 private:
  std::string_view text_;
  std::string folded_;
  std::deque<std::string> kept_;
};

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
  bool digits = false;      ///< May have a digit.
  std::uint32_t begin = 0;
  std::uint32_t end = 0;    ///< Without the possessive mark.
  std::uint32_t word = 0;   ///< Number of `folded` in the vocabulary; 0: not there.
  std::string_view folded;  ///< Lower-case, no possessive mark. Lives as long as the FoldedText.
};

/// Cuts [begin, end) of `text` into tokens. Hyphenated words become several tokens, but for a
/// prefix "co-" or "e-", which joins: "co-operation" is "cooperation". `tokens` is filled anew.
void Tokenize(FoldedText& text, const Vocabulary& vocabulary, std::uint32_t begin,
              std::uint32_t end, std::vector<Token>& tokens);

/// A word of a name that stands for itself, without a text.
struct NameToken {
  TokenKind kind = TokenKind::kWord;
  bool capital = false;
  bool upper = false;
  std::string folded;
};

/// Tokens of a name, without marks other than commas.
std::vector<NameToken> NameTokens(std::string_view name);

}  // namespace verbale::extract
