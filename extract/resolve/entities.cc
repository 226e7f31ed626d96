#include "extract/resolve/entities.h"

#include <algorithm>

namespace verbale::extract {

NamedThing ThingOf(const Mention& mention) {
  return {std::string(mention.label), std::string(mention.name), mention.entry, true};
}

std::vector<graph::Entity> EntitiesOf(const std::vector<NameEntry>& names) {
  std::vector<graph::Entity> entities;
  entities.reserve(names.size());
  for (const NameEntry& entry : names) {
    graph::Entity entity;
    entity.label = entry.label;
    entity.name = entry.name;
    entity.id = graph::EntityId(entry.label, entry.name);
    entity.aliases = entry.aliases;
    entity.aliases.insert(entity.aliases.end(), entry.acronyms.begin(), entry.acronyms.end());
    std::sort(entity.aliases.begin(), entity.aliases.end());
    const auto end = std::unique(entity.aliases.begin(), entity.aliases.end());
    entity.aliases.erase(end, entity.aliases.end());
    entity.aliases.erase(std::remove(entity.aliases.begin(), entity.aliases.end(), entity.name),
                         entity.aliases.end());
    entity.properties = entry.properties;
    entities.push_back(std::move(entity));
  }
  return entities;
}

std::uint32_t EntityTable::Add(const NamedThing& thing) {
  const bool known = thing.entry != Mention::kNoEntry;
  const std::string plain =
      known ? known_[thing.entry].id : graph::EntityId(thing.label, thing.name);
  if (!known) {
    if (const auto named = InSection(thing, plain)) return *named;
  }
  const auto [at, fresh] = by_id_.try_emplace(thing.id.empty() ? plain : thing.id,
                                              static_cast<std::uint32_t>(entities_.size()));
  if (!known) of_section_[plain] = at->second;
  if (!fresh) {
    if (!known) AddAlias(at->second, thing.name);
    return at->second;
  }
  if (known) {
    entities_.push_back(known_[thing.entry]);
  } else {
    entities_.push_back({thing.label, thing.name, at->first, {}, {}});
  }
  return at->second;
}

/// The thing that the section calls so, unless it is another's. Once somebody is known to have it,
/// it is his.
std::optional<std::uint32_t> EntityTable::InSection(const NamedThing& thing,
                                                    const std::string& id) {
  const auto named = of_section_.find(id);
  if (named == of_section_.end()) return std::nullopt;
  std::string& known = entities_[named->second].id;
  if (!thing.id.empty() && known != thing.id) {
    if (known != id || by_id_.contains(thing.id)) return std::nullopt;
    by_id_.erase(known);
    known = thing.id;
    by_id_.emplace(thing.id, named->second);
  }
  AddAlias(named->second, thing.name);
  return named->second;
}

std::uint32_t EntityTable::Add(const Mention& mention) {
  if (mention.entry == Mention::kNoEntry) return Add(ThingOf(mention));
  const auto known = by_entry_.find(mention.entry);
  if (known != by_entry_.end()) return known->second;
  const std::uint32_t number = Add(ThingOf(mention));
  by_entry_.emplace(mention.entry, number);
  return number;
}

void EntityTable::AddAlias(std::uint32_t entity, const std::string& alias) {
  std::vector<std::string>& aliases = entities_[entity].aliases;
  const auto at = std::lower_bound(aliases.begin(), aliases.end(), alias);
  if (alias != entities_[entity].name && (at == aliases.end() || *at != alias)) {
    aliases.insert(at, alias);
  }
}

void EntityTable::Prune(graph::DocumentFacts& facts) {
  std::vector<std::uint32_t> number(facts.entities.size(), 0);
  for (const graph::Fact& fact : facts.facts) number[fact.subject] = number[fact.object] = 1;
  std::vector<graph::Entity> kept;
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (number[i] == 0) continue;
    number[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(facts.entities[i]));
  }
  for (graph::Fact& fact : facts.facts) {
    fact.subject = number[fact.subject];
    fact.object = number[fact.object];
  }
  facts.entities = std::move(kept);
}

