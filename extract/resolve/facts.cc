#include "extract/resolve/facts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "extract/match/rendering.h"
#include "extract/resolve/attributes.h"
#include "extract/resolve/internal/document_reader.h"
#include "graph/ascii.h"

namespace verbale::extract {

using graph::Fact;
using graph::Modality;

std::string WithSingleBlanks(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out.push_back(blank ? ' ' : c);
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

void DocumentReader::AddOwnFact(std::uint32_t subject, const std::string& type,
                                std::uint32_t object, const std::string& section,
                                const std::string& date, ByteSpan quote, const std::string& rule,
                                graph::Attributes attributes) {
  Fact fact;
  fact.subject = subject;
  fact.type = type;
  fact.object = object;
  fact.evidence.document = facts_.document.symbol;
  fact.evidence.path = facts_.document.path;
  fact.evidence.section = section;
  fact.evidence.date = date;
  if (quote.size() > 0) fact.evidence.span = document_.content.ToSource(quote.begin, quote.end);
  fact.evidence.sentence = WithSingleBlanks(document_.content.View(quote));
  fact.evidence.rule = rule;
  fact.evidence.attributes = std::move(attributes);
  facts_.facts.push_back(std::move(fact));
}

void DocumentReader::AddSections() {
  const DocumentRelations& names = pack_.data.document;
  std::map<std::string, int> keys;
  for (const Section& section : document_.sections) {
    graph::SectionRecord record;
    const auto entries =
        pack_.names.Lookup(section.author.empty() ? section.heading : section.author,
                           pack_.data.structure.author_label);
    if (!entries.empty()) record.author = entries.front()->name;
    record.key = record.author.empty() ? section.heading : record.author;
    const int number = ++keys[record.key];
    if (number > 1) record.key += " (" + std::to_string(number) + ")";
    record.language = section.language;
    record.date = section.date.empty() ? document_.date : section.date;
    record.span = section.source;
    std::uint32_t reply = 0;
    if (!names.section_label.empty() && !entries.empty() && !section.suggested) {
      reply = table_.Add({names.section_label, facts_.document.symbol + " " + record.key});
      const std::uint32_t author =
          table_.Add({entries.front()->label, entries.front()->name,
                      static_cast<std::uint32_t>(entries.front() - pack_.data.names.data())});
      graph::Attributes attributes;
      if (!record.date.empty()) attributes.emplace_back("date", graph::Value(record.date));
      if (!record.language.empty()) {
        attributes.emplace_back("language", graph::Value(record.language));
      }
      if (!names.submitted.empty()) {
        AddOwnFact(author, names.submitted, reply, record.key, record.date, section.heading_text,
                   "document.section", std::move(attributes));
      }
      if (!names.in.empty()) {
        const std::uint32_t whole = table_.Add({names.document_label, facts_.document.symbol});
        AddOwnFact(reply, names.in, whole, record.key, record.date, section.heading_text,
                   "document.part", {});
      }
    }
    replies_.push_back(reply);
    facts_.sections.push_back(std::move(record));
  }
}

void DocumentReader::EnterSection(std::uint32_t first_unit) {
  const std::uint32_t section = document_.units[first_unit].section;
  if (section == section_) return;
  section_ = section;
  spoken_ = IsSpoken(first_unit);
  author_.reset();
  section_key_.clear();
  section_date_ = document_.date;
  heading_ = {};
  topic_.reset();
  passed_.clear();
  passed_mentions_.clear();
  table_.EnterSection();
  things_.clear();
  spoken_of_.clear();
  short_names_.clear();
  last_named_.clear();
  if (section == kNone) return;
  const graph::SectionRecord& record = facts_.sections[section];
  section_key_ = record.key;
  section_date_ = record.date;
  reply_ = replies_[section];
  if (record.author.empty()) return;
  const auto entries = pack_.names.Lookup(record.author, pack_.data.structure.author_label);
  if (entries.empty()) return;
  author_ = table_.Add({entries.front()->label, entries.front()->name,
                        static_cast<std::uint32_t>(entries.front() - pack_.data.names.data())});
  topic_ = author_;
}

/// Whether the author says "I" in the section that begins with this unit.
bool DocumentReader::IsSpoken(std::uint32_t first_unit) const {
  const std::uint32_t section = document_.units[first_unit].section;
  for (std::uint32_t i = first_unit; i < document_.units.size(); ++i) {
    const Unit& unit = document_.units[i];
    if (unit.section != section) break;
    const std::string_view text = document_.content.View(unit.text);
    for (const std::string& words : pack_.words.speaking()) {
      if (text.find(words) != std::string_view::npos) return true;
    }
  }
  return false;
}

/// "Alaw on …": the blank after the article is often lost when pages are scanned.
void DocumentReader::SplitLostBlank(std::vector<Token>& tokens) const {
  if (tokens.empty() || tokens[0].kind != TokenKind::kWord || !tokens[0].capital) return;
  const std::string_view word = tokens[0].folded;
  if (word.size() < 4 || word[0] != 'a' || pack_.words.Find(tokens[0]) != nullptr) return;
  if (pack_.words.HeadLabel(word.substr(1)).empty()) return;
  Token rest = tokens[0];
  rest.folded.remove_prefix(1);
  rest.word = pack_.vocabulary.Find(rest.folded);
  rest.capital = false;
  ++rest.begin;
  tokens[0].folded = "a";
  tokens[0].word = pack_.vocabulary.Find("a");
  tokens[0].end = tokens[0].begin + 1;
  tokens.insert(tokens.begin() + 1, std::move(rest));
}

/// The words and names of a unit, with its lead-in before it where that is not empty.
void DocumentReader::FindMentions(ByteSpan lead, ByteSpan own, Analysis& analysis) {
  analysis.Clear();
  analysis.spoken = spoken_;
  possible_of_.reset();
  const auto narrow = [](std::uint64_t offset) { return static_cast<std::uint32_t>(offset); };
  TokensOf(own, analysis.tokens);
  SplitLostBlank(analysis.tokens);
  if (!lead.empty()) {
    std::vector<Token> before;
    TokensOf(lead, before);
    while (!before.empty() && before.back().kind == TokenKind::kMark) before.pop_back();
    analysis.item_token = narrow(before.size());
    analysis.tokens.insert(analysis.tokens.begin(), std::make_move_iterator(before.begin()),
                           std::make_move_iterator(before.end()));
  }
  pack_.names.Find(analysis.tokens, &local_, room_, analysis.mentions);
  DropPartsOfNames(analysis);
  FindQuotedNames(analysis);
  // Values are looked for in the text of the unit, which a lead-in does not adjoin.
  if (lead.empty()) {
    pack_.values.Find(text(), analysis.tokens, text_, analysis.mentions);
  } else {
    std::string joined;
    std::vector<Token> moved = analysis.tokens;
    const std::string_view lead_text = document_.content.View(lead);
    joined.append(lead_text).append(" ").append(document_.content.View(own));
    for (Token& token : moved) {
      const bool own_token = token.begin >= own.begin && token.begin < own.end;
      const std::uint64_t shift = own_token ? own.begin - lead_text.size() - 1 : lead.begin;
      token.begin = static_cast<std::uint32_t>(token.begin - shift);
      token.end = static_cast<std::uint32_t>(token.end - shift);
    }
    pack_.values.Find(joined, moved, text_, analysis.mentions);
  }
  KnowPatterns(analysis);
  FindShortNames(analysis);
}

/// What a pattern has found may be known by the name that it gets: "Conventions Nos. 29 and 87".
void DocumentReader::KnowPatterns(Analysis& analysis) const {
  for (Mention& mention : analysis.mentions) {
    if (mention.kind != Mention::Kind::kPattern || mention.entry != Mention::kNoEntry) continue;
    const std::vector<const NameEntry*> known = pack_.names.Lookup(mention.name, mention.label);
    if (known.size() != 1) continue;
    mention.entry = static_cast<std::uint32_t>(known.front() - pack_.data.names.data());
    mention.name = known.front()->name;
  }
}

/// "serve in Mali (MINUSMA)", "the missions in A (B) and C (D)": in B and D.
void DocumentReader::NameByAcronym(Analysis& analysis) const {
  for (std::uint32_t i = 1; i < analysis.chunks.size(); ++i) {
    Chunk& place = analysis.chunks[i];
    if (place.paren_last != place.paren_first + 1 || place.mention == kNoChunk ||
        !analysis.tokens[place.paren_first].upper) {
      continue;
    }
    const std::string_view label = analysis.mentions[place.mention].label;
    if (!pack_.words.IsActorLabel(label) && !pack_.words.IsPlaceLabel(label)) continue;
    for (std::uint32_t k = 0; k < analysis.mentions.size(); ++k) {
      const Mention& name = analysis.mentions[k];
      if (name.first != place.paren_first || name.kind != Mention::Kind::kName ||
          !pack_.words.IsOwnerLabel(name.label)) {
        continue;
      }
      place.mention = k;
      place.label = name.label;
    }
  }
}

void DocumentReader::Parse(ByteSpan own, Analysis& analysis) const {
  FindChunks(pack_.words, analysis);
  NameByAcronym(analysis);
  ResolvePronouns(analysis);
  FindClauses(pack_.words, analysis);
  for (const Chunk& chunk : analysis.chunks) {
    if (chunk.first == chunk.last) {
      ++analysis.item_first;  // Stands for the lead-in's colon.
      continue;
    }
    if (analysis.tokens[chunk.first].begin >= own.begin &&
        analysis.tokens[chunk.first].begin < own.end) {
      break;
    }
    ++analysis.item_first;
  }
}

/// "the National Security Council", "the Turkish General Assembly": the capital before says that a
/// longer name is meant, and another body.
void DocumentReader::DropPartsOfNames(Analysis& analysis) const {
  constexpr std::uint32_t kLongest = 3;  // A longer name is none by chance.
  const auto is_part = [&](const Mention& name) {
    const Token& last = analysis.tokens[name.last - 1];
    if (name.kind != Mention::Kind::kName || name.first < 2 || name.last - name.first > kLongest ||
        name.last - name.first < 2 || pack_.words.IsActorLabel(name.label) ||
        !pack_.words.IsActingLabel(pack_.words.HeadLabel(Words::Singular(last.folded)))) {
      return false;
    }
    const Token& before = analysis.tokens[name.first - 1];
    const WordInfo* info = pack_.words.Find(before);
    const bool says = before.kind == TokenKind::kWord && before.capital && !before.possessive &&
                      (info == nullptr || (info->tags & ~(kAdjective | kIncidental)) == 0);
    return says && std::none_of(analysis.mentions.begin(), analysis.mentions.end(),
                                [&](const Mention& other) {
                                  return other.last == name.first &&
                                         other.kind != Mention::Kind::kAdjective;
                                });
  };
  std::erase_if(analysis.mentions, is_part);
}

/// Letters of the longest code of a State.
constexpr std::size_t kLongestCode = 3;

/// "the “Call to Action for Human Rights”": a quotation is one word, and may be a name.
void DocumentReader::FindQuotedNames(Analysis& analysis) const {
  const std::size_t names = analysis.mentions.size();
  for (std::uint32_t i = 0; i < analysis.tokens.size(); ++i) {
    const Token& token = analysis.tokens[i];
    if (token.kind != TokenKind::kQuote) continue;
    const std::string_view said = text().substr(token.begin, token.end - token.begin);
    // "A replied ‘No’": no code of a State.
    if (token.folded.size() <= kLongestCode && std::any_of(said.begin(), said.end(), IsLower)) {
      continue;
    }
    for (const NameEntry* known : pack_.names.Lookup(token.folded, "")) {
      analysis.mentions.push_back({Mention::Kind::kName, i, i + 1, false, known->label, known->name,
                                   "", static_cast<std::uint32_t>(known - pack_.data.names.data()),
                                   known->of});
      break;
    }
  }
  if (analysis.mentions.size() == names) return;
  std::sort(analysis.mentions.begin(), analysis.mentions.end(),
            [](const Mention& a, const Mention& b) { return a.first < b.first; });
}

/// A list item without a verb that has a subject of its own goes on from its lead-in.
bool DocumentReader::NeedsLeadIn(const Analysis& analysis) const {
  for (const Chunk& chunk : analysis.chunks) {
    if (chunk.kind == ChunkKind::kStop) break;
    if (chunk.kind != ChunkKind::kVerb || chunk.shape != VerbShape::kFinite) continue;
    return chunk.implicit_subject;
  }
  return true;
}

/// "We take part in:", "(a) Regional bodies:", "(i) A": the item completes the outer lead-in, as a
/// label between them only says of what kind it is.
std::uint32_t DocumentReader::LeadInOf(const Unit& unit) {
  std::uint32_t lead = unit.lead_in;
  while (document_.units[lead].kind == UnitKind::kListItem &&
         document_.units[lead].lead_in != kNone && IsLabel(document_.units[lead])) {
    lead = document_.units[lead].lead_in;
  }
  return lead;
}

/// "Regional bodies:": a phrase without a verb.
bool DocumentReader::IsLabel(const Unit& unit) {
  Analysis analysis;
  FindMentions({}, unit.text, analysis);
  Parse(unit.text, analysis);
  const auto is = [](ChunkKind kind) {
    return [kind](const Chunk& chunk) { return chunk.kind == kind; };
  };
  const auto last =
      std::find_if(analysis.chunks.rbegin(), analysis.chunks.rend(), [](const Chunk& chunk) {
        return chunk.kind != ChunkKind::kStop && chunk.kind != ChunkKind::kIncluding;
      });
  return last != analysis.chunks.rend() && last->kind == ChunkKind::kNoun &&
         std::none_of(analysis.chunks.begin(), analysis.chunks.end(), is(ChunkKind::kVerb));
}

bool DocumentReader::IsProposal(const Unit& unit) {
  const auto proposes = [&](ByteSpan where) {
    std::vector<Token> tokens;
    TokensOf(where, tokens);
    return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
      const WordInfo* info = pack_.words.Find(token);
      return info != nullptr && info->Is(kRecommending);
    });
  };
  std::uint32_t lead = unit.lead_in;
  for (int depth = 0; lead != kNone && depth < 8; ++depth) {
    if (proposes(document_.units[lead].text)) return true;
    lead = document_.units[lead].lead_in;
  }
  return unit.kind == UnitKind::kListItem && unit.lead_in == kNone && proposes(heading_);
}

