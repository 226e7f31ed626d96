// What a sentence speaks of that the sentence before has named: "it", "them", "both", "the latter",
// "this treaty", "these two conventions". Only what acts for nobody is meant: whom "it" stands for
// as one who acts, Topic() tells.

#include <algorithm>

#include "extract/resolve/internal/document_reader.h"

namespace verbale::extract {

void DocumentReader::FollowThings(const Analysis& analysis) {
  things_.clear();
  actors_named_ = 0;
  for (const Mention& mention : analysis.mentions) {
    if (mention.kind != Mention::Kind::kName) continue;
    if (pack_.words.IsActorLabel(mention.label)) {
      ++actors_named_;
      continue;
    }
    // Named twice, it counts where it was named last.
    std::erase_if(things_, [&](const Mention& other) { return other.name == mention.name; });
    things_.push_back(mention);
  }
}

/// Whether the word, which points back, may mean what the sentence before has named, so that the
/// sentence has to be read even if it names nothing itself.
bool DocumentReader::MayMeanThing(const Analysis& analysis, std::size_t token) const {
  const std::string_view word = analysis.tokens[token].folded;
  const WordInfo* info = pack_.words.Find(analysis.tokens[token]);
  if (info != nullptr && info->Is(kWeakPronoun)) return true;
  if (pack_.words.IsFormer(word) || pack_.words.IsLatter(word)) return true;
  if (pack_.words.IsThingsOwn(word)) return SpeaksFirst(analysis);
  if (pack_.words.MeansAll(word)) return things_.size() > 1;
  const bool shows = pack_.words.IsDemonstrative(word) || pack_.words.MeansAllOf(word);
  if (!shows || token + 1 == analysis.tokens.size()) return false;
  return pack_.words.StandsForSome(Words::Singular(analysis.tokens[token + 1].folded));
}

/// Those of the things named before that a noun phrase without a name of its own means.
std::vector<Mention> DocumentReader::MeantBy(const Analysis& analysis, std::uint32_t chunk) const {
  const Chunk& noun = analysis.chunks[chunk];
  const Token& first = analysis.tokens[noun.first];
  const Token& head = analysis.tokens[noun.head];
  const auto alike = [&] {
    return things_.size() > 1 && actors_named_ < 2 &&
           std::all_of(things_.begin(), things_.end(),
                       [&](const Mention& thing) { return thing.label == things_.front().label; });
  };
  if (pack_.words.MeansAll(head.folded)) return alike() ? things_ : std::vector<Mention>();
  if (pack_.words.IsFormer(head.folded) || pack_.words.IsLatter(head.folded)) {
    if (things_.size() != 2) return {};
    return {pack_.words.IsFormer(head.folded) ? things_.front() : things_.back()};
  }
  // "this agreement with A" is told by what follows it.
  const bool goes_on = chunk + 2 < analysis.chunks.size() &&
                       analysis.chunks[chunk + 1].kind == ChunkKind::kPreposition &&
                       pack_.words.JoinsName(analysis.chunks[chunk + 1].word) &&
                       analysis.chunks[chunk + 2].label != "date";
  if (goes_on || !noun.modifiers.empty() || noun.quote != kNoChunk) return {};
  std::vector<Mention> meant;
  for (const Mention& thing : things_) {
    if (pack_.words.StandsFor(noun.word, thing.label)) meant.push_back(thing);
  }
  // "it joined A, and is a party to that instrument"
  for (const Mention& thing : analysis.mentions) {
    if (thing.kind == Mention::Kind::kName && thing.last <= noun.first && !noun.plural &&
        pack_.words.StandsFor(noun.word, thing.label)) {
      meant.push_back(thing);
    }
  }
  if (noun.plural) {
    const bool all = pack_.words.MeansAllOf(first.folded) && OnlyCounted(analysis, noun);
    return all && meant.size() > 1 ? meant : std::vector<Mention>();
  }
  const bool shown = pack_.words.IsDemonstrative(first.folded) && noun.first + 1 == noun.head;
  if (!shown || meant.empty()) return {};
  return {meant.back()};
}

/// "these two treaties": between the determiner and the noun only a number.
bool DocumentReader::OnlyCounted(const Analysis& analysis, const Chunk& noun) const {
  for (std::uint32_t i = noun.first + 1; i < noun.head; ++i) {
    const WordInfo* info = pack_.words.Find(analysis.tokens[i]);
    if (info == nullptr || !info->Is(kQuantifier | kIncidental)) return false;
  }
  return true;
}

/// "We support …": whatever "its" is in it, it is not the author's.
bool DocumentReader::SpeaksFirst(const Analysis& analysis) const {
  const WordInfo* first = pack_.words.Find(analysis.tokens.front());
  return (first != nullptr && first->Is(kAuthorPronoun)) ||
         pack_.words.IsAuthorsOwn(analysis.tokens.front().folded);
}

/// "The Court was founded in 2002. We support its work.": the work of the Court, with which the
/// sentence before began.
void DocumentReader::OwnByThing(Analysis& analysis, std::uint32_t chunk) const {
  Chunk& noun = analysis.chunks[chunk];
  constexpr std::uint32_t kLastOpening = 2;  // Behind an article and an adjective.
  if (things_.size() != 1 || things_.back().first > kLastOpening || !SpeaksFirst(analysis) ||
      !pack_.words.IsThingsOwn(analysis.tokens[noun.first].folded)) {
    return;
  }
  const bool named_here = std::any_of(
      analysis.chunks.begin(), analysis.chunks.begin() + chunk,
      [](const Chunk& other) { return other.mention != kNoChunk && other.label != "date"; });
  if (named_here) return;
  Mention owner = things_.back();
  owner.first = noun.first;
  owner.last = noun.first + 1;
  noun.modifiers.push_back(static_cast<std::uint32_t>(analysis.mentions.size()));
  analysis.mentions.push_back(std::move(owner));
}

/// The phrase stands for these things from here on.
void DocumentReader::StandFor(std::vector<Mention> things, Chunk& noun, Analysis& analysis) {
  noun.label = things.front().label;
  noun.mention = static_cast<std::uint32_t>(analysis.mentions.size());
  noun.further = static_cast<std::uint32_t>(things.size()) - 1;
  for (Mention& mention : things) {
    mention.first = noun.first;
    mention.last = noun.last;
    analysis.mentions.push_back(std::move(mention));
  }
}

/// "We signed the Convention in 2001. It was ratified in 2003.", "My country supports it.", "We
/// acceded to it.": what is acted upon is the thing named last, never the author.
void DocumentReader::ResolvePronouns(Analysis& analysis) const {
  if (things_.empty() && analysis.mentions.empty()) return;
  std::vector<Chunk>& chunks = analysis.chunks;
  const auto is_kind = [&](std::uint32_t i, ChunkKind kind) {
    return i < chunks.size() && chunks[i].kind == kind;
  };
  for (std::uint32_t i = 0; i < chunks.size(); ++i) {
    Chunk& noun = chunks[i];
    if (noun.kind != ChunkKind::kNoun || noun.mention != kNoChunk) continue;
    OwnByThing(analysis, i);
    const bool acted_upon =
        i > 0 && (chunks[i - 1].kind == ChunkKind::kVerb ? !chunks[i - 1].passive
                                                         : is_kind(i - 1, ChunkKind::kPreposition));
    const bool of_passive = is_kind(i + 1, ChunkKind::kVerb) && chunks[i + 1].passive;
    if (!acted_upon && !of_passive) continue;
    std::vector<Mention> meant = MeantBy(analysis, i);
    if (!meant.empty()) StandFor(std::move(meant), noun, analysis);
  }
  if (!things_.empty()) ResolveIt(analysis);
}

/// "acceded to it", "a party to it", "take part in it": a verb or noun stands before the
/// preposition.
bool DocumentReader::IsTakenBy(const Analysis& analysis, std::uint32_t preposition) {
  if (preposition == 0) return false;
  const ChunkKind before = analysis.chunks[preposition - 1].kind;
  return before == ChunkKind::kVerb || before == ChunkKind::kNoun;
}

void DocumentReader::ResolveIt(Analysis& analysis) const {
  std::vector<Chunk>& chunks = analysis.chunks;
  const auto names_thing = [&](const Chunk& noun) {
    return noun.kind == ChunkKind::kNoun && noun.mention != kNoChunk && noun.label != "date";
  };
  if (chunks.empty()) return;
  // "the country of A and our support for it": A's.
  bool other_named = names_thing(chunks[0]) && !pack_.words.IsActorLabel(chunks[0].label);
  bool actor_named = names_thing(chunks[0]);
  int verbs = 0;  // Behind whoever was named.
  for (std::uint32_t i = 1; i < chunks.size(); ++i) {
    Chunk& noun = chunks[i];
    const Chunk& before = chunks[i - 1];
    // "We congratulate A, which ratified it": not A.
    std::size_t next = i + 1;
    // "A, B and C, which"
    while (
        next + 1 < chunks.size() &&
        (chunks[next].kind == ChunkKind::kComma || chunks[next].kind == ChunkKind::kConjunction) &&
        chunks[next + 1].kind == ChunkKind::kNoun &&
        pack_.words.IsActorLabel(chunks[next + 1].label)) {
      next += 2;
    }
    if (next < chunks.size() && chunks[next].kind == ChunkKind::kComma) ++next;
    const bool in_relative = next < chunks.size() && chunks[next].kind == ChunkKind::kRelative;
    if (names_thing(noun) && (!pack_.words.IsActorLabel(noun.label) ||
                              (before.kind == ChunkKind::kVerb && !in_relative))) {
      break;  // It was named in this sentence.
    }
    // "A is our partner, and we express thanks to it": A's, "A acceded to it" is not.
    if (names_thing(noun)) {
      actor_named = true;
    } else if (actor_named && noun.kind == ChunkKind::kVerb &&
               (noun.shape == VerbShape::kFinite || noun.shape == VerbShape::kBare)) {
      other_named |= ++verbs > 1;
    }
    other_named |= names_thing(noun) && before.kind == ChunkKind::kPreposition;
    if (noun.kind != ChunkKind::kNoun || !(noun.tags & kWeakPronoun)) continue;
    if (StandsForClause(analysis, i)) continue;
    const bool of_noun =
        !other_named && before.kind == ChunkKind::kPreposition && IsTakenBy(analysis, i - 1);
    if (!of_noun && (before.kind != ChunkKind::kVerb || before.passive)) continue;
    StandFor({things_.back()}, noun, analysis);
    break;
  }
  for (std::uint32_t i = 0; i + 1 < chunks.size(); ++i) {
    Chunk& noun = chunks[i];
    const Chunk& verb = chunks[i + 1];
    if (verb.kind == ChunkKind::kStop) return;
    if (noun.kind != ChunkKind::kNoun || verb.kind != ChunkKind::kVerb || noun.plural) continue;
    if (!(noun.tags & kWeakPronoun) || noun.mention != kNoChunk || !verb.passive) return;
    StandFor({things_.back()}, noun, analysis);
    return;
  }
}

}  // namespace verbale::extract
