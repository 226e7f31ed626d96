#pragma once

// Finds which of many pieces of text stand in another: the automaton of Aho and Corasick over
// bytes, a row of its table a state.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/ascii.h"

namespace verbale::extract {

/// Upper case or lower. Immutable after Build(); shared by threads.
class Pieces {
 public:
  Pieces() { AddState(); }

  /// Not after Build().
  void Add(std::string_view piece, int id);
  void Build();

  /// Calls `found` with the ids of what ends at a place.
  template <typename Found>
  void Find(std::string_view text, const Found& found) const {
    std::uint32_t state = 0;
    for (const char c : text) {
      state = next_[state][kLetterOf[static_cast<unsigned char>(c)]];
      if (!ids_[state].empty()) found(ids_[state]);
    }
  }

  /// Whether there are letters of which "s" or "k" is another case: a pattern that ignores case may
  /// find them where no piece is found.
  static bool HasOtherCases(std::string_view text) {
    return text.find("\u017F") != std::string_view::npos ||
           text.find("\u212A") != std::string_view::npos;
  }

 private:
  /// Letters, figures and blank each stand for themselves, all else for each other: what is found
  /// is then a superset.
  static constexpr std::size_t kLetters = 38;
  static constexpr std::array<std::uint8_t, 256> kLetterOf = [] {
    std::array<std::uint8_t, 256> letters{};
    for (std::size_t byte = 0; byte < letters.size(); ++byte) {
      const char c = ToLower(static_cast<char>(byte));
      letters[byte] = static_cast<std::uint8_t>(IsLower(c)   ? 1 + (c - 'a')
                                                : IsDigit(c) ? 27 + (c - '0')
                                                : c == ' '   ? 37
                                                             : 0);
    }
    return letters;
  }();
  static std::size_t LetterOf(char c) { return kLetterOf[static_cast<unsigned char>(c)]; }

  std::uint32_t AddState() {
    next_.emplace_back();
    ids_.emplace_back();
    return static_cast<std::uint32_t>(next_.size() - 1);
  }

  std::vector<std::array<std::uint32_t, kLetters>> next_;
  std::vector<std::vector<int>> ids_;
};

}  // namespace verbale::extract