void DocumentReader::ReadUnit(std::uint32_t number) {
  const Unit& unit = document_.units[number];
  unit_ = number;
  EnterSection(number);
  FindMentions({}, unit.text, analysis_);
  if (unit.kind == UnitKind::kHeading) {
    heading_ = unit.text;
  }
  if (unit.kind == UnitKind::kHeading && !unit.guessed) {
    AddMentions(analysis_, analysis_.mentions.size());
  } else if (MaySayNothing(unit, analysis_)) {
    AddMentions(analysis_, analysis_.mentions.size());
    PassOver(number, analysis_);
    FollowThings(analysis_);
  } else {
    ReadSentence(unit, analysis_);
  }
}

/// Whether nothing in the unit could become a fact or an acronym, by its words alone. What "it"
/// stands for afterwards is found out when that is asked for.
bool DocumentReader::MaySayNothing(const Unit& unit, const Analysis& analysis) {
  if (traces_ != nullptr || unit.lead_in != kNone) return false;
  bool bracket = false, upper = false;
  for (std::size_t i = 0; i < analysis.tokens.size(); ++i) {
    const Token& token = analysis.tokens[i];
    bracket |= token.kind == TokenKind::kMark && (token.folded == "(" || token.folded == "[");
    upper |= token.upper || token.kind == TokenKind::kQuote;
    if (!things_.empty() && pack_.words.PointsBack(token) && MayMeanThing(analysis, i)) {
      return false;
    }
  }
  if (bracket && upper) return false;
  FindPossible(analysis);
  return possible_.empty();
}

