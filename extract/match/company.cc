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
      if (chunks_[i].kind != ChunkKind::kVerb && words_.IsCompany(chunks_[i].word)) Add(i);
      if (chunks_[i].kind == ChunkKind::kVerb && words_.IsSharing(chunks_[i].word)) AddSharing(i);
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
    if (verb == kNoChunk || chunks_[verb].passive) return;
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
      if (other.kind == ChunkKind::kVerb && !other.passive && other.subjects == subjects &&
          other.implicit_subject == implicit &&
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
