// What the names and pronouns of a document stand for: "the Convention"
// after its full name, "our Government", "its Optional Protocol".

#include <algorithm>
#include <optional>
#include <span>

#include "extract/resolve/descriptions.h"
#include "extract/resolve/internal/document_reader.h"
#include "graph/ascii.h"

namespace verbale::extract {
// Who acts, and on what.

Actor DocumentReader::FindState(const Mention& mention) {
  if (mention.of.empty()) return table_.Add(mention);
  for (const NameEntry* known : pack_.names.Lookup(mention.of, "")) {
    if (!pack_.words.IsActorLabel(known->label)) continue;
    return table_.Add(
        {known->label, known->name, static_cast<std::uint32_t>(known - pack_.data.names.data())});
  }
  return std::nullopt;
}

Actor DocumentReader::ActorNamedIn(const Analysis& analysis, std::uint32_t chunk) {
  const Chunk& noun = analysis.chunks[chunk];
  for (const std::uint32_t modifier : noun.modifiers) {
    const Mention& mention = analysis.mentions[modifier];
    if (pack_.words.IsActorLabel(mention.label)) return FindState(mention);
  }
  std::uint32_t after = chunk + 1;
  // "the Government and people of A"
  if (after + 1 < analysis.chunks.size() &&
      analysis.chunks[after].kind == ChunkKind::kConjunction &&
      analysis.chunks[after + 1].kind == ChunkKind::kNoun) {
    after += 2;
  }
  for (std::uint32_t i = after; i + 1 < analysis.chunks.size(); i += 2) {
    if (analysis.chunks[i].kind != ChunkKind::kPreposition ||
        !pack_.words.IsFromSender(analysis.chunks[i].word)) {
      break;
    }
    const Chunk& next = analysis.chunks[i + 1];
    if (next.kind != ChunkKind::kNoun) break;
    if (next.mention != kNoChunk &&
        pack_.words.IsActorLabel(analysis.mentions[next.mention].label)) {
      return FindState(analysis.mentions[next.mention]);
    }
  }
  return std::nullopt;
}

/// "A founded B, and it supports C": A, where the last verb before the pronoun has one who acts.
std::uint32_t DocumentReader::SubjectBefore(const Analysis& analysis, std::uint32_t pronoun) const {
  const bool acts = std::any_of(analysis.chunks.begin() + pronoun, analysis.chunks.end(),
                                [&](const Chunk& verb) { return IsSubjectOf(pronoun, verb); });
  if (!acts) return kNoChunk;
  for (std::uint32_t i = pronoun; i-- > 1;) {
    const Chunk& verb = analysis.chunks[i];
    if (verb.kind == ChunkKind::kStop) break;
    if (verb.kind != ChunkKind::kVerb || verb.shape != VerbShape::kFinite ||
        analysis.chunks[i - 1].kind == ChunkKind::kRelative) {
      continue;
    }
    if (verb.subjects.size() != 1 || verb.subjects.front() >= pronoun) return kNoChunk;
    const Chunk& subject = analysis.chunks[verb.subjects.front()];
    const bool named = (subject.tags & kPronoun) == 0 &&
                       (subject.mention != kNoChunk ||
                        (!subject.plural && !CanAct(pack_.words, analysis, subject)));
    return named ? verb.subjects.front() : kNoChunk;
  }
  return kNoChunk;
}

Actor DocumentReader::ResolveActor(const Analysis& analysis, std::uint32_t chunk) {
  if (chunk == kNoChunk) return author_;
  const Chunk& noun = analysis.chunks[chunk];
  if (noun.mention != kNoChunk) return FindState(analysis.mentions[noun.mention]);
  if (noun.tags & kAuthorPronoun) return author_;
  if (noun.tags & kWeakPronoun) {
    const std::uint32_t before = SubjectBefore(analysis, chunk);
    if (before == kNoChunk) return Topic();
    // "This should be promoted, as it supports A": it is what should be promoted.
    if (!CanAct(pack_.words, analysis, analysis.chunks[before])) return std::nullopt;
    return ResolveActor(analysis, before);
  }
  if (noun.owner == chunk) return Topic();
  if (noun.owner != kNoChunk) return ResolveActor(analysis, noun.owner);
  if (const Actor named = ActorNamedIn(analysis, chunk)) return named;
  return author_;
}

/// "the Convention on … and its Optional Protocol": the protocol to that Convention; "a member of A
/// and hosted its first meeting": the first meeting of A.
std::optional<NamedThing> DocumentReader::PartOfNamed(const Analysis& analysis,
                                                      std::uint32_t chunk) const {
  const Chunk& noun = analysis.chunks[chunk];
  const WordInfo* first = pack_.words.Find(analysis.tokens[noun.first]);
  if (noun.plural || first == nullptr || !first->Is(kPossessive) ||
      pack_.words.IsAuthorsOwn(analysis.tokens[noun.first].folded)) {
    return std::nullopt;
  }
  const bool of_body = pack_.words.IsThingsOwn(analysis.tokens[noun.first].folded) &&
                       noun.first + 1 < noun.head && noun.modifiers.empty() &&
                       pack_.data.held_by.count(std::string(noun.label)) > 0;
  if (!noun.capital && !of_body) return std::nullopt;
  for (std::uint32_t i = chunk; i-- > 0;) {
    const Chunk& whole = analysis.chunks[i];
    if (whole.kind != ChunkKind::kNoun || whole.mention == kNoChunk) continue;
    const Mention& mention = analysis.mentions[whole.mention];
    if (!(of_body ? pack_.data.held_by.at(std::string(noun.label)).count(std::string(whole.label))
                  : whole.label == noun.label)) {
      continue;
    }
    const std::uint32_t begin = analysis.tokens[of_body ? noun.first + 1 : noun.core].begin;
    const std::uint32_t end = analysis.tokens[noun.head].end;
    NamedThing part{std::string(noun.label), WithSingleBlanks(text().substr(begin, end - begin)),
                    Mention::kNoEntry, true};
    part.name += (of_body ? " of the " : " to the ") + std::string(mention.name);
    for (const NameEntry* known : pack_.names.Lookup(part.name, part.label)) {
      part.name = known->name;
      part.entry = static_cast<std::uint32_t>(known - pack_.data.names.data());
      break;
    }
    return part;
  }
  return std::nullopt;
}

/// "the resolution on small arms (resolution 55/12)": what the parentheses name, and nothing else.
const Mention* DocumentReader::NamedBehind(const Analysis& analysis, std::uint32_t chunk) const {
  const std::vector<Chunk>& chunks = analysis.chunks;
  const Chunk& noun = chunks[chunk];
  std::uint32_t last = chunk;
  while (chunks[last].paren_last == 0 && last + 2 < chunks.size() &&
         chunks[last + 1].kind == ChunkKind::kPreposition &&
         chunks[last + 2].kind == ChunkKind::kNoun && chunks[last + 2].mention == kNoChunk) {
    last += 2;
  }
  const Chunk& end = chunks[last];
  if (noun.capital || noun.plural || end.paren_last == 0) return nullptr;
  for (const Mention& mention : analysis.mentions) {
    if (mention.label == noun.label && mention.first == end.paren_first &&
        mention.last == end.paren_last) {
      return &mention;
    }
  }
  return nullptr;
}

/// "a body called the High Commission for Human Rights": what it is called.
std::vector<NamedThing> DocumentReader::CalledAs(const Analysis& analysis,
                                                 std::uint32_t chunk) const {
  const std::vector<Chunk>& chunks = analysis.chunks;
  const Chunk& noun = chunks[chunk];
  if (noun.plural || noun.quote != kNoChunk || chunk + 2 >= chunks.size()) return {};
  const Chunk& verb = chunks[chunk + 1];
  const Chunk& name = chunks[chunk + 2];
  if (verb.kind != ChunkKind::kVerb || verb.auxiliary || name.kind != ChunkKind::kNoun ||
      !name.capital || name.tags & kIndefinite) {
    return {};
  }
  const WordInfo* says = pack_.words.Find(analysis.tokens[verb.last - 1]);
  if (says == nullptr || !says->Is(kNaming)) return {};
  if (name.mention != kNoChunk) {
    NamedThing thing = ThingOf(analysis.mentions[name.mention]);
    if (thing.label != noun.label) return {};
    return {thing};
  }
  std::vector<NamedThing> named = OpenNames(pack_.words, analysis, chunk + 2, text());
  for (NamedThing& thing : named) thing.label = noun.label;
  return named;
}

/// "the two Optional Protocols on A and on B": with each of its complements the noun may be a name
/// that is known.
std::vector<NamedThing> DocumentReader::KnownByComplements(const Analysis& analysis,
                                                           std::uint32_t chunk) const {
  const std::vector<Chunk>& chunks = analysis.chunks;
  const Chunk& noun = chunks[chunk];
  std::vector<NamedThing> things;
  if (!noun.plural || noun.label.empty() || chunk + 2 >= chunks.size()) return things;
  const std::string& preposition = chunks[chunk + 1].word;
  std::uint32_t first = noun.core;
  const auto counts = [&](std::uint32_t i) {
    const WordInfo* info = pack_.words.Find(analysis.tokens[i]);
    return info != nullptr && info->Is(kQuantifier);
  };
  while (first < noun.head && counts(first)) ++first;
  const auto surface = [&](std::uint32_t from, std::uint32_t to) {
    const std::uint32_t begin = analysis.tokens[from].begin;
    return WithSingleBlanks(text().substr(begin, analysis.tokens[to - 1].end - begin));
  };
  std::string stem = first < noun.head ? surface(first, noun.head) + " " : "";
  stem += noun.word + " " + preposition + " ";
  const auto is = [&](std::uint32_t i, ChunkKind kind) {
    return i < chunks.size() && chunks[i].kind == kind;
  };
  std::uint32_t begin = chunk + 1;
  while (is(begin, ChunkKind::kPreposition) && chunks[begin].word == preposition) {
    std::uint32_t end = ++begin, next = begin;
    while (is(end, ChunkKind::kNoun) || is(end, ChunkKind::kPreposition) ||
           is(end, ChunkKind::kComma) || is(end, ChunkKind::kConjunction)) {
      next = is(end, ChunkKind::kComma) ? end + 1 : end;
      if (is(next, ChunkKind::kConjunction)) ++next;
      if (next > end && is(next, ChunkKind::kPreposition) && chunks[next].word == preposition)
        break;
      next = ++end;
    }
    if (end == begin) break;
    const std::string name = stem + surface(chunks[begin].first, chunks[end - 1].last);
    for (const NameEntry* known : pack_.names.Lookup(name, noun.label)) {
      things.push_back({known->label, known->name,
                        static_cast<std::uint32_t>(known - pack_.data.names.data()), true});
      break;
    }
    begin = next;
  }
  return things;
}

std::vector<NamedThing> DocumentReader::ResolveObjects(const Analysis& analysis,
                                                       const Candidate& candidate) {
  std::vector<NamedThing> named = NamedObjects(analysis, candidate);
  if (!candidate.described) return named;
  const Chunk& noun = analysis.chunks[candidate.object];
  // "the United Nations plan for the island" is not the United Nations, but "the Clean Rivers
  // initiative" is Clean Rivers.
  if (candidate.object_mention != kNoChunk) {
    const Mention& before = analysis.mentions[candidate.object_mention];
    if (before.last == noun.head && !pack_.words.IsHolder(before.label)) return named;
  } else if (!named.empty() && named.front().entry != Mention::kNoEntry) {
    return named;
  }
  const auto thing = Described(pack_.words, analysis, candidate.object, text());
  const std::string& relation = pack_.matcher.RuleAt(candidate.rule).relation;
  if (thing && AsTaken(relation, *thing)) return {*thing};
  // "A, and call for B": no noun at all.
  const bool bare = noun.mention == kNoChunk && !noun.capital && !noun.plural &&
                    noun.core == noun.head && (noun.tags & (kDefinite | kIndefinite)) == 0;
  // "the decision of the Council", "the Council's decision": which of them is not said.
  const bool authored = candidate.object + 1 < analysis.chunks.size() &&
                        pack_.words.NamesAuthor(analysis.chunks[candidate.object + 1].word);
  const bool owned =
      std::any_of(analysis.tokens.begin() + noun.core, analysis.tokens.begin() + noun.head,
                  [](const Token& token) { return token.possessive; });
  const bool deed = noun.mention == kNoChunk && !noun.capital &&
                    pack_.words.AimsAtDeed(noun.word) && (authored || owned);
  if ((bare || deed) && candidate.object_mention == kNoChunk) return {};
  return named;
}

std::vector<NamedThing> DocumentReader::NamedObjects(const Analysis& analysis,
                                                     const Candidate& candidate) {
  if (candidate.object_mention != kNoChunk) {
    const Mention& mention = analysis.mentions[candidate.object_mention];
    return {ThingOf(mention)};
  }
  const std::uint32_t chunk = candidate.object;
  const Chunk& noun = analysis.chunks[chunk];
  if (noun.mention != kNoChunk) {
    // "the Convention on A and its Additional Protocol": of that Convention, whatever other
    // protocol goes by that name alone.
    const std::optional<NamedThing> part = PartOfNamed(analysis, chunk);
    if (part && part->entry != Mention::kNoEntry) return {*part};
    std::vector<NamedThing> things;
    for (std::uint32_t i = noun.mention; i <= noun.mention + noun.further; ++i) {
      things.push_back(ThingOf(analysis.mentions[i]));
    }
    return things;
  }
  for (const std::uint32_t modifier : noun.modifiers) {
    // "the Kimberley Process initiative": the Process, with what it is behind its name.
    const Mention& mention = analysis.mentions[modifier];
    if (mention.kind == Mention::Kind::kName && mention.first == noun.core &&
        mention.last == noun.head && mention.label == noun.label && !noun.plural) {
      return {ThingOf(mention)};
    }
  }
  if (const Mention* called = NamedBehind(analysis, chunk)) return {ThingOf(*called)};
  if (std::optional<NamedThing> part = PartOfNamed(analysis, chunk)) return {*part};
  if (std::vector<NamedThing> called = CalledAs(analysis, chunk); !called.empty()) return called;
  if (std::vector<NamedThing> each = KnownByComplements(analysis, chunk); !each.empty())
    return each;
  const std::pair<std::string, std::string> key{noun.label, noun.word};
  std::vector<NamedThing> named = OpenNames(pack_.words, analysis, chunk, text());
  if (!named.empty()) {
    spoken_of_[key] = named.front();
    return named;
  }
  const auto before = spoken_of_.find(key);
  if (before == spoken_of_.end() || !(noun.tags & kDefinite) || noun.plural ||
      !noun.modifiers.empty()) {
    return {};
  }
  return {before->second};
}

// "the Convention", "the present Group", after the full name was given in the same section.

void DocumentReader::RememberShortNames(const Analysis& analysis) {
  for (const Mention& mention : analysis.mentions) {
    if (mention.kind != Mention::Kind::kName || pack_.words.IsActorLabel(mention.label)) continue;
    if (const auto called = pack_.data.also_called.find(std::string(mention.name));
        called != pack_.data.also_called.end()) {
      RememberShortName(called->second, mention);
    }
    if (mention.last - mention.first < 2) {
      if (analysis.tokens[mention.first].upper) {
        RememberShortName(HeadOfName(mention.name), mention);
      }
      continue;
    }
    // The head of a name stands before its first "of" or "on", else at its end.
    std::uint32_t head = mention.first;
    while (head + 1 < mention.last) {
      const WordInfo* next = pack_.words.Find(analysis.tokens[head + 1]);
      if (next != nullptr && next->Is(kPreposition | kTo)) break;
      ++head;
    }
    RememberNested(analysis, mention);
    if (!analysis.tokens[head].capital) continue;
    RememberShortName(Words::Singular(analysis.tokens[head].folded), mention);
  }
}

/// "court" of "International Criminal Court", for which the acronym stands in the text.
std::string DocumentReader::HeadOfName(std::string_view name) const {
  std::string head;
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find(' ', begin), name.size());
    const std::string word = LowerCase(name.substr(begin, end - begin));
    const WordInfo* info = pack_.words.Find(word);
    if (!head.empty() && info != nullptr && info->Is(kPreposition | kTo)) break;
    head = word;
    begin = end + 1;
  }
  return Words::Singular(head);
}