void DocumentReader::FindPossible(const Analysis& analysis) {
  if (possible_of_ == analysis.mentions.size()) return;
  pack_.matcher.Possible({analysis.tokens, analysis.mentions, analysis.item_token}, match_room_,
                         possible_);
  possible_of_ = analysis.mentions.size();
}

void DocumentReader::ReadSentence(const Unit& unit, Analysis& analysis) {
  LearnExpansions(analysis);
  const std::size_t named = analysis.mentions.size();
  Parse(unit.text, analysis);
  LearnAcronyms(analysis);
  AddMentions(analysis, named);
  const bool item = unit.kind == UnitKind::kListItem;
  if (item && unit.lead_in != kNone && NeedsLeadIn(analysis)) {
    FindMentions(document_.units[LeadInOf(unit)].text, unit.text, analysis);
    Parse(unit.text, analysis);
  }
  std::vector<std::pair<std::uint32_t, std::uint64_t>> times;
  const bool explain = traces_ != nullptr;
  Matcher::Context context;
  context.list_item = item;
  context.proposal = item && IsProposal(unit);
  context.explain = explain;
  if (explain) {
    context.times = &times;
  } else {
    FindPossible(analysis);
    context.possible = &possible_;
  }
  if (author_) context.author = table_[*author_].name;
  std::vector<Candidate> candidates;
  pack_.matcher.Match(analysis, document_.content.View(unit.text), context, match_room_,
                      candidates);
  for (const Candidate& candidate : candidates) {
    if (candidate.stopped.empty()) AddCandidate(unit, analysis, candidate);
  }
  if (explain) {
    Trace(unit, analysis, candidates);
    traces_->back().times = std::move(times);
  }
  FollowTopic(analysis);
  FollowThings(analysis);
}