namespace {

/// Whether a phrase with this preposition belongs to the name; `phrases` others came before it.
bool IsTailPreposition(const Words& words, const std::string& word, int phrases) {
  if (word == "to") return phrases > 0;  // "law on access to information"
  return words.IsNameTail(word);
}

/// "the Declaration on Malaria, Tuberculosis and Other Related Infectious Diseases": a list of
/// capitals that ends with "and" goes on with the name, where none of them is known by itself.
std::uint32_t AfterNameList(const Analysis& analysis, std::uint32_t chunk, std::uint32_t last) {
  const std::vector<Chunk>& chunks = analysis.chunks;
  const auto is = [&](std::uint32_t i, ChunkKind kind) {
    return i < chunks.size() && chunks[i].kind == kind;
  };
  if (last == chunk || !chunks[chunk].capital || chunks[last].mention != kNoChunk) return last;
  for (std::uint32_t i = last + 1; i + 1 < chunks.size(); i += 2) {
    const std::uint32_t comma = is(i, ChunkKind::kComma) && is(i + 1, ChunkKind::kConjunction);
    i += comma;
    const bool ends = is(i, ChunkKind::kConjunction) && chunks[i].word == "and";
    if (!(ends || is(i, ChunkKind::kComma)) || !is(i + 1, ChunkKind::kNoun)) return last;
    const Chunk& noun = chunks[i + 1];
    if (noun.mention != kNoChunk || !noun.label.empty() || !noun.capital ||
        (noun.tags & kDefinite) != 0) {
      return last;
    }
    // "Women, Family and Social Affairs"
    const bool has_last =
        std::any_of(analysis.tokens.begin() + noun.core, analysis.tokens.begin() + noun.head,
                    [](const Token& token) { return token.folded == "and"; });
    if (ends || has_last) return i + 1;
  }
  return last;
}

/// "the strategy for preventing and combating violence": two deeds in one name.
std::uint32_t AfterDeeds(const Analysis& analysis, std::uint32_t last) {
  const std::vector<Chunk>& chunks = analysis.chunks;
  const auto is_deed = [&](std::uint32_t i) {
    return i < chunks.size() && chunks[i].kind == ChunkKind::kNoun &&
           chunks[i].mention == kNoChunk && analysis.tokens[chunks[i].core].folded.ends_with("ing");
  };
  const bool both = is_deed(last) && chunks[last].core == chunks[last].head && is_deed(last + 2) &&
                    chunks[last + 1].kind == ChunkKind::kConjunction;
  return both ? last + 2 : last;
}

/// "the law on the control and regulation of plastics", "the strategy for sustainable development
/// and inclusive growth", "the Act on the Prevention of and Protection against Violence": what the
/// name is about is two things. `last` ends the first of them.
std::uint32_t AfterBoth(const Words& words, const Analysis& analysis, std::uint32_t chunk,
                        std::uint32_t last) {
  const std::vector<Chunk>& chunks = analysis.chunks;
  const auto is = [&](std::uint32_t i, ChunkKind kind) {
    return i < chunks.size() && chunks[i].kind == kind;
  };
  if (last == chunk || chunks[last].mention != kNoChunk || chunks[last].paren_last > 0) return last;
  const bool open = is(last + 1, ChunkKind::kPreposition) && is(last + 2, ChunkKind::kConjunction);
  const std::uint32_t both = last + 1 + open;
  if (!is(both, ChunkKind::kConjunction) || chunks[both].word != "and" ||
      !is(both + 1, ChunkKind::kNoun)) {
    return last;
  }
  const Chunk& second = chunks[both + 1];
  const bool capital = second.capital || analysis.tokens[second.core].capital;
  if (second.mention != kNoChunk || !second.modifiers.empty() ||
      (second.tags & (kDefinite | kIndefinite | kPronoun | kUnspecific)) != 0 ||
      capital != chunks[chunk].capital || CanAct(words, analysis, second) ||
      std::any_of(chunks.begin() + both, chunks.end(),
                  [&](const Chunk& verb) { return IsSubjectOf(both + 1, verb); })) {
    return last;
  }
  const bool goes_on = is(both + 2, ChunkKind::kPreposition) && is(both + 3, ChunkKind::kNoun) &&
                       IsTailPreposition(words, chunks[both + 2].word, 1) &&
                       chunks[both + 3].label != "date" && (chunks[both + 3].tags & kPronoun) == 0;
  // "on the control and regulation of plastics": no regulation by itself.
  const bool deed = (chunks[last].tags & kDefinite) != 0 && !second.plural;
  if (!second.label.empty() && !(deed && goes_on)) return last;
  if (open && !goes_on) return last;
  return goes_on && (open || deed) ? both + 3 : both + 1;
}

/// The last chunk of the name that begins with `chunk`: "Centre for Cyber Security", "law on the
/// fight against terrorism".
std::uint32_t LastOfName(const Words& words, const Analysis& analysis, std::uint32_t chunk) {
  const std::vector<Chunk>& chunks = analysis.chunks;
  std::uint32_t last = chunk;
  bool common = false;  // What follows goes on in small letters.
  for (int phrases = 0; phrases < 3 && last + 2 < chunks.size(); ++phrases) {
    const Chunk& preposition = chunks[last + 1];
    // "the initiative on limiting the use of the veto", "a seminar on combating terrorism"
    const bool doing = last == chunk && last + 3 < chunks.size() &&
                       preposition.kind == ChunkKind::kPreposition && preposition.word == "on" &&
                       chunks[last + 2].kind == ChunkKind::kVerb &&
                       chunks[last + 2].shape == VerbShape::kGerund &&
                       chunks[last + 3].kind == ChunkKind::kNoun && !chunks[chunk].capital;
    if (doing) {
      last += 3;
      continue;
    }
    const Chunk& noun = chunks[last + 2];
    // "the Initiative to Combat Nuclear Terrorism"
    const bool purpose = preposition.kind == ChunkKind::kVerb &&
                         preposition.shape == VerbShape::kInfinitive &&
                         analysis.tokens[preposition.last - 1].capital;
    // "the Protocol to the Convention"
    const bool part = preposition.word == "to" && noun.mention != kNoChunk &&
                      chunks[chunk].capital && noun.label == chunks[chunk].label;
    // "the memorandum on cooperation in cyber defence"
    const bool field = preposition.word == "in" && last > chunk && noun.mention == kNoChunk &&
                       words.IsJointWork(chunks[last].word);
    if (!purpose && (preposition.kind != ChunkKind::kPreposition ||
                     (!part && !field && !IsTailPreposition(words, preposition.word, phrases)))) {
      break;
    }
    if (noun.kind != ChunkKind::kNoun || noun.label == "date" || (noun.tags & kPronoun) ||
        words.IsMonth(noun.word)) {
      break;
    }
    if (chunks[last].paren_last > 0) break;
    // "laws on the following", "a policy on the same subject": that is no name.
    if (std::any_of(analysis.tokens.begin() + noun.first, analysis.tokens.begin() + noun.last,
                    [&](const Token& token) { return words.IsPointing(token.folded); })) {
      break;
    }
    const bool capital = noun.capital || analysis.tokens[noun.core].capital;
    // "the Action Plan on the implementation of the resolution": what it is on is of its title.
    common |= !capital && last == chunk && words.JoinsTopic(preposition.word) &&
              (noun.tags & (kDefinite | kIndefinite)) != 0;
    if (chunks[chunk].capital && !capital && !common) break;
    last += 2;
  }
  last = AfterNameList(analysis, chunk, AfterDeeds(analysis, last));
  last = AfterBoth(words, analysis, chunk, last);
  // "workshops organized by the Institute": without it the name would be a common noun.
  const auto is = [&](std::uint32_t i, ChunkKind kind) {
    return i < chunks.size() && chunks[i].kind == kind;
  };
  if (last == chunk && chunks[chunk].core == chunks[chunk].head &&
      is(chunk + 1, ChunkKind::kVerb) && chunks[chunk + 1].shape == VerbShape::kReduced &&
      is(chunk + 2, ChunkKind::kPreposition) && chunks[chunk + 2].word == "by" &&
      is(chunk + 3, ChunkKind::kNoun) && chunks[chunk + 3].mention != kNoChunk) {
    last = chunk + 3;
  }
  return last;
}

/// "an agency to rebuild the harbours", "a plan for rebuilding them", "a law banning them": what it
/// is for, where little else tells what it is. `first` begins the name.
std::uint32_t AfterPurpose(const Words& words, const Analysis& analysis, std::uint32_t chunk,
                           std::uint32_t first) {
  const std::vector<Chunk>& chunks = analysis.chunks;
  const Chunk& noun = chunks[chunk];
  const auto is = [&](std::uint32_t i, ChunkKind kind) {
    return i < chunks.size() && chunks[i].kind == kind;
  };
  // "the summit to end the war" may be part of "the decision of the summit to end the war".
  const bool one = (noun.tags & kIndefinite) != 0 ||
                   ((noun.tags & kDefinite) != 0 && !words.IsHeldLabel(noun.label));
  const std::size_t words_of_head = 1 + std::count(noun.word.begin(), noun.word.end(), '_');
  const bool bare = noun.head <= first + words_of_head && !words.HasPrefix(noun.word);
  if (noun.capital || noun.plural || noun.mention != kNoChunk || !bare || !one ||
      (noun.tags & kPossessive) != 0) {
    return chunk;
  }
  const bool doing = is(chunk + 1, ChunkKind::kPreposition) && chunks[chunk + 1].word == "for";
  const std::uint32_t verb = chunk + 1 + doing;
  if (!is(verb, ChunkKind::kVerb) || !is(verb + 1, ChunkKind::kNoun)) return chunk;
  const VerbShape shape = chunks[verb].shape;
  const Chunk& what = chunks[verb + 1];
  const bool told = shape == VerbShape::kGerund && (doing || what.mention == kNoChunk);
  if (!(told || (!doing && shape == VerbShape::kInfinitive)) || chunks[verb].passive ||
      chunks[verb].negated || (what.tags & (kPronoun | kUnspecific)) != 0 || what.label == "date" ||
      words.IsPointing(analysis.tokens[what.head].folded)) {
    return chunk;
  }
  // "to fight the spread of disease"
  const bool more = is(verb + 2, ChunkKind::kPreposition) && chunks[verb + 2].word == "of" &&
                    is(verb + 3, ChunkKind::kNoun) && (chunks[verb + 3].tags & kPronoun) == 0;
  return more ? verb + 3 : verb + 1;
}

/// First token that belongs to the name itself.
std::uint32_t FirstOfName(const Words& words, const Analysis& analysis, const Chunk& noun) {
  std::uint32_t first = noun.core;
  // "a five-year plan", "a large-scale exercise"
  while (first > noun.first && first < noun.head && analysis.tokens[first].joined) --first;
  while (first < noun.head) {
    const Token& token = analysis.tokens[first];
    if (analysis.tokens[first + 1].joined && token.kind == TokenKind::kWord) break;
    const auto mention =
        std::find_if(analysis.mentions.begin(), analysis.mentions.end(),
                     [&](const Mention& m) { return m.first == first && m.last <= noun.head; });
    const WordInfo* info = words.Find(token);
    if (mention != analysis.mentions.end() && mention->last - 1 < noun.head &&
        (mention->kind == Mention::Kind::kDate || mention->kind == Mention::Kind::kAmount ||
         (words.IsActorLabel(mention->label) && analysis.tokens[mention->last - 1].possessive))) {
      first = mention->last;
    } else if (token.possessive && info != nullptr && info->Is(kActorNoun) &&
               first + 1 < noun.head) {
      ++first;  // "the Government's Clean Rivers Strategy"
    } else if (token.kind == TokenKind::kNumber && first + 2 <= noun.head &&
               analysis.tokens[first + 1].joined && analysis.tokens[first + 2].capital) {
      first += 2;  // "the 15-member Council"
    } else if ((info != nullptr && info->Is(kIncidental | kConjunction)) ||
               (!token.capital && first + 1 < noun.head && words.IsPraising(token.folded)) ||
               (token.kind == TokenKind::kNumber && !analysis.tokens[first + 1].joined) ||
               token.kind == TokenKind::kMark) {
      ++first;
    } else {
      break;
    }
  }
  return first;
}

std::string Unfolded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out.push_back(blank ? ' ' : c);
  }
  return out;
}

