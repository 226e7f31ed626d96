#pragma once

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace verbale::extract {

/// A class of words. Dozens of classes are asked of every word that is read, and nearly always it
/// is in none: first and last letter and length tell that without a look at the words.
class WordSet {
 public:
  void Insert(std::string_view word) {
    const auto at = std::lower_bound(words_.begin(), words_.end(), word);
    if (at != words_.end() && *at == word) return;
    words_.emplace(at, word);
    shapes_.set(ShapeOf(word));
  }

  bool Has(std::string_view word) const {
    return shapes_.test(ShapeOf(word)) && std::binary_search(words_.begin(), words_.end(), word);
  }

  /// In order.
  const std::vector<std::string>& words() const { return words_; }

 private:
  static constexpr std::size_t kShapes = 512;

  static std::size_t ShapeOf(std::string_view word) {
    if (word.empty()) return 0;
    const auto byte = [](char c) {
      return static_cast<std::size_t>(static_cast<unsigned char>(c));
    };
    return (byte(word.front()) * 31 + byte(word.back()) * 7 + word.size()) % kShapes;
  }

  std::bitset<kShapes> shapes_;
  std::vector<std::string> words_;
};

}  // namespace verbale::extract
