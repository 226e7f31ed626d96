// What stands around a clause and says whether it is asserted: conditions, questions, "it is not
// true that …", "media reported that …", and an adverb that opens the sentence.

#include <algorithm>

#include "extract/match/internal/clauses.h"

namespace verbale::extract {

using graph::Modality;

namespace {

class FrameReader {
 public:
  FrameReader(const Words& words, Analysis& out) : words_(words), out_(out), chunks_(out.chunks) {}

  void Read() {
    JudgeInversion();
    JudgeByFirstAdverb();
    for (std::uint32_t i = 0; i < chunks_.size(); ++i) {
      if (IsKind(i, ChunkKind::kSubordinator) && (chunks_[i].tags & kConditional) != 0) {
        JudgeToComma(i + 1, Modality::kConditional, chunks_[i].word);
      }
      if (IsKind(i, ChunkKind::kVerb)) JudgeReported(i);
      if (i > 0 && chunks_[i].kind == ChunkKind::kRelative &&
          words_.IsDemonstrative(chunks_[i].word)) {
        JudgeThatClause(i);
      }
    }
  }

 private:
  bool IsKind(std::uint32_t i, ChunkKind kind) const { return extract::IsKind(chunks_, i, kind); }

  void JudgeToComma(std::uint32_t i, Modality modality, const std::string& word) {
    for (; i < chunks_.size(); ++i) {
      if (IsKind(i, ChunkKind::kComma) || IsKind(i, ChunkKind::kStop)) break;
      if (IsKind(i, ChunkKind::kVerb)) Judge(chunks_[i], modality, word);
    }
  }

  /// An auxiliary before its subject: "Has A …?", "When will A …?", "Should A …,".
  bool IsInverted(std::uint32_t i) const {
    if (!IsKind(i, ChunkKind::kVerb) || !IsKind(i + 1, ChunkKind::kNoun) ||
        chunks_[i].last - chunks_[i].first != 1) {
      return false;
    }
    const WordInfo* info = words_.Find(out_.tokens[chunks_[i].first]);
    return info != nullptr && info->Is(kHave | kBe | kDo | kModal) &&
           (i == 0 || !IsKind(i - 1, ChunkKind::kNoun));
  }

  /// "When will A join B?", but not "How long can A go on with B?", which says that it does.
  bool AsksWhen(std::uint32_t i) const {
    return IsKind(i - 1, ChunkKind::kRelative) && IsInverted(i) &&
           chunks_[i].modality == Modality::kPlanned;
  }

  /// "Without an answer, can we welcome A?", but not "How long can A go on?", which says that it
  /// does.
  bool AsksWhether(std::uint32_t i) const {
    if (!IsKind(i, ChunkKind::kVerb) || !IsKind(i + 1, ChunkKind::kNoun) ||
        !IsKind(i + 2, ChunkKind::kVerb) || chunks_[i].last - chunks_[i].first != 1) {
      return false;
    }
    const WordInfo* info = words_.Find(out_.tokens[chunks_[i].first]);
    return info != nullptr && info->Is(kModal) &&
           std::none_of(chunks_.begin(), chunks_.begin() + i,
                        [](const Chunk& chunk) { return chunk.kind == ChunkKind::kRelative; });
  }

  /// "Had the Parliament adopted A, …", "Should B join A, …", and the question "Has B joined A?".
  void JudgeInversion() {
    if (!out_.tokens.empty() && out_.tokens.back().folded == "?") {
      std::uint32_t i = IsInverted(0) ? 0 : 1;
      while (i > 0 && i < chunks_.size() && !AsksWhen(i) && !AsksWhether(i)) ++i;
      for (; i < chunks_.size(); ++i) {
        if (IsKind(i, ChunkKind::kVerb)) Judge(chunks_[i], Modality::kConditional, "?");
      }
    } else if (IsInverted(0)) {
      const std::string_view first = out_.tokens[chunks_[0].first].folded;
      if (words_.OpensCondition(first)) JudgeToComma(2, Modality::kConditional, std::string(first));
    }
  }

  /// "Reportedly, A joined B."
  void JudgeByFirstAdverb() {
    // "Formerly a member of A, B …": of the member.
    if (out_.tokens.size() < 2 || chunks_.size() < 2) return;
    if (out_.tokens[1].folded != "," && !IsKind(1, ChunkKind::kVerb)) return;
    const Modality* makes = words_.Manner(out_.tokens[0].folded);
    const std::uint32_t verb = makes == nullptr ? kNoChunk : NextFinite(chunks_, 0);
    if (verb != kNoChunk && chunks_[0].first > 0) {
      Judge(chunks_[verb], *makes, std::string(out_.tokens[0].folded));
    }
  }

