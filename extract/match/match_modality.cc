// Whether it is asserted: the verb of the match says, or the one that governs it.

#include <algorithm>

#include "extract/match/internal/match_reader.h"

namespace verbale::extract {

using graph::Modality;

void MatchReader::JudgeByGovernor(Candidate& candidate) const {
  std::uint32_t noun = candidate.first;
  while (noun + 1 < candidate.last && !IsKind(noun, ChunkKind::kNoun)) ++noun;
  // "A, to which our commitment stands": of what is ours.
  if (candidate.subject != kNoChunk && IsOwned(words_, analysis_, At(candidate.subject))) {
    noun = candidate.subject;
  }
  const std::uint32_t governor = Governor(noun);
  if (governor == kNoChunk) return;
  const Chunk& verb = At(governor);
  candidate.guard = verb.modality_word;
  candidate.modality = verb.modality;
  if (verb.modality == Modality::kDenied) return;
  if (words_.IsPerformative(verb.word) && verb.modality != Modality::kRecommended) {
    candidate.modality = Modality::kAsserted;
  }
  const Modality* makes = governor < noun ? words_.Catenative(verb.word) : nullptr;
  if (governor > noun) {
    // "Our membership of A ended."
    if (verb.modality == Modality::kAsserted && words_.IsEnding(verb.word)) {
      candidate.modality = Modality::kEnded;
      candidate.guard = verb.word;
      return;
    }
    // "hopes that its accession is near"
    for (std::uint32_t i = noun; i-- > 1 && !IsKind(i, ChunkKind::kComma);) {
      if (!IsKind(i, ChunkKind::kRelative) || !IsKind(i - 1, ChunkKind::kVerb)) continue;
      makes = words_.Catenative(At(i - 1).word);
      break;
    }
  }
  if (candidate.modality != Modality::kAsserted || makes == nullptr) return;
  candidate.modality = *makes;
  candidate.guard = verb.word;
}

std::uint32_t MatchReader::Governor(std::uint32_t noun) const {
  // "Talks on the accession will end": what the subject has in it ends with it.
  std::uint32_t head = noun;
  while (head >= 2 && IsKind(head - 1, ChunkKind::kPreposition) &&
         IsKind(head - 2, ChunkKind::kNoun)) {
    head -= 2;
  }
  if (head != noun && head == 0) noun = head;
  for (std::uint32_t i = noun + 1; i < analysis_.chunks.size(); ++i) {
    if (IsKind(i, ChunkKind::kVerb) && IsSubjectOf(noun, At(i))) return i;
  }
  // "does something to achieve something, through its membership of A": the main verb.
  const bool aside =
      noun >= 2 && IsKind(noun - 1, ChunkKind::kPreposition) && IsKind(noun - 2, ChunkKind::kComma);
  for (std::uint32_t i = noun; i-- > 0 && !IsKind(i, ChunkKind::kStop);) {
    if (aside ? IsFinite(i) : IsKind(i, ChunkKind::kVerb)) return i;
  }
  return kNoChunk;
}

void MatchReader::JudgeCommitted(Candidate& candidate) const {
  const Chunk& verb = At(candidate.verb);
  const bool infinitive = verb.shape == VerbShape::kInfinitive;
  // "our commitment to uphold A", "we have committed ourselves to uphold A"
  const bool reflexive = infinitive && candidate.verb > 1 &&
                         (At(candidate.verb - 1).tags & kAuthorPronoun) != 0 &&
                         IsKind(candidate.verb - 2, ChunkKind::kVerb) &&
                         words_.IsCommitting(At(candidate.verb - 2).word) &&
                         At(candidate.verb - 2).modality == Modality::kAsserted;
  const bool of_noun = reflexive || (infinitive && candidate.verb > 0 &&
                                     words_.IsCommitting(At(candidate.verb - 1).word));
  if (of_noun || (verb.modality == Modality::kPlanned && words_.IsCommitting(verb.modality_word))) {
    return;
  }
  candidate.modality = verb.modality;
  candidate.guard = verb.modality_word;
  if (candidate.stopped.empty()) candidate.stopped = "nobody is said to be committed to it";
}

void MatchReader::JudgeCandidate(Candidate& candidate) {
  if (rule_.anyway) return;
  JudgeByClause(candidate);
  if (rule_.ended) return JudgeEnding(candidate);
  if (candidate.modality == Modality::kAsserted && IsOver(candidate)) {
    candidate.modality = Modality::kEnded;
  }
}

void MatchReader::JudgeEnding(Candidate& candidate) const {
  if (candidate.modality == Modality::kAsserted) {
    candidate.modality = Modality::kEnded;
    candidate.guard = candidate.verb == kNoChunk ? "" : At(candidate.verb).word;
  } else if (candidate.stopped.empty()) {
    candidate.stopped = "it has not ended";
  }
}

bool MatchReader::IsOver(Candidate& candidate) const {
  // "a former member of A", not "a member of A and B in the former region"
  const bool behind = candidate.verb != kNoChunk && candidate.verb < candidate.object;
  const std::uint32_t from = behind ? candidate.verb + 1 : candidate.first;
  for (std::uint32_t i = from; i < candidate.object; ++i) {
    if (!IsKind(i, ChunkKind::kNoun) || At(i).mention != kNoChunk) continue;
    if (!IsKind(i + 1, ChunkKind::kPreposition)) continue;
    for (std::uint32_t token = At(i).first; token < At(i).head; ++token) {
      if (!words_.IsBygone(analysis_.tokens[token].folded)) continue;
      candidate.guard = analysis_.tokens[token].folded;
      return true;
    }
    // "B, formerly a member of A"
    if (At(i).first == 0) continue;
    const std::string_view before = analysis_.tokens[At(i).first - 1].folded;
    const Modality* makes = words_.Manner(before);
    const bool over = makes != nullptr && *makes == Modality::kEnded;
    if (!over && !words_.IsBygone(before)) continue;
    candidate.guard = before;
    return true;
  }
  if (candidate.verb == kNoChunk) return false;
  const Chunk& verb = At(candidate.verb);
  const WordInfo* first = words_.Find(analysis_.tokens[verb.first]);
  const bool past = first != nullptr && first->IsPastTense() && !verb.passive;
  if (!past || !words_.IsBeing(verb.word) || !HasEndDate(candidate.verb)) return false;
  candidate.guard = "until";
  return true;
}

bool MatchReader::HasEndDate(std::uint32_t verb) const {
  const auto is_date = [&](std::uint32_t i) {
    return IsKind(i, ChunkKind::kNoun) && At(i).label == "date";
  };
  const auto ends = [&](std::uint32_t i) {  // "until 2012", "(from 2009) to 2011"
    if (!IsKind(i, ChunkKind::kPreposition) || !is_date(i + 1)) return false;
    if (words_.IsUntil(At(i).word)) return true;
    // "between 2009 and 2011"
    if (At(i).word == "between") return IsKind(i + 2, ChunkKind::kConjunction) && is_date(i + 3);
    return i >= 2 && At(i).word == "to" && is_date(i - 1) && At(i - 2).word == "from";
  };
  for (std::uint32_t i = verb + 1; i < analysis_.chunks.size() && !IsFinite(i); ++i) {
    if (IsKind(i, ChunkKind::kStop)) break;
    if (ends(i)) return true;
  }
  for (std::uint32_t i = verb; i-- > 0 && !IsKind(i, ChunkKind::kStop) && !IsFinite(i);) {
    if (ends(i)) return true;
  }
  return false;
}

void MatchReader::JudgeByClause(Candidate& candidate) {
  if (IsDenied(candidate)) {
    candidate.modality = Modality::kDenied;
    candidate.guard = "no";
    return;
  }
  if (rule_.told) return JudgeByGovernor(candidate);
  if (rule_.committed) return JudgeCommitted(candidate);
  if (candidate.verb != kNoChunk) {
    const Chunk& verb = At(candidate.verb);
    // "is preparing, together with A, …": whatever they do is not done, but together they are.
    if (verb.unfinished && pattern_.compiled.any_verb) return;
    candidate.modality = verb.modality;
    candidate.guard = verb.modality_word;
    const bool own_clause = !verb.implicit_subject && verb.shape == VerbShape::kFinite;
    if (candidate.modality != Modality::kAsserted || own_clause) return;
  }
  if (context_.proposal) {
    candidate.modality = Modality::kRecommended;
    candidate.guard = "proposals";
  }
}

bool MatchReader::Denies(std::uint32_t noun) const {
  if (!IsKind(noun, ChunkKind::kNoun)) return false;
  // "Conventions No. 29 and No. 105": of the name.
  const bool named =
      At(noun).mention != kNoChunk && analysis_.mentions[At(noun).mention].first == At(noun).first;
  return !named && words_.IsDenying(analysis_.tokens[At(noun).first].folded);
}

bool MatchReader::SubjectsDeny() {
  if (!subjects_deny_) {
    subjects_deny_ = base_.verb != kNoChunk &&
                     std::any_of(At(base_.verb).subjects.begin(), At(base_.verb).subjects.end(),
                                 [&](std::uint32_t noun) { return Denies(noun); });
  }
  return *subjects_deny_;
}

bool MatchReader::IsDenied(const Candidate& candidate) {
  const bool behind_verb = candidate.verb != kNoChunk && candidate.verb + 1 < candidate.last;
  if (Denies(candidate.object) || (behind_verb && Denies(candidate.verb + 1))) return true;
  // "neither A nor B", "a party to none of the following"
  const std::uint32_t object = candidate.object;
  if (object > 0 && IsKind(object - 1, ChunkKind::kConjunction) && At(object - 1).word == "nor") {
    return true;
  }
  for (std::uint32_t i = candidate.verb; i < object; ++i) {
    if (IsKind(i, ChunkKind::kNoun) && words_.IsDenying(At(i).word)) return true;
  }
  return SubjectsDeny();
}

}  // namespace verbale::extract
