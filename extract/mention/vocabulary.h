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

  /// The number of a folded word, a new one where it has none.
  std::uint32_t Add(std::string_view word);
  /// 0 for a word that was never added.
  std::uint32_t Find(std::string_view word) const {
    const std::uint64_t hash = Hash(word);
    for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[at];
      if (slot.number == 0) return 0;
      if (slot.mark == static_cast<std::uint32_t>(hash >> 32) && words_[slot.number] == word) {
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

  /// Open addressing, at most half full: a word that is not there is told by its first slot.
  struct Slot {
    std::uint32_t number = 0;
    std::uint32_t mark = 0;  ///< The other half of the hash.
  };

  static std::uint64_t Load(const char* from, std::size_t size) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, from, size);
    return bytes;
  }
  /// Words are short: two overlapping pieces of eight bytes hold most of them.
  static std::uint64_t Hash(std::string_view word) {
    constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15u;
    const std::size_t size = word.size();
    const char* from = word.data();
    std::uint64_t hash = size * kOdd;
    if (size >= 8) {
      for (std::size_t at = 0; at + 8 < size; at += 8) {
        hash = (hash ^ Load(from + at, 8)) * kOdd;
        hash ^= hash >> 29;
      }
      hash = (hash ^ Load(from + size - 8, 8)) * kOdd;
    } else if (size >= 4) {
      hash = (hash ^ Load(from, 4) ^ Load(from + size - 4, 4) << 32) * kOdd;
    } else if (size > 0) {
      const auto byte = [&](std::size_t at) {
        return static_cast<std::uint64_t>(static_cast<unsigned char>(from[at]));
      };
      hash = (hash ^ byte(0) ^ byte(size / 2) << 8 ^ byte(size - 1) << 16) * kOdd;
    }
    hash ^= hash >> 32;
    return hash * kOdd ^ hash >> 17;
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
  T& operator[](std::uint32_t number) {
    if (number >= values_.size()) values_.resize(number + 1);
    return values_[number];
  }

 private:
  std::vector<T> values_;
  T none_{};
};

}  // namespace verbale::extract
