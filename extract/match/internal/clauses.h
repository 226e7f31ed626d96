#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extract/match/analysis.h"

namespace verbale::extract {

inline bool IsKind(const std::vector<Chunk>& chunks, std::uint32_t i, ChunkKind kind) {
  return i < chunks.size() && chunks[i].kind == kind;
}

/// What is not asserted already becomes no less so.
inline void Judge(Chunk& verb, graph::Modality modality, const std::string& word) {
  if (verb.modality != graph::Modality::kAsserted || modality == graph::Modality::kAsserted) return;
  verb.modality = modality;
  verb.modality_word = word;
}

/// The next finite verb of the clause behind chunk `i`; kNoChunk where there is none.
std::uint32_t NextFinite(const std::vector<Chunk>& chunks, std::uint32_t i);
/// The last verb of the clause before chunk `before`, or its last finite one.
std::uint32_t PreviousVerb(const std::vector<Chunk>& chunks, std::uint32_t before, bool finite);
/// "the call to support A": whether noun `n` is what a noun before it is to do.
bool IsPurposeOfNoun(const std::vector<Chunk>& chunks, std::uint32_t n);
/// The noun that the prepositional phrases ending with noun `n` belong to; kNoChunk where they
/// belong to a verb or open the clause.
std::uint32_t HeadOfPhrases(const std::vector<Chunk>& chunks, std::uint32_t n);
/// The same over what a name says it is for: of "the Law to Combat Violence" the law.
std::uint32_t HeadOfSubject(const std::vector<Chunk>& chunks, std::uint32_t n);
/// "we thank A for hosting", with `i` the verb behind "for": who is thanked, since A did it;
/// kNoChunk where nobody is.
std::uint32_t ThankedBefore(const Words& words, const std::vector<Chunk>& chunks, std::uint32_t i);
/// "A, the first State to ratify": A, with `n` the noun that says what it was; kNoChunk where it is
/// said of nobody.
std::uint32_t BearerOfApposition(const Words& words, const Analysis& analysis, std::uint32_t n);

/// "exercises such as Blue Lake and Red Sea": what is named is an exercise.
void LabelExamples(Analysis& analysis);
/// "Sea Change, a fund for reefs": what has such a name is a fund.
void LabelAppositions(Analysis& analysis);
/// "taking part in the Forum and financing it": gives each such pronoun what it stands for.
void ResolveObjectPronouns(const Words& words, Analysis& analysis);
/// "Following its accession, A became": finds whose a thing is.
void FindOwners(const Words& words, Analysis& analysis);
/// What is recommended, requested or hoped is for somebody else to do.
inline bool AsksOthers(graph::Modality modality) {
  return modality == graph::Modality::kRecommended || modality == graph::Modality::kRequested ||
         modality == graph::Modality::kHoped;
}

/// "if A …", "Should A …,", "Has A …?", "it is not true that A …": what stands around a clause says
/// whether its verbs are asserted.
void JudgeByFrames(const Words& words, Analysis& analysis);
/// Finds the agents of passives.
void FindAgents(const Words& words, Analysis& analysis);
/// Behind the clauses of the sentence, what its phrases tell of themselves: "our recently adopted
/// Strategy" is a strategy that was adopted.
void AddPremodifiers(const Words& words, Analysis& analysis);
/// "There was established A": finds the subjects that stand behind their verb.
void FindInvertedSubjects(const Words& words, Analysis& analysis);

}  // namespace verbale::extract
