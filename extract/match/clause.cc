// Who does what: the subject of each verb, the agent of each passive, and what a condition, a
// purpose or a governing verb makes of it. Looks left from the verb over prepositional phrases,
// insertions between commas, relative pronouns and coordinated verbs.

#include <utility>
#include <vector>

#include "extract/match/internal/clause_view.h"

namespace verbale::extract {

using graph::Modality;

namespace {

class ClauseFinder : private ClauseView {
 public:
  ClauseFinder(const Words& words, Analysis& out)
      : ClauseView(words, out), out_(out), chunks_(out.chunks) {}

  void Run() {
    ResolveObjectPronouns(words_, out_);
    LabelExamples(out_);
    LabelAppositions(out_);
    for (std::uint32_t i = 0; i < chunks_.size(); ++i) {
      if (chunks_[i].kind == ChunkKind::kVerb) FindSubject(i);
    }
    FindAgents(words_, out_);
    JudgeByFrames(words_, out_);
    SettleImplicit();
    FindInvertedSubjects(words_, out_);
    FindOwners(words_, out_);
  }

 private:
  void SetSubject(std::uint32_t verb, std::uint32_t noun) {
    std::uint32_t head = OpensTimeClause(noun) ? noun : HeadOfSubject(chunks_, noun);
    if (head == kNoChunk) return SetSubjectBeforePhrases(verb, noun);
    // "more than 200 members of our armed forces", "a group of experts"
    while (head < noun && words_.IsCounting(chunks_[head].word) &&
           !CanAct(words_, out_, chunks_[head]) && IsKind(head + 2, ChunkKind::kNoun)) {
      head += 2;
    }
    // A noun right after a verb is that verb's object; as a subject it only opens a clause.
    chunks_[verb].subjects = WithCoordinated(head);
  }

