// Who does with the subject of a clause what its verb says: "together with A, we founded B".

#include "extract/match/internal/clauses.h"

namespace verbale::extract {
namespace {

class CompanyFinder {
 public:
  CompanyFinder(const Words& words, Analysis& out)
      : words_(words), out_(out), chunks_(out.chunks) {}

  void Run() {
    for (std::uint32_t i = 0; i + 1 < chunks_.size(); ++i) {
      const Chunk& chunk = chunks_[i];
      if (chunk.kind == ChunkKind::kVerb) {
        if (words_.IsSharing(chunk.word)) AddSharing(i);
        continue;
      }
      if (words_.IsCompany(chunk.word)) Add(i);
      if (chunk.kind != ChunkKind::kPreposition) continue;
      if (words_.IsInPassing(chunk.word)) AddElliptic(i);
      if (chunk.word == "with" || chunk.word == "like") AddAside(i);
    }
  }

 private:
  bool IsKind(std::uint32_t i, ChunkKind kind) const { return extract::IsKind(chunks_, i, kind); }

  /// "Together with A, we founded B", "we founded B, together with A": A founded it, too.
  void Add(std::uint32_t i) {
    if (!IsKind(i + 1, ChunkKind::kNoun) || !CanAct(words_, out_, chunks_[i + 1])) return;
    std::uint32_t before = i;
    if (before > 0 && IsKind(before - 1, ChunkKind::kComma)) --before;
    const bool opens = before == 0 || IsKind(before - 1, ChunkKind::kStop);
    std::uint32_t verb = opens ? NextFinite(chunks_, i) : PreviousVerb(chunks_, i, false);
    // "we support A together with B" tells nothing of B.
    if (!opens && IsKind(before - 1, ChunkKind::kNoun)) {
      const std::uint32_t noun = before - 1;
      for (std::uint32_t k = i; k < chunks_.size() && !IsKind(k, ChunkKind::kStop); ++k) {
        if (IsSubjectOf(noun, chunks_[k])) verb = k;
        if (verb == k) break;
      }
      if (verb < i && CanAct(words_, out_, chunks_[noun])) return;
    }
    if (verb == kNoChunk) return;
    // "A was admitted together with B"; "the centre was built together with B" is no centre's deed.
    if (chunks_[verb].passive && (opens || !SubjectActs(verb))) return;
    SetCompany(verb, i, opens);
  }

  /// "We co-hosted A in June with B": B hosted it, too.
  void AddSharing(std::uint32_t verb) {
    if (chunks_[verb].passive) return;
    for (std::uint32_t i = verb + 1; i + 1 < chunks_.size(); ++i) {
      if (!IsKind(i, ChunkKind::kNoun) && !IsKind(i, ChunkKind::kPreposition)) return;
      if (!IsKind(i, ChunkKind::kPreposition) || chunks_[i].word != "with") continue;
      if (CanAct(words_, out_, chunks_[i + 1])) SetCompany(verb, i, false);
      return;
    }
  }

  /// "It finances A, as do B and C": what the verb before says, they do, too.
  void AddElliptic(std::uint32_t as) {
    if (!IsKind(as + 1, ChunkKind::kVerb) || !IsState(as + 2)) return;
    const Chunk& verb = chunks_[as + 1];
    const WordInfo* info = words_.Find(verb.word);
    if (info == nullptr || !info->Is(kBe | kHave | kDo) || verb.negated) return;
    if (verb.modality != graph::Modality::kAsserted) return;  // "as may B"
    const std::uint32_t before = PreviousVerb(chunks_, as, true);
    if (before == kNoChunk || !SubjectActs(before) || IsSaidBySomebody(before)) return;
    for (const std::uint32_t state : StatesFrom(as + 2)) chunks_[before].company.push_back(state);
  }

