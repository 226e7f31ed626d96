#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "extract/match/automaton.h"
#include "extract/match/pattern_parts.h"
#include "extract/rules/pack_data.h"

namespace verbale::extract {

/// What stands left of the first verb of a pattern, and is found as that verb's subject instead of
/// as its neighbour.
enum class LeftOfVerb : std::uint8_t { kNothing, kActor, kObject };

/// Something of which a sentence must have one for a pattern to match.
struct PatternNeed {
  enum class Kind : std::uint8_t { kVerb, kWord, kLabel };
  Kind kind = Kind::kWord;
  std::vector<std::string> words;  ///< Lemmas, words as Chunk::word has them, or labels.
  std::uint32_t set = 0;           ///< Their number among the sets of words, or of labels.
};

/// The same for sentences whose words have been looked up.
struct NeededSet {
  PatternNeed::Kind kind = PatternNeed::Kind::kWord;
  std::uint32_t set = 0;
};

/// A pattern of a rule, translated to an automaton over the chunks of a sentence.
///
/// Elements of a pattern, parted by spaces:
///   {subject}              one who acts: a State, "we", "the Ministry"
///   {capital}              a place that stands for its State: "in Tallinn"
///   {A|B}  {A|B via work}  a list of phrases of these labels ("A, B and C", "bodies such as A"),
///                          each perhaps behind a noun of the fragment: "the work of A"; and
///                          a verb of the same name: "the decision to establish A"
///   {A in x}               A only as a name before a noun of the fragment: "the A occupation"
///   <verb:x>  <verb:x.passive>  <verb:x.reduced>  <verb:x.any>   a verb of the fragment; <verb:*>
///   <noun:x>               a phrase whose head is a noun of the fragment
///   <own:x>                the same, of one who acts: "our accession", "Canada's accession"
///   word  one|other        a preposition, conjunction or phrase with that head
///   ,  ...                 a comma; up to eight chunks without a verb
///   ( … | … )  ( … )?      alternatives, options
struct CompiledPattern {
  Automaton automaton;
  /// What stands outside parentheses: each must be met, one after the other in the sentence; but
  /// for the object of kObject, which has no place here. Where `anything` is set, the whole pattern
  /// has alternatives, and nothing is known.
  std::vector<PatternNeed> needs;
  bool anything = false;
  std::vector<NeededSet> sets;  ///< Of the object's labels, then of `needs`.
  LeftOfVerb left = LeftOfVerb::kNothing;
  bool passive = false;         ///< The first verb is a passive.
  std::uint32_t label_set = 0;  ///< Of `labels`.
  bool has_verb = false;
  bool before_head = false;  ///< "{State in wrong}": "the X occupation", never X itself.
  bool any_verb = false;     ///< The first verb is <verb:*>.
  bool dated = false;        ///< It asks for a date: "has taken part since 2006 in".
  bool has_subject = false;  ///< A {subject} that must be matched in place.
  std::set<std::string, std::less<>> labels;  ///< Of the object.
  std::set<std::string> via;                  ///< Nouns that may stand before the object.
  std::set<std::string> via_verbs;            ///< What may be done to it there.
};

/// Adds the sets that the automaton asks for to `sets`. Error(kSyntax) says what is wrong; the
/// caller knows the file. Without an object slot, without a verb, noun or word to start from, or
/// with an unknown fragment a pattern is refused.
/// `doers`: labels of whom {subject} stands for beside those who can act.
CompiledPattern CompilePattern(const PackData& pack, const std::string& pattern, PatternSets& sets,
                               const std::vector<std::string>& doers = {});

/// How far a pattern got.
struct PatternReach {
  std::size_t matched = 0, total = 0;  ///< Elements from its start, and all.
  std::string missing;                 ///< The first element that found nothing; empty at the end.
};

/// How many elements of `pattern`, from its start, match somewhere in a sentence as Render() writes
/// it, one after the other. What stands left of the first verb counts as there.
PatternReach ReachOf(const PackData& pack, const std::string& pattern,
                     const std::string& rendering);

/// Whether `pattern` matches somewhere in one of `renderings`. What stands left of the first verb
/// counts as there.
bool MatchesAny(const PackData& pack, const std::string& pattern,
                const std::vector<const std::string*>& renderings);

/// `pattern` with each fragment written out, for people.
std::string ExpandPattern(const PackData& pack, const std::string& pattern);

}  // namespace verbale::extract
