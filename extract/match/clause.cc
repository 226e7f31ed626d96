// Who does what: the subject of each verb, the agent of each passive, and what a condition, a
// purpose or a governing verb makes of it. Looks left from the verb over prepositional phrases,
// insertions between commas, relative pronouns and coordinated verbs.

#include <algorithm>

#include "extract/match/internal/clauses.h"

namespace verbale::extract {

using graph::Modality;

namespace {

class ClauseFinder {
 public:
  ClauseFinder(const Words& words, Analysis& out) : words_(words), out_(out), chunks_(out.chunks) {}

  void Run() {
    ResolveObjectPronouns(words_, out_);
    LabelExamples(out_);
    LabelAppositions(out_);
    for (std::uint32_t i = 0; i < chunks_.size(); ++i) {
      if (chunks_[i].kind == ChunkKind::kVerb) FindSubject(i);
    }
    FindAgents(words_, out_);
    MarkConditions();
    SettleImplicit();
    FindInvertedSubjects(words_, out_);
    FindOwners(words_, out_);
  }

 private:
  bool IsKind(std::uint32_t i, ChunkKind kind) const { return extract::IsKind(chunks_, i, kind); }
  std::uint32_t NextFinite(std::uint32_t i) const { return extract::NextFinite(chunks_, i); }
  std::uint32_t PreviousVerb(std::uint32_t before, bool finite) const {
    return extract::PreviousVerb(chunks_, before, finite);
  }

  static void Judge(Chunk& verb, Modality modality, const std::string& word) {
    if (verb.modality != Modality::kAsserted || modality == Modality::kAsserted) return;
    verb.modality = modality;
    verb.modality_word = word;
  }

  /// "is home to the Centre for Security, set up": the Centre, where the noun at the head of the
  /// phrases that end with `n` says nothing of what it is.
  std::uint32_t QualifiedBefore(std::uint32_t n) const {
    if (const std::uint32_t listed = HeadOfNameList(n); listed != kNoChunk) return listed;
    const std::uint32_t head = HeadOfPhrases(chunks_, n);
    if (head != kNoChunk && !chunks_[head].label.empty()) return head;
    std::uint32_t named = kNoChunk;
    for (std::uint32_t k = n;; k -= 2) {
      const Chunk& noun = chunks_[k];
      if (noun.mention != kNoChunk || (noun.capital && !noun.label.empty())) named = k;
      if (k < 2 || !IsKind(k - 1, ChunkKind::kPreposition) || !IsKind(k - 2, ChunkKind::kNoun)) {
        return named != kNoChunk ? named : head != kNoChunk ? head : n;
      }
    }
  }

  /// A noun with capitals that names nothing by itself: "Social Protection".
  bool IsTopicWord(std::uint32_t i) const {
    return IsKind(i, ChunkKind::kNoun) && chunks_[i].mention == kNoChunk &&
           chunks_[i].label.empty() &&
           (chunks_[i].tags & (kDefinite | kIndefinite | kPronoun)) == 0 &&
           out_.tokens[chunks_[i].core].capital;
  }

  /// "the Ministry of Gender, Children and Social Protection": the Ministry, where `n` is the last
  /// of what it is for; else kNoChunk.
  std::uint32_t HeadOfNameList(std::uint32_t n) const {
    if (!IsTopicWord(n)) return kNoChunk;
    bool ends =
        std::any_of(out_.tokens.begin() + chunks_[n].core, out_.tokens.begin() + chunks_[n].head,
                    [](const Token& token) { return token.folded == "and"; });
    for (std::uint32_t i = n; i >= 2 && IsTopicWord(i);) {
      if (IsKind(i - 1, ChunkKind::kPreposition)) {
        const Chunk& head = chunks_[i - 2];
        const bool named = i < n && ends && head.kind == ChunkKind::kNoun && head.capital &&
                           head.mention == kNoChunk && !head.label.empty();
        return named ? i - 2 : kNoChunk;
      }
      std::uint32_t before = i - 1;
      if (IsKind(before, ChunkKind::kConjunction)) {
        if (i != n) return kNoChunk;
        ends = true;
        if (IsKind(before - 1, ChunkKind::kComma)) --before;
      } else if (!IsKind(before, ChunkKind::kComma)) {
        return kNoChunk;
      }
      if (before == 0) return kNoChunk;
      i = before - 1;
    }
    return kNoChunk;
  }

  /// Noun and everything coordinated to its left.
  std::vector<std::uint32_t> WithCoordinated(std::uint32_t n) const {
    if (const std::uint32_t head = HeadOfNameList(n); head != kNoChunk) {
      return WithCoordinated(head);
    }
    std::vector<std::uint32_t> nouns = {n};
    if (chunks_[n].tags & kAuthorPronoun) return nouns;  // "…, A and B, and we have sent"
    while (n >= 2) {
      std::uint32_t separator = n - 1;
      if (IsKind(separator, ChunkKind::kConjunction)) {
        if (separator >= 1 && IsKind(separator - 1, ChunkKind::kComma)) --separator;
      } else if (!IsKind(separator, ChunkKind::kComma) || nouns.size() < 2) {
        break;
      }
      if (separator == 0 || !IsKind(separator - 1, ChunkKind::kNoun)) break;
      const std::uint32_t head = HeadOfPhrases(chunks_, separator - 1);
      // "the Centre for the security and intelligence services": one subject.
      if (head != kNoChunk && head != separator - 1 && nouns.size() == 1 &&
          chunks_[separator - 1].label != "date" && !CanAct(words_, out_, chunks_[n]) &&
          chunks_[n].mention == kNoChunk && (chunks_[n].tags & (kDefinite | kIndefinite)) == 0) {
        return WithCoordinated(head);
      }
      // "the questions of A and B": neither is one.
      const bool of_both =
          head != kNoChunk && head != separator - 1 && nouns.size() == 1 &&
          chunks_[n].mention != kNoChunk && chunks_[separator - 1].mention != kNoChunk &&
          chunks_[separator - 2].word == "of" && chunks_[n].label == chunks_[separator - 1].label &&
          !CanAct(words_, out_, chunks_[head]);
      if (of_both) return WithCoordinated(head);
      if (head == kNoChunk || (head > 0 && IsKind(head - 1, ChunkKind::kVerb))) break;
      nouns.insert(nouns.begin(), head);
      n = head;
    }
    return nouns;
  }

