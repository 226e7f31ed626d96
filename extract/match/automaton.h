#pragma once

// A pattern as an automaton whose letters are phrases. Its states are the atoms of the pattern; to
// each belongs the list of states that may follow, the preferred one first, as regular expressions
// prefer: a loop goes on rather than ends, an alternative comes before the later ones. A match is
// then a path, one state a phrase, and which phrase is the verb or the object is read off the path.
//
// The search goes down the preferred path and back where it ends; it marks the pairs of state and
// phrase that it has tried, and tries none twice. So its time is states × phrases at most, whatever
// the pattern.

#include <cstdint>
#include <optional>
#include <vector>

#include "extract/match/symbols.h"

namespace verbale::extract {

/// What is asked of one phrase: each condition that is there must hold.
struct PhraseTest {
  static constexpr std::uint32_t kAnySet = 0xFFFFFFFF;

  std::uint32_t forms = 0xFFFFFFFF;                                   ///< One of these.
  std::uint32_t flags = 0;                                            ///< All of these.
  std::uint32_t words = kAnySet, labels = kAnySet, before = kAnySet;  ///< Numbers of sets.

  bool Holds(const Symbol& symbol) const {
    return (symbol.form & forms) != 0 && (symbol.flags & flags) == flags &&
           Has(symbol.words, words) && Has(symbol.labels, labels) && Has(symbol.before, before);
  }

 private:
  static bool Has(const std::uint64_t* sets, std::uint32_t set) {
    return set == kAnySet || (sets[set / 64] >> set % 64 & 1) != 0;
  }
};

/// What a phrase of a match is read as.
enum class PhraseRole : std::uint8_t { kOther, kVerb, kSubject, kObject };

/// A pattern as a tree.
struct PatternTree {
  enum class Kind : std::uint8_t { kPhrase, kSequence, kChoice, kRepeat };
  static constexpr std::uint32_t kNoLimit = 0xFFFFFFFF;

  Kind kind = Kind::kSequence;
  PhraseTest test;                       ///< kPhrase
  PhraseRole role = PhraseRole::kOther;  ///< kPhrase
  std::vector<PatternTree> parts;        ///< kSequence, kChoice; of kRepeat one.
  std::uint32_t most = kNoLimit;         ///< kRepeat: from none to so many times.
  bool lazy = false;                     ///< kRepeat: rather fewer times.

  static PatternTree Phrase(PhraseTest test);
  static PatternTree Sequence(std::vector<PatternTree> parts);
  static PatternTree Choice(std::vector<PatternTree> parts);
  static PatternTree Repeat(std::uint32_t most, PatternTree part);
  static PatternTree Option(PatternTree part) { return Repeat(1, std::move(part)); }
  /// Prefers fewer.
  static PatternTree LazyRepeat(std::uint32_t most, PatternTree part);
  /// The same with `role` in all its phrases.
  PatternTree As(PhraseRole role) &&;
};

/// Where a pattern matched, in numbers of phrases.
struct PatternMatch {
  std::uint32_t first = 0, last = 0;  ///< [first, last)
  std::uint32_t verb = kNoChunk, subject = kNoChunk;
  std::uint32_t object_first = kNoChunk, object_last = kNoChunk;  ///< [first, last)
};

/// Immutable; shared by threads.
class Automaton {
 public:
  Automaton() = default;
  /// Error(kLimitExceeded) where the tree is too large.
  explicit Automaton(const PatternTree& tree);

  /// One search after another over the same line, so that what is known to lead nowhere is not
  /// tried again. Borrows all.
  class Search;

 private:
  static constexpr std::uint16_t kAccept = 0xFFFF;
  class Builder;

  struct State {
    PhraseTest test;
    PhraseRole role = PhraseRole::kOther;
    std::uint32_t next = 0, next_end = 0;  ///< In next_.
  };
  std::uint32_t begin_forms_ = 0;  ///< Of what a match can begin with; 0 where it may be empty.
  std::vector<State> states_;      ///< The first stands before the match.
  std::vector<std::uint16_t> next_;
};

class Automaton::Search {
 public:
  /// What one search after another uses, so that none asks for memory. One a thread.
  class Room {
    friend class Search;
    struct Step {
      std::uint16_t state = 0;
      std::uint32_t next = 0;  ///< What to try next behind it.
    };
    std::vector<Step> path;
    std::vector<std::uint64_t> tried;
  };

  Search(const Automaton& automaton, const SymbolLine& line, Room& room);

  /// The leftmost match that begins at phrase `from` or later.
  bool Next(std::uint32_t from, PatternMatch& match);

 private:
  /// Whether one of the first states holds there.
  bool MayBegin(std::uint32_t from) const;
  /// The first place from there on at which a phrase has a form to begin with.
  std::uint32_t NextPlace(std::uint32_t from) const;
  void Begin();
  /// Its length.
  std::optional<std::uint32_t> MatchAt(std::uint32_t from);
  /// False where it was tried before.
  bool Mark(std::uint16_t state, std::size_t phrase);
  void Unmark(std::uint16_t state, std::size_t phrase);

  const Automaton& automaton_;
  const SymbolLine& line_;
  Room& room_;
  const std::size_t width_;     ///< Of the marks of one phrase.
  const std::uint64_t places_;  ///< See SymbolLine::PlacesOf(): of the forms to begin with.
  bool begun_ = false;
};

}  // namespace verbale::extract