  void JudgeReported(std::uint32_t i) {
    const Modality* modality = words_.Catenative(chunks_[i].word);
    if (modality == nullptr || *modality != Modality::kReported) return;
    for (std::uint32_t k = i + 1; k < chunks_.size() && !IsKind(k, ChunkKind::kStop); ++k) {
      if (!IsKind(k, ChunkKind::kVerb)) continue;
      // "A, for which B claimed responsibility, led to": A did.
      const auto& subjects = chunks_[k].subjects;
      if (!subjects.empty() && subjects.front() < i && subjects != chunks_[i].subjects) break;
      Judge(chunks_[k], Modality::kReported, chunks_[i].word);
    }
  }

  /// What the word before "that" makes of the clause behind it.
  Modality OfThat(std::uint32_t that) const {
    const Chunk& before = chunks_[that - 1];
    // "It is unlikely that": read as an adverb.
    const std::uint32_t last = chunks_[that].first - 1;
    const Modality* adverb = words_.ThatClause(out_.tokens[last].folded);
    if (adverb != nullptr && before.kind == ChunkKind::kVerb && before.word == "be") {
      const bool none = before.negated || words_.IsDenying(out_.tokens[last - 1].folded);
      return none ? Modality::kAsserted : *adverb;
    }
    if (before.kind == ChunkKind::kVerb) return OfVerb(before);
    if (before.kind != ChunkKind::kNoun) return Modality::kAsserted;
    const Modality* makes = words_.ThatClause(before.word);
    const bool told = that >= 2 && IsKind(that - 2, ChunkKind::kVerb);
    const bool denied = told && chunks_[that - 2].negated;
    if (words_.IsTruth(before.word) && denied) return Modality::kDenied;
    // "There is no doubt that": it is so.
    const bool none = words_.IsDenying(out_.tokens[before.first].folded);
    if (makes == nullptr || denied || none) return Modality::kAsserted;
    // "beyond doubt that"
    const bool phrase = that >= 2 && IsKind(that - 2, ChunkKind::kPreposition);
    return *makes == Modality::kDenied && phrase ? Modality::kAsserted : *makes;
  }

  Modality OfVerb(const Chunk& verb) const {
    if (verb.modality != Modality::kAsserted) return Modality::kAsserted;
    const bool hearsay =
        std::any_of(verb.subjects.begin(), verb.subjects.end(),
                    [&](std::uint32_t subject) { return words_.IsHearsay(chunks_[subject].word); });
    if (hearsay) return Modality::kReported;
    const std::string_view form = out_.tokens[verb.last - 1].folded;
    const Modality* makes = words_.ThatClause(verb.passive ? form : std::string_view(verb.word));
    return makes == nullptr ? Modality::kAsserted : *makes;
  }

  void JudgeThatClause(std::uint32_t that) {
    const Modality makes = OfThat(that);
    if (makes == Modality::kAsserted) return;
    for (std::uint32_t k = that + 1; k < chunks_.size() && !IsKind(k, ChunkKind::kStop); ++k) {
      // "hopes that A, which joined B, joins C": what is inserted is told for itself.
      if (IsKind(k, ChunkKind::kComma) && IsKind(k + 1, ChunkKind::kRelative)) {
        while (k + 1 < chunks_.size() && !IsKind(k + 1, ChunkKind::kComma)) ++k;
        continue;
      }
      if (!IsKind(k, ChunkKind::kVerb) || chunks_[k].shape == VerbShape::kReduced) continue;
      // "hopes that one may say that A joined B": who says so says it.
      if (words_.IsPerformative(chunks_[k].word) && IsKind(k + 1, ChunkKind::kRelative)) break;
      const auto& subjects = chunks_[k].subjects;
      if (!subjects.empty() && subjects.front() < that) break;
      Judge(chunks_[k], makes, chunks_[that - 1].word);
    }
  }

  const Words& words_;
  const Analysis& out_;
  std::vector<Chunk>& chunks_;
};

}  // namespace

void JudgeByFrames(const Words& words, Analysis& analysis) { FrameReader(words, analysis).Read(); }

}  // namespace verbale::extract