  void SetSubject(std::uint32_t verb, std::uint32_t noun) {
    std::uint32_t head = HeadOfSubject(chunks_, noun);
    if (head == kNoChunk) return SetSubjectBeforePhrases(verb, noun);
    // "more than 200 members of our armed forces", "a group of experts"
    while (head < noun && words_.IsCounting(chunks_[head].word) &&
           !CanAct(words_, out_, chunks_[head]) && IsKind(head + 2, ChunkKind::kNoun)) {
      head += 2;
    }
    // A noun right after a verb is that verb's object; as a subject it only opens a clause.
    chunks_[verb].subjects = WithCoordinated(head);
  }

  /// Only prepositional phrases stand before the verb: "the Conference held in Geneva adopted" has
  /// the subject of "held", "since 2005 takes part" has none of its own.
  void SetSubjectBeforePhrases(std::uint32_t verb, std::uint32_t noun) {
    // "as more countries subscribe to it": no phrase, but a clause.
    if (words_.IsInPassing(chunks_[noun - 1].word) && (chunks_[noun].tags & kQuantifier) != 0) {
      chunks_[verb].subjects = {noun};
      return;
    }
    std::uint32_t before = noun;
    while (before > 0 &&
           (IsKind(before, ChunkKind::kNoun) || IsKind(before, ChunkKind::kPreposition) ||
            IsKind(before, ChunkKind::kConjunction))) {
      --before;
    }
    if (!IsKind(before, ChunkKind::kVerb)) {
      chunks_[verb].implicit_subject = true;
      return;
    }
    const bool relative = before > 0 && IsKind(before - 1, ChunkKind::kRelative);
    if (relative || chunks_[before].shape == VerbShape::kReduced) {
      chunks_[verb].subjects = chunks_[before].subjects;
    }
  }

  void FindInfinitiveSubject(std::uint32_t i) {
    Chunk& verb = chunks_[i];
    if (const std::uint32_t caused = CausedBefore(i); caused != kNoChunk) {
      verb.subjects = {caused};
      return Judge(verb, chunks_[caused - 1].modality, chunks_[caused - 1].modality_word);
    }
    if (const std::uint32_t before = CoordinateInfinitive(i); before != kNoChunk) {
      return Inherit(i, before, true);
    }
    const bool says = SaysAndDoes(i);
    const bool asserts = FollowsAssertingNoun(i) || says || CountingVerb(i) != kNoChunk;
    if (asserts && IsKind(i - 1, ChunkKind::kNoun) &&
        words_.IsAuthorsOwn(out_.tokens[chunks_[i - 1].first].folded)) {
      verb.implicit_subject = true;  // "it is my pleasure to commend"
      return;
    }
    if (!asserts) Judge(verb, Modality::kPlanned, "to");
    if (asserts && !says && IsKind(i - 1, ChunkKind::kNoun)) {
      const std::uint32_t bearer = BearerOfApposition(words_, out_, i - 1);
      if (bearer != kNoChunk) {
        verb.subjects = {bearer};
        return;
      }
    }
    // "should like to take this occasion to reaffirm": what is wished is the taking.
    Inherit(i, PreviousVerb(i, true), asserts && !(says && IsKind(i - 1, ChunkKind::kNoun)));
  }

  void FindSubject(std::uint32_t i) {
    Chunk& verb = chunks_[i];
    if (verb.shape == VerbShape::kInfinitive) return FindInfinitiveSubject(i);
    if (verb.shape == VerbShape::kGerund) return FindGerundSubject(i);
    if (const std::uint32_t auxiliary = AuxiliaryBefore(i); auxiliary != kNoChunk) {
      verb.auxiliary = true;
      verb.passive = chunks_[auxiliary].word == "be";
      verb.negated = chunks_[auxiliary].negated;
      return Inherit(i, auxiliary, true);
    }
    const bool opens = i == 0 || IsKind(i - 1, ChunkKind::kStop);
    if (opens && !verb.auxiliary && IsPastOnly(i) && IsKind(i + 1, ChunkKind::kPreposition) &&
        NextFinite(i) != kNoChunk) {
      // "Elected to the Council, we shall …"
      verb.passive = true;
      pending_.emplace_back(i, NextFinite(i));
      return;
    }
    if (i == 0) return SetImplicit(verb);
    switch (chunks_[i - 1].kind) {
      case ChunkKind::kNoun:
        if (const std::uint32_t relative = RelativeBeforePhrases(i - 1); relative != kNoChunk) {
          return FindRelativeSubject(i, relative);
        }
        if (verb.shape == VerbShape::kBare) verb.shape = VerbShape::kFinite;
        if (IsSubjunctive(i)) Judge(verb, Modality::kRecommended, "that");
        if (!verb.auxiliary && IsReduced(i)) {
          verb.shape = VerbShape::kReduced;
          verb.passive = true;
        }
        if (verb.shape == VerbShape::kReduced) {
          verb.subjects = {i - 1};
        } else {
          SetSubject(i, i - 1);
        }
        return;
      case ChunkKind::kRelative:
        return FindRelativeSubject(i, i - 1);
      case ChunkKind::kConjunction:
        return FindCoordinateSubject(i);
      case ChunkKind::kComma:
        return FindSubjectBeforeInsertion(i);
      case ChunkKind::kSubordinator:
        return FindSubjectOfAside(i);
      case ChunkKind::kVerb:
        if (!FollowsParticiple(i) || chunks_[i - 1].shape != VerbShape::kReduced) {
          return SetImplicit(verb);
        }
        verb.shape = VerbShape::kFinite;
        verb.subjects = chunks_[i - 1].subjects;
        return;
      default:
        SetImplicit(verb);
    }
  }

