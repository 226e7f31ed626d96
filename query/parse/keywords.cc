#include "query/parse/keywords.h"

#include <algorithm>

#include "graph/ascii.h"

namespace verbale::query {

Lexeme Lexeme::OfWord(std::string_view word) {
  constexpr std::size_t kLongest = 16;
  if (word.size() > kLongest) return {};
  char buffer[kLongest];
  std::transform(word.begin(), word.end(), buffer, ToUpper);
  const std::string_view upper(buffer, word.size());
  const auto* found = std::lower_bound(
      kKeywords.begin(), kKeywords.end(), upper,
      [](const KeywordInfo& keyword, std::string_view text) { return keyword.text < text; });
  if (found == kKeywords.end() || found->text != upper) return {};
  return OfKeyword(static_cast<std::size_t>(found - kKeywords.begin()));
}

std::string Lexeme::text() const {
  if (is_keyword()) return std::string(keyword().text);
  std::string symbol(1, static_cast<char>(code_ & 0xFF));
  if (code_ > 0xFF) symbol += static_cast<char>(code_ >> 8);
  return symbol;
}

}  // namespace verbale::query