/// "the Arusha peace agreement", "the Secretary-General's proposal": a word with a capital before
/// the head that is neither one who acts nor the first of the sentence.
bool HasNameBefore(const Words& words, const Analysis& analysis, const Chunk& noun) {
  for (std::uint32_t i = std::max(noun.core, 1u); i < noun.head; ++i) {
    const Token& token = analysis.tokens[i];
    if (token.kind != TokenKind::kWord || !token.capital) continue;
    const WordInfo* info = words.Find(token);
    if (info != nullptr && (info->tags | info->forms) != 0) continue;
    const bool named = std::any_of(analysis.mentions.begin(), analysis.mentions.end(),
                                   [&](const Mention& m) { return m.first <= i && i < m.last; });
    if (!named) return true;
  }
  return false;
}

/// "the climate meeting convened by the Secretary-General", "the seminar held in Geneva".
bool IsToldApart(const Words& words, const Analysis& analysis, const Chunk& noun) {
  const auto at = static_cast<std::uint32_t>(&noun - analysis.chunks.data());
  const auto is = [&](std::uint32_t i, ChunkKind kind) {
    return i < analysis.chunks.size() && analysis.chunks[i].kind == kind;
  };
  if (!is(at + 1, ChunkKind::kVerb) || analysis.chunks[at + 1].shape != VerbShape::kReduced) {
    return false;
  }
  if (!is(at + 2, ChunkKind::kPreposition) || !is(at + 3, ChunkKind::kNoun)) return false;
  const Chunk& who = analysis.chunks[at + 3];
  if (CanAct(words, analysis, who)) return false;
  return who.mention != kNoChunk ? who.label != "date" : analysis.tokens[who.core].capital;
}

