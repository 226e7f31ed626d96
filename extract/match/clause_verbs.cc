// What a verb form is where it stands: participle or verb of the clause, asserted or only meant;
// and which verb before it says who does it.

#include "extract/match/internal/clause_view.h"

namespace verbale::extract {

using graph::Modality;

bool ClauseView::IsPastOnly(std::uint32_t i) const {
  const Token& token = analysis_.tokens[chunks_[i].last - 1];
  const WordInfo* info = words_.Find(token);
  if (info == nullptr) return Words::LooksPast(token);
  return (info->forms & kParticiple) != 0 && (info->forms & (kThirdPerson | kIngForm)) == 0;
}

bool ClauseView::IsSubjunctive(std::uint32_t i) const {
  const Chunk& verb = chunks_[i];
  const bool alone = !verb.auxiliary && verb.last - verb.first == 1;  // Not "helps to finance".
  if (!alone || i < 2 || !IsKind(i - 2, ChunkKind::kRelative)) return false;
  const WordInfo* form = words_.Find(analysis_.tokens[verb.first]);
  if (form == nullptr || (form->forms & kBaseForm) == 0 || (form->forms & kPastForm) != 0) {
    return false;
  }
  const Chunk& noun = chunks_[i - 1];
  return (noun.tags & kWeakPronoun) != 0 ||
         (noun.mention != kNoChunk && !analysis_.tokens[noun.head].folded.ends_with('s'));
}

std::uint32_t ClauseView::AuxiliaryBefore(std::uint32_t i) const {
  if (chunks_[i].auxiliary || !IsPastOnly(i) || i < 2) return kNoChunk;
  const bool comma = IsKind(i - 1, ChunkKind::kComma);
  std::uint32_t k = comma ? i - 2 : i - 1;
  const std::uint32_t end = k;
  while (k >= 2 && IsKind(k, ChunkKind::kNoun) && !IsKind(k - 1, ChunkKind::kVerb)) {
    if (!IsKind(k - 1, ChunkKind::kPreposition) && !IsKind(k - 1, ChunkKind::kSubordinator) &&
        !IsKind(k - 1, ChunkKind::kConjunction)) {
      return kNoChunk;
    }
    k -= 2;
  }
  if (k == end || comma != IsKind(k, ChunkKind::kComma)) return kNoChunk;
  if (comma && k-- == 0) return kNoChunk;
  if (!IsKind(k, ChunkKind::kVerb) || !chunks_[k].auxiliary) return kNoChunk;
  const WordInfo* last = words_.Find(analysis_.tokens[chunks_[k].last - 1]);
  const bool alone = last != nullptr && (last->Is(kHave) || (comma && last->Is(kBe)));
  return alone ? k : kNoChunk;
}

std::uint32_t ClauseView::CoordinateInfinitive(std::uint32_t i) const {
  if (i == 0 || !IsKind(i - 1, ChunkKind::kConjunction)) return kNoChunk;
  const std::uint32_t before = PreviousVerb(i, false);
  if (before == kNoChunk) return kNoChunk;
  for (std::uint32_t token = chunks_[before].first + 1; token < chunks_[before].last; ++token) {
    const WordInfo* info = words_.Find(analysis_.tokens[token]);
    if (info != nullptr && info->Is(kTo)) return before;
  }
  return kNoChunk;
}

std::uint32_t ClauseView::CausedBefore(std::uint32_t i) const {
  if (i < 2 || !IsKind(i - 1, ChunkKind::kNoun)) return kNoChunk;
  const std::uint32_t head = HeadOfPhrases(chunks_, i - 1);
  const bool caused = head != kNoChunk && head > 0 && IsKind(head - 1, ChunkKind::kVerb) &&
                      !chunks_[head - 1].passive && words_.IsCausative(chunks_[head - 1].word);
  return caused ? head : kNoChunk;
}

bool ClauseView::SaysAndDoes(std::uint32_t i) const {
  if (!words_.IsPerformative(chunks_[i].word)) return false;
  if (i == 0 || !IsKind(i - 1, ChunkKind::kNoun)) return true;
  const Chunk& noun = chunks_[i - 1];
  return (noun.tags & kAuthorPronoun) != 0 || words_.IsOccasion(noun.word);
}

std::uint32_t ClauseView::BeforeAside(std::uint32_t i) const {
  if (i < 4 || !IsKind(i - 1, ChunkKind::kComma)) return i;
  std::uint32_t k = i - 2;
  while (k > 0 && (IsKind(k, ChunkKind::kNoun) || IsKind(k, ChunkKind::kPreposition))) --k;
  return IsKind(k, ChunkKind::kComma) && IsKind(k + 1, ChunkKind::kPreposition) ? k : i;
}

bool ClauseView::FollowsAssertingNoun(std::uint32_t i) const {
  i = BeforeAside(i);
  if (i == 0 || !IsKind(i - 1, ChunkKind::kNoun)) return false;
  std::uint32_t noun = i - 1;
  while (!Asserts(chunks_[noun])) {
    if (noun < 2 || !IsKind(noun - 1, ChunkKind::kPreposition) ||
        !IsKind(noun - 2, ChunkKind::kNoun)) {
      return false;
    }
    noun -= 2;
  }
  return true;
}

/// "it is our policy to support", "it is the position of Iceland to support"
bool ClauseView::FollowsStance(std::uint32_t i) const {
  if (i < 3 || !IsKind(i - 1, ChunkKind::kNoun)) return false;
  const std::uint32_t noun = HeadOfPhrases(chunks_, i - 1);
  if (noun == kNoChunk || noun < 2 || !IsKind(noun - 1, ChunkKind::kVerb) ||
      chunks_[noun - 1].word != "be" || !IsKind(noun - 2, ChunkKind::kNoun)) {
    return false;
  }
  const bool ours = noun == i - 1 ? IsOwned(words_, analysis_, chunks_[noun])
                                  : CanAct(words_, analysis_, chunks_[i - 1]);
  return ours && words_.IsStance(chunks_[noun].word) &&
         (chunks_[noun - 2].tags & kWeakPronoun) != 0;
}

bool ClauseView::Asserts(const Chunk& noun) const {
  const WordInfo* head = words_.Find(noun.word);
  const bool of_actors = head != nullptr && head->Is(kActorNoun);
  for (std::uint32_t token = noun.first; token < noun.last; ++token) {
    const WordInfo* info = words_.Find(analysis_.tokens[token]);
    if (info != nullptr && info->Is(kAssertingNoun)) return true;
    // "is the twentieth to sign"
    if (token + 1 == noun.last && (noun.tags & kDefinite) != 0 &&
        (noun.word.ends_with("ieth") || noun.word.ends_with("teenth") ||
         noun.word.ends_with("dredth"))) {
      return true;
    }
    // "the twentieth State to sign"
    if (of_actors && (analysis_.tokens[token].folded.ends_with("th") ||
                      words_.IsRank(analysis_.tokens[token].folded))) {
      return true;
    }
  }
  return false;
}

bool ClauseView::IsReduced(std::uint32_t i) const {
  if (!IsPastOnly(i)) return false;
  const WordInfo* form = words_.Find(analysis_.tokens[chunks_[i].last - 1]);
  if (form != nullptr && form->forms == kParticiple) return true;  // "steps taken"
  if (FollowsParticiple(i + 1)) return true;
  // "the Commission, a body created in 2006"
  if (NamedBy(i - 1) != i - 1 && IsKind(i + 1, ChunkKind::kPreposition)) return true;
  if (IsKind(i + 1, ChunkKind::kPreposition) && words_.IsByAgent(chunks_[i + 1].word)) {
    return !TellsHowBeforeObject(i);
  }
  const std::uint32_t head = HeadOfPhrases(chunks_, i - 1);
  const std::uint32_t start = head == kNoChunk ? i - 1 : head;
  if (head != kNoChunk && OpensObjectRelative(WithCoordinated(head).front())) return false;
  // "the commitment of the Government and people of A to the principles enshrined in B"
  if (head != kNoChunk && head != i - 1 && start > 0 &&
      IsKind(start - 1, ChunkKind::kConjunction) && !IsKind(i + 1, ChunkKind::kNoun) &&
      chunks_[i - 1].label != "date" && !CanAct(words_, analysis_, chunks_[i - 1]) &&
      PreviousVerb(i, true) != kNoChunk) {
    return true;
  }
  if (head != kNoChunk && CanAct(words_, analysis_, chunks_[head])) {
    return start > 0 && IsKind(start - 1, ChunkKind::kVerb) &&
           chunks_[start - 1].shape != VerbShape::kGerund && !IsKind(i + 1, ChunkKind::kNoun);
  }
  if (head == kNoChunk) return true;
  if (start > 0 && IsKind(start - 1, ChunkKind::kVerb)) return true;
  if (IsKind(i + 1, ChunkKind::kNoun)) return false;
  for (std::uint32_t k = i + 1; k < chunks_.size(); ++k) {
    if (IsKind(k, ChunkKind::kStop) || IsKind(k, ChunkKind::kRelative)) break;
    if (IsKind(k, ChunkKind::kVerb) && chunks_[k].shape == VerbShape::kFinite &&
        !IsKind(k - 1, ChunkKind::kConjunction)) {
      return true;
    }
  }
  // Nothing else would be the verb of this clause.
  return PreviousVerb(i, true) != kNoChunk;
}

bool ClauseView::TellsHowBeforeObject(std::uint32_t i) const {
  if (!CanAct(words_, analysis_, chunks_[i - 1]) || !IsKind(i + 2, ChunkKind::kNoun)) return false;
  const Chunk& how = chunks_[i + 2];
  const bool deed =
      std::any_of(analysis_.tokens.begin() + how.first, analysis_.tokens.begin() + how.last,
                  [&](const Token& token) { return words_.IsDeed(Words::Singular(token.folded)); });
  if (!deed) return false;
  std::uint32_t k = i + 3;
  while (IsKind(k, ChunkKind::kPreposition) && IsKind(k + 1, ChunkKind::kNoun)) k += 2;
  return IsKind(k, ChunkKind::kNoun) && chunks_[k].label != "date";
}

bool ClauseView::FollowsParticiple(std::uint32_t i) const {
  return IsKind(i, ChunkKind::kVerb) && chunks_[i].shape == VerbShape::kBare &&
         IsKind(i - 1, ChunkKind::kVerb);
}

bool ClauseView::OpensWithDeed(std::uint32_t gerund) const {
  return (gerund == 1 || IsKind(gerund - 2, ChunkKind::kStop)) &&
         words_.AssertsFirst(chunks_[gerund - 1].word);
}

bool ClauseView::OpensBeforePast(std::uint32_t gerund) const {
  const std::uint32_t main = gerund == 1 ? NextFinite(gerund) : kNoChunk;
  if (main == kNoChunk || !words_.IsBefore(chunks_[0].word)) return false;
  const WordInfo* first = words_.Find(analysis_.tokens[chunks_[main].first]);
  return first != nullptr && first->IsPastTense();
}

std::uint32_t ClauseView::NextMain(std::uint32_t i) const {
  while (i < chunks_.size() && !IsKind(i, ChunkKind::kComma)) ++i;
  return i < chunks_.size() ? NextFinite(i) : kNoChunk;
}

std::uint32_t ClauseView::CountingVerb(std::uint32_t end) const {
  if (end < 2 || !IsKind(end - 1, ChunkKind::kNoun)) return kNoChunk;
  const Chunk& noun = chunks_[end - 1];
  const WordInfo* head = words_.Find(Words::Singular(analysis_.tokens[noun.head].folded));
  const bool actors = noun.mention == kNoChunk && head != nullptr && head->Is(kActorNoun);
  if (!actors && !words_.IsPlainCount(analysis_.tokens[noun.head].folded)) return kNoChunk;
  std::uint32_t verb = end - 2;
  if (IsKind(verb, ChunkKind::kPreposition) && verb > 0) {
    --verb;
    if (IsKind(verb, ChunkKind::kNoun) && verb > 0 && words_.IsPlainCount(chunks_[verb].word)) {
      --verb;
    }
  }
  if (!IsKind(verb, ChunkKind::kVerb) || !words_.IsCountVerb(chunks_[verb].word) ||
      chunks_[verb].subjects.empty()) {
    return kNoChunk;
  }
  const Chunk& subject = chunks_[chunks_[verb].subjects.front()];
  // "It is strong nations that": nobody.
  return verb + 2 == end && noun.plural && (subject.tags & kWeakPronoun) != 0 ? kNoChunk : verb;
}

std::uint32_t ClauseView::OfWholeSentence(std::uint32_t verb, std::uint32_t before) const {
  const std::vector<std::uint32_t>& subjects = chunks_[before].subjects;
  if (subjects.empty() || chunks_[verb].auxiliary ||
      CanAct(words_, analysis_, chunks_[subjects[0]])) {
    return before;
  }
  const std::uint32_t that = subjects[0];
  if (that < 2 || !IsKind(that - 1, ChunkKind::kRelative) || !IsKind(that - 2, ChunkKind::kVerb)) {
    return before;
  }
  const Chunk& main = chunks_[that - 2];
  const WordInfo* says = words_.Find(analysis_.tokens[main.last - 1]);
  const WordInfo* does = words_.Find(analysis_.tokens[chunks_[verb].last - 1]);
  const bool agrees = says != nullptr && does != nullptr &&
                      (says->forms & does->forms & (kThirdPerson | kBaseForm)) != 0;
  const bool acts = main.shape == VerbShape::kFinite && !main.subjects.empty() &&
                    CanAct(words_, analysis_, chunks_[main.subjects[0]]);
  return agrees && acts ? that - 2 : before;
}

std::uint32_t ClauseView::BehindRelative(std::uint32_t verb, std::uint32_t before) const {
  if (verb < 2 || !IsKind(verb - 1, ChunkKind::kConjunction) ||
      !IsKind(verb - 2, ChunkKind::kComma)) {
    return before;
  }
  std::uint32_t opening = before;
  while (opening > 0 &&
         (IsKind(opening - 1, ChunkKind::kNoun) || IsKind(opening - 1, ChunkKind::kConjunction))) {
    --opening;
  }
  if (opening == 0 || !IsKind(opening - 1, ChunkKind::kRelative) ||
      !words_.HasAntecedent(chunks_[opening - 1].word)) {
    return before;
  }
  const std::uint32_t main = PreviousVerb(opening - 1, true);
  if (main == kNoChunk || chunks_[main].subjects.empty()) return before;
  const Chunk& who = chunks_[chunks_[main].subjects.front()];
  const WordInfo* form = words_.Find(analysis_.tokens[chunks_[verb].first]);
  const bool of_one = form != nullptr && (form->forms & kThirdPerson) != 0;
  const bool agrees = !of_one || (who.tags & kAuthorPronoun) == 0;
  return agrees && CanAct(words_, analysis_, who) ? main : before;
}

ClauseView::Asked ClauseView::AskedBefore(std::uint32_t infinitive) const {
  if (infinitive == 0 || !IsKind(infinitive - 1, ChunkKind::kNoun)) return {};
  const std::vector<std::uint32_t> who = WithCoordinated(infinitive - 1);
  const Chunk& noun = chunks_[who.front()];
  // "A's claim to have joined"
  const bool anothers = IsOwned(words_, analysis_, noun) && noun.owner == kNoChunk &&
                        !words_.IsAuthorsOwn(analysis_.tokens[noun.first].folded);
  if (anothers && who.size() == 1) {
    const Modality* makes = words_.Catenative(noun.word);
    const bool told = makes != nullptr && *makes == Modality::kReported;
    return {who, told ? infinitive - 1 : kNoChunk};
  }
  const WordInfo* head = words_.Find(Words::Singular(analysis_.tokens[noun.head].folded));
  const bool actors = head != nullptr && head->Is(kActorNoun);
  if (!actors && !CanAct(words_, analysis_, noun)) return {};
  std::uint32_t first = who.front();
  if (first == 0) return {};
  const bool phrase = IsKind(first - 1, ChunkKind::kPreposition);
  // "the application of A to join"
  if (phrase && first >= 2 && chunks_[first - 1].word == "of" && noun.mention != kNoChunk &&
      IsKind(first - 2, ChunkKind::kNoun) && !CanAct(words_, analysis_, chunks_[first - 2])) {
    return {who, kNoChunk};
  }
  while (first >= 2 && IsKind(first - 1, ChunkKind::kPreposition) &&
         IsKind(first - 2, ChunkKind::kNoun)) {
    first -= 2;  // "the Government of A"
  }
  std::uint32_t verb = first - (first >= 1 ? 1 : 0);
  if (verb >= 1 && IsKind(verb, ChunkKind::kPreposition)) --verb;
  if (!IsKind(verb, ChunkKind::kVerb) || chunks_[verb].passive) return {};
  const Modality* makes = words_.Catenative(chunks_[verb].word);
  return makes != nullptr && AsksOthers(*makes) ? Asked{who, verb} : Asked{};
}

std::uint32_t ClauseView::SeenBefore(std::uint32_t bare) const {
  const WordInfo* form = words_.Find(analysis_.tokens[chunks_[bare].first]);
  if (bare < 2 || chunks_[bare].auxiliary || form == nullptr || (form->forms & kBaseForm) == 0) {
    return kNoChunk;
  }
  const std::uint32_t head = HeadOfPhrases(chunks_, bare - 1);
  if (head == kNoChunk) return kNoChunk;
  const std::uint32_t first = WithCoordinated(head).front();
  const bool seen = first > 0 && IsKind(first - 1, ChunkKind::kVerb) &&
                    words_.IsPerceiving(chunks_[first - 1].word);
  return seen ? first - 1 : kNoChunk;
}

bool ClauseView::LacksDeed(std::uint32_t gerund) const {
  if (gerund == 0 || !IsKind(gerund - 1, ChunkKind::kPreposition) ||
      !words_.IsLacking(chunks_[gerund - 1].word) || words_.IsPerformative(chunks_[gerund].word)) {
    return false;
  }
  const std::uint32_t main = PreviousVerb(gerund, false);
  return main == kNoChunk || chunks_[main].modality == Modality::kAsserted;
}

}  // namespace verbale::extract