/// Two things of one short name in a section: from then on it names the one that was named just
/// before, see ShortNamed().
void DocumentReader::RememberShortName(const std::string& head, const Mention& mention) {
  last_named_.insert_or_assign(head, LastNamed{mention, unit_});
  const WordInfo* info = pack_.words.Find(head);
  if (info != nullptr && info->Is(kNoShortName)) return;
  const auto [at, fresh] = short_names_.try_emplace(head, mention);
  if (!fresh && at->second.name != mention.name) at->second.label = {};
}

/// "the report of the Group of …" lets "the Group" be spoken of, too.
void DocumentReader::RememberNested(const Analysis& analysis, const Mention& outer) {
  if (!outer.nested) return;
  const auto inside =
      std::span(analysis.tokens).subspan(outer.first + 1, outer.last - outer.first - 1);
  std::vector<Mention> mentions;
  pack_.names.Find(inside, nullptr, room_, mentions);
  for (const Mention& mention : mentions) {
    if (mention.kind != Mention::Kind::kName || mention.last - mention.first < 2 ||
        !inside[mention.first].capital) {
      continue;
    }
    const WordInfo* next = pack_.words.Find(inside[mention.first + 1]);
    if (next != nullptr && next->Is(kPreposition)) {
      RememberShortName(Words::Singular(inside[mention.first].folded), mention);
    }
  }
}