/// A name of its own: its head has a capital, or it is told apart by the name of something that is
/// no actor ("the ASEAN workshop", "consultations on the Manual").
bool IsProper(const Words& words, const Analysis& analysis, const Chunk& noun, std::uint32_t first,
              std::uint32_t end) {
  if (noun.capital && noun.head > noun.core && analysis.tokens[first].capital) return true;
  // "the Decade of Action", "the Office of the Commissioner"
  std::uint32_t complement = noun.head + 2;
  const WordInfo* article = complement < end ? words.Find(analysis.tokens[complement]) : nullptr;
  if (article != nullptr && article->Is(kDefinite)) ++complement;
  if (noun.capital && !noun.plural && complement < end && analysis.tokens[complement].capital) {
    return true;
  }
  // "the dialogue between A and B" is one of many.
  if (end > noun.head + 1 && !noun.capital && analysis.tokens[noun.head + 1].folded == "between") {
    return false;
  }
  if (!noun.plural && HasNameBefore(words, analysis, noun)) return true;
  // "the high-level meeting on the prevention of diseases": its topic tells it apart.
  const auto at = static_cast<std::uint32_t>(&noun - analysis.chunks.data());
  if (words.IsHeldLabel(noun.label) && !noun.plural && (noun.tags & kDefinite) != 0 &&
      end > noun.head + 1 && words.JoinsTopic(analysis.chunks[at + 1].word)) {
    return true;
  }
  // "conventions of the United Nations" are no more than some of its conventions.
  if (noun.plural && noun.head + 1 < end && analysis.tokens[noun.head + 1].folded == "of")
    return false;
  if (!noun.plural && IsToldApart(words, analysis, noun)) return true;
  return std::any_of(analysis.mentions.begin(), analysis.mentions.end(), [&](const Mention& m) {
    const bool inside = m.first >= noun.core && m.first < end && m.kind != Mention::Kind::kDate &&
                        m.kind != Mention::Kind::kAmount && m.kind != Mention::Kind::kAdjective;
    return inside && !words.IsActorLabel(m.label) && (m.first > noun.head || !noun.plural);
  });
}