/// "It" in the next sentence stands for the subject of this one. False where this one says nothing
/// of it.
bool DocumentReader::FollowTopic(const Analysis& analysis) {
  for (const Chunk& chunk : analysis.chunks) {
    if (chunk.kind != ChunkKind::kVerb || chunk.shape != VerbShape::kFinite) continue;
    if (&chunk != analysis.chunks.data() && (&chunk - 1)->kind == ChunkKind::kRelative) continue;
    if (chunk.subjects.empty()) return false;
    const std::uint32_t subject = chunk.subjects.front();
    const Chunk& noun = analysis.chunks[subject];
    if (noun.tags & kPronoun) return false;
    if (CanAct(pack_.words, analysis, noun)) {
      topic_ = ResolveActor(analysis, subject);
    } else if (noun.mention != kNoChunk && !noun.plural) {
      topic_.reset();
    } else {
      topic_ = author_;
    }
    passed_.clear();
    passed_mentions_.clear();
    return true;
  }
  return false;
}

void DocumentReader::PassOver(std::uint32_t number, const Analysis& analysis) {
  passed_mentions_.insert(passed_mentions_.end(), analysis.mentions.begin(),
                          analysis.mentions.end());
  passed_.push_back({number, passed_mentions_.size()});
}

/// Whom "it" stands for: of the sentences that were passed over the last one that tells, else what
/// was known before them.
Actor DocumentReader::Topic() {
  Analysis analysis;
  // Where a sentence was passed over, no pronoun in it stood for a thing.
  const std::vector<Mention> things = std::exchange(things_, {});
  while (!passed_.empty()) {
    const ByteSpan own = document_.units[passed_.back().unit].text;
    passed_.pop_back();
    const std::size_t begin = passed_.empty() ? 0 : passed_.back().mentions_end;
    analysis.Clear();
    TokensOf(own, analysis.tokens);
    SplitLostBlank(analysis.tokens);
    analysis.mentions.assign(passed_mentions_.begin() + static_cast<std::ptrdiff_t>(begin),
                             passed_mentions_.end());
    passed_mentions_.resize(begin);
    Parse(own, analysis);
    if (FollowTopic(analysis)) break;
  }
  things_ = things;
  return topic_;
}