  /// "five years after it had signed": a clause begins behind the preposition.
  bool OpensTimeClause(std::uint32_t noun) const {
    return noun >= 2 && IsKind(noun - 1, ChunkKind::kPreposition) &&
           IsKind(noun - 2, ChunkKind::kNoun) && words_.OpensTimeClause(chunks_[noun - 1].word) &&
           words_.IsTimeUnit(chunks_[noun - 2].word) && chunks_[noun].label != "date" &&
           CanAct(words_, out_, chunks_[noun]);
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

  /// "urges A to join": A should join; "the application of A to join", "A's claim to have joined".
  bool FindWhoIsAsked(std::uint32_t i) {
    Chunk& verb = chunks_[i];
    const Asked asked = AskedBefore(i);
    if (asked.who.empty()) return false;
    verb.subjects = asked.who;
    if (asked.governor != kNoChunk) {
      Judge(verb, *words_.Catenative(chunks_[asked.governor].word), chunks_[asked.governor].word);
    }
    Judge(verb, Modality::kPlanned, "to");
    return true;
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
    if (FollowsStance(i)) {
      const std::uint32_t stance = HeadOfPhrases(chunks_, i - 1);
      Chunk& verb_of_stance = chunks_[stance - 1];
      if (stance != i - 1) {
        verb.subjects = {i - 1};
      } else {
        verb.implicit_subject = true;
      }
      return Judge(verb, verb_of_stance.modality, verb_of_stance.modality_word);
    }
    const bool says = SaysAndDoes(i);
    const bool asserts = FollowsAssertingNoun(i) || says || CountingVerb(i) != kNoChunk;
    if (asserts && IsKind(i - 1, ChunkKind::kNoun) &&
        words_.IsAuthorsOwn(out_.tokens[chunks_[i - 1].first].folded)) {
      verb.implicit_subject = true;  // "it is my pleasure to commend"
      return;
    }
    if (!asserts && FindWhoIsAsked(i)) return;
    // "calls on A to join B and to sign C"
    const std::uint32_t last = PreviousVerb(i, false);
    if (!asserts && last != kNoChunk && IsKind(i - 1, ChunkKind::kConjunction) &&
        chunks_[last].shape == VerbShape::kInfinitive && AsksOthers(chunks_[last].modality)) {
      return Inherit(i, last, true);
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
      const std::uint32_t main = NextMain(i);
      pending_.emplace_back(i, main != kNoChunk ? main : NextFinite(i));
      return;
    }
    if (i == 0) return SetImplicit(verb);
    switch (chunks_[i - 1].kind) {
      case ChunkKind::kNoun:
        if (const std::uint32_t relative = RelativeBeforePhrases(i - 1); relative != kNoChunk) {
          return FindRelativeSubject(i, relative);
        }
        if (const std::uint32_t seen = SeenBefore(i); seen != kNoChunk) {
          verb.shape = VerbShape::kFinite;
          Judge(verb, chunks_[seen].modality, chunks_[seen].modality_word);
          verb.subjects = WithCoordinated(HeadOfPhrases(chunks_, i - 1));
          return;
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
    if (LacksDeed(i)) Judge(verb, Modality::kDenied, chunks_[i - 1].word);
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
      Inherit(i, main, !IsPerfect(i));
    }
  }

  /// "Having signed A, S will …": that is done, whatever comes of it.
  bool IsPerfect(std::uint32_t i) const {
    const WordInfo* first = words_.Find(out_.tokens[chunks_[i].first]);
    return chunks_[i].auxiliary && first != nullptr && first->Is(kHave);
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
    // "Signed in 2010 and ratified in 2012, the Convention …"
    if (last != kNoChunk && !pending_.empty() && pending_.back().first == last &&
        chunks_[last].passive && !verb.auxiliary && IsPastOnly(i) &&
        !IsKind(i + 1, ChunkKind::kNoun)) {
      verb.passive = true;
      pending_.emplace_back(i, pending_.back().second);
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

  /// "Three bodies, including A, B and C, were founded": the noun whose examples end with `comma`.
  std::uint32_t BeforeExamples(std::uint32_t comma) const {
    std::uint32_t k = comma;
    while (k-- > 1 && !IsKind(k, ChunkKind::kIncluding)) {
      if (!IsKind(k, ChunkKind::kNoun) && !IsKind(k, ChunkKind::kComma) &&
          !IsKind(k, ChunkKind::kConjunction) && !IsKind(k, ChunkKind::kPreposition)) {
        return kNoChunk;
      }
    }
    if (k < 2 || !IsKind(k, ChunkKind::kIncluding) || !IsKind(k - 1, ChunkKind::kComma) ||
        !IsKind(k - 2, ChunkKind::kNoun)) {
      return kNoChunk;
    }
    const std::uint32_t head = HeadOfPhrases(chunks_, k - 2);
    const bool opens = head != kNoChunk && (head == 0 || IsKind(head - 1, ChunkKind::kStop));
    return opens && chunks_[head].plural ? k - 2 : kNoChunk;
  }

  /// "A (No. 1), and B (No. 2), were ratified": B, where the second comma closes nothing.
  std::uint32_t LastOfTwo(std::uint32_t comma) const {
    if (comma < 4 || !IsKind(comma - 1, ChunkKind::kNoun)) return kNoChunk;
    const std::uint32_t head = HeadOfPhrases(chunks_, comma - 1);
    const bool second = head != kNoChunk && head >= 3 && chunks_[head].mention != kNoChunk &&
                        IsKind(head - 1, ChunkKind::kConjunction) &&
                        IsKind(head - 2, ChunkKind::kComma) && IsKind(head - 3, ChunkKind::kNoun) &&
                        chunks_[head - 3].label == chunks_[head].label;
    return second ? comma - 1 : kNoChunk;
  }

  /// "Its two laws, A and B, were enacted", "its exercise, A, is known": what has no name of its
  /// own before the comma, and its names up to the verb. Empty where there are none.
  std::vector<std::uint32_t> NamesOf(std::uint32_t noun, std::uint32_t comma,
                                     std::uint32_t verb) const {
    const Chunk& thing = chunks_[noun];
    if (noun + 1 != comma || thing.capital || thing.mention != kNoChunk ||
        CanAct(words_, out_, thing) || !IsKind(verb - 1, ChunkKind::kComma) || verb < comma + 3) {
      return {};
    }
    const std::uint32_t last = HeadOfPhrases(chunks_, verb - 2);
    if (last == kNoChunk || last <= comma) return {};
    std::vector<std::uint32_t> names = WithCoordinated(last);
    std::erase_if(names, [&](std::uint32_t name) { return name <= comma; });
    const bool named = std::all_of(names.begin(), names.end(), [&](std::uint32_t name) {
      return chunks_[name].capital && !chunks_[name].label.empty() &&
             (chunks_[name].label == thing.label || thing.label.empty());
    });
    const bool fits = thing.plural ? names.size() > 1 : names.size() == 1;
    if (!named || !fits || names.front() != comma + 1) return {};
    return names;
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
    if (const std::uint32_t last = LastOfTwo(i - 1); last != kNoChunk) return SetSubject(i, last);
    if (const std::uint32_t all = BeforeExamples(i - 1); all != kNoChunk) return SetSubject(i, all);
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
      verb.subjects = NamesOf(head, k, i);
      if (verb.subjects.empty()) verb.subjects = WithCoordinated(head);
      if (verb.shape == VerbShape::kBare) verb.shape = VerbShape::kFinite;
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

  /// Gerunds that open a sentence take the subject of the verb that follows.
  void SettleImplicit() {
    for (const auto& [gerund, main] : pending_) {
      Inherit(gerund, main, chunks_[gerund].shape == VerbShape::kGerund && !IsPerfect(gerund));
    }
  }

  Analysis& out_;
  std::vector<Chunk>& chunks_;  ///< Of `out_`, to write to.
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
