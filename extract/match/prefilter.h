#pragma once

// Most sentences say nothing that any rule reads, and which ones cannot is told by their words
// alone, before anything is parsed: a pattern needs a verb or noun of its own ("ratify") and
// something that can be its object (a treaty). Each word of the pack's vocabulary knows which needs
// it meets; a pattern with a need that no word of the sentence meets cannot match. In which order
// they stand says nothing: relative clauses and passives turn it around (plain_lines.h). What is
// left is a superset: the patterns themselves decide.
//
// This rests on what Chunk::word and Chunk::label are made of: lemmas, singulars and expressions of
// the sentence's own tokens, and labels of its mentions and of its head nouns.

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/match/pattern.h"
#include "extract/match/words.h"
#include "extract/mention/mention.h"
#include "extract/mention/token.h"

namespace verbale::extract {

/// Immutable after Build(); shared by threads.
class Prefilter {
 public:
  /// What one search after another uses, so that none asks for memory. One a thread.
  class Room {
    friend class Prefilter;
    std::vector<char> met;               ///< Of each need, whether it is.
    std::vector<std::uint32_t> touched;  ///< Needs that are met.
  };

  /// Patterns are numbered in the order in which they are added. Not after Build().
  void Add(const CompiledPattern& pattern);
  /// Adds words to the vocabulary: all forms that meet a need.
  void Build(const PackData& pack, const Words& words, Vocabulary& vocabulary);

  /// Numbers of the patterns that could match a sentence with these words and mentions, ascending.
  void Possible(const std::vector<Token>& tokens, const std::vector<Mention>& mentions, Room& room,
                std::vector<int>& patterns) const;

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

  /// Number of the need; nothing where any sentence meets it.
  void AddNeed(Kind kind, const std::vector<std::string>& words, Numbers& numbers);
  void MeetByNoun(const std::string& noun, const Numbers& needs, Vocabulary& vocabulary);
  void MeetByWords(Vocabulary& vocabulary);
  void MeetByVerbs(const Words& words, const Vocabulary& vocabulary);
  void MeetByHeads(const PackData& pack, const Words& words, Vocabulary& vocabulary);
  void Meet(std::uint32_t word, const Numbers& needs);
  Numbers NeedsOf(Kind kind, const std::string& word) const;
  /// In how many sentences each need is met, roughly.
  std::vector<std::size_t> HowCommon(const Words& words, const Vocabulary& vocabulary) const;
  void DropIdleNeeds(const std::vector<std::size_t>& common);
  void SortPatterns(const std::vector<std::size_t>& common);
  void LayOutWords(const Vocabulary& vocabulary);
  static void Touch(std::span<const std::uint32_t> needs, Room& room);
  /// What the word meets, after Build().
  std::span<const std::uint32_t> MetBy(std::uint32_t word) const {
    return std::span(met_).subspan(met_begin_[word], met_begin_[word + 1] - met_begin_[word]);
  }

  std::map<Need, std::uint32_t> needs_;
  std::vector<Numbers> patterns_;  ///< The needs of each.
  Numbers titles_;                 ///< Needs that a quotation meets.
  PerWord<Numbers> met_by_word_;   ///< Until Build().
  Numbers met_, met_begin_;  ///< The same, one word's after the other's, and where they begin.
  std::map<std::string, Numbers, std::less<>> met_by_label_;
  std::vector<std::vector<int>> patterns_of_need_;  ///< Each pattern once.
  std::vector<int> always_;                         ///< Patterns of which nothing is known.
};

}  // namespace verbale::extract
