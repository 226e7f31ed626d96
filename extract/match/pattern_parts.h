#pragma once

// What stands behind the elements of a pattern, as trees of phrases: lists of objects with all that
// can hang on their members, insertions, gaps.

#include <string>
#include <vector>

#include "extract/match/automaton.h"

namespace verbale::extract {

/// The sets of words and of labels that the trees made with it ask for.
struct PatternSets {
  SetList words, labels;

  /// Number of the set of these words as chunks have them: with '_' for blanks.
  std::uint32_t Words(const std::vector<std::string>& of);
};

/// What an object slot asks for.
struct ObjectSlot {
  std::vector<std::string> labels;
  std::vector<std::string> via;        ///< Nouns that may lead to the object: "the work of A".
  std::vector<std::string> via_verbs;  ///< And verbs behind them: "the decision to establish A".
  bool before_head = false;            ///< Only as a name before such a noun: "the A occupation".
  bool after_verb = false;             ///< An insertion may part it from the verb.
};

PatternTree AnyOf(ChunkKind kind);
PatternTree Comma();
/// A word of a closed class, or a phrase with that head.
PatternTree WordOrHead(PatternSets& sets, const std::vector<std::string>& words);
/// A phrase whose head is one of `nouns`, with these Symbol::flags.
PatternTree Noun(PatternSets& sets, const std::vector<std::string>& nouns, std::uint32_t flags);
/// The same, perhaps with another: "the role and contribution of A".
PatternTree CoordinatedNoun(PatternSets& sets, const std::vector<std::string>& nouns);
/// The same, of one who acts, PhraseRole::kSubject: "our support and gratitude to A".
PatternTree OwnedNoun(PatternSets& sets, const std::vector<std::string>& nouns);
/// A phrase that can act, or has one of these labels, PhraseRole::kSubject: "the Government and
/// people of A".
PatternTree Subject(PatternSets& sets, const std::vector<std::string>& labels);
/// A place that stands for its State.
PatternTree Capital();
/// A phrase that is nothing but a date or an amount.
PatternTree PlainValue(PatternSets& sets, const std::string& label);
/// A verb in one of these forms; where `lemmas` is empty, any.
PatternTree Verb(PatternSets& sets, const std::vector<std::string>& lemmas, std::uint32_t forms);
/// Up to eight chunks without a verb of a clause.
PatternTree Gap();
/// The phrases of the list are PhraseRole::kObject.
PatternTree Object(PatternSets& sets, const ObjectSlot& slot);

}  // namespace verbale::extract
