#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace verbale {

// Character classes of ASCII, the same in every locale. Bytes above 0x7F belong to none.

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsAlpha(char c) { return IsUpper(c) || IsLower(c); }
constexpr bool IsAlnum(char c) { return IsAlpha(c) || IsDigit(c); }
constexpr bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr char ToLower(char c) { return IsUpper(c) ? static_cast<char>(c + 32) : c; }
constexpr char ToUpper(char c) { return IsLower(c) ? static_cast<char>(c - 32) : c; }

constexpr bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The text with its ASCII letters in one case.
inline std::string LowerCase(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), ToLower);
  return out;
}
inline std::string UpperCase(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), ToUpper);
  return out;
}

/// Without ASCII white space at both ends.
constexpr std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

/// Whether `word` is one of `words`, which are sorted by bytes.
template <std::size_t n>
constexpr bool AmongSorted(std::string_view word, const std::string_view (&words)[n]) {
  return std::binary_search(words, words + n, word);
}

/// For static_assert beside such a list.
template <std::size_t n>
constexpr bool IsSortedList(const std::string_view (&words)[n]) {
  return std::is_sorted(words, words + n);
}

}  // namespace verbale