/// "the present Group": an article, and little else, before token `i`.
bool DocumentReader::FollowsArticle(const Analysis& analysis, std::uint32_t i) const {
  const auto tags = [&](std::uint32_t at) {
    const WordInfo* info = pack_.words.Find(analysis.tokens[at]);
    return info == nullptr ? 0u : info->tags;
  };
  std::uint32_t before = i - 1;
  while (before > 0 && (tags(before) & kIncidental)) --before;
  return (tags(before) & kDefinite) && !(tags(before) & kPossessive);
}

/// "the Convention of 1951", "the Council Regulation": what follows is part of another name.
bool DocumentReader::GoesOnAsName(const Analysis& analysis, std::uint32_t next) const {
  const auto begins = [&](std::uint32_t i, bool date) {
    return std::any_of(analysis.mentions.begin(), analysis.mentions.end(), [&](const Mention& m) {
      return m.first <= i && i < m.last && (m.kind == Mention::Kind::kDate || !date);
    });
  };
  if (next >= analysis.tokens.size()) return false;
  const std::string_view word = analysis.tokens[next].folded;
  if (word == "on") {  // "the Convention on 10 May"
    const bool day =
        next + 1 < analysis.tokens.size() && analysis.tokens[next + 1].kind == TokenKind::kNumber;
    return !day && !begins(next + 1, true);
  }
  return analysis.tokens[next].capital || word == "of" || word == "for" || begins(next, false);
}

