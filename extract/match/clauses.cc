// Where in a clause something stands: what several of its readers ask.

#include "extract/match/internal/clauses.h"

namespace verbale::extract {
namespace {

/// A phrase that is a name by its capitals, and nothing says of what.
bool IsUnlabelledName(const Analysis& analysis, const Chunk& chunk) {
  return chunk.kind == ChunkKind::kNoun && chunk.label.empty() && chunk.capital &&
         chunk.mention == kNoChunk && analysis.tokens[chunk.core].capital;
}

/// "a fund", "its exercise": one thing that has no name of its own, opened by a word of `tags`.
bool IsUnnamedThing(const Chunk& chunk, std::uint32_t tags) {
  return chunk.kind == ChunkKind::kNoun && (chunk.tags & tags) != 0 && !chunk.plural &&
         !chunk.capital && chunk.mention == kNoChunk && !chunk.label.empty() &&
         chunk.label != "date";
}

}  // namespace

std::uint32_t NextFinite(const std::vector<Chunk>& chunks, std::uint32_t i) {
  for (std::uint32_t k = i + 1; k < chunks.size(); ++k) {
    if (IsKind(chunks, k, ChunkKind::kStop)) break;
    if (IsKind(chunks, k, ChunkKind::kVerb) && chunks[k].shape == VerbShape::kFinite) return k;
  }
  return kNoChunk;
}

std::uint32_t PreviousVerb(const std::vector<Chunk>& chunks, std::uint32_t before, bool finite) {
  for (std::uint32_t i = before; i-- > 0;) {
    if (IsKind(chunks, i, ChunkKind::kStop)) return kNoChunk;
    if (!IsKind(chunks, i, ChunkKind::kVerb)) continue;
    if (!finite || chunks[i].shape == VerbShape::kFinite) return i;
  }
  return kNoChunk;
}

std::uint32_t HeadOfPhrases(const std::vector<Chunk>& chunks, std::uint32_t n) {
  // "the period 2016-2019": the date only says which.
  if (n >= 1 && chunks[n].label == "date" && IsKind(chunks, n - 1, ChunkKind::kNoun)) --n;
  // "the Elections Act, 2009"
  if (n >= 2 && chunks[n].label == "date" && IsKind(chunks, n - 1, ChunkKind::kComma) &&
      IsKind(chunks, n - 2, ChunkKind::kNoun) && chunks[n - 2].capital) {
    n -= 2;
  }
  while (n >= 1 && IsKind(chunks, n - 1, ChunkKind::kPreposition)) {
    if (n < 2) return kNoChunk;
    std::uint32_t before = n - 2;
    // "in and around X", "for A and for B"
    if (IsKind(chunks, before, ChunkKind::kConjunction) && before >= 1) --before;
    if (!IsKind(chunks, before, ChunkKind::kNoun)) return kNoChunk;
    n = before;
    if (n >= 1 && chunks[n].label == "date" && IsKind(chunks, n - 1, ChunkKind::kNoun)) --n;
  }
  return n;
}

bool IsPurposeOfNoun(const std::vector<Chunk>& chunks, std::uint32_t n) {
  return n >= 2 && IsKind(chunks, n - 1, ChunkKind::kVerb) &&
         chunks[n - 1].shape == VerbShape::kInfinitive && IsKind(chunks, n - 2, ChunkKind::kNoun);
}

std::uint32_t HeadOfSubject(const std::vector<Chunk>& chunks, std::uint32_t n) {
  std::uint32_t head = HeadOfPhrases(chunks, n);
  const auto opens = [&](std::uint32_t noun) {  // "Laws to combat violence were passed."
    return !chunks[noun].label.empty() && (noun == 0 || IsKind(chunks, noun - 1, ChunkKind::kStop));
  };
  while (head != kNoChunk && IsPurposeOfNoun(chunks, head) &&
         (chunks[head - 2].capital || opens(head - 2))) {
    head = HeadOfPhrases(chunks, head - 2);
  }
  return head;
}

std::uint32_t ThankedBefore(const Words& words, const std::vector<Chunk>& chunks, std::uint32_t i) {
  if (i < 3 || !IsKind(chunks, i - 1, ChunkKind::kPreposition) ||
      !words.IsThankedFor(chunks[i - 1].word) || !IsKind(chunks, i - 2, ChunkKind::kNoun)) {
    return kNoChunk;
  }
  const std::uint32_t head = HeadOfPhrases(chunks, i - 2);
  if (head == kNoChunk || head == 0 || !IsKind(chunks, head - 1, ChunkKind::kVerb)) return kNoChunk;
  // "are grateful to A for hosting"
  const graph::Modality* thanks = words.Catenative(chunks[head].word);
  if (head != i - 2 && chunks[head - 1].word == "be" && thanks != nullptr &&
      *thanks == graph::Modality::kAsserted) {
    return i - 2;
  }
  return words.IsPerformative(chunks[head - 1].word) ? head : kNoChunk;
}

std::uint32_t BearerOfApposition(const Words& words, const Analysis& analysis, std::uint32_t n) {
  const std::vector<Chunk>& chunks = analysis.chunks;
  const std::uint32_t head = HeadOfPhrases(chunks, n);
  if (head == kNoChunk || head < 2 || !IsKind(chunks, head - 1, ChunkKind::kComma) ||
      !IsKind(chunks, head - 2, ChunkKind::kNoun)) {
    return kNoChunk;
  }
  return CanAct(words, analysis, chunks[head - 2]) ? head - 2 : kNoChunk;
}

void LabelExamples(Analysis& analysis) {
  std::vector<Chunk>& chunks = analysis.chunks;
  for (std::uint32_t i = 1; i + 1 < chunks.size(); ++i) {
    if (!IsKind(chunks, i, ChunkKind::kIncluding) || !IsKind(chunks, i - 1, ChunkKind::kNoun) ||
        !chunks[i - 1].plural || chunks[i - 1].mention != kNoChunk) {
      continue;
    }
    const std::string_view label = chunks[i - 1].label;
    for (std::uint32_t k = i + 1; !label.empty() && k < chunks.size(); ++k) {
      if (IsKind(chunks, k, ChunkKind::kComma) || IsKind(chunks, k, ChunkKind::kConjunction)) {
        continue;
      }
      Chunk& name = chunks[k];
      if (!IsUnlabelledName(analysis, name)) break;
      name.label = label;
    }
  }
}

void LabelAppositions(Analysis& analysis) {
  std::vector<Chunk>& chunks = analysis.chunks;
  for (std::uint32_t i = 0; i + 2 < chunks.size(); ++i) {
    Chunk& name = chunks[i];
    if (!IsUnlabelledName(analysis, name) || !IsKind(chunks, i + 1, ChunkKind::kComma)) continue;
    const Chunk& what = chunks[i + 2];
    if (!IsUnnamedThing(what, kIndefinite)) continue;
    name.label = what.label;
    name.plural = false;  // "Clear Skies" is one fund.
  }
  // "its own exercise, Blue Lake, ended", "a new fund, Clear Skies, was opened"
  for (std::uint32_t i = 0; i + 3 < chunks.size(); ++i) {
    if (!IsUnnamedThing(chunks[i], kIndefinite | kPossessive) ||
        !IsKind(chunks, i + 1, ChunkKind::kComma) || !IsUnlabelledName(analysis, chunks[i + 2]) ||
        (chunks[i + 2].tags & (kPronoun | kDefinite | kIndefinite)) != 0 ||
        !(IsKind(chunks, i + 3, ChunkKind::kComma) || IsKind(chunks, i + 3, ChunkKind::kStop))) {
      continue;
    }
    chunks[i + 2].label = chunks[i].label;
    chunks[i + 2].plural = false;
  }
}

}  // namespace verbale::extract
