#pragma once

// Finds all of many word sequences in one pass. The classic automaton of Aho and Corasick, but over
// words instead of bytes: names begin and end at words by construction, spelling is folded once a
// word, and a state is left by one hash look-up whatever the number of names. The simple view (try
// each name at each place) costs names × words; a trie tried at each place costs words × length of
// the longest name where names share beginnings ("United Nations …").

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace verbale::extract {

/// Immutable after Build(); shared by threads.
class AhoCorasick {
 public:
  /// One occurrence: words [first, last) are sequence `id`.
  struct Hit {
    std::uint32_t first = 0, last = 0, id = 0;
  };

  /// Adds a sequence of folded words; several may be equal. Not after Build().
  void Add(const std::vector<std::string>& words, std::uint32_t id);
  void Build();

  /// Number of a word, 0 where no sequence has it.
  std::uint32_t WordNumber(const std::string& folded) const {
    const auto at = words_.find(folded);
    return at == words_.end() ? 0 : at->second;
  }
  /// All occurrences in `words` (numbers by WordNumber), by their end, longer ones first.
  void Find(const std::vector<std::uint32_t>& words, std::vector<Hit>& hits) const;

 private:
  struct State {
    std::uint32_t fail = 0;
    std::uint32_t report = 0;  ///< Next state on the chain of failures that ends a sequence.
    std::uint32_t depth = 0;
    std::vector<std::uint32_t> ids;
  };

  std::uint32_t Next(std::uint32_t state, std::uint32_t word) const;

  std::unordered_map<std::string, std::uint32_t> words_;
  std::unordered_map<std::uint64_t, std::uint32_t> edges_;  ///< state << 32 | word → state
  std::vector<State> states_ = std::vector<State>(1);
};

}  // namespace verbale::extract
