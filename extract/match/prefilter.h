#pragma once

// Most sentences say nothing that any rule reads, and which ones cannot is told by their words
// alone, before anything is parsed: a pattern needs a verb or noun of its own ("ratify") and
// something that can be its object (a treaty). Each word of the pack's vocabulary knows which needs
// it meets; a pattern with a need that no word of the sentence meets cannot match. A word meets
// only what it can be where it stands (word_places.h). In which order they stand says nothing:
// relative clauses and passives turn it around (plain_lines.h). What is left is a superset: the
// patterns themselves decide.
//
// This rests on what Chunk::word and Chunk::label are made of: lemmas, singulars and expressions of
// the sentence's own tokens, and labels of its mentions and of its head nouns. An expression's
// words stand side by side, but for what is in parentheses.

#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/match/pattern.h"
#include "extract/match/word_places.h"

namespace verbale::extract {

/// Immutable after Build(); shared by threads.
class Prefilter {
  static constexpr std::size_t kMostCommon = 128;
  /// Of the needs that nearly every sentence meets, a bit each.
  using CommonNeeds = std::bitset<kMostCommon>;

 public:
  /// What one search after another uses, so that none asks for memory. One a thread.
  class Room {
    friend class Prefilter;
    std::vector<char> met;               ///< Of each need, whether it is.
    std::vector<std::uint32_t> touched;  ///< Needs that are met.
    CommonNeeds common;                  ///< Those that are met.
    std::optional<bool> bracket;         ///< Whether the sentence has one, where that was asked.
  };

  /// Patterns are numbered in the order in which they are added. Not after Build().
  void Add(const CompiledPattern& pattern);
  /// Adds words to the vocabulary: all forms that meet a need. Borrows `words`.
  void Build(const PackData& pack, const Words& words, Vocabulary& vocabulary);

  /// Numbers of the patterns that could match a sentence with these words and mentions, ascending.
  void Possible(const WordLine& line, Room& room, std::vector<int>& patterns) const;

 private:
  using Kind = PatternNeed::Kind;
  using Need = std::pair<Kind, std::set<std::string>>;
  using Numbers = std::vector<std::uint32_t>;
  /// Of a short word of a closed class, where words of open ones count one: "in" stands in every
  /// other sentence.
  static constexpr std::size_t kVeryCommon = 10000;
  /// Of a longer one: "behind" is as rare as most verbs (the more often a word is said, the shorter
  /// it is; Zipf, The Psychobiology of Language, 1935).
  static constexpr std::size_t kCommon = 100;
  static constexpr std::size_t kShort = 4;  ///< Letters.

  /// "in_favour_of", by the word of it that fewest sentences have.
  struct Expression {
    std::vector<std::uint32_t> words;
    std::size_t rarest = 0;  ///< Place of that word.
    Numbers needs;           ///< That it meets.
    CommonNeeds common;

    bool StandsAround(const std::vector<Token>& tokens, std::size_t at) const;
  };
  struct Pattern {
    Numbers needs;
    CommonNeeds common;
  };
  /// A pattern as it waits for one of its needs, with the others: in others_, [first, last).
  struct Waiting {
    CommonNeeds common;
    std::uint32_t first = 0, last = 0;
    int pattern = 0;
  };
  /// In waiting_, [first, last).
  struct WaitingList {
    std::uint32_t first = 0, last = 0;
  };
  /// What a word has to be to meet a need.
  enum class As : std::uint8_t { kAny, kVerb, kHead, kInName };
  static constexpr std::size_t kWays = 4;
  /// The needs that a word meets: in met_, those as kAny from begin[0] to begin[1], and so on.
  struct WordNeeds {
    std::array<std::uint32_t, kWays + 1> begin{};
    std::uint32_t expressions = 0;  ///< Whose rarest word it is: place in expressions_ from 1.
    CommonNeeds common;
  };

  /// Number of the need; nothing where any sentence meets it.
  void AddNeed(Kind kind, const std::vector<std::string>& words, Numbers& numbers);
  void MeetByNoun(const std::string& noun, As as, const Numbers& needs, Vocabulary& vocabulary);
  void MeetByWords(const Words& words, Vocabulary& vocabulary);
  void MeetByExpression(const std::string& expression, const Numbers& needs, const Words& words,
                        Vocabulary& vocabulary);
  void AddExpression(Expression expression);
  void MeetByVerbs(const Words& words, const Vocabulary& vocabulary);
  void MeetByHeads(const PackData& pack, const Words& words, Vocabulary& vocabulary);
  void Meet(std::uint32_t word, As as, const Numbers& needs);
  Numbers NeedsOf(Kind kind, const std::string& word) const;
  /// In how many sentences each need is met, roughly.
  std::vector<std::size_t> HowCommon(const Words& words, const Vocabulary& vocabulary) const;
  void SetCommonNeedsApart(const std::vector<std::size_t>& common);
  void SortPatterns(const std::vector<std::size_t>& common);
  void LayOutPatterns(const std::vector<std::vector<int>>& patterns_of_need);
  void LayOutWords(const Vocabulary& vocabulary);
  static bool HasBracket(const std::vector<Token>& tokens, Room& room);
  static void Touch(std::span<const std::uint32_t> needs, Room& room);
  void TouchLabel(std::string_view label, Room& room) const;
  void TouchWord(const WordLine& line, std::size_t at, Room& room) const;

  std::map<Need, std::uint32_t> needs_;
  std::vector<Pattern> patterns_;                    ///< Until Build().
  PerWord<std::array<Numbers, kWays>> met_by_word_;  ///< Until Build().
  PerWord<std::uint32_t> expressions_of_;            ///< Until Build().
  std::vector<WordNeeds> needs_of_words_;            ///< By the number of the word.
  std::vector<char> meets_some_;                     ///< Whether it meets any; few words do.
  Numbers met_;
  std::vector<std::vector<Expression>> expressions_;
  WordPlaces places_;
  const Words* words_ = nullptr;
  std::map<std::string, Numbers, std::less<>> met_by_label_;
  std::vector<WaitingList> waiting_for_;  ///< By need.
  std::vector<Waiting> waiting_;          ///< Each pattern once.
  Numbers others_;
  std::vector<int> always_;  ///< Patterns of which nothing is known.
};

}  // namespace verbale::extract