  /// Nobody is named: the author does it, or a base form bids the reader do it.
  static void SetImplicit(Chunk& verb) {
    verb.implicit_subject = true;
    if (verb.shape == VerbShape::kBare) Judge(verb, Modality::kRecommended, "imperative");
  }

  /// "suggested that it become a member", "that A join": a base form behind one who is not many.
  bool IsSubjunctive(std::uint32_t i) const {
    const Chunk& verb = chunks_[i];
    const bool alone = !verb.auxiliary && verb.last - verb.first == 1;  // Not "helps to finance".
    if (!alone || i < 2 || !IsKind(i - 2, ChunkKind::kRelative)) return false;
    const WordInfo* form = words_.Find(out_.tokens[verb.first]);
    if (form == nullptr || (form->forms & kBaseForm) == 0 || (form->forms & kPastForm) != 0) {
      return false;
    }
    const Chunk& noun = chunks_[i - 1];
    return (noun.tags & kWeakPronoun) != 0 ||
           (noun.mention != kNoChunk && !out_.tokens[noun.head].folded.ends_with('s'));
  }

  /// "the States that in 2015 adopted": only phrases stand between the pronoun and its verb.
  std::uint32_t RelativeBeforePhrases(std::uint32_t noun) const {
    std::uint32_t i = noun;
    while (i >= 2 && IsKind(i, ChunkKind::kNoun) && IsKind(i - 1, ChunkKind::kPreposition)) i -= 2;
    return i != noun && IsKind(i, ChunkKind::kRelative) && words_.HasAntecedent(chunks_[i].word)
               ? i
               : kNoChunk;
  }

  /// "has, since 2005, supported", "have for many years cooperated": the auxiliary of a participle
  /// from which phrases part it.
  std::uint32_t AuxiliaryBefore(std::uint32_t i) const {
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
    const WordInfo* last = words_.Find(out_.tokens[chunks_[k].last - 1]);
    const bool alone = last != nullptr && (last->Is(kHave) || (comma && last->Is(kBe)));
    return alone ? k : kNoChunk;
  }

  /// "honoured to have been elected and to have hosted": the verb group that took the first "to".
  std::uint32_t CoordinateInfinitive(std::uint32_t i) const {
    if (i == 0 || !IsKind(i - 1, ChunkKind::kConjunction)) return kNoChunk;
    const std::uint32_t before = PreviousVerb(i, false);
    if (before == kNoChunk) return kNoChunk;
    for (std::uint32_t token = chunks_[before].first + 1; token < chunks_[before].last; ++token) {
      const WordInfo* info = words_.Find(out_.tokens[token]);
      if (info != nullptr && info->Is(kTo)) return before;
    }
    return kNoChunk;
  }

  /// "enabled us to join": we did join.
  std::uint32_t CausedBefore(std::uint32_t i) const {
    if (i < 2 || !IsKind(i - 1, ChunkKind::kNoun)) return kNoChunk;
    const std::uint32_t head = HeadOfPhrases(chunks_, i - 1);
    const bool caused = head != kNoChunk && head > 0 && IsKind(head - 1, ChunkKind::kVerb) &&
                        !chunks_[head - 1].passive && words_.IsCausative(chunks_[head - 1].word);
    return caused ? head : kNoChunk;
  }

  /// "I rise to reaffirm", "take this opportunity to reaffirm", but not "urge States to reaffirm".
  bool SaysAndDoes(std::uint32_t i) const {
    if (!words_.IsPerformative(chunks_[i].word)) return false;
    if (i == 0 || !IsKind(i - 1, ChunkKind::kNoun)) return true;
    const Chunk& noun = chunks_[i - 1];
    return (noun.tags & kAuthorPronoun) != 0 || words_.IsOccasion(noun.word);
  }

  /// "the second country, after Norway, to sign": the first comma; `i` where there is none.
  std::uint32_t BeforeAside(std::uint32_t i) const {
    if (i < 4 || !IsKind(i - 1, ChunkKind::kComma)) return i;
    std::uint32_t k = i - 2;
    while (k > 0 && (IsKind(k, ChunkKind::kNoun) || IsKind(k, ChunkKind::kPreposition))) --k;
    return IsKind(k, ChunkKind::kComma) && IsKind(k + 1, ChunkKind::kPreposition) ? k : i;
  }