/// A quotation without its marks.
std::string Unquoted(std::string name) {
  for (const std::string_view mark : {"“", "”", "\"", "«", "»"}) {
    std::size_t at = 0;
    while ((at = name.find(mark)) != std::string::npos) name.erase(at, mark.size());
  }
  return name;
}

/// The head with its own capitals, in the singular.
std::string SingularSurface(const Token& head, std::string surface) {
  const std::string singular = Words::Singular(head.folded);
  std::size_t same = 0;
  while (same < singular.size() && same < head.folded.size() &&
         singular[same] == head.folded[same]) {
    ++same;
  }
  surface.resize(std::min(same, surface.size()));
  return surface + singular.substr(same);
}

/// "laws on A; B; C; and D": the first token of B, C, D and the token after each.
std::vector<std::pair<std::uint32_t, std::uint32_t>> FurtherComplements(const Analysis& analysis,
                                                                        std::uint32_t chunk,
                                                                        std::uint32_t last) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  const std::vector<Chunk>& chunks = analysis.chunks;
  if (!chunks[chunk].plural || last == chunk) return found;
  std::uint32_t i = last + 1;
  // What is left of the first complement: "State and official secrets".
  while (i < chunks.size() && chunks[i].kind != ChunkKind::kStop) {
    if (chunks[i].kind == ChunkKind::kVerb) return {};
    ++i;
  }
  while (i + 1 < chunks.size() && chunks[i].kind == ChunkKind::kStop) {
    ++i;
    while (i < chunks.size() && chunks[i].kind == ChunkKind::kConjunction) ++i;
    const std::uint32_t begin = i;
    while (i < chunks.size() && chunks[i].kind != ChunkKind::kStop) {
      if (chunks[i].kind == ChunkKind::kVerb || chunks[i].kind == ChunkKind::kRelative) return {};
      ++i;
    }
    if (begin < i && chunks[begin].kind == ChunkKind::kNoun) {
      found.emplace_back(chunks[begin].first, chunks[i - 1].last);
    }
  }
  return found;
}

}  // namespace