/// Of the first `named` mentions; what pronouns stand for is not named again.
void DocumentReader::AddMentions(const Analysis& analysis, std::size_t named) {
  if (section_ == kNone || !author_ || pack_.data.document.mentions.empty()) return;
  for (std::size_t i = 0; i < named; ++i) {
    const Mention& mention = analysis.mentions[i];
    if (mention.kind == Mention::Kind::kDate || mention.kind == Mention::Kind::kAmount ||
        mention.label == "law") {
      continue;
    }
    const std::uint32_t begin = analysis.tokens[mention.first].begin;
    const std::uint32_t end = analysis.tokens[mention.last - 1].end;
    const std::uint32_t entity = table_.Add(mention);
    if (author_ == entity) continue;
    AddOwnFact(reply_, pack_.data.document.mentions, entity, section_key_, section_date_,
               {begin, end}, "document.mention", {});
  }
}

/// "We have founded institutions": in a speech a common noun in the plural names nothing that is
/// one thing.
bool DocumentReader::MeansMany(const Analysis& analysis, const Candidate& candidate) const {
  const Chunk& noun = analysis.chunks[candidate.object];
  return spoken_ && noun.plural && !noun.capital && noun.mention == kNoChunk &&
         candidate.object_mention == kNoChunk;
}

/// Whether what stands in this relation belongs to the one who made it.
bool DocumentReader::IsOwn(const std::string& relation, const NamedThing& thing) const {
  const auto among = [](const std::vector<std::string>& list, const std::string& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
  };
  return thing.entry == Mention::kNoEntry && among(pack_.data.own_relations, relation) &&
         (!thing.proper || among(pack_.data.own_labels, thing.label));
}