/// What "the Convention" (or, where `shown`, "that resolution") names; nullptr where nothing.
const Mention* DocumentReader::ShortNamed(const std::string& head, bool shown) const {
  constexpr std::uint32_t kNear = 3;  // In sentences.
  const auto last = last_named_.find(head);
  if (shown) return last == last_named_.end() ? nullptr : &last->second.mention;
  const auto only = short_names_.find(head);
  if (only != short_names_.end() && !only->second.label.empty()) return &only->second;
  // What a speech calls so anyway is another's only just after that one was named.
  const auto spoken = spoken_ ? pack_.in_speeches.find(head) : pack_.in_speeches.end();
  const std::uint32_t near = spoken == pack_.in_speeches.end() ? kNear : 1;
  if (last != last_named_.end() && unit_ - last->second.unit <= near) return &last->second.mention;
  return spoken == pack_.in_speeches.end() ? nullptr : &spoken->second;
}

void DocumentReader::FindShortNames(Analysis& analysis) {
  RememberShortNames(analysis);
  if (last_named_.empty() && !spoken_) return;
  const std::size_t names = analysis.mentions.size();
  const auto taken = [&](std::uint32_t i) {
    return std::any_of(analysis.mentions.begin(),
                       analysis.mentions.begin() + static_cast<std::ptrdiff_t>(names),
                       [&](const Mention& m) { return m.first <= i && i < m.last; });
  };
  for (std::uint32_t i = 1; i < analysis.tokens.size(); ++i) {
    const Token& token = analysis.tokens[i];
    // "that resolution" needs no capital, and is the one named last.
    const bool shown = pack_.words.IsDemonstrative(analysis.tokens[i - 1]);
    if (!(token.capital || shown) || !FollowsArticle(analysis, i) || taken(i)) continue;
    const std::string head = Words::Singular(token.folded);
    if ((shown && head != token.folded) || GoesOnAsName(analysis, i + 1)) continue;
    const Mention* known = ShortNamed(head, shown);
    if (known == nullptr) continue;
    Mention mention = *known;
    // "We support that Court": with its article, which else would open a clause.
    mention.first = shown ? i - 1 : i;
    mention.last = i + 1;
    analysis.mentions.push_back(mention);
  }
  if (analysis.mentions.size() == names) return;
  std::sort(analysis.mentions.begin(), analysis.mentions.end(),
            [](const Mention& a, const Mention& b) { return a.first < b.first; });
}

/// The thing as the relation takes it: "the Nairobi Forum" is an Event where it is held and an
/// Organization where one is a member of it. nullopt where it takes no such thing.
std::optional<NamedThing> DocumentReader::AsTaken(const std::string& relation,
                                                  const NamedThing& thing) const {
  const auto known = std::find_if(pack_.data.relations.begin(), pack_.data.relations.end(),
                                  [&](const auto& one) { return one.name == relation; });
  if (known == pack_.data.relations.end() || known->to.empty()) return thing;
  const auto takes = [&](const std::string& label) {
    return std::find(known->to.begin(), known->to.end(), label) != known->to.end();
  };
  if (takes(thing.label)) return thing;
  const auto as = pack_.data.recast.find(thing.label);
  if (as == pack_.data.recast.end() || !thing.proper || !takes(as->second)) return std::nullopt;
  NamedThing recast = thing;
  recast.label = as->second;
  return recast;
}

}  // namespace verbale::extract
