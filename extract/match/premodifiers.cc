// What a noun phrase tells before its head: of "our recently adopted Strategy" that it was adopted.

#include "extract/match/internal/clauses.h"

namespace verbale::extract {

std::uint32_t ParticipleBefore(const Words& words, const Analysis& analysis, const Chunk& noun) {
  if (noun.kind != ChunkKind::kNoun || noun.core < noun.first + 2) return kNoChunk;
  if (!words.IsJustDone(analysis.tokens[noun.core - 2].folded)) return kNoChunk;
  const WordInfo* info = words.Find(analysis.tokens[noun.core - 1]);
  const bool done = info != nullptr && (info->forms & kParticiple) != 0 && !info->lemma.empty();
  return done ? noun.core - 1 : kNoChunk;
}

void AddPremodifiers(const Words& words, Analysis& analysis) {
  const auto nouns = static_cast<std::uint32_t>(analysis.chunks.size());
  for (std::uint32_t i = 0; i < nouns; ++i) {
    const std::uint32_t participle = ParticipleBefore(words, analysis, analysis.chunks[i]);
    if (participle == kNoChunk) continue;
    Chunk stop;
    stop.kind = ChunkKind::kStop;
    stop.first = stop.last = participle;
    analysis.chunks.push_back(std::move(stop));
    Chunk verb;
    verb.kind = ChunkKind::kVerb;
    verb.first = participle;
    verb.last = participle + 1;
    verb.word = words.Find(analysis.tokens[participle])->lemma;
    verb.passive = true;
    verb.subjects = {i};
    analysis.chunks.push_back(std::move(verb));
  }
}

}  // namespace verbale::extract