/// The id of what belongs to `maker`, or to the one who was named first of those who made it: "the
/// Canadian Cyber Centre" and "the Cyber Centre" of Canada are one.
std::string DocumentReader::OwnId(const NamedThing& thing, std::uint32_t maker, const Unit& unit) {
  if (made_in_ != unit.source.begin) makers_.clear();
  made_in_ = unit.source.begin;
  const graph::Entity& owner =
      table_[makers_.try_emplace({thing.label, thing.name}, maker).first->second];
  std::string_view name = thing.name;
  const auto drop = [&](const std::string& word) {
    if (name.size() > word.size() + 1 && name[word.size()] == ' ' && name.starts_with(word)) {
      name.remove_prefix(word.size() + 1);
    }
  };
  for (const NameEntry* entry : pack_.names.Lookup(owner.name, owner.label)) {
    std::for_each(entry->adjectives.begin(), entry->adjectives.end(), drop);
    drop(entry->name);
  }
  return graph::EntityId(thing.label, owner.name + " " + std::string(name));
}

void DocumentReader::AddCandidate(const Unit& unit, const Analysis& analysis,
                                  const Candidate& candidate) {
  const Rule& rule = pack_.matcher.RuleAt(candidate.rule);
  const Actor subject = ResolveActor(analysis, candidate.subject);
  if (!subject) return;
  for (const NamedThing& thing : ResolveObjects(analysis, candidate)) {
    if (!thing.proper && (candidate.named_only || MeansMany(analysis, candidate))) continue;
    std::optional<NamedThing> taken = AsTaken(rule.relation, thing);
    if (!taken) continue;
    if (IsOwn(rule.relation, *taken)) taken->id = OwnId(*taken, *subject, unit);
    const std::uint32_t object = table_.Add(*taken);
    if (object == *subject) continue;
    if (!seen_.emplace(*subject, rule.relation, object, unit.source.begin, candidate.modality)
             .second) {
      continue;
    }
    Fact fact;
    fact.subject = *subject;
    fact.type = rule.relation;
    fact.object = object;
    fact.evidence.document = facts_.document.symbol;
    fact.evidence.section = section_key_;
    fact.evidence.date = section_date_;
    fact.evidence.path = facts_.document.path;
    fact.evidence.span = unit.source;
    fact.evidence.sentence = std::string(document_.content.View(unit.text));
    fact.evidence.rule = rule.id;
    fact.evidence.modality = candidate.modality;
    fact.evidence.attributes = AttributesOf(pack_.words, rule, analysis, candidate);
    facts_.facts.push_back(std::move(fact));
  }
}

