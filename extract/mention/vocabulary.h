#pragma once

// Every word that a pack knows, with a number. A word of a text is looked up once; names, word
// classes and expressions are then found by its number, without its letters.

#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace verbale::extract {

/// Words ↔ numbers from 1 on, in the order in which they were added. Filled while a pack is
/// compiled; later read by any number of threads.
class Vocabulary {
 public:
  Vocabulary() : slots_(kFirstSlots), words_(1) {}
  Vocabulary(const Vocabulary&) = delete;
  Vocabulary& operator=(const Vocabulary&) = delete;

  /// The number of a folded word, a new one where it has none.
  std::uint32_t Add(std::string_view word);
  /// 0 for a word that was never added.
  std::uint32_t Find(std::string_view word) const {
    const Ends ends = EndsOf(word);
    for (std::size_t at = ends.Hash() & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[at];
      if (slot.number == 0) return 0;
      if (static_cast<const Ends&>(slot) == ends &&
          (word.size() <= Ends::kAll || words_[slot.number] == word)) {
        return slot.number;
      }
    }
  }
  /// Lives as long as the vocabulary.
  std::string_view Word(std::uint32_t number) const { return words_[number]; }
  /// One more than the highest number.
  std::size_t size() const { return words_.size(); }

 private:
  static constexpr std::size_t kFirstSlots = 1024;
  static constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15u;

  /// Words are short: two pieces of eight bytes, which may overlap, hold all of nearly every word.
  struct Ends {
    static constexpr std::size_t kAll = 16;  ///< With its size they say all of a word so long.

    std::uint64_t first = 0, last = 0;
    std::uint32_t size = 0;

    bool operator==(const Ends&) const = default;
    std::uint64_t Hash() const {
      std::uint64_t hash = (first ^ size * kOdd) * kOdd;
      hash = (hash ^ hash >> 29 ^ last) * kOdd;
      return hash ^ hash >> 32;
    }
  };
  /// Open addressing, at most half full: a word that is not there is told by its first slot. What
  /// nearly every word is told by lies in the slot, since a look elsewhere costs more than all
  /// else.
  struct Slot : Ends {
    std::uint32_t number = 0;
  };
  static_assert(sizeof(Slot) == 24);

  static std::uint64_t Load(const char* from, std::size_t size) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, from, size);
    return bytes;
  }
  static Ends EndsOf(std::string_view word) {
    const std::size_t size = word.size();
    const auto narrow = static_cast<std::uint32_t>(size);
    const char* from = word.data();
    if (size >= 8) return {Load(from, 8), Load(from + size - 8, 8), narrow};
    if (size >= 4) return {Load(from, 4), Load(from + size - 4, 4), narrow};
    if (size == 0) return {};
    return {Load(from, 1) | Load(from + size / 2, 1) << 8, Load(from + size - 1, 1), narrow};
  }
  void Place(std::uint32_t number);

  std::vector<Slot> slots_;
  std::deque<std::string> kept_;
  std::vector<std::string_view> words_;  ///< Into kept_; the first stands for no word.
};

/// Something for some of the words of a vocabulary, by their number.
template <typename T>
class PerWord {
 public:
  /// Of a word that was given nothing, T().
  const T& operator()(std::uint32_t number) const {
    return number < values_.size() ? values_[number] : none_;
  }
  /// One more than the highest number that was given something.
  std::size_t size() const { return values_.size(); }
  T& operator[](std::uint32_t number) {
    if (number >= values_.size()) values_.resize(number + 1);
    return values_[number];
  }

 private:
  std::vector<T> values_;
  T none_{};
};

}  // namespace verbale::extract