  /// "had the honour to chair", "the privilege of chairing", "among the first States to sign".
  bool FollowsAssertingNoun(std::uint32_t i) const {
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

  bool Asserts(const Chunk& noun) const {
    const WordInfo* head = words_.Find(noun.word);
    const bool of_actors = head != nullptr && head->Is(kActorNoun);
    for (std::uint32_t token = noun.first; token < noun.last; ++token) {
      const WordInfo* info = words_.Find(out_.tokens[token]);
      if (info != nullptr && info->Is(kAssertingNoun)) return true;
      // "the twentieth State to sign"
      if (of_actors &&
          (out_.tokens[token].folded.ends_with("th") || words_.IsRank(out_.tokens[token].folded))) {
        return true;
      }
    }
    return false;
  }

  /// A past form right after a noun: participle of the noun ("resolutions adopted by …"), or the
  /// verb of the clause ("Canada adopted …")?
  bool IsReduced(std::uint32_t i) const {
    if (!IsPastOnly(i)) return false;
    const WordInfo* form = words_.Find(out_.tokens[chunks_[i].last - 1]);
    if (form != nullptr && form->forms == kParticiple) return true;  // "steps taken"
    if (FollowsParticiple(i + 1)) return true;
    // "the Commission, a body created in 2006"
    if (NamedBy(i - 1) != i - 1 && IsKind(i + 1, ChunkKind::kPreposition)) return true;
    if (IsKind(i + 1, ChunkKind::kPreposition) && words_.IsByAgent(chunks_[i + 1].word)) {
      return true;
    }
    const std::uint32_t head = HeadOfPhrases(chunks_, i - 1);
    const std::uint32_t start = head == kNoChunk ? i - 1 : head;
    if (head != kNoChunk && OpensObjectRelative(WithCoordinated(head).front())) return false;
    // "the commitment of the Government and people of A to the principles enshrined in B"
    if (head != kNoChunk && head != i - 1 && start > 0 &&
        IsKind(start - 1, ChunkKind::kConjunction) && !IsKind(i + 1, ChunkKind::kNoun) &&
        chunks_[i - 1].label != "date" && !CanAct(words_, out_, chunks_[i - 1]) &&
        PreviousVerb(i, true) != kNoChunk) {
      return true;
    }
    if (head != kNoChunk && CanAct(words_, out_, chunks_[head])) {
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

  /// "the laws adopted include A": the verb of the clause is behind the participle.
  bool FollowsParticiple(std::uint32_t i) const {
    return IsKind(i, ChunkKind::kVerb) && chunks_[i].shape == VerbShape::kBare &&
           IsKind(i - 1, ChunkKind::kVerb);
  }

  /// "the Fund, which A and B established": what follows the pronoun is the subject.
  bool OpensObjectRelative(std::uint32_t noun) const {
    return noun > 1 && IsKind(noun - 1, ChunkKind::kRelative) &&
           words_.HasAntecedent(chunks_[noun - 1].word) && !words_.OwnsNext(chunks_[noun - 1].word);
  }

  bool IsPastOnly(std::uint32_t i) const {
    const Token& token = out_.tokens[chunks_[i].last - 1];
    const WordInfo* info = words_.Find(token);
    if (info == nullptr) return Words::LooksPast(token);
    return (info->forms & kParticiple) != 0 && (info->forms & (kThirdPerson | kIngForm)) == 0;
  }

  void FindGerundSubject(std::uint32_t i) {
    Chunk& verb = chunks_[i];
    if (i > 0 && IsKind(i - 1, ChunkKind::kNoun)) {
      verb.subjects = {i - 1};
      return;
    }
    if (const std::uint32_t thanked = ThankedBefore(words_, chunks_, i); thanked != kNoChunk) {
      verb.subjects = {thanked};
      return;
    }
    // "that the Bank, working with A, coordinates": who does what is said around it.
    const bool inserted =
        i >= 3 && IsKind(i - 1, ChunkKind::kComma) && IsKind(i - 2, ChunkKind::kNoun) &&
        (IsKind(i - 3, ChunkKind::kRelative) || IsKind(i - 3, ChunkKind::kSubordinator));
    if (inserted) {
      verb.subjects = {i - 2};
      return;
    }
    // "joins others in condemning A"
    const std::uint32_t finite = PreviousVerb(i, true);
    const bool joins = finite != kNoChunk && words_.IsJoining(chunks_[finite].word);
    if (i > 0 && IsKind(i - 1, ChunkKind::kPreposition) && !joins && !OpensWithDeed(i) &&
        !OpensBeforePast(i) && (chunks_[i - 1].tags & kAsserting) == 0 &&
        !FollowsAssertingNoun(i - 1)) {
      Judge(verb, Modality::kPlanned, chunks_[i - 1].word);
    }
    // "supports convening A": it is not convened.
    if (i > 0 && IsKind(i - 1, ChunkKind::kVerb) && words_.IsFavouring(chunks_[i - 1].word)) {
      Judge(verb, Modality::kRecommended, chunks_[i - 1].word);
    }
    if (i > 0 && IsKind(i - 1, ChunkKind::kConjunction)) {
      const std::uint32_t before = PreviousVerb(i, false);
      if (before != kNoChunk && chunks_[before].shape == VerbShape::kGerund) {
        return Inherit(i, before, true);
      }
    }
    // After "including" it belongs to the nearest verb: "to build capacity, including founding …".
    const bool included = i > 0 && IsKind(i - 1, ChunkKind::kIncluding);
    std::uint32_t main = PreviousVerb(i, !included);
    if (i > 0 && (chunks_[i - 1].tags & kAsserting) != 0) {
      // So it does after "by": "the need to confront it by founding …".
      main = PreviousVerb(i, false);
      while (main != kNoChunk && chunks_[main].shape == VerbShape::kReduced) {
        main = PreviousVerb(main, false);
      }
    }
    if (main == kNoChunk) main = NextFinite(i);
    if (main == kNoChunk) {
      verb.implicit_subject = true;
      return;
    }
    if (main > i) {
      pending_.emplace_back(i, main);
    } else {
      Inherit(i, main, true);
    }
  }

  /// "In ratifying A, we took a great step": where it opens the sentence it was done.
  bool OpensWithDeed(std::uint32_t gerund) const {
    return (gerund == 1 || IsKind(gerund - 2, ChunkKind::kStop)) &&
           words_.AssertsFirst(chunks_[gerund - 1].word);
  }

  /// "Before joining A, it had had none": what came later is past, too.
  bool OpensBeforePast(std::uint32_t gerund) const {
    const std::uint32_t main = gerund == 1 ? NextFinite(gerund) : kNoChunk;
    if (main == kNoChunk || !words_.IsBefore(chunks_[0].word)) return false;
    const WordInfo* first = words_.Find(out_.tokens[chunks_[main].first]);
    return first != nullptr && (first->forms & kPastForm) != 0 && (first->forms & kBaseForm) == 0;
  }

  /// The verb of the clause that begins behind the next comma.
  std::uint32_t NextMain(std::uint32_t i) const {
    while (i < chunks_.size() && !IsKind(i, ChunkKind::kComma)) ++i;
    return i < chunks_.size() ? NextFinite(i) : kNoChunk;
  }

  /// Takes over the subjects of verb `from`, and where `modality`, also what it is.
  void Inherit(std::uint32_t i, std::uint32_t from, bool modality) {
    Chunk& verb = chunks_[i];
    if (from == kNoChunk) {
      verb.implicit_subject = true;
      return;
    }
    const Chunk& source = chunks_[from];
    verb.subjects = source.subjects;
    verb.implicit_subject = source.implicit_subject;
    if (modality) Judge(verb, source.modality, source.modality_word);
  }

  /// "A is among the States that", "A was one of the countries to": the verb that counts A among
  /// those of whom the clause at `end` tells.
  std::uint32_t CountingVerb(std::uint32_t end) const {
    if (end < 2 || !IsKind(end - 1, ChunkKind::kNoun)) return kNoChunk;
    const Chunk& noun = chunks_[end - 1];
    const WordInfo* head = words_.Find(Words::Singular(out_.tokens[noun.head].folded));
    const bool actors = noun.mention == kNoChunk && head != nullptr && head->Is(kActorNoun);
    if (!actors && !words_.IsPlainCount(out_.tokens[noun.head].folded)) return kNoChunk;
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

  void FindRelativeSubject(std::uint32_t i, std::uint32_t relative) {
    std::uint32_t k = relative;
    while (k > 0 && (IsKind(k - 1, ChunkKind::kComma) || IsKind(k - 1, ChunkKind::kPreposition)))
      --k;
    if (const std::uint32_t counts = CountingVerb(k); counts != kNoChunk) {
      Inherit(i, counts, true);
    } else if (k == 2 && words_.IsInPassing(chunks_[0].word) && IsKind(1, ChunkKind::kNoun) &&
               (chunks_[1].tags & kIndefinite) != 0 && NextMain(i) != kNoChunk) {
      pending_.emplace_back(i, NextMain(i));  // "As a country that has chaired A, we know …"
    } else if (k > 0 && IsKind(k - 1, ChunkKind::kNoun)) {
      chunks_[i].subjects = Antecedent(i, k - 1);
    } else if (k > 0 && IsKind(k - 1, ChunkKind::kVerb)) {
      chunks_[i].implicit_subject = false;  // "stated that was …": nobody we know.
    }
  }

  /// "the Policy for 2017–2022, which": the date only says which.
  std::uint32_t BeforeDate(std::uint32_t noun) const {
    if (chunks_[noun].label != "date") return noun;
    if (noun >= 1 && IsKind(noun - 1, ChunkKind::kNoun)) return noun - 1;
    // "the Elections Act, 2009, which"
    if (noun >= 2 && IsKind(noun - 1, ChunkKind::kComma) && IsKind(noun - 2, ChunkKind::kNoun) &&
        chunks_[noun - 2].capital) {
      return noun - 2;
    }
    const bool phrase = noun >= 2 && IsKind(noun - 1, ChunkKind::kPreposition) &&
                        IsKind(noun - 2, ChunkKind::kNoun);
    return phrase ? noun - 2 : noun;
  }

  /// "the Summit held in Washington, D.C., in April 2016, which": the Summit, where only places and
  /// dates stand between; else kNoChunk.
  std::uint32_t BeforeParticiple(std::uint32_t noun) const {
    for (std::uint32_t k = noun; k >= 2; --k) {
      const Chunk& chunk = chunks_[k];
      if (chunk.kind == ChunkKind::kVerb) {
        const bool held = chunk.shape == VerbShape::kReduced && IsKind(k - 1, ChunkKind::kNoun) &&
                          !chunks_[k - 1].label.empty();
        return held ? k - 1 : kNoChunk;
      }
      const bool said = chunk.kind == ChunkKind::kNoun && chunk.label != "date" &&
                        (!chunk.label.empty() || chunk.mention != kNoChunk);
      if (said || (chunk.kind != ChunkKind::kNoun && chunk.kind != ChunkKind::kComma &&
                   chunk.kind != ChunkKind::kPreposition)) {
        break;
      }
    }
    return kNoChunk;
  }

  /// What "which" stands for: the nearest noun, or where that names nothing the name that it
  /// belongs to ("the Convention on mines, which"); all members of a list before a plural verb.
  std::vector<std::uint32_t> Antecedent(std::uint32_t verb, std::uint32_t nearest) const {
    if (const std::uint32_t held = BeforeParticiple(nearest); held != kNoChunk) return {held};
    nearest = NamedBy(BeforeDate(nearest));
    // "the Unit of Peru, which was created in 2002"
    if (chunks_[verb].passive && nearest >= 2 && words_.IsActorLabel(chunks_[nearest].label) &&
        IsKind(nearest - 1, ChunkKind::kPreposition) && IsKind(nearest - 2, ChunkKind::kNoun) &&
        chunks_[nearest - 2].capital && !chunks_[nearest - 2].label.empty()) {
      nearest -= 2;
    }
    std::uint32_t noun = nearest;
    while (chunks_[noun].mention == kNoChunk && noun >= 2 &&
           IsKind(noun - 1, ChunkKind::kPreposition) && IsKind(noun - 2, ChunkKind::kNoun)) {
      noun -= 2;
    }
    if (chunks_[noun].mention == kNoChunk) {
      // "the Panel for an Ocean Economy, which": the name as a whole.
      const bool named = chunks_[noun].capital && !chunks_[noun].label.empty();
      return {named ? noun : nearest};
    }
    if (!words_.IsPluralVerb(out_.tokens[chunks_[verb].first].folded)) return {noun};
    std::vector<std::uint32_t> nouns = WithCoordinated(noun);
    // "urges A, B and C, which have signed": the first of them, too, stands behind a verb.
    const std::uint32_t first = nouns.front();
    if (first >= 3 && IsKind(first - 1, ChunkKind::kComma) && IsKind(first - 2, ChunkKind::kNoun) &&
        IsKind(first - 3, ChunkKind::kVerb) && chunks_[first - 2].mention != kNoChunk) {
      nouns.insert(nouns.begin(), first - 2);
    }
    return nouns;
  }

  /// "the Commission, a body that hears cases": the Commission hears them.
  std::uint32_t NamedBy(std::uint32_t noun) const {
    const Chunk& common = chunks_[noun];
    const bool apposed = noun >= 2 && IsKind(noun - 1, ChunkKind::kComma) &&
                         IsKind(noun - 2, ChunkKind::kNoun) && common.mention == kNoChunk &&
                         !common.capital && (common.tags & kIndefinite) != 0 &&
                         (chunks_[noun - 2].mention != kNoChunk || chunks_[noun - 2].capital);
    return apposed && chunks_[noun - 2].label != "date" ? noun - 2 : noun;
  }

  /// "A considers that the law applies and endorses B": A endorses it, since a law does no such
  /// thing; `before` where nobody else is there who could.
  std::uint32_t OfWholeSentence(std::uint32_t verb, std::uint32_t before) const {
    const std::vector<std::uint32_t>& subjects = chunks_[before].subjects;
    if (subjects.empty() || chunks_[verb].auxiliary || CanAct(words_, out_, chunks_[subjects[0]])) {
      return before;
    }
    const std::uint32_t that = subjects[0];
    if (that < 2 || !IsKind(that - 1, ChunkKind::kRelative) ||
        !IsKind(that - 2, ChunkKind::kVerb)) {
      return before;
    }
    const Chunk& main = chunks_[that - 2];
    const WordInfo* says = words_.Find(out_.tokens[main.last - 1]);
    const WordInfo* does = words_.Find(out_.tokens[chunks_[verb].last - 1]);
    const bool agrees = says != nullptr && does != nullptr &&
                        (says->forms & does->forms & (kThirdPerson | kBaseForm)) != 0;
    const bool acts = main.shape == VerbShape::kFinite && !main.subjects.empty() &&
                      CanAct(words_, out_, chunks_[main.subjects[0]]);
    return agrees && acts ? that - 2 : before;
  }

  /// "A supports the campaign which B launched, and was a member": A was. The comma has ended the
  /// relative clause; `before` where there is none, or where nobody acts before it.
  std::uint32_t BehindRelative(std::uint32_t verb, std::uint32_t before) const {
    if (verb < 2 || !IsKind(verb - 1, ChunkKind::kConjunction) ||
        !IsKind(verb - 2, ChunkKind::kComma)) {
      return before;
    }
    std::uint32_t opening = before;
    while (opening > 0 && (IsKind(opening - 1, ChunkKind::kNoun) ||
                           IsKind(opening - 1, ChunkKind::kConjunction))) {
      --opening;
    }
    if (opening == 0 || !IsKind(opening - 1, ChunkKind::kRelative) ||
        !words_.HasAntecedent(chunks_[opening - 1].word)) {
      return before;
    }
    const std::uint32_t main = PreviousVerb(opening - 1, true);
    if (main == kNoChunk || chunks_[main].subjects.empty()) return before;
    const Chunk& who = chunks_[chunks_[main].subjects.front()];
    const WordInfo* form = words_.Find(out_.tokens[chunks_[verb].first]);
    const bool of_one = form != nullptr && (form->forms & kThirdPerson) != 0;
    const bool agrees = !of_one || (who.tags & kAuthorPronoun) == 0;
    return agrees && CanAct(words_, out_, who) ? main : before;
  }

  void FindCoordinateSubject(std::uint32_t i) {
    Chunk& verb = chunks_[i];
    // "the Convention, signed by the country in 2010 and ratified in 2012"
    const std::uint32_t last = PreviousVerb(i, false);
    if (last != kNoChunk && chunks_[last].shape == VerbShape::kReduced && !verb.auxiliary &&
        IsPastOnly(i) && !IsKind(i + 1, ChunkKind::kNoun)) {
      verb.shape = VerbShape::kReduced;
      verb.passive = true;
      verb.agent = chunks_[last].agent;
      verb.subjects = chunks_[last].subjects;
      return;
    }
    const bool bare = verb.shape == VerbShape::kBare;
    std::uint32_t before = PreviousVerb(i, !bare);
    // "We support measures aimed at ending A and applaud B": it goes on with no participle.
    while (bare && before != kNoChunk &&
           (chunks_[before].shape == VerbShape::kGerund ||
            chunks_[before].shape == VerbShape::kReduced)) {
      before = PreviousVerb(before, false);
    }
    if (before == kNoChunk) return SetImplicit(verb);
    before = BehindRelative(i, OfWholeSentence(i, before));
    // "is not yet a member and ratified X": a copula is no auxiliary of what follows.
    const WordInfo* main = words_.Find(chunks_[before].word);
    const bool copula = main != nullptr && main->Is(kBe | kHave | kDo);
    const bool shares =
        bare || (!verb.auxiliary && chunks_[before].auxiliary && !copula && IsPastOnly(i));
    Inherit(i, before, shares);
    if (bare) {
      verb.shape = chunks_[before].shape;
    } else if (shares && chunks_[before].passive && !IsKind(i + 1, ChunkKind::kNoun)) {
      verb.passive = true;
    }
    if (shares && chunks_[before].negated) verb.negated = true;
  }

  /// "three neighbours — A, B and C — founded": those who are listed did it.
  bool SetListedSubjects(std::uint32_t i) {
    std::vector<std::uint32_t> listed;
    for (std::uint32_t k = i - 1; k-- > 0;) {
      if (IsKind(k, ChunkKind::kIncluding)) break;
      if (IsKind(k, ChunkKind::kComma) || IsKind(k, ChunkKind::kConjunction)) continue;
      if (!IsKind(k, ChunkKind::kNoun) || chunks_[k].mention == kNoChunk ||
          !CanAct(words_, out_, chunks_[k])) {
        return false;
      }
      listed.insert(listed.begin(), k);
    }
    const bool closed = listed.size() > 1 && listed.front() > 0 &&
                        IsKind(listed.front() - 1, ChunkKind::kIncluding) &&
                        chunks_[listed.front() - 1].word == "parenthesis";
    if (closed) chunks_[i].subjects = listed;
    return closed;
  }

  /// "A, together with B, C and D, founded": A, where only names stand before the last comma.
  std::uint32_t BeforeCompany(std::uint32_t comma) const {
    for (std::uint32_t k = comma; k-- > 2;) {
      if (IsKind(k, ChunkKind::kConjunction) && words_.IsCompany(chunks_[k].word)) {
        const bool inserted = IsKind(k - 1, ChunkKind::kComma) && IsKind(k - 2, ChunkKind::kNoun);
        return inserted ? k - 2 : kNoChunk;
      }
      if (!IsKind(k, ChunkKind::kNoun) && !IsKind(k, ChunkKind::kComma) &&
          !IsKind(k, ChunkKind::kConjunction)) {
        break;
      }
    }
    return kNoChunk;
  }

  /// "Greece, as a member of …, has ratified": the noun before the first of two commas.
  void FindSubjectBeforeInsertion(std::uint32_t i) {
    Chunk& verb = chunks_[i];
    if (SetListedSubjects(i)) return;
    // "the Ministry of Trade, Industry and Labour, created in 2013": its commas are of its name.
    const bool participle = !verb.auxiliary && IsPastOnly(i) && !IsKind(i + 1, ChunkKind::kNoun);
    const std::uint32_t listed = participle && i >= 2 ? HeadOfNameList(i - 2) : kNoChunk;
    if (listed != kNoChunk) {
      verb.shape = VerbShape::kReduced;
      verb.passive = true;
      verb.subjects = {listed};
      return;
    }
    if (const std::uint32_t noun = BeforeCompany(i - 1); noun != kNoChunk) {
      return SetSubject(i, noun);
    }
    bool finite = false;
    for (std::uint32_t k = i - 1; k-- > 0;) {
      if (IsKind(k, ChunkKind::kStop)) break;
      // "who, with our support, hosted"
      if (IsKind(k, ChunkKind::kComma) && k > 0 && IsKind(k - 1, ChunkKind::kRelative) &&
          words_.HasAntecedent(chunks_[k - 1].word)) {
        return FindRelativeSubject(i, k - 1);
      }
      finite |= IsKind(k, ChunkKind::kVerb) && chunks_[k].shape == VerbShape::kFinite && k > 0 &&
                !IsKind(k - 1, ChunkKind::kRelative);
      if (!IsKind(k, ChunkKind::kComma)) continue;
      // "A became a party to the Convention, adopted in 1999": what has no object is no verb of
      // A's.
      if (finite && !verb.auxiliary && IsPastOnly(i) && !IsKind(i + 1, ChunkKind::kNoun)) break;
      if (k == 0 || !IsKind(k - 1, ChunkKind::kNoun)) continue;
      const std::uint32_t head = HeadOfPhrases(chunks_, k - 1);
      if (head == kNoChunk) continue;
      if (head > 0 && IsKind(head - 1, ChunkKind::kVerb)) break;
      // "The Meeting, of which A was the host, adopted a programme"
      const bool relative =
          IsKind(k + 1, ChunkKind::kRelative) || IsKind(k + 2, ChunkKind::kRelative);
      if (relative && IsKind(i + 1, ChunkKind::kNoun)) {
        verb.subjects = WithCoordinated(head);
        return;
      }
      if (!verb.auxiliary && IsPastOnly(i) && !CanAct(words_, out_, chunks_[head]) &&
          (PreviousVerb(i, true) != kNoChunk || NextFinite(i) != kNoChunk)) {
        break;
      }
      verb.subjects = WithCoordinated(head);
      return;
    }
    // "We signed A, convened summits and …": a participle would have no object.
    const bool has_object = IsKind(i + 1, ChunkKind::kNoun) && chunks_[i + 1].label != "date" &&
                            PreviousVerb(i, true) != kNoChunk;
    if (!verb.auxiliary && !has_object && IsPastOnly(i) && i >= 2 &&
        IsKind(i - 2, ChunkKind::kNoun)) {
      // "the Convention, signed in 2001"
      verb.shape = VerbShape::kReduced;
      verb.passive = true;
      verb.subjects = {QualifiedBefore(i - 2)};
      return;
    }
    FindCoordinateSubject(i);
  }

  /// "the Convention, although signed by A, is not in force"
  void FindSubjectOfAside(std::uint32_t i) {
    Chunk& verb = chunks_[i];
    const bool aside = !verb.auxiliary && IsPastOnly(i) && !IsKind(i + 1, ChunkKind::kNoun) &&
                       i >= 3 && IsKind(i - 2, ChunkKind::kComma) &&
                       IsKind(i - 3, ChunkKind::kNoun);
    const std::uint32_t head = aside ? HeadOfPhrases(chunks_, i - 3) : kNoChunk;
    if (head == kNoChunk) return SetImplicit(verb);
    verb.shape = VerbShape::kReduced;
    verb.passive = true;
    verb.subjects = {head};
  }

  /// "Had the Parliament adopted the law, …": it did not.
  bool OpensInverted() const {
    if (!IsKind(0, ChunkKind::kVerb) || !IsKind(1, ChunkKind::kNoun) || chunks_[0].last != 1) {
      return false;
    }
    const WordInfo* first = words_.Find(out_.tokens[0]);
    return first != nullptr && first->Is(kHave) && (first->forms & kPastForm) != 0;
  }

  void MarkConditions() {
    for (std::uint32_t k = 2; OpensInverted() && k < chunks_.size(); ++k) {
      if (IsKind(k, ChunkKind::kComma) || IsKind(k, ChunkKind::kStop)) break;
      if (IsKind(k, ChunkKind::kVerb)) Judge(chunks_[k], Modality::kConditional, "had");
    }
    for (std::uint32_t i = 0; i < chunks_.size(); ++i) {
      if (!IsKind(i, ChunkKind::kSubordinator) || (chunks_[i].tags & kConditional) == 0) continue;
      for (std::uint32_t k = i + 1; k < chunks_.size(); ++k) {
        if (IsKind(k, ChunkKind::kComma) || IsKind(k, ChunkKind::kStop)) break;
        if (IsKind(k, ChunkKind::kVerb)) Judge(chunks_[k], Modality::kConditional, chunks_[i].word);
      }
    }
    for (std::uint32_t i = 0; i < chunks_.size(); ++i) {
      if (!IsKind(i, ChunkKind::kVerb)) continue;
      const Modality* modality = words_.Catenative(chunks_[i].word);
      if (modality == nullptr || *modality != Modality::kReported) continue;
      for (std::uint32_t k = i + 1; k < chunks_.size() && !IsKind(k, ChunkKind::kStop); ++k) {
        if (!IsKind(k, ChunkKind::kVerb)) continue;
        // "A, for which B claimed responsibility, led to": A did.
        const auto& subjects = chunks_[k].subjects;
        if (!subjects.empty() && subjects.front() < i && subjects != chunks_[i].subjects) break;
        Judge(chunks_[k], Modality::kReported, chunks_[i].word);
      }
    }
  }

  /// Gerunds that open a sentence take the subject of the verb that follows.
  void SettleImplicit() {
    for (const auto& [gerund, main] : pending_) {
      Inherit(gerund, main, chunks_[gerund].shape == VerbShape::kGerund);
    }
  }

  const Words& words_;
  Analysis& out_;
  std::vector<Chunk>& chunks_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pending_;
};

}  // namespace

void Analysis::Clear() {
  tokens.clear();
  mentions.clear();
  chunks.clear();
  item_token = kNoChunk;
  item_first = 0;
}

void FindClauses(const Words& words, Analysis& analysis) {
  ClauseFinder(words, analysis).Run();
  FindCompany(words, analysis);
  AddPremodifiers(words, analysis);
}

}  // namespace verbale::extract
