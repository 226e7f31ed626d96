#pragma once

// One sentence, lightly parsed: phrases, verb groups with voice, modality and polarity, and the
// subject of each verb. Rules are patterns over this, which is why a rule is short and holds for
// passives, participles, relative clauses and coordinations alike.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/match/words.h"
#include "extract/mention/mention.h"
#include "extract/mention/token.h"

namespace verbale::extract {

enum class ChunkKind : std::uint8_t {
  kNoun,
  kVerb,
  kPreposition,
  kConjunction,
  kComma,
  kStop,  ///< ; : — and whatever else parts clauses.
  kRelative,
  kIncluding,
  kSubordinator,
  kOther,
};

enum class VerbShape : std::uint8_t {
  kFinite,
  kInfinitive,
  kGerund,   ///< -ing without "be".
  kReduced,  ///< A participle after the noun that it qualifies: "the centre founded in 2015".
  kBare,     ///< A base form without a subject: an imperative.
};

inline constexpr std::uint32_t kNoChunk = 0xFFFFFFFF;

/// A phrase, a verb group or a word between them.
struct Chunk {
  ChunkKind kind = ChunkKind::kOther;
  std::uint32_t first = 0, last = 0;  ///< Tokens [first, last); tokens in parentheses lie between.
  std::string word;                   ///< Head noun (singular), lemma of the verb, preposition, …

  // kNoun
  std::string_view label;            ///< Of the head mention, or by the head noun; may be empty.
  std::uint32_t mention = kNoChunk;  ///< The mention that is the head.
  std::uint32_t further = 0;         ///< So many mentions behind that are meant, too: "both".
  std::vector<std::uint32_t> modifiers;  ///< Other mentions inside.
  std::uint32_t core = 0;                ///< First token after determiners.
  std::uint32_t head = 0;                ///< The head token.
  std::uint32_t quote = kNoChunk;  ///< Token with the title: "a white paper entitled “…”".
  std::uint32_t owner = kNoChunk;  ///< Noun chunk whose it is: "Canada … its accession"; itself
                                   ///< where the one spoken of before is meant.
  std::uint32_t tags = 0;          ///< Of its determiner and of a pronoun.
  bool plural = false;
  bool capital = false;                           ///< The head is capitalised.
  std::uint32_t paren_first = 0, paren_last = 0;  ///< Tokens in parentheses right after it.

  // kVerb
  VerbShape shape = VerbShape::kFinite;
  bool passive = false;
  bool negated = false;
  bool auxiliary = false;   ///< Has an auxiliary or modal of its own.
  bool unfinished = false;  ///< "is preparing": planned by this alone.
  graph::Modality modality = graph::Modality::kAsserted;
  std::string modality_word;            ///< What made it so: "should", "intend".
  std::vector<std::uint32_t> subjects;  ///< Noun chunks, in order.
  std::vector<std::uint32_t> company;   ///< Who does it with the subject: "together with A".
  bool implicit_subject = false;        ///< It has none of its own: an item, a participle.
  std::uint32_t agent = kNoChunk;       ///< The noun after "by" of a passive.
};

inline bool IsSubjectOf(std::uint32_t noun, const Chunk& verb) {
  return std::find(verb.subjects.begin(), verb.subjects.end(), noun) != verb.subjects.end();
}

/// A sentence taken apart.
struct Analysis {
  std::vector<Token> tokens;
  std::vector<Mention> mentions;
  std::vector<Chunk> chunks;
  bool spoken = false;                  ///< Of a speech; see Words::IsHome().
  std::uint32_t item_token = kNoChunk;  ///< Where a list item begins after its lead-in.
  std::uint32_t item_first = 0;  ///< First chunk of the unit itself; before it, its lead-in's.

  /// As new, but with the memory that it has.
  void Clear();
};

/// Groups the words of `analysis` (tokens and mentions are there) into chunks.
void FindChunks(const Words& words, Analysis& analysis);
/// Whether the phrase can stand for an actor: a State, "we", "the Ministry", "the Agency".
bool CanAct(const Words& words, const Analysis& analysis, const Chunk& chunk);
/// "we consider it vital that …": the object "it" at this place stands for what follows.
bool StandsForClause(const Analysis& analysis, std::uint32_t pronoun);
/// "experts from Canada", "the teams of A and B": the State behind the noun acts.
bool IsSentBy(const Words& words, const Analysis& analysis, const Chunk& chunk);
/// "our accession", "Canada's accession", "the Canadian contribution", "my country's support".
bool IsOwned(const Words& words, const Analysis& analysis, const Chunk& chunk);
/// "our Agency", "the National Council": in a speech "the Council" may be anybody's.
bool IsOfHome(const Words& words, const Analysis& analysis, const Chunk& chunk);
/// "the former President", "their Centre": not of him who is spoken of, or no longer.
bool IsOfOthers(const Words& words, const Analysis& analysis, const Chunk& chunk);
/// Finds who does the same as the subject of a verb; the subjects are known.
void FindCompany(const Words& words, Analysis& analysis);
/// Finds subjects, agents, company and the modality of each verb.
void FindClauses(const Words& words, Analysis& analysis);

}  // namespace verbale::extract
