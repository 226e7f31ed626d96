#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "extract/match/analysis.h"
#include "extract/match/automaton.h"
#include "extract/match/prefilter.h"
#include "extract/match/sentence_lines.h"
#include "extract/mention/gated_patterns.h"
#include "extract/rules/pack_data.h"

namespace verbale::extract {

/// What a rule read from a sentence, before names are resolved: who, what, and how it is said.
struct Candidate {
  std::uint32_t rule = 0;                   ///< See Matcher::RuleAt().
  std::uint32_t pattern = 0;                ///< Index into the rule's patterns.
  std::uint32_t subject = kNoChunk;         ///< Noun chunk; kNoChunk: the author of the section.
  std::uint32_t object = kNoChunk;          ///< Noun chunk.
  std::uint32_t object_mention = kNoChunk;  ///< The object where it only stands before the head:
                                            ///< "the Union's efforts".
  std::uint32_t verb = kNoChunk;            ///< The verb that says it, where there is one.
  std::uint32_t first = 0, last = 0;        ///< Chunks of the match, [first, last).
  bool named_only = false;                  ///< Not for an object that has a common noun only.
  bool described = false;                   ///< Or for one that is told apart all the same.
  graph::Modality modality = graph::Modality::kAsserted;
  std::string guard;    ///< What made the modality: "should".
  std::string stopped;  ///< Not empty: why this is no reading at all. Only when explaining.
};

/// All rules of a pack over one sentence. A Prefilter tells from its words which patterns could
/// match; of each of these an automaton runs over the chunks. Immutable; shared by threads; borrows
/// the words.
class Matcher {
 public:
  /// Error(kSyntax) with the rule's file and line for a pattern that does not compile.
  Matcher(const PackData& pack, const Words& words, Vocabulary& vocabulary);
  /// `base` with `rule` in place of number `number`: shares the others with it. Nothing filters the
  /// sentences for that one. The words of `base` must live as long.
  Matcher(const Matcher& base, const PackData& pack, std::uint32_t number, Rule rule);
  ~Matcher();

  /// The rule that Candidate::rule means.
  const Rule& RuleAt(std::uint32_t number) const;

  static constexpr std::uint32_t kNoRule = ~std::uint32_t{0};

  /// What one search after another uses, so that none asks for memory. One a thread.
  struct Room {
    Prefilter::Room filter;
    Automaton::Search::Room search;
    SentenceLines lines;
    GatedPatterns::Room guards;
    /// What stops the rule that was asked last, in the sentence that is read; empty for nothing.
    std::uint32_t guarded_rule = kNoRule;
    std::string guard;
  };

  struct Context {
    bool list_item = false;
    bool proposal = false;         ///< Under a lead-in or heading that makes its items proposals.
    std::string_view author = {};  ///< Name of the section's author.
    bool explain = false;          ///< Keep the candidates that were stopped.
    /// The patterns to try, as Possible() gave them for this analysis; all where nullptr.
    const std::vector<int>* possible = nullptr;
    /// Where not nullptr: rule and nanoseconds of each pattern that was tried are added.
    std::vector<std::pair<std::uint32_t, std::uint64_t>>* times = nullptr;
  };

  /// The patterns that could match a sentence, from its words and mentions alone; ascending.
  void Possible(const WordLine& line, Room& room, std::vector<int>& patterns) const;
  /// `sentence` is the folded text that `unless` patterns look at.
  void Match(const Analysis& analysis, std::string_view sentence, const Context& context,
             Room& room, std::vector<Candidate>& candidates) const;

 private:
  struct CompiledRule;
  struct Impl;
  std::shared_ptr<const Impl> impl_;  ///< Shared with the matchers that are made of this one.
};

}  // namespace verbale::extract