void DocumentReader::Trace(const Unit& unit, const Analysis& analysis,
                           const std::vector<Candidate>& candidates) {
  SentenceTrace trace;
  trace.sentence = std::string(document_.content.View(unit.text));
  trace.span = unit.source;
  trace.section = section_key_;
  if (author_) trace.author = table_[*author_].name;
  trace.phrases = Render(pack_.words, analysis);
  if (unit.lead_in != kNone) {
    trace.lead_in = std::string(document_.content.View(document_.units[unit.lead_in].text));
  }
  for (const Mention& mention : analysis.mentions) {
    const std::uint32_t begin = analysis.tokens[mention.first].begin;
    const std::uint32_t end = analysis.tokens[mention.last - 1].end;
    trace.mentions.push_back({document_.content.ToSource(begin, end),
                              std::string(text().substr(begin, end - begin)),
                              std::string(mention.label), std::string(mention.name), ""});
  }
  for (const Chunk& chunk : analysis.chunks) {
    if (chunk.kind == ChunkKind::kVerb && chunk.modality != Modality::kAsserted) {
      trace.verbs.push_back({chunk.word, chunk.modality, chunk.modality_word});
    }
    for (const std::uint32_t modifier : chunk.modifiers) {
      trace.mentions[modifier].qualifies = chunk.word;
    }
  }
  for (const Candidate& candidate : candidates) {
    const Rule& rule = pack_.matcher.RuleAt(candidate.rule);
    TraceCandidate shown;
    shown.rule = rule.id;
    shown.pattern = candidate.pattern;
    shown.relation = rule.relation;
    shown.modality = candidate.modality;
    shown.guard = candidate.guard;
    shown.stopped = candidate.stopped;
    if (candidate.stopped.empty()) {
      const Actor actor = ResolveActor(analysis, candidate.subject);
      if (actor) shown.subject = table_[*actor].name;
      if (!actor) shown.stopped = "nobody is known for whom the subject stands";
    }
    const std::vector<NamedThing> things = ResolveObjects(analysis, candidate);
    if (!things.empty()) {
      shown.object = things.front().name;
      shown.object_label = things.front().label;
      if (candidate.named_only && !things.front().proper && shown.stopped.empty()) {
        shown.stopped = "'" + shown.object + "' is no name of its own";
      }
    } else if (shown.stopped.empty()) {
      shown.stopped =
          "'" + analysis.chunks[candidate.object].word + "' names nothing in particular";
    }
    trace.candidates.push_back(std::move(shown));
  }
  traces_->push_back(std::move(trace));
}

void ReadFacts(const CompiledPack& pack, const Document& document, graph::DocumentFacts& facts,
               std::vector<SentenceTrace>* traces) {
  DocumentReader(pack, document, facts, traces).Read();
}

}  // namespace verbale::extract
