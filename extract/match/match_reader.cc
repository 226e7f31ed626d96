// Who did what a pattern was matched for: the subject of its verb, the agent of a passive, whoever
// is listed with them, or the author.

#include "extract/match/internal/match_reader.h"

#include <algorithm>

namespace verbale::extract {

namespace {

constexpr const char* kNobodyAtHome =
    "nobody is named who did it, and nothing says that it was done at home";

}  // namespace

std::vector<std::uint32_t> MatchReader::WithListed(std::uint32_t actor) const {
  const auto is_state = [&](std::uint32_t i) {
    return IsKind(i, ChunkKind::kNoun) && At(i).mention != kNoChunk &&
           (words_.IsActorLabel(At(i).label) || Acts(i));
  };
  if (base_.verb != kNoChunk && !At(base_.verb).passive) {
    const auto& subjects = At(base_.verb).subjects;
    if (IsSubjectOf(actor, At(base_.verb)) &&
        std::all_of(subjects.begin(), subjects.end(), is_state)) {
      return subjects;
    }
  }
  std::vector<std::uint32_t> actors = {actor};
  std::uint32_t last = actor;
  // "attended by experts from A, B and C"
  if (IsSentBy(words_, analysis_, At(actor))) last += 2;
  // Who did it stands behind what a passive was matched for.
  const bool agent = base_.verb != kNoChunk && At(base_.verb).agent == actor;
  const bool names = is_state(last);
  if (!names && !agent) return actors;
  const auto end = agent ? static_cast<std::uint32_t>(analysis_.chunks.size()) : base_.last;
  for (std::uint32_t i = last + 1; i + 1 < end; i += 2) {
    if (!IsKind(i, ChunkKind::kComma) && !IsKind(i, ChunkKind::kConjunction)) break;
    // "by the Government and by B"
    const bool by = agent && i + 2 < end && IsKind(i + 1, ChunkKind::kPreposition) &&
                    words_.IsByAgent(At(i + 1).word);
    if (by) ++i;
    if (!(names || by) || !is_state(i + 1)) break;
    actors.push_back(i + 1);
  }
  return actors;
}

void MatchReader::ReadSubjects(std::uint32_t in_place, const std::vector<std::uint32_t>& objects) {
  if (in_place != kNoChunk) {
    // "financed by a fund": of a label that does such things, but nobody.
    const bool owned = IsOwned(words_, analysis_, At(in_place));
    if (!owned && !Acts(in_place)) return Stop(objects, "'" + At(in_place).word + "' is no actor");
    for (const std::uint32_t subject : WithListed(in_place)) Emit(subject, objects);
    return;
  }
  if (rule_.of_clause) return EmitOfClause(objects);
  const bool names_actor = pattern_.compiled.left == LeftOfVerb::kActor;
  if (rule_.home_only && !names_actor && IsAnybodys()) return Stop(objects, kNobodyAtHome);
  if (base_.verb == kNoChunk) return Emit(kNoChunk, objects);
  const Chunk& verb = At(base_.verb);
  if (names_actor) return EmitActors(verb, objects);
  if (!verb.passive || pattern_.compiled.has_subject) return Emit(kNoChunk, objects);
  if (verb.agent == kNoChunk) {
    if (EmitOwned(objects)) return;
    if (rule_.main_only && base_.verb > 0 && IsKind(base_.verb - 1, ChunkKind::kRelative)) {
      return Stop(objects, "it stands in a relative clause and nobody is named who did it");
    }
    if (IsAnybodys()) return Stop(objects, kNobodyAtHome);
    return Emit(kNoChunk, objects);
  }
  // "the blockade imposed by (the Government of) A": A is what is spoken of, by the author.
  if (pattern_.compiled.left == LeftOfVerb::kNothing &&
      std::any_of(objects.begin(), objects.end(), [&](std::uint32_t object) {
        return object == verb.agent || object == verb.agent + 2;
      })) {
    return Emit(kNoChunk, objects);
  }
  // "approved by Cabinet": whom the pattern itself asks for.
  const bool asked = verb.agent >= base_.first && verb.agent < base_.last;
  if (asked && rule_.home_only && !IsAnybodys()) return Emit(kNoChunk, objects);
  EmitAgents(verb, objects);
}

bool MatchReader::IsAnybodys() const {
  return analysis_.spoken &&
         std::none_of(analysis_.tokens.begin(), analysis_.tokens.end(),
                      [&](const Token& token) { return words_.IsHome(token.folded); }) &&
         std::none_of(analysis_.mentions.begin(), analysis_.mentions.end(),
                      [&](const Mention& mention) { return mention.name == context_.author; });
}

std::uint32_t MatchReader::VerbOfClause() const {
  std::uint32_t before = base_.first;
  if (before > 0 && IsKind(before - 1, ChunkKind::kComma)) --before;
  const bool opens = before == 0 || IsKind(before - 1, ChunkKind::kRelative) ||
                     IsKind(before - 1, ChunkKind::kSubordinator) ||
                     IsKind(before - 1, ChunkKind::kConjunction);
  for (std::uint32_t i = opens ? 0 : before; i-- > 0 && !IsKind(i, ChunkKind::kStop);) {
    if (IsFinite(i)) return i;
  }
  for (std::uint32_t i = base_.last; i < analysis_.chunks.size(); ++i) {
    if (IsKind(i, ChunkKind::kStop)) break;
    if (IsFinite(i) && !IsKind(i - 1, ChunkKind::kRelative)) return i;
  }
  // "Allow me, as a member of A, to say"
  for (std::uint32_t i = base_.last; i < analysis_.chunks.size(); ++i) {
    if (IsKind(i, ChunkKind::kVerb)) return i;
  }
  return kNoChunk;
}

bool MatchReader::IsPlainThing(std::uint32_t noun) const {
  const std::string_view first = analysis_.tokens[At(noun).first].folded;
  return At(noun).mention == kNoChunk && !words_.IsThingsOwn(first) &&
         (At(noun).tags & kPronoun) == 0 && !CanAct(words_, analysis_, At(noun)) &&
         !words_.IsCandidacy(At(noun).word);
}

bool MatchReader::IsSubjectHere() const {
  if (!IsFinite(base_.last)) return false;
  std::uint32_t noun = base_.first;
  while (!IsKind(noun, ChunkKind::kNoun)) ++noun;
  return IsSubjectOf(noun, At(base_.last));
}

void MatchReader::EmitOfClause(const std::vector<std::uint32_t>& objects) {
  // "served as a member", "its election as a member": somebody else may be meant.
  const bool after_word =
      base_.first > 0 &&
      (IsKind(base_.first - 1, ChunkKind::kVerb) ||
       (IsKind(base_.first - 1, ChunkKind::kNoun) && !IsPlainThing(base_.first - 1)));
  // "as members of A know": they are the subject, and no aside.
  const std::uint32_t verb = after_word || IsSubjectHere() ? kNoChunk : VerbOfClause();
  if (verb == kNoChunk) return Stop(objects, "it belongs to no clause");
  EmitActors(At(verb), objects);
}

void MatchReader::EmitAgent(const Chunk& verb, const std::vector<std::uint32_t>& objects) {
  if (verb.agent == kNoChunk) {
    if (!rule_.home_only) return Stop(objects, "nobody is named who did it");
    if (EmitOwned(objects)) return;
    if (HasOtherName(objects)) return Stop(objects, "it has the name of somebody else");
    if (IsAnybodys()) return Stop(objects, kNobodyAtHome);
    return Emit(kNoChunk, objects);
  }
  EmitAgents(verb, objects);
}

void MatchReader::EmitAgents(const Chunk& verb, const std::vector<std::uint32_t>& objects) {
  if (!ActsAsAgent(verb.agent)) {
    if (EmitExamples(verb.agent, objects)) return;
    return Stop(objects, "'" + At(verb.agent).word + "' did it, who is no actor");
  }
  for (const std::uint32_t agent : WithListed(verb.agent)) {
    // "founded by A together with B and C": A is with them, B is not with C.
    if (std::find(objects.begin(), objects.end(), agent) == objects.end()) Emit(agent, objects);
  }
}

bool MatchReader::EmitExamples(std::uint32_t noun, const std::vector<std::uint32_t>& objects) {
  const WordInfo* head = words_.Find(Words::Singular(analysis_.tokens[At(noun).head].folded));
  const bool states =
      At(noun).plural && At(noun).mention == kNoChunk && head != nullptr && head->Is(kActorNoun);
  std::uint32_t i = IsKind(noun + 1, ChunkKind::kComma) ? noun + 2 : noun + 1;
  if (!states || !IsKind(i, ChunkKind::kIncluding)) return false;
  bool found = false;
  for (; i + 1 < analysis_.chunks.size(); i += 2) {
    const Chunk& named = At(i + 1);
    const bool state = named.kind == ChunkKind::kNoun && named.mention != kNoChunk &&
                       words_.IsActorLabel(analysis_.mentions[named.mention].label);
    if (!state) break;
    Emit(i + 1, objects);
    found = true;
    if (!IsKind(i + 2, ChunkKind::kComma) && !IsKind(i + 2, ChunkKind::kConjunction)) break;
  }
  return found;
}

bool MatchReader::Acts(std::uint32_t noun) const {
  if (CanAct(words_, analysis_, At(noun))) return true;
  if (At(noun).mention == kNoChunk) return false;
  const Mention& name = analysis_.mentions[At(noun).mention];
  if (name.kind != Mention::Kind::kName) return false;
  if (!name.of.empty()) return true;  // "Tallinn hosted": its State did.
  return std::find(rule_.from.begin(), rule_.from.end(), name.label) != rule_.from.end();
}

bool MatchReader::ActsAsAgent(std::uint32_t agent) const {
  const Chunk& noun = At(agent);
  if (!CanAct(words_, analysis_, noun)) return Acts(agent);
  return IsSentBy(words_, analysis_, noun) || !words_.IsActingLabel(noun.label) ||
         IsOfHome(words_, analysis_, noun) || IsOffice(noun);
}

bool MatchReader::IsOfOtherState(std::uint32_t noun) const {
  if (!IsKind(noun, ChunkKind::kNoun) || At(noun).mention == kNoChunk) return false;
  const Mention& state = analysis_.mentions[At(noun).mention];
  return words_.IsActorLabel(state.label) && state.name != context_.author;
}

std::optional<std::uint32_t> MatchReader::OwnerOf(std::uint32_t object) const {
  const Chunk& thing = At(object);
  // "the Agency of A"
  if (IsKind(object + 1, ChunkKind::kPreposition) && At(object + 1).word == "of" &&
      IsOfOtherState(object + 2)) {
    return object + 2;
  }
  // "is carried out with A's team": only what it was done to is asked for.
  if (base_.verb == kNoChunk || !IsSubjectOf(object, At(base_.verb))) return std::nullopt;
  // "the Strategy of the Union"; but "the Bank of the Agency was opened at X" is at home.
  const bool placed = IsKind(base_.verb + 1, ChunkKind::kPreposition) &&
                      words_.IsAtPlace(At(base_.verb + 1).word) &&
                      IsKind(base_.verb + 2, ChunkKind::kNoun) && At(base_.verb + 2).capital;
  if (words_.IsOwnedLabel(thing.label) && !placed && IsKind(object + 1, ChunkKind::kPreposition) &&
      At(object + 1).word == "of" && IsKind(object + 2, ChunkKind::kNoun) &&
      At(object + 2).mention != kNoChunk &&
      words_.IsOwnerLabel(analysis_.mentions[At(object + 2).mention].label)) {
    return kNoChunk;
  }
  if (!words_.IsOwnedLabel(thing.label) || thing.mention != kNoChunk ||
      words_.IsAuthorsOwn(analysis_.tokens[thing.first].folded)) {
    return std::nullopt;
  }
  for (const std::uint32_t modifier : thing.modifiers) {
    const Mention& owner = analysis_.mentions[modifier];
    if (words_.IsActorLabel(owner.label)) {  // "A's Agency"
      if (owner.name == context_.author) return std::nullopt;
      return object;
    }
    if (words_.IsOwnerLabel(owner.label) && !IsOfHome(words_, analysis_, thing)) return kNoChunk;
  }
  return PlaceOf(object);
}

std::optional<std::uint32_t> MatchReader::PlaceOf(std::uint32_t object) const {
  const auto is_in = [&](std::uint32_t i) {
    return IsKind(i, ChunkKind::kPreposition) && words_.IsAtPlace(At(i).word) &&
           IsKind(i + 1, ChunkKind::kNoun);
  };
  const auto judge = [&](std::uint32_t place) -> std::optional<std::uint32_t> {
    if (At(place).mention == kNoChunk) {
      const bool seat = words_.IsSeat(analysis_.tokens[At(place).head].folded);
      return seat ? std::optional(kNoChunk) : std::nullopt;
    }
    const Mention& name = analysis_.mentions[At(place).mention];
    if (IsOfOtherState(place)) return place;
    if (!words_.IsPlaceLabel(name.label) || name.of == context_.author) return std::nullopt;
    // What is held in a capital is its State's; what is founded there may be anybody's.
    const bool state = !name.of.empty() && words_.IsHeldLabel(At(object).label);
    return state && !analysis_.spoken ? place : kNoChunk;
  };
  // "In A, the Agency was founded."
  if (is_in(0) && IsKind(2, ChunkKind::kComma) && object == 3) {
    if (const auto owner = judge(1)) return owner;
  }
  // "was held in June in A"
  for (std::uint32_t i = base_.verb + 1; IsKind(i, ChunkKind::kPreposition); i += 2) {
    if (!IsKind(i + 1, ChunkKind::kNoun)) break;
    if (is_in(i) && At(i + 1).label != "date") return judge(i + 1);
    if (At(i + 1).label != "date") break;
  }
  return std::nullopt;
}

bool MatchReader::EmitOwned(const std::vector<std::uint32_t>& objects) {
  bool elsewhere = false;
  for (const std::uint32_t object : objects) {
    const auto owner = OwnerOf(object);
    if (!owner) continue;
    elsewhere = true;
    if (*owner == kNoChunk) {
      Stop({object}, "it is somebody else's");
    } else {
      EmitOne(*owner, object);
    }
  }
  return elsewhere;
}

bool MatchReader::IsNamedAfterOther(const Chunk& noun) const {
  return std::any_of(noun.modifiers.begin(), noun.modifiers.end(), [&](std::uint32_t name) {
    const Mention& mention = analysis_.mentions[name];
    return mention.kind == Mention::Kind::kName && mention.name != context_.author;
  });
}

void MatchReader::EmitActors(const Chunk& verb, const std::vector<std::uint32_t>& objects) {
  if (line_.active == base_.verb && base_.verb != kNoChunk) return EmitAgent(verb, objects);
  if (pattern_.compiled.any_verb && Recommends(verb)) {
    return Stop(objects, "'" + verb.word + "' is about what others should do");
  }
  // "condemns B together with A": who is with whom would be a guess.
  const bool of_things = std::none_of(objects.begin(), objects.end(), [&](std::uint32_t object) {
    return words_.IsActorLabel(At(object).label);
  });
  for (const std::uint32_t companion : verb.company) {
    if (of_things) Emit(companion, objects);
  }
  const std::vector<std::uint32_t>& subjects = SubjectsOf(verb);
  if (subjects.empty()) {
    if (verb.implicit_subject) return Emit(kNoChunk, objects);
    return Stop(objects, "'" + verb.word + "' has no subject");
  }
  for (const std::uint32_t subject : subjects) {
    // "A's commitment to join": A's.
    const bool owns = verb.shape == VerbShape::kInfinitive &&
                      verb.modality != graph::Modality::kAsserted &&
                      IsOwned(words_, analysis_, At(subject));
    if (Acts(subject) || owns) {
      Emit(subject, objects);
    } else if (EmitExamples(subject, objects)) {
      continue;
    } else if (rule_.home_only && IsLawOfHome(subject) && !IsAnybodys()) {
      Emit(kNoChunk, objects);
    } else {
      Stop(objects, "the subject '" + At(subject).word + "' is no actor");
    }
  }
}

bool MatchReader::IsLawOfHome(std::uint32_t noun) const {
  const Chunk& law = At(noun);
  if (law.label == "law") return true;
  const bool pointed = words_.IsDemonstrative(analysis_.tokens[law.first].folded);  // "That law"
  return law.mention == kNoChunk && (law.capital || pointed) && !law.plural &&
         words_.IsDeed(law.word) && !IsOfOthers(words_, analysis_, law) && !IsNamedAfterOther(law);
}

bool MatchReader::IsAuthor(std::uint32_t actor) const {
  if (actor == kNoChunk || (At(actor).tags & kAuthorPronoun) != 0) return true;
  if (At(actor).mention != kNoChunk) {
    const Mention& mention = analysis_.mentions[At(actor).mention];
    return (mention.of.empty() ? mention.name : mention.of) == context_.author;
  }
  // "the Ministry of Health"
  return (At(actor).tags & kPronoun) == 0 && At(actor).modifiers.empty() &&
         CanAct(words_, analysis_, At(actor)) && !IsSentBy(words_, analysis_, At(actor));
}

void MatchReader::Stop(const std::vector<std::uint32_t>& objects, const std::string& why) {
  if (!context_.explain) return;
  for (const std::uint32_t object : objects) {
    Candidate candidate = base_;
    candidate.object = object;
    candidate.stopped = why;
    out_.push_back(std::move(candidate));
  }
}

void MatchReader::Emit(std::uint32_t subject, const std::vector<std::uint32_t>& objects) {
  if (rule_.author_only) {
    // Who is named twice in one list has still done it once.
    if (author_done_ || !IsAuthor(subject)) return;
    author_done_ = true;
  }
  for (const std::uint32_t object : objects) {
    if (object == subject) continue;
    if (rule_.author_only && ConcludesForAll(object)) {
      Stop({object}, "what it has a name for is no matter of two");
    } else {
      EmitOne(subject, object);
    }
  }
}

bool MatchReader::ConcludesForAll(std::uint32_t object) const {
  const std::uint32_t last = base_.last - 1;
  if (base_.verb == kNoChunk || object >= base_.verb || last <= base_.verb ||
      !IsKind(last, ChunkKind::kNoun) || At(last).mention == kNoChunk) {
    return false;
  }
  const Mention& name = analysis_.mentions[At(last).mention];
  return name.kind == Mention::Kind::kName && !words_.IsActorLabel(name.label) &&
         words_.IsActorLabel(At(object).label);
}

void MatchReader::EmitOne(std::uint32_t subject, std::uint32_t object) {
  // What the lead-in says for itself was read with the lead-in.
  const std::uint32_t last = std::max(object, base_.verb == kNoChunk ? object : base_.verb);
  if (last < analysis_.item_first) return;
  if (rule_.item_only && !StartsItem()) {
    // Of what is no list item the rule has nothing to say.
    if (context_.list_item) Stop({object}, "it does not begin the list item");
    return;
  }
  Candidate candidate = base_;
  candidate.subject = subject;
  candidate.object = object;
  // A passive that was read as active says more where it names who did it.
  candidate.named_only |=
      line_.active != kNoChunk &&
      (At(line_.active).agent == kNoChunk ||
       (At(object).core == At(object).head && !IsKind(object + 1, ChunkKind::kPreposition)));
  if (pattern_.compiled.left != LeftOfVerb::kObject) {
    candidate.object_mention = FittingModifier(object);
  }
  candidate.stopped = ruled_out_;
  JudgeCandidate(candidate);
  out_.push_back(std::move(candidate));
}

}  // namespace verbale::extract
