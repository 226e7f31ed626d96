#pragma once

// Every word that the grammar knows, once: the lexer, the parser's hints, completion in the shell
// and the language page all read this table.

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace verbale::query {

struct KeywordInfo {
  std::string_view text;  ///< In capitals.
  bool reserved = false;  ///< Cannot name a variable without back-quotes. Labels and keys may.
};

/// Ascending by text.
inline constexpr std::array kKeywords = {
    KeywordInfo{"ALL"},
    KeywordInfo{"ALLSHORTESTPATHS"},
    KeywordInfo{"AND", true},
    KeywordInfo{"ANY"},
    KeywordInfo{"AS", true},
    KeywordInfo{"ASC"},
    KeywordInfo{"ASCENDING"},
    KeywordInfo{"ASSERT"},
    KeywordInfo{"BTREE"},
    KeywordInfo{"BY"},
    KeywordInfo{"CALL"},
    KeywordInfo{"CASE", true},
    KeywordInfo{"COLLECT"},
    KeywordInfo{"CONSTRAINT"},
    KeywordInfo{"CONSTRAINTS"},
    KeywordInfo{"CONTAINS", true},
    KeywordInfo{"COUNT"},
    KeywordInfo{"CREATE", true},
    KeywordInfo{"CSV"},
    KeywordInfo{"DATABASE"},
    KeywordInfo{"DATABASES"},
    KeywordInfo{"DELETE", true},
    KeywordInfo{"DESC"},
    KeywordInfo{"DESCENDING"},
    KeywordInfo{"DETACH", true},
    KeywordInfo{"DISTINCT", true},
    KeywordInfo{"DROP"},
    KeywordInfo{"ELSE", true},
    KeywordInfo{"END", true},
    KeywordInfo{"ENDS", true},
    KeywordInfo{"EXISTS"},
    KeywordInfo{"EXPLAIN"},
    KeywordInfo{"FALSE", true},
    KeywordInfo{"FIELDTERMINATOR"},
    KeywordInfo{"FOR"},
    KeywordInfo{"FOREACH"},
    KeywordInfo{"FROM"},
    KeywordInfo{"FUNCTION"},
    KeywordInfo{"FUNCTIONS"},
    KeywordInfo{"GROUP"},
    KeywordInfo{"GROUPS"},
    KeywordInfo{"HEADERS"},
    KeywordInfo{"IF"},
    KeywordInfo{"IN", true},
    KeywordInfo{"INDEX"},
    KeywordInfo{"INDEXES"},
    KeywordInfo{"IS", true},
    KeywordInfo{"LIMIT", true},
    KeywordInfo{"LOAD"},
    KeywordInfo{"MATCH", true},
    KeywordInfo{"MERGE", true},
    KeywordInfo{"NODE"},
    KeywordInfo{"NONE"},
    KeywordInfo{"NOT", true},
    KeywordInfo{"NULL", true},
    KeywordInfo{"OF"},
    KeywordInfo{"OFFSET"},
    KeywordInfo{"ON"},
    KeywordInfo{"OPTIONAL", true},
    KeywordInfo{"OR", true},
    KeywordInfo{"ORDER", true},
    KeywordInfo{"PATH"},
    KeywordInfo{"PATHS"},
    KeywordInfo{"PROCEDURE"},
    KeywordInfo{"PROCEDURES"},
    KeywordInfo{"PROFILE"},
    KeywordInfo{"PROPERTY"},
    KeywordInfo{"RANGE"},
    KeywordInfo{"REDUCE"},
    KeywordInfo{"REMOVE", true},
    KeywordInfo{"REQUIRE"},
    KeywordInfo{"RETURN", true},
    KeywordInfo{"ROW"},
    KeywordInfo{"ROWS"},
    KeywordInfo{"SET", true},
    KeywordInfo{"SHORTEST"},
    KeywordInfo{"SHORTESTPATH"},
    KeywordInfo{"SHOW"},
    KeywordInfo{"SINGLE"},
    KeywordInfo{"SKIP", true},
    KeywordInfo{"STARTS", true},
    KeywordInfo{"THEN", true},
    KeywordInfo{"TRANSACTIONS"},
    KeywordInfo{"TRUE", true},
    KeywordInfo{"TYPED"},
    KeywordInfo{"UNION", true},
    KeywordInfo{"UNIQUE"},
    KeywordInfo{"UNWIND", true},
    KeywordInfo{"USE"},
    KeywordInfo{"WHEN", true},
    KeywordInfo{"WHERE", true},
    KeywordInfo{"WITH", true},
    KeywordInfo{"XOR", true},
    KeywordInfo{"YIELD"},
};

static_assert(std::is_sorted(kKeywords.begin(), kKeywords.end(),
                             [](const auto& a, const auto& b) { return a.text < b.text; }));

/// A fixed piece of the grammar: a keyword or a symbol of one or two characters. Made from literals
/// at compile time only, so that a word that is missing in the table does not compile.
class Lexeme {
 public:
  constexpr Lexeme() = default;
  consteval Lexeme(const char* text) : Lexeme(FromText(text)) {}

  static constexpr Lexeme OfSymbol(std::string_view text) {
    const auto second = text.size() > 1 ? static_cast<std::uint16_t>(text[1]) << 8 : 0;
    return Lexeme(static_cast<std::uint16_t>(static_cast<unsigned char>(text[0]) | second));
  }
  /// The empty lexeme where `word`, in any case, is no keyword.
  static Lexeme OfWord(std::string_view word);

  constexpr bool is_none() const { return code_ == 0; }
  constexpr bool is_keyword() const { return (code_ & kKeywordBit) != 0; }
  /// Of a keyword only.
  constexpr const KeywordInfo& keyword() const { return kKeywords[code_ & ~kKeywordBit]; }
  /// As it is written; a keyword in capitals.
  std::string text() const;
  constexpr bool operator==(const Lexeme&) const = default;

 private:
  static constexpr std::uint16_t kKeywordBit = 0x8000;

  constexpr explicit Lexeme(std::uint16_t code) : code_(code) {}

  static constexpr Lexeme OfKeyword(std::size_t index) {
    return Lexeme(static_cast<std::uint16_t>(kKeywordBit | index));
  }
  static consteval Lexeme FromText(std::string_view text) {
    if (text[0] < 'A' || text[0] > 'Z') return OfSymbol(text);
    for (std::size_t i = 0; i < kKeywords.size(); ++i) {
      if (kKeywords[i].text == text) return OfKeyword(i);
    }
    throw "not in the table of keywords";
  }

  std::uint16_t code_ = 0;
};

}  // namespace verbale::query
