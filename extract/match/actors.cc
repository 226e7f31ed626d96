// Which phrases can stand for an actor, and whose a thing is: by names, head nouns and determiners
// alone, so that it can be asked before and after clauses are known.

#include <algorithm>

#include "extract/match/analysis.h"

namespace verbale::extract {
namespace {

/// "United States President Barack Obama", "Prime Minister Sheikh Hasina": an office and a name.
/// A president without a country may be any country's.
bool IsTitledPerson(const Words& words, const Analysis& analysis, const Chunk& chunk) {
  if (!chunk.capital || chunk.mention != kNoChunk || !chunk.label.empty()) return false;
  const bool of_state =
      std::any_of(chunk.modifiers.begin(), chunk.modifiers.end(), [&](std::uint32_t modifier) {
        return words.IsActorLabel(analysis.mentions[modifier].label);
      });
  for (std::uint32_t i = chunk.core; i < chunk.head; ++i) {
    const Token& token = analysis.tokens[i];
    const WordInfo* info = words.Find(token);
    if (!token.capital || info == nullptr || !info->Is(kActorNoun)) continue;
    return of_state || (chunk.tags & kPossessive) != 0 || words.IsTitle(token.folded) ||
           (!analysis.spoken && words.IsTitleAtHome(token.folded));
  }
  return false;
}

/// "the Ministry", "our Agency": not one of somebody else.
bool IsPartOfState(const Words& words, const Analysis& analysis, const Chunk& chunk) {
  if (chunk.plural || (chunk.tags & (kDefinite | kPronoun)) != kDefinite) return false;
  const WordInfo* info = words.Find(chunk.word);
  const bool part = (info != nullptr && info->Is(kActorNoun)) || words.IsActingLabel(chunk.label);
  if (!part || !std::none_of(chunk.modifiers.begin(), chunk.modifiers.end(), [&](std::uint32_t i) {
        return analysis.mentions[i].kind == Mention::Kind::kName &&
               !words.IsActorLabel(analysis.mentions[i].label);
      })) {
    return false;
  }
  return !analysis.spoken || IsOfHome(words, analysis, chunk);
}

/// "the armed forces": of the plurals only those that the pack lists.
bool AreForces(const Words& words, const Analysis& analysis, const Chunk& chunk) {
  const WordInfo* plural = words.Find(analysis.tokens[chunk.head]);
  return chunk.plural && (chunk.tags & (kDefinite | kPronoun)) == kDefinite && plural != nullptr &&
         plural->Is(kActorNoun) && !IsOfOthers(words, analysis, chunk) &&
         (!analysis.spoken || IsOfHome(words, analysis, chunk));
}

/// "the Council of Ministers of the Union": a body of one who is named, and is no State.
bool IsBodyOfOther(const Words& words, const Analysis& analysis, const Chunk& chunk) {
  const auto at = static_cast<std::size_t>(&chunk - analysis.chunks.data());
  for (std::size_t i = at + 1; i + 1 < analysis.chunks.size(); i += 2) {
    const Chunk& noun = analysis.chunks[i + 1];
    if (analysis.chunks[i].kind != ChunkKind::kPreposition || analysis.chunks[i].word != "of" ||
        noun.kind != ChunkKind::kNoun) {
      return false;
    }
    if (noun.mention == kNoChunk) continue;
    const Mention& whose = analysis.mentions[noun.mention];
    return whose.kind == Mention::Kind::kName && whose.of.empty() &&
           !words.IsActorLabel(whose.label) && !words.IsActingLabel(whose.label);
  }
  return false;
}

}  // namespace

bool IsOfHome(const Words& words, const Analysis& analysis, const Chunk& chunk) {
  for (std::uint32_t i = chunk.first; i <= chunk.head; ++i) {
    if (words.IsHome(analysis.tokens[i].folded)) return true;
  }
  return false;
}

bool IsOfOthers(const Words& words, const Analysis& analysis, const Chunk& chunk) {
  return std::any_of(analysis.tokens.begin() + chunk.first, analysis.tokens.begin() + chunk.head,
                     [&](const Token& token) { return words.IsOthersOwn(token.folded); });
}

bool StandsForClause(const Analysis& analysis, std::uint32_t pronoun) {
  return pronoun + 1 < analysis.chunks.size() &&
         analysis.chunks[pronoun + 1].kind == ChunkKind::kNoun &&
         analysis.chunks[pronoun + 1].label != "date";
}

bool IsSentBy(const Words& words, const Analysis& analysis, const Chunk& chunk) {
  if (chunk.kind != ChunkKind::kNoun || chunk.mention != kNoChunk) return false;
  const auto at = static_cast<std::size_t>(&chunk - analysis.chunks.data());
  if (at + 2 >= analysis.chunks.size()) return false;
  const Chunk& preposition = analysis.chunks[at + 1];
  const Chunk& state = analysis.chunks[at + 2];
  if (preposition.kind != ChunkKind::kPreposition || state.kind != ChunkKind::kNoun ||
      !words.IsFromSender(preposition.word)) {
    return false;
  }
  if (state.mention != kNoChunk
          ? !CanAct(words, analysis, state)
          : !IsPartOfState(words, analysis, state) && !AreForces(words, analysis, state)) {
    return false;
  }
  const WordInfo* info = words.Find(Words::Singular(analysis.tokens[chunk.head].folded));
  if (info != nullptr && info->Is(kActorNoun)) return true;
  // "law enforcement bodies of Iceland"
  return chunk.plural && words.IsActingLabel(chunk.label) && preposition.word == "of" &&
         state.mention != kNoChunk && words.IsActorLabel(state.label);
}

bool CanAct(const Words& words, const Analysis& analysis, const Chunk& chunk) {
  if (chunk.kind != ChunkKind::kNoun) return false;
  if (chunk.mention != kNoChunk) {
    const Mention& mention = analysis.mentions[chunk.mention];
    // A national team that has a name acts for its State.
    return words.IsActorLabel(mention.label) ||
           (!mention.of.empty() && words.IsActingLabel(mention.label));
  }
  if (chunk.tags & kPronoun) return (chunk.tags & (kAuthorPronoun | kWeakPronoun)) != 0;
  const WordInfo* info = words.Find(chunk.word);
  // "police officers": what the last word says.
  if (info == nullptr) info = words.Find(Words::Singular(analysis.tokens[chunk.head].folded));
  if (chunk.plural && (info == nullptr || !info->Is(kActorNoun))) {
    info = words.Find(analysis.tokens[chunk.head]);  // "forces"
  }
  if (info != nullptr && info->Is(kActorNoun)) {
    // "a Cuban expert": whose it is, is said.
    for (const std::uint32_t modifier : chunk.modifiers) {
      if (words.IsActorLabel(analysis.mentions[modifier].label)) return true;
    }
  }
  const bool of_others = IsOfOthers(words, analysis, chunk);
  if (!of_others && (chunk.tags & kUnspecific) == 0 && IsSentBy(words, analysis, chunk))
    return true;
  if (of_others || (chunk.tags & (kUnspecific | kIndefinite)) != 0) return false;
  if (IsTitledPerson(words, analysis, chunk)) return true;
  if (info != nullptr && info->Is(kActorNoun)) {
    if (!(chunk.tags & kDefinite) && !chunk.capital) return false;
    // "our forces", "Iceland …; its soldiers"
    if (!chunk.plural || chunk.owner != kNoChunk ||
        words.IsAuthorsOwn(analysis.tokens[chunk.first].folded)) {
      return true;
    }
    // Of the plurals only those that the pack lists: "authorities", never "countries".
    const WordInfo* plural = words.Find(analysis.tokens[chunk.head]);
    return plural != nullptr && plural->Is(kActorNoun);
  }
  if (chunk.capital && words.IsActorExpression(analysis.tokens, chunk.head)) {
    return (!analysis.spoken || IsOfHome(words, analysis, chunk)) &&
           !IsBodyOfOther(words, analysis, chunk);
  }
  // "CERT Canada", "Canadian Cyber Security Centre"
  if (chunk.capital && words.IsActingLabel(chunk.label) && chunk.head > chunk.core) {
    for (const std::uint32_t modifier : chunk.modifiers) {
      const Mention& state = analysis.mentions[modifier];
      const bool first = state.first == chunk.core;
      const bool last = state.first > chunk.core && state.last == chunk.head + 1;
      if ((first || last) && words.IsActorLabel(state.label)) return true;
    }
  }
  // "CERT-MX"
  if (chunk.capital && words.IsActingLabel(chunk.label) && chunk.head == chunk.core + 1 &&
      analysis.tokens[chunk.head].joined && analysis.tokens[chunk.core].upper) {
    return true;
  }
  // "our agencies"
  if (chunk.plural && words.IsActingLabel(chunk.label) &&
      words.IsAuthorsOwn(analysis.tokens[chunk.first].folded)) {
    return true;
  }
  const bool home = IsOfHome(words, analysis, chunk);
  // "the Agency", "National CERT"
  return !chunk.plural && ((chunk.tags & kDefinite) != 0 || (chunk.capital && home)) &&
         words.IsActingLabel(chunk.label) && (!analysis.spoken || home) &&
         !IsBodyOfOther(words, analysis, chunk);
}

bool IsOwned(const Words& words, const Analysis& analysis, const Chunk& chunk) {
  if (chunk.mention != kNoChunk) return false;
  if (chunk.owner != kNoChunk) return true;
  if (words.IsAuthorsOwn(analysis.tokens[chunk.first].folded)) return true;
  // "the Government's support", "the country's accession"
  for (std::uint32_t i = chunk.first; i < chunk.head; ++i) {
    const Token& token = analysis.tokens[i];
    const WordInfo* info = words.Find(token);
    if (!token.possessive || info == nullptr || !info->Is(kActorNoun)) continue;
    const WordInfo* first = words.Find(analysis.tokens[chunk.first]);
    return first != nullptr && first->Is(kDefinite) && !IsOfOthers(words, analysis, chunk);
  }
  return std::any_of(chunk.modifiers.begin(), chunk.modifiers.end(), [&](std::uint32_t modifier) {
    const Mention& mention = analysis.mentions[modifier];
    if (!words.IsActorLabel(mention.label)) return false;
    return mention.kind == Mention::Kind::kAdjective ||
           analysis.tokens[mention.last - 1].possessive;
  });
}

}  // namespace verbale::extract
