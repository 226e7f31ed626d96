// Whose a thing is, and which thing a pronoun stands for: "its accession", "financing it".

#include <algorithm>

#include "extract/match/internal/clauses.h"

namespace verbale::extract {
namespace {

class OwnerFinder {
 public:
  OwnerFinder(const Words& words, Analysis& out) : words_(words), out_(out), chunks_(out.chunks) {}

  void ResolveObjectPronouns() {
    for (std::uint32_t i = 1; i < chunks_.size(); ++i) {
      if (!IsNoun(i)) continue;
      OwnByThing(i);
      ResolvePronoun(i);
    }
  }

  void FindOwners() {
    for (std::uint32_t i = 0; i < chunks_.size(); ++i) {
      if (IsNoun(i)) FindOwner(i);
    }
  }

 private:
  bool IsNoun(std::uint32_t i) const { return IsKind(chunks_, i, ChunkKind::kNoun); }
  /// A noun that names something else than a date.
  static bool IsNamed(const Chunk& noun) {
    return noun.kind == ChunkKind::kNoun && noun.mention != kNoChunk && noun.label != "date";
  }

  /// "taking part in the Forum and financing it": the last thing named before.
  void ResolvePronoun(std::uint32_t i) {
    if (!(chunks_[i].tags & kWeakPronoun)) return;
    if (OpensPassive(i)) return StandForTopic(i);
    const bool of_verb = IsKind(chunks_, i - 1, ChunkKind::kVerb);
    // "subscribe to it"
    const bool taken = of_verb || (i >= 2 && IsKind(chunks_, i - 1, ChunkKind::kPreposition) &&
                                   IsKind(chunks_, i - 2, ChunkKind::kVerb));
    if (!taken || StandsForClause(out_, i)) return;
    const std::uint32_t verb = of_verb ? i - 1 : i - 2;
    // "A is binding on it": not A; "A was opened, and B acceded to it" is A.
    bool other_acts = of_verb || IsDeed(chunks_[verb]);
    for (std::uint32_t k = i - 1; k-- > 0;) {
      const bool acts = IsNoun(k) && CanAct(words_, out_, chunks_[k]);
      // "Having signed A, B ratified it": not B, who did it.
      const bool does = other_acts && acts && k + 1 == verb;
      // "We joined A, and the Fund contributes to it": the Fund to itself?
      if (!of_verb && IsNamed(chunks_[k]) && !acts && k + 1 == verb) return;
      other_acts |= acts && (does || !IsNamed(chunks_[k]));
      if (does) continue;
      if (!IsNamed(chunks_[k])) continue;
      if (!acts && other_acts) {
        chunks_[i].mention = chunks_[k].mention;
        chunks_[i].label = chunks_[k].label;
      }
      return;
    }
  }

  /// A verb that says what is done, in the active voice.
  bool IsDeed(const Chunk& verb) const {
    const WordInfo* info = words_.Find(verb.word);
    return !verb.passive && (info == nullptr || !info->Is(kBe | kHave | kDo));
  }

  /// "…; it was joined by A": opens a further clause, whose verb is a passive.
  bool OpensPassive(std::uint32_t i) const {
    if (!IsKind(chunks_, i + 1, ChunkKind::kVerb) || !chunks_[i + 1].passive) return false;
    const bool joined = i >= 2 && IsKind(chunks_, i - 1, ChunkKind::kConjunction) &&
                        IsKind(chunks_, i - 2, ChunkKind::kComma);
    return joined || IsKind(chunks_, i - 1, ChunkKind::kStop);
  }

  /// The thing that the sentence began with.
  void StandForTopic(std::uint32_t i) {
    if (!IsNamed(chunks_[0]) || CanAct(words_, out_, chunks_[0])) return;
    chunks_[i].mention = chunks_[0].mention;
    chunks_[i].label = chunks_[0].label;
  }

