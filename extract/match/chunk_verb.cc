// Verb or noun, and verb groups: [to] (modal | be | have | do | not | adverb)* verb, and on over
// "intends to".

#include <algorithm>
#include <utility>

#include "extract/match/internal/chunker.h"

namespace verbale::extract {

bool Chunker::IsVerbHere(std::size_t at, std::size_t phrase) const {
  if (!Has(at) || MentionAt(at) != nullptr) return false;
  const WordInfo& info = Info(at);
  if (info.forms == 0 || info.Is(kBe | kHave | kDo | kModal)) return info.Is(kBe | kHave | kDo);
  if (Tok(at).possessive || Tok(at).joined || JoinedWithNext(at) || info.Is(kNounOnly))
    return false;
  if (Tok(at).capital && at > 0 && (!AfterStop(at) || IsMark(at - 1, ","))) {
    if (order_[at] != item_at_ || !StartsNoun(at + 1)) return false;
  }
  if (at == phrase) return IsVerbAfterChunk(at, info);
  return IsVerbAfterNoun(at, info, phrase);
}

bool Chunker::IsVerbAfterChunk(std::size_t at, const WordInfo& info) const {
  const std::size_t next = SkipAdverbs(at + 1);
  if (out_.chunks.empty()) return IsVerbAtStart(info, next);
  const Chunk& before = out_.chunks.back();
  switch (before.kind) {
    case ChunkKind::kNoun:
      return IsVerbAfterNoun(at, info, at);
    case ChunkKind::kPreposition:
      if (words_.IsInPassing(before.word) && (info.forms & kParticiple) != 0) {
        return IsPreposition(next);  // "as set out in"
      }
      // "with financing from A"
      if (info.Is(kNounToo) && IsPreposition(next)) return false;
      return (info.forms & kIngForm) != 0 && (StartsNoun(next) || FollowsVerb(next));
    case ChunkKind::kRelative:
      return info.forms != kIngForm;  // "that existing law applies"
    case ChunkKind::kIncluding:
      return (info.forms & kIngForm) != 0 && (StartsNoun(next) || FollowsVerb(next));
    case ChunkKind::kConjunction:
      return IsVerbAfterConjunction(info, next);
    case ChunkKind::kComma:
      // "A and B, acting as one, cooperate in"
      if ((info.forms & kBaseForm) != 0 && !info.Is(kNounToo | kAdjective) && !SawFiniteVerb() &&
          FollowsJoinedActors()) {
        return StartsNoun(next) || IsPreposition(next) || FollowsVerb(next);
      }
      // "Every spring, teams from A"
      if ((info.forms & kThirdPerson) != 0 && info.Is(kNounToo) && IsPreposition(next) &&
          !SawVerb() && !SawActor()) {
        return false;
      }
      if (info.forms & (kIngForm | kThirdPerson)) {
        // "Kenya, a partner of ours, promotes peace", "The Centre, built by Iceland, promotes it"
        const bool first =
            (info.forms & kThirdPerson) != 0 && (!SawFiniteVerb() || ClosesParticiple());
        const bool finite = first && (!info.Is(kNounToo) || ClosesInsertion());
        return FollowsVerb(next) || OpensNoun(next) || (finite && StartsNoun(next));
      }
      if (info.forms & (kPastForm | kParticiple)) {
        // "The Strategy, approved by Cabinet, brought progress"
        if (!info.Is(kNounToo | kAdjective) && !SawFiniteVerb() && ClosesParticiple() &&
            StartsPlainNoun(next)) {
          return true;
        }
        // "…, founded two years ago, …"
        return FollowsVerb(next) || OpensNoun(next) || (next > at + 1 && IsEnd(next));
      }
      // "We, the people of Iceland, support the Agreement"
      if ((info.forms & kBaseForm) != 0 && !SawVerb() && OpensNoun(next) &&
          (out_.chunks.front().tags & kAuthorPronoun) != 0) {
        return true;
      }
      return SawVerb() && (info.forms & kBaseForm) && !info.Is(kNounToo) && StartsNoun(next);
    case ChunkKind::kVerb:
      // "The treaties that we have ratified include the Convention."
      if (words_.IsListing(info.lemma) && (info.forms & (kBaseForm | kThirdPerson)) != 0) {
        return true;
      }
      // "the Fund to which we contribute was founded", "… helped": the verb of the clause around.
      if ((info.forms & (kPastForm | kThirdPerson)) != 0 && !info.Is(kNounToo)) {
        return EndsRelative() && (FollowsVerb(next) || IsEnd(next));
      }
      // "the laws adopted include the Act"
      if ((info.forms & kBaseForm) != 0 && !info.Is(kNounToo | kAdjective) && !before.auxiliary) {
        const WordInfo* last = words_.Find(out_.tokens[before.last - 1]);
        return last != nullptr && (last->forms & kParticiple) != 0 && OpensNoun(next);
      }
      return (info.forms & kIngForm) != 0 && FollowsVerb(next);
    case ChunkKind::kSubordinator:
      // "though not yet ratified, A"
      if ((info.forms & kParticiple) != 0 && IsMark(next, ",")) return true;
      return IsVerbAtStart(info, next);
    default:
      return IsVerbAtStart(info, next);
  }
}

/// The phrases before this one begin with "experts from", "officers of".
bool Chunker::OpensWithPluralActor() const {
  std::size_t i = out_.chunks.size();
  while (i >= 2 && out_.chunks[i - 1].kind == ChunkKind::kPreposition &&
         out_.chunks[i - 2].kind == ChunkKind::kNoun) {
    i -= 2;
  }
  if (i == out_.chunks.size() || !out_.chunks[i].plural) return false;
  const WordInfo* info = words_.Find(out_.chunks[i].word);
  return info != nullptr && info->Is(kActorNoun);
}

bool Chunker::SawActor() const {
  return std::any_of(out_.chunks.begin(), out_.chunks.end(),
                     [&](const Chunk& chunk) { return CanAct(words_, out_, chunk); });
}

/// The phrase begins behind "and", and who acts stands before it.
bool Chunker::JoinsActors() const {
  const std::size_t size = out_.chunks.size();
  return size >= 2 && out_.chunks[size - 1].kind == ChunkKind::kConjunction &&
         CanAct(words_, out_, out_.chunks[size - 2]);
}

/// The comma closes an insertion behind "A and B".
bool Chunker::FollowsJoinedActors() const {
  std::size_t i = out_.chunks.size() - 1;
  while (i > 0 && out_.chunks[i - 1].kind != ChunkKind::kComma) --i;
  return i >= 4 && out_.chunks[i - 2].kind == ChunkKind::kNoun &&
         out_.chunks[i - 2].mention != kNoChunk &&
         out_.chunks[i - 3].kind == ChunkKind::kConjunction &&
         CanAct(words_, out_, out_.chunks[i - 4]);
}

bool Chunker::ClosesInsertion() const {
  bool verb = false;
  for (std::size_t i = out_.chunks.size() - 1; i-- > 0;) {
    const ChunkKind kind = out_.chunks[i].kind;
    if (kind == ChunkKind::kComma) return verb;
    if (kind == ChunkKind::kStop) break;
    verb |= kind == ChunkKind::kVerb;
  }
  return false;
}

bool Chunker::ClosesParticiple() const {
  std::size_t i = out_.chunks.size() - 1;
  while (i > 0 && out_.chunks[i - 1].kind != ChunkKind::kComma) --i;
  if (i < 2 || out_.chunks[i].kind != ChunkKind::kVerb || out_.chunks[i].auxiliary) return false;
  const WordInfo* form = words_.Find(out_.tokens[out_.chunks[i].last - 1]);
  if (form == nullptr || (form->forms & kParticiple) == 0) return false;
  return std::none_of(out_.chunks.begin(), out_.chunks.begin() + static_cast<std::ptrdiff_t>(i),
                      [](const Chunk& chunk) { return chunk.kind == ChunkKind::kVerb; }) &&
         std::none_of(out_.chunks.begin() + static_cast<std::ptrdiff_t>(i) + 1, out_.chunks.end(),
                      [](const Chunk& chunk) { return chunk.kind == ChunkKind::kVerb; });
}

bool Chunker::IsVerbAtStart(const WordInfo& info, std::size_t next) const {
  const bool set_up = (info.forms & kParticiple) != 0 && IsPreposition(next);  // "Set up in 2015,"
  if ((info.forms & kBaseForm) && !set_up) {
    return info.Is(kNounToo) ? OpensNoun(next) && !Info(next).Is(kQuantifier) : StartsNoun(next);
  }
  if (info.forms & kIngForm) return OpensNoun(next) || FollowsVerb(next) || StartsNoun(next);
  if (info.forms & kThirdPerson) return !info.Is(kNounToo) && OpensNoun(next);
  return OpensNoun(next) || (Has(next) && Info(next).Is(kPreposition | kTo));
}

bool Chunker::IsVerbAfterConjunction(const WordInfo& info, std::size_t next) const {
  // "a comprehensive and strongly worded Treaty": the phrase has no noun yet.
  if (out_.chunks.size() > 1 && (info.forms & kParticiple) != 0) {
    const Chunk& before = out_.chunks[out_.chunks.size() - 2];
    const WordInfo* head = words_.Find(out_.tokens[before.last - 1]);
    if (before.kind == ChunkKind::kNoun && (before.tags & kIndefinite) != 0 && head != nullptr &&
        head->Is(kAdjective)) {
      return false;
    }
  }
  // "and takes part", "and gave money", but not "and works of art"
  const bool plain = !info.Is(kNounToo) && StartsNoun(next);
  if (info.forms & kThirdPerson) {
    return SawVerb() && (FollowsVerb(next) || OpensNoun(next) || plain ||
                         (SawFiniteVerb() && OpensInsertion(next)));
  }
  if ((info.forms & (kPastForm | kParticiple)) == kPastForm && SawVerb() && plain) return true;
  if (info.forms & kBaseForm) {
    return SawVerb() && (!info.Is(kNounToo) || OpensNoun(next)) &&
           (StartsNoun(next) || FollowsVerb(next));
  }
  if (info.forms & kIngForm) return FollowsVerb(next) || OpensNoun(next);
  return SawVerb() &&
         (FollowsVerb(next) || OpensNoun(next) || IsEnd(next) || Info(next).Is(kConjunction));
}

bool Chunker::OpensInsertion(std::size_t at) const {
  constexpr std::size_t kLongest = 14;
  if (!IsMark(at, ",")) return false;
  const std::size_t conjunction = out_.chunks.size() - 1;
  const bool inserted = conjunction > 0 && out_.chunks[conjunction - 1].kind == ChunkKind::kComma;
  if (inserted && FollowsVerb(at + 1)) return true;
  if (inserted || !OpensPhraseAt(at + 1)) return false;
  for (std::size_t i = at + 2; Has(i) && i < at + kLongest; ++i) {
    if (IsMark(i, ",")) return OpensNoun(i + 1) || Info(i + 1).Is(kRelative);
    if (Tok(i).kind == TokenKind::kMark) return false;
  }
  return false;
}

/// A base form behind the noun that ends at `before`: "experts of the Unit take part".
bool Chunker::IsBareVerbAfterNoun(std::size_t at, const WordInfo& info, std::size_t phrase,
                                  std::size_t before) const {
  const std::size_t next = SkipAdverbs(at + 1);
  const WordInfo& previous = Info(before);
  const bool mention_before = at > phrase ? EndsMention(before) : true;

  if (AfterSubjectPronoun(at, phrase)) return true;
  // "personnel attend", "experts of the Unit take part": the verb is nothing but one.
  const bool last = (!Has(next) || IsMark(next, ".")) && EndsMention(before);  // "A and B agree."
  // "the police cooperate with"
  const bool acts = IsPreposition(next) && CanActAt(before);
  // "the police work closely with"
  if (acts && info.Is(kNounToo) && next > at + 1 && !SawFiniteVerb()) return true;
  // "in which A and B take part"
  const bool opens = !SawFiniteVerb() || (!out_.chunks.empty() && EndsRelative());
  // "officers participate, for Canada, in"
  const bool aside = IsMark(next, ",") && OpensPhraseAt(next + 1);
  // "Experts from the Ministry of Justice take part in"
  const bool theirs = at > phrase && (IsPreposition(next) || Info(next).Is(kTo)) &&
                      !SawFiniteVerb() && OpensWithPluralActor();
  if (!info.Is(kNounToo | kAdjective) && opens &&
      (StartsNoun(next) || last || acts || aside || theirs)) {
    return true;
  }
  // "Iceland and Norway exchange information"
  if (at > phrase && EndsActor(before) && !SawFiniteVerb() && !info.Is(kAdjective) &&
      StartsPlainNoun(next) && JoinsActors()) {
    return true;
  }
  // "the treaties to which we are a party include the Convention"
  if (!out_.chunks.empty() && EndsRelative() && OpensNoun(next)) return true;
  // "the tireless work of", "the consensus report of": these are no plurals.
  const bool plural = LooksPlural(before);
  return (plural || previous.Is(kPronoun) || mention_before) &&
         (OpensNoun(next) || FollowsVerb(next) || (plural && !info.Is(kNounToo)));
}

bool Chunker::IsVerbAfterNoun(std::size_t at, const WordInfo& info, std::size_t phrase) const {
  const std::size_t next = SkipAdverbs(at + 1);
  std::size_t before = at - 1;
  while (before > phrase && IsAdverb(before)) --before;
  const WordInfo& previous = Info(before);
  const bool mention_before = at > phrase ? EndsMention(before) : true;
  // "the Attorney General chaired": of a title, no adjective.
  const bool adjective = previous.Is(kAdjective) && !(Tok(before).capital && before > phrase);
  if (at > phrase && !mention_before &&
      (adjective || previous.Is(kDeterminer | kPossessive | kQuantifier))) {
    return false;
  }
  if (Tok(before).possessive) return false;
  if (EndsAdjective(before)) return false;
  if (info.forms & (kPastForm | kParticiple)) {
    // "the recently adopted X"
    if (at == phrase + 1 && at >= 2 &&
        (IsAdverb(at - 1) ||
         (Info(at - 1).Is(kIncidental) && Tok(at - 1).folded.ends_with("ly"))) &&
        Info(at - 2).Is(kDeterminer | kPossessive)) {
      return false;
    }
    // "established the long awaited Commission"
    if (at > phrase && !mention_before && !out_.chunks.empty() && StartsPlainNoun(next) &&
        out_.chunks.back().kind == ChunkKind::kVerb && Info(phrase).Is(kDeterminer | kPossessive)) {
      return false;
    }
    return !(StartsPlainNoun(next) && !mention_before && !OpensNoun(next) && at > phrase &&
             !previous.Is(kPronoun) && IsAdverb(at - 1));
  }
  if (info.forms & kThirdPerson) {
    if (at > phrase && !mention_before && LooksAdjective(before)) return false;
    // "the Ministry of Foreign Affairs works closely with"
    const bool modified =
        IsAdverb(at + 1) && IsPreposition(next) && (!SawFiniteVerb() || OpensClauseAfterComma());
    // "the Centre, whose foundation dates from 2015"
    const bool relative = !out_.chunks.empty() && out_.chunks.back().kind == ChunkKind::kRelative;
    if (at > phrase && !mention_before && !CanActAt(before) && !modified && !relative &&
        (info.Is(kNounToo) || (IsPreposition(next) && SawVerbInClause()))) {
      return false;
    }
    return FollowsVerb(next) || IsEnd(next) || StartsNoun(next) || !Has(next) ||
           Tok(next).kind == TokenKind::kQuote || Info(next).Is(kConjunction | kRelative);
  }
  if (info.forms & kBaseForm) return IsBareVerbAfterNoun(at, info, phrase, before);
  // "the legally binding resolution"
  if (at == phrase + 1 && at >= 2 && IsAdverb(at - 1) &&
      Info(at - 2).Is(kDeterminer | kPossessive)) {
    return false;
  }
  // "the resolution of 1995 calling for", "Treaty X banning"
  if (at > phrase && EndsMention(before) &&
      (FollowsVerb(next) || (EndsActor(before) && StartsNoun(next)))) {
    return true;  // "A becoming permanent member of B"
  }
  const bool indefinite =
      at > phrase ? Info(phrase - 1).Is(kIndefinite) : (out_.chunks.back().tags & kIndefinite) != 0;
  // "a law prohibiting plastics", "countries taking part"
  if (!info.Is(kNounToo | kAdjective) && !Tok(at).capital && StartsNoun(next) &&
      TakesParticiple(before, indefinite) && !words_.IsCompound(Tok(at).folded, Tok(next).folded)) {
    return true;
  }
  // "troops serving in", "experts working on", "a country participating in"
  if (!info.Is(kNounToo | kAdjective) && !Tok(at).capital && IsPreposition(next) &&
      !previous.Is(kClosed) && Tok(before).folded.size() > 3 &&
      (Tok(before).folded.ends_with('s') || (previous.Is(kActorNoun) && indefinite))) {
    return true;
  }
  return Has(next) && (Info(next).Is(kDeterminer | kPossessive | kTo) || MentionAt(next) ||
                       Tok(next).folded == "at");
}

/// A noun whose -ing form behind it is no part of its name, as that of "a peace keeping force" is.
bool Chunker::TakesParticiple(std::size_t noun, bool indefinite) const {
  if (Tok(noun).capital || Tok(noun).joined) return false;
  if (indefinite && !words_.HeadLabel(Tok(noun).folded).empty()) return true;
  const WordInfo* singular = words_.Find(Words::Singular(Tok(noun).folded));
  return Tok(noun).folded.ends_with('s') && singular != nullptr && singular->Is(kActorNoun);
}

bool Chunker::QualifiesNext(std::size_t at) const {
  return StartsNoun(at) &&
         !(MentionAt(at) == nullptr &&
           Info(at).Is(kDeterminer | kPossessive | kPronoun | kQuantifier)) &&
         !IsVerbHere(at, at);
}

bool Chunker::EndsMention(std::size_t at) const {
  return std::any_of(out_.mentions.begin(), out_.mentions.end(), [&](const Mention& mention) {
    return mention.last == order_[at] + 1 && mention.kind != Mention::Kind::kAdjective &&
           mention.kind != Mention::Kind::kDate;
  });
}

/// "seven constitutional commissions": an unknown word that ends like an adjective.
bool Chunker::LooksAdjective(std::size_t at) const {
  const WordInfo& info = Info(at);
  if (info.tags != 0 || info.forms != 0 || Tok(at).capital) return false;
  const std::string_view word = Tok(at).folded;
  return word.ends_with("ional") || word.ends_with("ical") || word.ends_with("ental") ||
         word.ends_with("ous");
}

bool Chunker::EndsActor(std::size_t at) const {
  return std::any_of(out_.mentions.begin(), out_.mentions.end(), [&](const Mention& mention) {
    return mention.last == order_[at] + 1 && mention.kind == Mention::Kind::kName &&
           words_.IsActorLabel(mention.label);
  });
}

bool Chunker::FollowsVerb(std::size_t at) const {
  if (!Has(at)) return false;
  if (MentionAt(at) != nullptr) return true;
  const WordInfo* info = nullptr;
  std::string_view text;
  if (words_.Expression(out_.tokens, order_, at, &info, &text) > 0) return info->Is(kPreposition);
  return Info(at).Is(kDeterminer | kPossessive | kPreposition | kTo | kPronoun | kRelative);
}

/// "not yet" is two words.
std::size_t Chunker::NegationSize(std::size_t at) const {
  const WordInfo* info = nullptr;
  std::string_view text;
  const std::size_t size = words_.Expression(out_.tokens, order_, at, &info, &text);
  return size > 1 && info->Is(kNegation) ? size : 1;
}

Chunker::Group Chunker::ReadGroup(std::size_t at, Chunk& chunk) const {
  Group group;
  for (; Has(at); ++at) {
    const std::size_t after = SkipAdverbs(at);
    if (after != at && Has(after) && GoesOn(after, group)) at = after;
    // "does, however, participate"
    if (const std::size_t aside = SkipAdverbs(at + 1);
        group.aux && !group.found && IsMark(at, ",") && aside > at + 1 && IsMark(aside, ",") &&
        Has(aside + 1) && GoesOn(aside + 1, group)) {
      at = aside + 1;
    }
    if (!Has(at) || MentionAt(at) != nullptr) break;
    const WordInfo& info = Info(at);
    // "has since acceded": between "has" and its participle it says only when.
    if (group.have && info.Is(kSubordinator) && Has(at + 1) && MentionAt(at + 1) == nullptr &&
        (Info(at + 1).forms & kParticiple) != 0 && Tok(at + 1).kind == TokenKind::kWord) {
      continue;
    }
    if (info.Is(kNegation) && IsAdverbial(at)) break;  // "is not only"
    if (info.Is(kNegation)) {
      group.negated = true;
      at += NegationSize(at) - 1;
    } else if (info.Is(kTo) && !group.aux && !group.to) {
      group.to = true;
    } else if (info.Is(kTo) && group.aux && !group.found && IsInfinitiveAfter(at + 1)) {
      Judge(chunk, group.be ? graph::Modality::kPlanned : graph::Modality::kRecommended,
            std::string(Tok(group.verb).folded) + " to");
      group.be = group.have = false;
    } else if (info.Is(kModal)) {
      const bool of_speaker =
          words_.IsFutureOfSpeaker(Tok(at).folded) && at > 0 && Info(at - 1).Is(kAuthorPronoun);
      Judge(chunk, of_speaker ? graph::Modality::kPlanned : info.modality, Tok(at).folded);
      group.modal = group.aux = true;
    } else if (group.be && info.Is(kDo) && info.forms == kParticiple) {
      group.verb = at;  // "the work being done by A"
      group.found = true;
      group.end = at + 1;
      return group;
    } else if (info.Is(kBe | kHave | kDo)) {
      if (info.lemma == "be" && (info.forms & kBaseForm) && !group.aux && !group.to) {
        Judge(chunk, graph::Modality::kRecommended, "be");  // "that it be held"
      }
      if (info.Is(kBe)) group.be = true;
      if (info.Is(kHave)) group.have = true;
      group.aux = true;
      group.verb = at;
    } else if (info.forms != 0 && !(group.be && IsNounAfterBe(at, info)) &&
               !IsNounAfterHave(info, group)) {
      group.verb = at;
      group.found = true;
      group.end = at + 1;
      return group;
    } else {
      break;
    }
    group.end = at + 1;
  }
  return group;
}

bool Chunker::GoesOn(std::size_t at, const Group& group) const {
  const WordInfo& info = Info(at);
  if (MentionAt(at) != nullptr) return false;
  if (info.Is(kBe | kHave | kDo | kModal | kNegation)) return true;
  return info.forms != 0 && !(group.be && IsNounAfterBe(at, info));
}

void Chunker::Judge(Chunk& chunk, graph::Modality modality, std::string_view word) {
  if (modality == graph::Modality::kAsserted || chunk.modality != graph::Modality::kAsserted) {
    return;
  }
  chunk.modality = modality;
  chunk.modality_word = word;
}

void Chunker::StepVerb() {
  const std::size_t from = at_;
  Chunk chunk;
  Group group = ReadGroup(at_, chunk);
  if (group.end <= from) group.end = from + 1;
  if (!group.found && !group.aux) {
    ++at_;
    return;
  }
  chunk.negated = group.negated || (!group.aux && IsInverted());
  chunk.auxiliary = group.aux;
  SetShape(group, chunk);
  const bool as_said = !AfterNothing() && out_.chunks.back().kind == ChunkKind::kPreposition &&
                       words_.IsInPassing(out_.chunks.back().word) && !group.aux &&
                       chunk.shape == VerbShape::kFinite;
  if (as_said) {
    chunk.shape = VerbShape::kReduced;
    chunk.passive = true;
  }
  // "the work done by A"
  if (!group.found && group.end == from + 1 && Info(from).Is(kDo) &&
      Info(from).forms == kParticiple) {
    chunk.auxiliary = false;
  }
  std::size_t end = group.end;
  std::string lemma = LemmaOf(group);
  // "will continue to support", "will remain committed to", "will always support"
  const bool lasts = words_.IsLasting(lemma) || Lasts(from, group);
  if (group.modal && chunk.modality == graph::Modality::kPlanned && lasts) {
    chunk.modality = graph::Modality::kAsserted;
    chunk.modality_word.clear();
  }
  FollowCatenatives(lemma, end, chunk, group);
  // "has never wavered in its support": who does not give way stands by it.
  if (words_.IsGivingWay(lemma)) {
    if (!chunk.negated) Judge(chunk, graph::Modality::kDenied, lemma);
    chunk.negated = false;
  }
  // "resolved to continue its support": what goes on is there; "I must commend A" commends it.
  const bool goes_on = chunk.modality == graph::Modality::kPlanned && words_.IsLasting(lemma);
  const bool said = chunk.modality == graph::Modality::kRecommended && group.modal &&
                    words_.IsPerformative(lemma) && FollowsSpeaker(from);
  if (goes_on || said) {
    chunk.modality = graph::Modality::kAsserted;
    chunk.modality_word.clear();
  }
  if (end == group.end && IsProgressive(from, group) && words_.IsUnfinished(lemma)) {
    chunk.unfinished = chunk.modality == graph::Modality::kAsserted;
    Judge(chunk, graph::Modality::kPlanned, Tok(group.verb).folded);
  }
  JudgeByManner(from, group, chunk);
  if (chunk.negated && chunk.modality == graph::Modality::kEnded) {
    chunk.modality = graph::Modality::kAsserted;  // "has never ceased to support"
    chunk.negated = false;
  } else if (chunk.negated) {
    chunk.modality = graph::Modality::kDenied;
    chunk.modality_word = "not";
    // "is not yet a member": a conjunction elsewhere.
    while (!group.found && Info(end).Is(kAdverb) && Info(end).Is(kConjunction)) ++end;
  }
  Chunk& added = Add(ChunkKind::kVerb, from, end, lemma);
  if (std::size_t size = 0; Has(end)) {
    const std::string* phrasal = words_.Phrasal(lemma, out_.tokens, order_, end, size);
    if (phrasal != nullptr) {
      added.word = *phrasal;
      at_ = end + size;
      if (words_.IsGivingWay(*phrasal) && chunk.negated) {
        chunk.negated = false;  // "has never been in doubt"
        chunk.modality = graph::Modality::kAsserted;
        chunk.modality_word.clear();
      }
      // "wishes to place on record" places on record.
      const bool wished = chunk.modality == graph::Modality::kHoped ||
                          chunk.modality == graph::Modality::kConditional;
      if (wished && !chunk.negated && words_.IsPerformative(added.word)) {
        chunk.modality = graph::Modality::kAsserted;
        chunk.modality_word.clear();
      }
    }
  }
  added.shape = chunk.shape;
  added.passive = chunk.passive;
  added.negated = chunk.negated;
  added.auxiliary = chunk.auxiliary;
  added.modality = chunk.modality;
  added.modality_word = chunk.modality_word;
  added.unfinished = chunk.unfinished;
}

/// "has almost ratified", "no longer supports", "was formerly a member"
void Chunker::JudgeByManner(std::size_t from, const Group& group, Chunk& chunk) const {
  const auto judge = [&](std::size_t at, std::size_t end) {
    while (at < end) {
      const WordInfo* info = nullptr;
      std::string_view text;
      std::size_t size = words_.Expression(out_.tokens, order_, at, &info, &text);
      const bool one = size == 0 || !info->Is(kAdverb);
      if (one) size = 1;
      const graph::Modality* makes = words_.Manner(one ? Tok(at).folded : text);
      // "almost always supports": of the adverb behind it.
      if (makes != nullptr && !IsAdverb(at + size))
        Judge(chunk, *makes, one ? Tok(at).folded : text);
      at += size;
    }
  };
  std::size_t first = from;
  const std::size_t before = out_.chunks.empty() ? 0 : AfterLast();
  if (before < from && SkipAdverbs(before) == from) first = before;
  judge(first, group.end);
  // Behind "be" it stands with what one is.
  if (!group.found && group.be) judge(group.end, SkipAdverbs(group.end));
}

/// "I must": who speaks is one person, who does it by saying so.
bool Chunker::FollowsSpeaker(std::size_t at) const {
  if (at == 0 || out_.chunks.empty() || out_.chunks.back().kind != ChunkKind::kNoun) return false;
  return (Info(at - 1).Is(kAuthorPronoun)) && Tok(at - 1).folded.size() == 1;
}

/// "Nor has it yet ratified A": what denies it stands with the auxiliary before the subject.
bool Chunker::IsInverted() const {
  std::size_t i = out_.chunks.size();
  if (i > 0 && out_.chunks[i - 1].kind == ChunkKind::kConjunction) --i;  // "yet"
  if (i < 2 || out_.chunks[i - 1].kind != ChunkKind::kNoun) return false;
  const Chunk& first = out_.chunks[i - 2];
  return first.kind == ChunkKind::kVerb && first.negated && first.auxiliary &&
         first.last == first.first + 2 && words_.Find(out_.tokens[first.first])->Is(kNegation);
}

/// "will remain committed", "will always support"
bool Chunker::Lasts(std::size_t from, const Group& group) const {
  for (std::size_t at = from + 1; at < group.verb; ++at) {
    if (words_.IsLasting(Tok(at).folded)) return true;
  }
  return false;
}

/// "is preparing", "is being prepared"
bool Chunker::IsProgressive(std::size_t from, const Group& group) const {
  if (!group.found || !group.be) return false;
  if ((Info(group.verb).forms & kIngForm) != 0) return true;
  for (std::size_t at = from + 1; at < group.verb; ++at) {
    if (Info(at).Is(kBe) && Info(at).forms == kIngForm) return true;
  }
  return false;
}

void Chunker::SetShape(const Group& group, Chunk& chunk) const {
  const std::uint8_t forms = group.found ? Info(group.verb).forms : 0;
  const bool participle = (forms & kParticiple) != 0;
  const bool ing = (forms & kIngForm) != 0;
  const bool starts_ing = !group.to && !group.modal && Tok(FirstAux(group)).folded == "being";
  chunk.passive = group.found && group.be && participle && !ing;
  if (group.to) {
    chunk.shape = VerbShape::kInfinitive;
  } else if (chunk.passive && group.have && Info(FirstAux(group)).forms == kIngForm) {
    chunk.shape = VerbShape::kFinite;  // "the Act having been passed": it was passed.
  } else if ((ing && !group.aux) || starts_ing || Info(FirstAux(group)).forms == kIngForm) {
    chunk.shape = VerbShape::kGerund;
  } else if (!group.aux && forms == kBaseForm) {
    chunk.shape = VerbShape::kBare;
  }
}

/// "proceeded, in June 2014, to ratify": what stands between is in nobody's way.
std::size_t Chunker::BehindAside(std::size_t comma) const {
  constexpr std::size_t kLongest = 8;
  if (!OpensPhraseAt(comma + 1)) return comma;
  for (std::size_t at = comma + 2; Has(at) && at < comma + kLongest; ++at) {
    if (IsMark(at, ",")) return Has(at + 1) && Info(at + 1).Is(kTo) ? at + 1 : comma;
    if (Tok(at).kind == TokenKind::kMark || Info(at).Is(kTo)) return comma;
  }
  return comma;
}

void Chunker::FollowCatenatives(std::string& lemma, std::size_t& end, Chunk& chunk,
                                const Group& group) {
  for (int depth = 0; depth < 4; ++depth) {
    std::size_t at = SkipAdverbs(end);
    std::string first = lemma;
    if (lemma == "be" && Has(at) && !MentionAt(at) && Tok(at).kind == TokenKind::kWord &&
        words_.Catenative(Tok(at).folded) != nullptr) {
      first = Tok(at).folded;  // "is ready to", "is about to"
      at = SkipAdverbs(at + 1);
    } else if (depth == 0 && !group.found) {
      return;
    } else if (depth == 0 && words_.Catenative(lemma) == nullptr) {
      first = Tok(group.verb).folded;  // "is honoured to"
    }
    std::size_t size = 0;  // "saw fit to create"
    const std::string* phrasal =
        Has(end) ? words_.Phrasal(lemma, out_.tokens, order_, end, size) : nullptr;
    if (phrasal != nullptr && words_.Catenative(*phrasal) != nullptr) {
      first = *phrasal;
      at = SkipAdverbs(end + size);
    }
    const graph::Modality* modality = words_.Catenative(first);
    if (modality == nullptr || !Has(at)) return;
    // "is used to support" is no "used to support".
    if (*modality == graph::Modality::kEnded && group.be && first != lemma) return;
    if (IsMark(at, ",")) at = BehindAside(at);
    const bool to = Has(at) && Info(at).Is(kTo);
    // "is active in defining", but not "works on defining", which says more than "defines".
    // "is crucial for building" says nothing of what is built.
    const bool urges = *modality == graph::Modality::kRecommended && lemma == "be";
    const bool hops = to || (first != lemma && !urges && Info(at).Is(kPreposition));
    if (!hops && Info(at).Is(kPreposition)) return;
    const std::size_t verb = SkipAdverbs(hops ? at + 1 : at);
    if (!Has(verb) || MentionAt(verb) != nullptr) return;
    Chunk inner;
    const Group next = ReadGroup(to ? at : verb, inner);
    if (next.end <= verb || (!next.found && !next.aux)) return;
    const std::uint8_t forms = Info(next.found ? next.verb : verb).forms;
    const bool fits = to ? (forms & (urges ? kBaseForm : kBaseForm | kIngForm | kParticiple)) != 0
                         : (forms & kIngForm) != 0 && !JoinedWithNext(verb);
    if (!fits) return;
    const bool achieved = words_.IsAchieved(first) && words_.IsPastBe(Tok(group.verb).folded);
    const bool lasts =
        group.modal && chunk.modality == graph::Modality::kPlanned && words_.IsLasting(first);
    if (lasts) {
      // "shall go on organizing" organizes.
      chunk.modality = graph::Modality::kAsserted;
      chunk.modality_word.clear();
    } else if (achieved) {
      // "was able to create" created.
    } else if (words_.IsSoftening(first) && words_.IsPerformative(LemmaOf(next))) {
      // "would like to reaffirm" reaffirms.
      chunk.modality = graph::Modality::kAsserted;
      chunk.modality_word.clear();
    } else {
      Judge(chunk, *modality, first);
    }
    Judge(chunk, inner.modality, inner.modality_word);
    chunk.negated |= next.negated;
    chunk.passive = next.found && next.be && (Info(next.verb).forms & kParticiple) != 0;
    lemma = LemmaOf(next);
    end = next.end;
  }
}

}  // namespace verbale::extract