  /// "S took part, with A and B, in C", "Like A, S has signed it": States between commas, or before
  /// the first one.
  void AddAside(std::uint32_t i) {
    const std::vector<std::uint32_t> states = StatesFrom(i + 1);
    if (states.empty() || !IsKind(states.back() + 1, ChunkKind::kComma)) return;
    const bool opens = i == 0 || IsKind(i - 1, ChunkKind::kStop);
    if (!opens && (!IsKind(i - 1, ChunkKind::kComma) || i < 2)) return;
    std::uint32_t verb = NextFinite(chunks_, states.back());
    if (!opens && !(IsKind(i - 2, ChunkKind::kNoun) && verb != kNoChunk &&
                    IsSubjectOf(i - 2, chunks_[verb]))) {
      verb = PreviousVerb(chunks_, i, true);
    }
    if (verb == kNoChunk || !SubjectActs(verb)) return;
    // "With A, B has been strengthened": of nobody who is named.
    if (opens && chunks_[verb].subjects.front() != states.back() + 2) return;
    chunks_[verb].company = states;
  }

  /// "C helped A join", "C welcomed that A joined": whether another's verb comes before in the
  /// sentence, which may be the one that is meant.
  bool IsSaidBySomebody(std::uint32_t verb) const {
    for (std::uint32_t i = verb; i > 0 && !IsKind(i - 1, ChunkKind::kStop); --i) {
      const Chunk& other = chunks_[i - 1];
      if (other.kind == ChunkKind::kVerb && other.shape == VerbShape::kFinite &&
          other.subjects != chunks_[verb].subjects) {
        return true;
      }
    }
    return false;
  }

  bool IsState(std::uint32_t i) const {
    return IsKind(i, ChunkKind::kNoun) && chunks_[i].mention != kNoChunk &&
           out_.mentions[chunks_[i].mention].kind == Mention::Kind::kName &&
           words_.IsActorLabel(out_.mentions[chunks_[i].mention].label);
  }

  /// Who does what a verb says, or is done it as one who acts: "A was elected to B".
  bool SubjectActs(std::uint32_t verb) const {
    const Chunk& chunk = chunks_[verb];
    return !chunk.subjects.empty() && chunk.agent == kNoChunk &&
           CanAct(words_, out_, chunks_[chunk.subjects.front()]);
  }

  /// "A, B and C"
  std::vector<std::uint32_t> StatesFrom(std::uint32_t i) const {
    std::vector<std::uint32_t> states;
    if (!IsState(i)) return states;
    states.push_back(i);
    while (IsState(states.back() + 2) &&
           (IsKind(states.back() + 1, ChunkKind::kConjunction) ||
            (IsKind(states.back() + 1, ChunkKind::kComma) && JoinsLater(states.back() + 1)))) {
      states.push_back(states.back() + 2);
    }
    return states;
  }

  /// Those whom the word at `i` introduces do what the verb says; where it `opens` the sentence,
  /// all verbs of the same subject.
  void SetCompany(std::uint32_t verb, std::uint32_t i, bool opens) {
    std::vector<std::uint32_t> company = {i + 1};
    for (std::uint32_t k = i + 2;
         k + 1 < chunks_.size() && IsKind(k + 1, ChunkKind::kNoun) &&
         (IsKind(k, ChunkKind::kConjunction) || (IsKind(k, ChunkKind::kComma) && JoinsLater(k)));
         k += 2) {
      if (CanAct(words_, out_, chunks_[k + 1])) company.push_back(k + 1);
    }
    const std::vector<std::uint32_t> subjects = chunks_[verb].subjects;
    const bool implicit = chunks_[verb].implicit_subject;
    for (std::uint32_t k = 0; k < chunks_.size(); ++k) {
      Chunk& other = chunks_[k];
      if (other.kind == ChunkKind::kVerb && (k == verb || !other.passive) &&
          other.subjects == subjects && other.implicit_subject == implicit &&
          (k == verb || (opens && other.shape == VerbShape::kFinite))) {
        other.company = company;
      }
    }
  }

  /// "A, B and C": whether the comma is one of a list that "and" ends.
  bool JoinsLater(std::uint32_t comma) const {
    std::uint32_t k = comma;
    while (IsKind(k, ChunkKind::kComma) && IsKind(k + 1, ChunkKind::kNoun)) k += 2;
    return IsKind(k, ChunkKind::kConjunction) && IsKind(k + 1, ChunkKind::kNoun);
  }

  const Words& words_;
  const Analysis& out_;
  std::vector<Chunk>& chunks_;
};

}  // namespace

void FindCompany(const Words& words, Analysis& analysis) { CompanyFinder(words, analysis).Run(); }

}  // namespace verbale::extract