  /// "The Court should play its role, and we support its work": the work of the Court.
  void OwnByThing(std::uint32_t i) {
    if (!words_.IsThingsOwn(out_.tokens[chunks_[i].first].folded)) return;
    std::uint32_t owner = kNoChunk;
    for (std::uint32_t k = i; k-- > 0;) {
      if (!IsNamed(chunks_[k])) continue;
      if (CanAct(words_, out_, chunks_[k])) return;  // It may be that one's.
      if (owner == kNoChunk) owner = chunks_[k].mention;
    }
    if (owner != kNoChunk) chunks_[i].modifiers.push_back(owner);
  }

  /// "Following its accession, A became", "A signed it after its accession": the accession of A,
  /// where the clause has nobody else whose it could be.
  void FindOwner(std::uint32_t i) {
    Chunk& noun = chunks_[i];
    if (noun.mention != kNoChunk || !words_.IsThingsOwn(out_.tokens[noun.first].folded)) {
      return;
    }
    // "We congratulate others on their work": theirs.
    if (i > 0 && words_.IsThankedFor(chunks_[i - 1].word) &&
        ThankedBefore(words_, chunks_, i) != kNoChunk)
      return;
    std::uint32_t verb = kNoChunk;
    for (std::uint32_t k = i; k-- > 0 && !IsKind(chunks_, k, ChunkKind::kStop);) {
      if (IsNoun(k) && verb == kNoChunk && CanAct(words_, out_, chunks_[k])) {
        // "A, through its membership in B, cooperates": A's.
        const std::uint32_t next = NextFinite(chunks_, i);
        const bool goes_on = next != kNoChunk && IsSubjectOf(k, chunks_[next]);
        if (!ActsBefore(k, i) && !goes_on) return;
      }
      // "A's activities during its membership": A's.
      if (IsNoun(k) && IsOwned(words_, out_, chunks_[k])) {
        noun.owner = k;
        return;
      }
      if (!IsKind(chunks_, k, ChunkKind::kVerb) || chunks_[k].shape != VerbShape::kFinite) continue;
      verb = k;
      break;
    }
    if (verb == kNoChunk) verb = NextFinite(chunks_, i);
    if (verb == kNoChunk || chunks_[verb].agent != kNoChunk || chunks_[verb].subjects.size() != 1) {
      return;
    }
    const std::uint32_t subject = chunks_[verb].subjects.front();
    const Chunk& whose = chunks_[subject];
    if (subject != i && (CanAct(words_, out_, whose) || IsOwned(words_, out_, whose))) {
      noun.owner = subject;
    } else if (subject == i && i == 0) {
      noun.owner = i;  // "Its accession to B opened markets."
    } else if (subject == i && IsKind(chunks_, i - 1, ChunkKind::kStop)) {
      noun.owner = FirstActor();  // "A contributes troops; its soldiers serve in B."
    }
  }

  /// The one subject of the first verb of the sentence, if that one acts; else kNoChunk.
  std::uint32_t FirstActor() const {
    for (const Chunk& verb : chunks_) {
      if (verb.kind != ChunkKind::kVerb || verb.shape != VerbShape::kFinite) continue;
      const bool one =
          verb.subjects.size() == 1 && CanAct(words_, out_, chunks_[verb.subjects.front()]);
      return one ? verb.subjects.front() : kNoChunk;
    }
    return kNoChunk;
  }

  /// Whether it is the subject of a verb before `end`.
  bool ActsBefore(std::uint32_t noun, std::uint32_t end) const {
    return std::any_of(chunks_.begin(), chunks_.begin() + end,
                       [&](const Chunk& verb) { return IsSubjectOf(noun, verb); });
  }

  const Words& words_;
  const Analysis& out_;
  std::vector<Chunk>& chunks_;
};

}  // namespace

void ResolveObjectPronouns(const Words& words, Analysis& analysis) {
  OwnerFinder(words, analysis).ResolveObjectPronouns();
}

void FindOwners(const Words& words, Analysis& analysis) {
  OwnerFinder(words, analysis).FindOwners();
}

}  // namespace verbale::extract
