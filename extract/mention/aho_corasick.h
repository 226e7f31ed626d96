#pragma once

// Finds all of many word sequences in one pass. The classic automaton of Aho and Corasick, but over
// the words of a Vocabulary instead of bytes: names begin and end at words by construction,
// spelling is folded and looked up once a word, and from the root, where nearly every word of a
// text finds the automaton, a state is left by one look at a table, whatever the number of names.
// The simple view (try each name at each place) costs names × words; a trie tried at each place
// costs words × length of the longest name where names share beginnings ("United Nations …").

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace verbale::extract {

/// Immutable after Build(); shared by threads.
class AhoCorasick {
 public:
  /// One occurrence: words [first, last) are sequence `id`.
  struct Hit {
    std::uint32_t first = 0, last = 0, id = 0;
  };

  /// Adds a sequence of words, by their numbers; several may be equal. Not after Build().
  void Add(const std::vector<std::uint32_t>& words, std::uint32_t id);
  void Build();

  /// All occurrences in `words`, by their end, longer ones first. 0 is a word that no sequence has.
  void Find(const std::vector<std::uint32_t>& words, std::vector<Hit>& hits) const;

 private:
  struct State {
    std::uint32_t fail = 0;
    std::uint32_t report = 0;  ///< Next state on the chain of failures that ends a sequence.
    std::uint32_t depth = 0;
    std::uint32_t edges = 0, edges_end = 0;  ///< In edges_, by word.
    std::vector<std::uint32_t> ids;
  };
  struct Edge {
    std::uint32_t word = 0, state = 0;
  };

  /// What the root does with a word.
  static constexpr std::uint32_t kMostStates = 0x7FFFFFFF;
  struct First {
    std::uint32_t state : 31 = 0;
    std::uint32_t goes_on : 1 = 0;  ///< Some sequence has the word, too, behind its first one.
  };
  static_assert(sizeof(First) == 4, "every word of a text is looked up");
  First FromRoot(std::uint32_t word) const { return word < root_.size() ? root_[word] : First(); }
  std::uint32_t Next(std::uint32_t state, std::uint32_t word) const;

  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> added_;  ///< Until Build().
  std::vector<Edge> edges_;
  std::vector<First> root_;  ///< By word.
  std::vector<State> states_ = std::vector<State>(1);
};

}  // namespace verbale::extract
