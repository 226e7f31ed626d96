// Whom a noun phrase stands for: the head of a name, a list as a whole, what "which" means.

#include <algorithm>

#include "extract/match/internal/clause_view.h"

namespace verbale::extract {

bool ClauseView::IsTopicWord(std::uint32_t i) const {
  return IsKind(i, ChunkKind::kNoun) && chunks_[i].mention == kNoChunk &&
         chunks_[i].label.empty() &&
         (chunks_[i].tags & (kDefinite | kIndefinite | kPronoun)) == 0 &&
         analysis_.tokens[chunks_[i].core].capital;
}

std::uint32_t ClauseView::HeadOfNameList(std::uint32_t n) const {
  if (!IsTopicWord(n)) return kNoChunk;
  bool ends = std::any_of(analysis_.tokens.begin() + chunks_[n].core,
                          analysis_.tokens.begin() + chunks_[n].head,
                          [](const Token& token) { return token.folded == "and"; });
  for (std::uint32_t i = n; i >= 2 && IsTopicWord(i);) {
    if (IsKind(i - 1, ChunkKind::kPreposition)) {
      const Chunk& head = chunks_[i - 2];
      const bool named = i < n && ends && head.kind == ChunkKind::kNoun && head.capital &&
                         head.mention == kNoChunk && !head.label.empty();
      return named ? i - 2 : kNoChunk;
    }
    std::uint32_t before = i - 1;
    if (IsKind(before, ChunkKind::kConjunction)) {
      if (i != n) return kNoChunk;
      ends = true;
      if (IsKind(before - 1, ChunkKind::kComma)) --before;
    } else if (!IsKind(before, ChunkKind::kComma)) {
      return kNoChunk;
    }
    if (before == 0) return kNoChunk;
    i = before - 1;
  }
  return kNoChunk;
}

std::vector<std::uint32_t> ClauseView::WithCoordinated(std::uint32_t n) const {
  if (const std::uint32_t head = HeadOfNameList(n); head != kNoChunk) {
    return WithCoordinated(head);
  }
  std::vector<std::uint32_t> nouns = {n};
  if (chunks_[n].tags & kAuthorPronoun) return nouns;  // "…, A and B, and we have sent"
  while (n >= 2) {
    std::uint32_t separator = n - 1;
    if (IsKind(separator, ChunkKind::kConjunction)) {
      if (separator >= 1 && IsKind(separator - 1, ChunkKind::kComma)) --separator;
    } else if (!IsKind(separator, ChunkKind::kComma) || nouns.size() < 2) {
      break;
    }
    // "the Act on the prevention of and protection against violence"
    if (separator >= 2 && IsKind(separator - 1, ChunkKind::kPreposition) &&
        IsKind(separator - 2, ChunkKind::kNoun)) {
      --separator;
    }
    if (separator == 0 || !IsKind(separator - 1, ChunkKind::kNoun)) break;
    const std::uint32_t head = HeadOfPhrases(chunks_, separator - 1);
    // "the Centre for the security and intelligence services": one subject.
    if (head != kNoChunk && head != separator - 1 && nouns.size() == 1 &&
        chunks_[separator - 1].label != "date" && !CanAct(words_, analysis_, chunks_[n]) &&
        chunks_[n].mention == kNoChunk && (chunks_[n].tags & (kDefinite | kIndefinite)) == 0) {
      return WithCoordinated(head);
    }
    // "the questions of A and B", "our support for A and B": neither is one.
    const bool of_both = head != kNoChunk && head != separator - 1 && nouns.size() == 1 &&
                         chunks_[n].mention != kNoChunk &&
                         chunks_[separator - 1].mention != kNoChunk &&
                         words_.LeadsBoth(chunks_[separator - 2].word) &&
                         chunks_[n].label == chunks_[separator - 1].label &&
                         !CanAct(words_, analysis_, chunks_[head]);
    if (of_both) return WithCoordinated(head);
    if (head == kNoChunk || (head > 0 && IsKind(head - 1, ChunkKind::kVerb))) break;
    nouns.insert(nouns.begin(), head);
    n = head;
  }
  return nouns;
}

std::uint32_t ClauseView::QualifiedBefore(std::uint32_t n) const {
  if (const std::uint32_t listed = HeadOfNameList(n); listed != kNoChunk) return listed;
  const std::uint32_t head = HeadOfPhrases(chunks_, n);
  if (head != kNoChunk && !chunks_[head].label.empty()) return head;
  std::uint32_t named = kNoChunk;
  for (std::uint32_t k = n;; k -= 2) {
    const Chunk& noun = chunks_[k];
    if (noun.mention != kNoChunk || (noun.capital && !noun.label.empty())) named = k;
    if (k < 2 || !IsKind(k - 1, ChunkKind::kPreposition) || !IsKind(k - 2, ChunkKind::kNoun)) {
      return named != kNoChunk ? named : head != kNoChunk ? head : n;
    }
  }
}

std::uint32_t ClauseView::NamedBy(std::uint32_t noun) const {
  const Chunk& common = chunks_[noun];
  const bool apposed = noun >= 2 && IsKind(noun - 1, ChunkKind::kComma) &&
                       IsKind(noun - 2, ChunkKind::kNoun) && common.mention == kNoChunk &&
                       !common.capital && (common.tags & kIndefinite) != 0 &&
                       (chunks_[noun - 2].mention != kNoChunk || chunks_[noun - 2].capital);
  return apposed && chunks_[noun - 2].label != "date" ? noun - 2 : noun;
}

std::uint32_t ClauseView::BeforeDate(std::uint32_t noun) const {
  if (chunks_[noun].label != "date") return noun;
  if (noun >= 1 && IsKind(noun - 1, ChunkKind::kNoun)) return noun - 1;
  // "the Elections Act, 2009, which"
  if (noun >= 2 && IsKind(noun - 1, ChunkKind::kComma) && IsKind(noun - 2, ChunkKind::kNoun) &&
      chunks_[noun - 2].capital) {
    return noun - 2;
  }
  const bool phrase =
      noun >= 2 && IsKind(noun - 1, ChunkKind::kPreposition) && IsKind(noun - 2, ChunkKind::kNoun);
  return phrase ? noun - 2 : noun;
}

std::uint32_t ClauseView::BeforeParticiple(std::uint32_t noun) const {
  for (std::uint32_t k = noun; k >= 2; --k) {
    const Chunk& chunk = chunks_[k];
    if (chunk.kind == ChunkKind::kVerb) {
      const bool held = chunk.shape == VerbShape::kReduced && IsKind(k - 1, ChunkKind::kNoun) &&
                        !chunks_[k - 1].label.empty();
      return held ? k - 1 : kNoChunk;
    }
    const bool said = chunk.kind == ChunkKind::kNoun && chunk.label != "date" &&
                      (!chunk.label.empty() || chunk.mention != kNoChunk);
    if (said || (chunk.kind != ChunkKind::kNoun && chunk.kind != ChunkKind::kComma &&
                 chunk.kind != ChunkKind::kPreposition)) {
      break;
    }
  }
  return kNoChunk;
}

std::vector<std::uint32_t> ClauseView::Antecedent(std::uint32_t verb, std::uint32_t nearest) const {
  if (const std::uint32_t held = BeforeParticiple(nearest); held != kNoChunk) return {held};
  nearest = NamedBy(BeforeDate(nearest));
  // "the Unit of Peru, which was created in 2002"
  if (chunks_[verb].passive && nearest >= 2 && words_.IsActorLabel(chunks_[nearest].label) &&
      IsKind(nearest - 1, ChunkKind::kPreposition) && IsKind(nearest - 2, ChunkKind::kNoun) &&
      chunks_[nearest - 2].capital && !chunks_[nearest - 2].label.empty()) {
    nearest -= 2;
  }
  std::uint32_t noun = nearest;
  while (chunks_[noun].mention == kNoChunk && noun >= 2 &&
         IsKind(noun - 1, ChunkKind::kPreposition) && IsKind(noun - 2, ChunkKind::kNoun)) {
    noun -= 2;
  }
  if (chunks_[noun].mention == kNoChunk) {
    // "the Panel for an Ocean Economy, which": the name as a whole.
    const bool named = chunks_[noun].capital && !chunks_[noun].label.empty();
    return {named ? noun : nearest};
  }
  if (!words_.IsPluralVerb(analysis_.tokens[chunks_[verb].first].folded)) return {noun};
  std::vector<std::uint32_t> nouns = WithCoordinated(noun);
  // "urges A, B and C, which have signed": the first of them, too, stands behind a verb.
  const std::uint32_t first = nouns.front();
  if (first >= 3 && IsKind(first - 1, ChunkKind::kComma) && IsKind(first - 2, ChunkKind::kNoun) &&
      IsKind(first - 3, ChunkKind::kVerb) && chunks_[first - 2].mention != kNoChunk) {
    nouns.insert(nouns.begin(), first - 2);
  }
  return nouns;
}

std::uint32_t ClauseView::RelativeBeforePhrases(std::uint32_t noun) const {
  std::uint32_t i = noun;
  while (i >= 2 && IsKind(i, ChunkKind::kNoun) && IsKind(i - 1, ChunkKind::kPreposition)) i -= 2;
  return i != noun && IsKind(i, ChunkKind::kRelative) && words_.HasAntecedent(chunks_[i].word)
             ? i
             : kNoChunk;
}

bool ClauseView::OpensObjectRelative(std::uint32_t noun) const {
  return noun > 1 && IsKind(noun - 1, ChunkKind::kRelative) &&
         words_.HasAntecedent(chunks_[noun - 1].word) && !words_.OwnsNext(chunks_[noun - 1].word);
}

std::uint32_t ClauseView::BeforeCompany(std::uint32_t comma) const {
  for (std::uint32_t k = comma; k-- > 2;) {
    if (IsKind(k, ChunkKind::kConjunction) && words_.IsCompany(chunks_[k].word)) {
      const bool inserted = IsKind(k - 1, ChunkKind::kComma) && IsKind(k - 2, ChunkKind::kNoun);
      return inserted ? k - 2 : kNoChunk;
    }
    if (!IsKind(k, ChunkKind::kNoun) && !IsKind(k, ChunkKind::kComma) &&
        !IsKind(k, ChunkKind::kConjunction)) {
      break;
    }
  }
  return kNoChunk;
}

}  // namespace verbale::extract