std::vector<NamedThing> OpenNames(const Words& words, const Analysis& analysis, std::uint32_t chunk,
                                  std::string_view text) {
  const Chunk& noun = analysis.chunks[chunk];
  if (noun.tags & (kUnspecific | kPronoun)) return {};
  NamedThing thing;
  thing.label = noun.label;
  const auto cut = [&](std::uint32_t begin, std::uint32_t end) {
    return Unfolded(text.substr(begin, end - begin));
  };
  if (noun.quote != kNoChunk) {
    const Token& quote = analysis.tokens[noun.quote];
    thing.name = Unquoted(cut(quote.begin, quote.end));
    return {thing};
  }
  std::uint32_t first = FirstOfName(words, analysis, noun);
  std::uint32_t last = LastOfName(words, analysis, chunk);
  const bool purpose = last == chunk && noun.paren_last == 0;
  if (purpose) last = AfterPurpose(words, analysis, chunk, first);
  // "the Third Optional Protocol to the Convention": which of them it is.
  const bool part = last > chunk && analysis.chunks[chunk + 1].word == "to";
  while (part && first > noun.core && analysis.tokens[first - 1].capital) --first;
  if (first == noun.head && last == chunk) return {};
  const Token& head = analysis.tokens[noun.head];
  thing.name = cut(analysis.tokens[first].begin, head.begin);
  thing.name +=
      noun.plural ? SingularSurface(head, cut(head.begin, head.end)) : cut(head.begin, head.end);
  const std::uint32_t end = analysis.chunks[last].last;
  thing.proper = IsProper(words, analysis, noun, first, end);
  if (last == chunk) return {thing};
  const std::string stem = thing.name;
  thing.name += " " + cut(head.end + 1, analysis.tokens[end - 1].end);
  std::vector<NamedThing> things = {thing};
  const Token& preposition = analysis.tokens[analysis.chunks[chunk + 1].first];
  for (const auto& [begin, after] : FurtherComplements(analysis, chunk, last)) {
    thing.name = stem + " " + std::string(preposition.folded) + " " +
                 cut(analysis.tokens[begin].begin, analysis.tokens[after - 1].end);
    things.push_back(thing);
  }
  return things;
}

}  // namespace verbale::extract
