// What is inserted into a clause (relative clauses, participles and adverbial phrases between
// commas, the agent of a passive) is left out of the main line; each relative clause gives a line
// in which its antecedent stands where the pronoun is missing; each passive with its agent, or at
// home, a line in which it is active; each apposition a line in which its comma stands for "be".
// The lines only change the order of phrases: whose verb it is, and what is asserted, is what the
// clauses of the sentence say (clause.cc).

#include "extract/match/plain_lines.h"

#include <algorithm>

#include "extract/match/internal/clauses.h"

namespace verbale::extract {
namespace {

/// Of relative clauses in relative clauses.
constexpr int kDeepest = 4;

}  // namespace

PlainLine& PlainLines::Add(bool moved) {
  if (used_ == lines_.size()) lines_.emplace_back();
  PlainLine& line = lines_[used_++];
  line.Clear();
  line.moved = moved;
  return line;
}

class PlainLines::Finder {
 public:
  Finder(const Words& words, const Analysis& analysis, PlainLines& out)
      : words_(words),
        analysis_(analysis),
        tokens_(analysis.tokens),
        chunks_(analysis.chunks),
        out_(out),
        skip_to_(out.skip_to_) {}

  void Run() {
    skip_to_.assign(chunks_.size() + 1, 0);
    bool inserted = false;
    for (std::uint32_t i = 0; i < chunks_.size(); ++i) {
      if (skip_to_[i] != 0) continue;
      const std::uint32_t start = IsRelative(i) ? StartOfRelative(i) : i;
      const std::uint32_t end = IsRelative(i) ? EndOfRelative(i, 0) : EndOfInsertion(i);
      // At the end of a clause it is in nobody's way.
      if (end <= start || end == Size() || IsKind(end, ChunkKind::kStop) || OpensItem(end))
        continue;
      inserted = true;
      const bool both =
          ClosesWithComma(start, end) || EndOfAside(start) == end || EndOfCompany(start) == end;
      skip_to_[start] = both ? end + 1 : end;
    }
    if (inserted) AddRange(0, Size(), out_.Add(false));
    AddInverted();
    for (std::uint32_t i = 0; i < chunks_.size(); ++i) {
      if (IsRelative(i)) AddRelative(i);
      if (IsKind(i, ChunkKind::kPreposition)) AddShared(i);
      if (IsKind(i, ChunkKind::kNoun)) AddApposition(i);
      if (IsKind(i, ChunkKind::kNoun)) AddContact(i);
      if (IsKind(i, ChunkKind::kStop)) AddGapped(i);
      if (IsKind(i, ChunkKind::kVerb)) AddSharedVerbs(i);
      if (IsKind(i, ChunkKind::kVerb)) AddFurtherRoles(i);
      if (!IsKind(i, ChunkKind::kVerb) || !chunks_[i].passive) continue;
      AddActive(i);
      AddFronted(i);
    }
  }

 private:
  std::uint32_t Size() const { return static_cast<std::uint32_t>(chunks_.size()); }
  bool IsKind(std::uint32_t i, ChunkKind kind) const { return extract::IsKind(chunks_, i, kind); }
  bool IsFinite(std::uint32_t i) const {
    return IsKind(i, ChunkKind::kVerb) && chunks_[i].shape == VerbShape::kFinite;
  }
  bool IsReduced(std::uint32_t i) const {
    return IsKind(i, ChunkKind::kVerb) && chunks_[i].shape == VerbShape::kReduced;
  }

  /// Where a list item goes on from its lead-in.
  bool OpensItem(std::uint32_t i) const {
    return IsKind(i, ChunkKind::kIncluding) && chunks_[i].first == chunks_[i].last;
  }

  bool IsGerund(std::uint32_t i) const {
    return IsKind(i, ChunkKind::kVerb) && chunks_[i].shape == VerbShape::kGerund && i > 0 &&
           IsKind(i - 1, ChunkKind::kNoun);
  }

  /// "which" after the noun that it stands for, or after "of" or "the meeting of" behind that.
  bool IsRelative(std::uint32_t i) const {
    if (!IsKind(i, ChunkKind::kRelative) || !words_.HasAntecedent(chunks_[i].word)) return false;
    const std::uint32_t start = StartOfRelative(i);
    return start > 0 && (IsKind(start - 1, ChunkKind::kNoun) || JoinsRelatives(start));
  }

  /// Where the clause of the pronoun begins, with the comma or conjunction before it.
  std::uint32_t StartOfRelative(std::uint32_t pronoun) const {
    std::uint32_t start = pronoun;
    if (start > 0 && IsKind(start - 1, ChunkKind::kPreposition)) {
      --start;
      // "A, the first session of which", "and to the success of which"
      if (start > 1 && IsKind(start - 1, ChunkKind::kNoun) &&
          (IsKind(start - 2, ChunkKind::kComma) || IsKind(start - 2, ChunkKind::kConjunction))) {
        --start;
      } else if (start > 2 && IsKind(start - 1, ChunkKind::kNoun) &&
                 IsKind(start - 2, ChunkKind::kPreposition) &&
                 IsKind(start - 3, ChunkKind::kConjunction)) {
        start -= 2;
      }
    }
    if (start > 0 && IsKind(start - 1, ChunkKind::kConjunction)) --start;
    if (start > 0 && IsKind(start - 1, ChunkKind::kComma)) --start;
    return start;
  }

  /// "which was founded in 2017 and over which": both stand for one thing.
  bool JoinsRelatives(std::uint32_t start) const {
    return IsKind(start, ChunkKind::kConjunction) ||
           (IsKind(start, ChunkKind::kComma) && IsKind(start + 1, ChunkKind::kConjunction));
  }

  std::uint32_t EndOfRelative(std::uint32_t pronoun, int depth) const {
    bool verb = false, content = false;  // "which said that …": another clause is its object.
    for (std::uint32_t i = pronoun + 1; i < Size(); ++i) {
      if (IsKind(i, ChunkKind::kStop)) return i;
      if (IsKind(i, ChunkKind::kRelative)) {
        if (!verb || !IsRelative(i) || depth == kDeepest) {
          content = true;
          continue;
        }
        const std::uint32_t start = StartOfRelative(i);
        if (JoinsRelatives(start)) return start;
        i = LastOfRelative(i, depth + 1);
      } else if (IsFinite(i) || IsReduced(i)) {
        // "to which we belong met": the next verb is not of this clause.
        const bool follows =
            IsKind(i - 1, ChunkKind::kVerb) || (IsFinite(i) && IsKind(i - 1, ChunkKind::kNoun));
        if (verb && !content && follows) return i;
        verb |= IsFinite(i);
        content = false;
      } else if (verb && IsKind(i, ChunkKind::kComma) && GoesOn(i + 1, pronoun)) {
        return i;
      }
    }
    return Size();
  }

  /// Its last chunk, from which a loop goes on.
  std::uint32_t LastOfRelative(std::uint32_t pronoun, int depth) const {
    return std::max(EndOfRelative(pronoun, depth), pronoun + 1) - 1;
  }

  /// Whether the clause goes on at `i`, behind the comma that closes an insertion which began at
  /// `from`: with its verb, or with a further phrase of a preposition that it had before.
  bool GoesOn(std::uint32_t i, std::uint32_t from) const {
    const bool joined = IsKind(i, ChunkKind::kConjunction);
    if (joined) ++i;
    if (IsFinite(i) || IsReduced(i)) return !joined;
    if (IsKind(i, ChunkKind::kNoun)) return OpensClause(i);
    if (!IsKind(i, ChunkKind::kPreposition)) return false;
    for (std::uint32_t k = from; k-- > 0 && !IsKind(k, ChunkKind::kStop);) {
      if (IsKind(k, ChunkKind::kPreposition) && chunks_[k].word == chunks_[i].word) return true;
      if (IsFinite(k)) break;
    }
    return false;
  }

  /// The noun is the subject of what follows.
  bool OpensClause(std::uint32_t noun) const {
    for (std::uint32_t i = noun + 1; i < Size(); ++i) {
      if (IsKind(i, ChunkKind::kPreposition) || IsKind(i, ChunkKind::kNoun)) continue;
      return IsFinite(i) && IsSubjectOf(noun, chunks_[i]);
    }
    return false;
  }

  /// Prepositions with their nouns from `i` on.
  std::uint32_t AfterPhrases(std::uint32_t i) const {
    while (IsKind(i, ChunkKind::kPreposition) && IsKind(i + 1, ChunkKind::kNoun)) {
      i += 2;
      if (IsKind(i, ChunkKind::kNoun) && chunks_[i].label == "date") ++i;
    }
    return i;
  }

  /// Behind the nouns that are in one list with this one.
  std::uint32_t AfterList(std::uint32_t noun) const {
    std::uint32_t i = noun + 1;
    while (i < Size()) {
      if (IsKind(i, ChunkKind::kPreposition) && chunks_[i].word == "of" &&
          IsKind(i + 1, ChunkKind::kNoun)) {
        i += 2;
        continue;
      }
      const std::uint32_t next = IsKind(i, ChunkKind::kComma) ? i + 1 : i;
      const std::uint32_t other = IsKind(next, ChunkKind::kConjunction) ? next + 1 : next;
      if (other == i || !IsKind(other, ChunkKind::kNoun)) break;
      if (other > next && words_.IsCompany(chunks_[next].word)) break;
      i = other + 1;
    }
    return i;
  }

  /// The end of a participle, an adverbial phrase or an apposition between commas that begins here,
  /// or of an agent; 0 where none does.
  std::uint32_t EndOfInsertion(std::uint32_t i) const {
    if (IsReduced(i) && i > 0 && IsKind(i - 1, ChunkKind::kNoun)) {
      const std::uint32_t end = AfterPhrases(i + 1);
      if (IsKind(end, ChunkKind::kConjunction) && GoesOn(end, i)) return end;
      return EndBeforeComma(i);
    }
    if (IsKind(i, ChunkKind::kPreposition)) {
      if (const std::uint32_t end = EndOfNounAside(i); end != 0) return end;
      // "as part of its programme, and with": an adverbial of several words.
      const std::uint32_t end = AfterPhrases(i);
      if (IsObjectBehind(i, end)) return end;
      if (end == i || chunks_[i].word.find('_') == std::string::npos) return EndOfAgent(i);
      const std::uint32_t further = IsKind(end, ChunkKind::kComma) ? EndOfInsertion(end) : 0;
      const std::uint32_t comma = further != 0 ? further : end;
      const bool goes_on = IsKind(comma, ChunkKind::kComma) &&
                           IsKind(comma + 1, ChunkKind::kConjunction) && GoesOn(comma + 1, i);
      return goes_on ? end : EndOfAgent(i);
    }
    if (!IsKind(i, ChunkKind::kComma) || i == 0) return 0;
    if (const std::uint32_t end = EndOfNounAside(i); end != 0) return end;
    if (const std::uint32_t end = EndOfAside(i); end != 0) return end;
    // "supports, in particular, A"
    if (IsKind(i - 1, ChunkKind::kVerb) && IsKind(i + 1, ChunkKind::kIncluding) &&
        IsKind(i + 2, ChunkKind::kComma) && IsKind(i + 3, ChunkKind::kNoun)) {
      return i + 2;
    }
    if (IsKind(i + 1, ChunkKind::kPreposition)) {
      if (const std::uint32_t end = EndOfCompany(i); end != 0) return end;
      std::uint32_t end = AfterPhrases(i + 1);
      while (IsKind(end, ChunkKind::kConjunction) && IsKind(end + 1, ChunkKind::kNoun)) {
        end = AfterPhrases(end + 2);
      }
      if (end == i + 1 || !IsKind(end, ChunkKind::kComma)) return 0;
      // "to A, to B, and to C": B is one of them.
      const std::uint32_t next = IsKind(end + 1, ChunkKind::kConjunction) ? end + 2 : end + 1;
      if (IsKind(next, ChunkKind::kPreposition) && chunks_[next].word == chunks_[i + 1].word) {
        return 0;
      }
      // "A and, since 2014, a member of B"
      if (IsKind(i - 1, ChunkKind::kConjunction) && IsKind(end + 1, ChunkKind::kNoun)) return end;
      // "Participation, through our Centre, in A"
      const bool opened = IsKind(i - 1, ChunkKind::kNoun) && OpensNominal(i - 1) &&
                          IsKind(end + 1, ChunkKind::kPreposition);
      if (opened) return end;
      // "Accession, in 2014, to A": when it was is in nobody's way.
      const bool dated = chunks_[end - 1].label == "date" && IsKind(i - 1, ChunkKind::kNoun);
      const bool object =
          (dated || IsKind(i - 1, ChunkKind::kVerb)) &&
          (IsKind(end + 1, ChunkKind::kNoun) || IsKind(end + 1, ChunkKind::kPreposition));
      return object || GoesOn(end + 1, i) ? end : 0;
    }
    const bool apposed = IsKind(i - 1, ChunkKind::kNoun) && IsKind(i + 1, ChunkKind::kNoun) &&
                         ((chunks_[i + 1].tags & kIndefinite) != 0 || IsPerson(i + 1));
    return apposed || IsReduced(i + 1) ? EndBeforeComma(i) : 0;
  }

  /// "ratified in a single sitting the Treaty": the object of the verb stands behind a phrase.
  bool IsObjectBehind(std::uint32_t phrase, std::uint32_t noun) const {
    if (phrase == 0 || noun == phrase || !IsFinite(phrase - 1) || chunks_[phrase - 1].passive ||
        !IsKind(noun, ChunkKind::kNoun)) {
      return false;
    }
    const Chunk& object = chunks_[noun];
    return object.mention != kNoChunk && object.label != "date" &&
           !words_.IsActorLabel(object.label) && !OpensClause(noun);
  }

  /// "the adoption, on 1 May, by the Assembly of A", "the establishment in Geneva of A": who, where
  /// and when stand between a noun and what is its own. Gives the place of "of"; 0 where none do.
  std::uint32_t EndOfNounAside(std::uint32_t i) const {
    constexpr int kMost = 3;
    if (i == 0 || !IsKind(i - 1, ChunkKind::kNoun) || chunks_[i - 1].mention != kNoChunk) return 0;
    // "the adoption, after long talks, of A"
    if (const std::uint32_t end = AfterPhrases(i + 1);
        IsKind(i, ChunkKind::kComma) && end > i + 1 && IsKind(end, ChunkKind::kComma) &&
        chunks_[i + 1].word != "of" && IsKind(end + 1, ChunkKind::kPreposition) &&
        chunks_[end + 1].word == "of" && IsKind(end + 2, ChunkKind::kNoun)) {
      return end + 1;
    }
    for (int count = 0; count < kMost; ++count) {
      if (IsKind(i, ChunkKind::kComma)) ++i;
      if (!IsKind(i, ChunkKind::kPreposition) || !IsKind(i + 1, ChunkKind::kNoun) ||
          !InterruptsNoun(i)) {
        return 0;
      }
      i += 2;
      const std::uint32_t next = IsKind(i, ChunkKind::kComma) ? i + 1 : i;
      if (IsKind(next, ChunkKind::kPreposition) && chunks_[next].word == "of" &&
          IsKind(next + 1, ChunkKind::kNoun)) {
        return next;
      }
    }
    return 0;
  }
  /// "Efforts include: participation in"
  bool OpensListed(std::uint32_t noun) const {
    return noun > 0 && (OpensItem(noun - 1) || (IsKind(noun - 1, ChunkKind::kVerb) &&
                                                words_.IsListing(chunks_[noun - 1].word)));
  }
  /// "Participation", "our participation": what was done, with which a line begins or which is
  /// ours.
  bool OpensNominal(std::uint32_t noun) const {
    return chunks_[noun].mention == kNoChunk && chunks_[noun].label.empty() &&
           (OpensSentence(noun) || OpensListed(noun) || IsOwned(words_, analysis_, chunks_[noun]));
  }
  bool InterruptsNoun(std::uint32_t i) const {
    const Chunk& noun = chunks_[i + 1];
    if (words_.IsByAgent(chunks_[i].word) || noun.label == "date") return true;
    const bool place = noun.mention != kNoChunk ? words_.IsActorLabel(noun.label)
                                                : noun.capital && noun.label.empty();
    return place && (chunks_[i].word == "in" || chunks_[i].word == "at");
  }

  /// ", as it has since 2008,": a short clause between commas; 0 where there is none.
  std::uint32_t EndOfAside(std::uint32_t comma) const {
    if (!IsKind(comma, ChunkKind::kComma) || !IsKind(comma + 1, ChunkKind::kPreposition) ||
        chunks_[comma + 1].word != "as" || !IsKind(comma + 2, ChunkKind::kNoun) ||
        (chunks_[comma + 2].tags & kPronoun) == 0 || !IsFinite(comma + 3)) {
      return 0;
    }
    const std::uint32_t end = AfterPhrases(comma + 4);
    return IsKind(end, ChunkKind::kComma) ? end : 0;
  }

  /// ", with A and B,": who does it, too; 0 where there is none.
  std::uint32_t EndOfCompany(std::uint32_t comma) const {
    if (!IsKind(comma, ChunkKind::kComma) || !IsKind(comma + 1, ChunkKind::kPreposition) ||
        chunks_[comma + 1].word != "with" || !IsState(comma + 2)) {
      return 0;
    }
    std::uint32_t end = comma + 3;
    while ((IsKind(end, ChunkKind::kComma) || IsKind(end, ChunkKind::kConjunction)) &&
           IsState(end + 1)) {
      end += 2;
    }
    const bool goes_on = IsKind(end + 1, ChunkKind::kNoun) ||
                         IsKind(end + 1, ChunkKind::kPreposition) || IsFinite(end + 1);
    return IsKind(end, ChunkKind::kComma) && goes_on ? end : 0;
  }
  bool IsState(std::uint32_t i) const {
    return IsKind(i, ChunkKind::kNoun) && chunks_[i].mention != kNoChunk &&
           words_.IsActorLabel(chunks_[i].label);
  }

  /// "the President of A, John Smith,": a name between commas that is in no list.
  bool IsPerson(std::uint32_t noun) const {
    const Chunk& name = chunks_[noun];
    return name.capital && name.label.empty() && name.mention == kNoChunk &&
           (name.tags & kDefinite) == 0 && name.head > name.core && tokens_[name.core].capital &&
           IsKind(noun + 1, ChunkKind::kComma) && CanAct(words_, analysis_, chunks_[noun - 2]);
  }

  /// The comma behind which the clause goes on; 0 where there is none.
  std::uint32_t EndBeforeComma(std::uint32_t start) const {
    for (std::uint32_t k = start + 2; k < Size(); ++k) {
      if (IsKind(k, ChunkKind::kStop) || IsFinite(k)) return 0;
      if (IsRelative(k)) k = LastOfRelative(k, 1);
      if (IsKind(k, ChunkKind::kComma) && GoesOn(k + 1, start)) return k;
    }
    return 0;
  }

  /// "elected by the Assembly to the Council": who did it stands between the verb and what it
  /// takes.
  std::uint32_t EndOfAgent(std::uint32_t i) const {
    if (i == 0 || !IsKind(i - 1, ChunkKind::kVerb) || chunks_[i - 1].agent != i + 1) return 0;
    std::uint32_t end = i + 2;
    while (IsKind(end, ChunkKind::kPreposition) && chunks_[end].word == "of" &&
           IsKind(end + 1, ChunkKind::kNoun)) {
      end += 2;
    }
    return IsKind(end, ChunkKind::kPreposition) ? end : 0;
  }

  /// Both commas go where only a verb or its object is left between what they part.
  bool ClosesWithComma(std::uint32_t start, std::uint32_t end) const {
    return IsKind(start, ChunkKind::kComma) && IsKind(end, ChunkKind::kComma) &&
           (IsFinite(end + 1) ||
            (start > 0 &&
             (IsKind(start - 1, ChunkKind::kVerb) || IsKind(start - 1, ChunkKind::kConjunction) ||
              (IsKind(start - 1, ChunkKind::kNoun) && OpensNominal(start - 1) &&
               IsKind(end + 1, ChunkKind::kPreposition)))));
  }

  /// The chunks [from, to) without what is inserted.
  void AddRange(std::uint32_t from, std::uint32_t to, PlainLine& line) const {
    for (std::uint32_t i = from; i < to; ++i) {
      if (skip_to_[i] > i) {
        i = skip_to_[i] - 1;
      } else {
        line.chunks.push_back(i);
      }
    }
  }

  /// The noun at the head of the phrases that end with `noun`: the first of them that is a name, as
  /// far as a name may go.
  std::uint32_t HeadOf(std::uint32_t noun) const {
    std::uint32_t head = noun;
    for (std::uint32_t k = noun; IsJoinedToNoun(k);) {
      // "ten dollars from A for the B Project, which": the Project.
      if (chunks_[k - 1].word == "for" && chunks_[k].capital && HasLabel(k) &&
          chunks_[k].head > chunks_[k].core) {
        break;
      }
      k -= 2;
      const bool named = chunks_[k].mention != kNoChunk || chunks_[k].capital;
      if (HasLabel(k) && (named || (!HasLabel(noun) && head == noun))) head = k;
    }
    return head;
  }
  bool HasLabel(std::uint32_t noun) const {
    return !chunks_[noun].label.empty() && chunks_[noun].label != "date";
  }
  /// By what may stand within a name, to the noun two places before.
  bool IsJoinedToNoun(std::uint32_t i) const {
    return i >= 2 && JoinsName(i - 1) && IsKind(i - 2, ChunkKind::kNoun);
  }
  /// "of", "on", "to Combat".
  bool JoinsName(std::uint32_t i) const {
    if (IsKind(i, ChunkKind::kPreposition)) return words_.JoinsName(chunks_[i].word);
    return IsKind(i, ChunkKind::kVerb) && chunks_[i].shape == VerbShape::kInfinitive &&
           tokens_[chunks_[i].last - 1].capital;
  }

  /// "The Group, set up by the Assembly, in which": the noun before the participle, of which the
  /// relative clause may speak, too; `noun` where there is none.
  std::uint32_t BeforeParticiple(std::uint32_t noun) const {
    std::uint32_t first = noun;
    while (first >= 2 && IsKind(first - 1, ChunkKind::kPreposition) &&
           IsKind(first - 2, ChunkKind::kNoun)) {
      first -= 2;
    }
    const bool inserted = first >= 4 && IsKind(first - 1, ChunkKind::kPreposition) &&
                          IsReduced(first - 2) && IsKind(first - 3, ChunkKind::kComma) &&
                          IsKind(first - 4, ChunkKind::kNoun);
    return inserted ? first - 4 : noun;
  }

  /// "the Centre, an institution": the noun that tells what a thing is stands for its name.
  std::uint32_t NamedBy(std::uint32_t noun) const {
    const Chunk& common = chunks_[noun];
    if (noun < 2 || !IsKind(noun - 1, ChunkKind::kComma) || !IsKind(noun - 2, ChunkKind::kNoun) ||
        common.mention != kNoChunk || common.capital || (common.tags & kIndefinite) == 0) {
      return noun;
    }
    return noun - 2;
  }

  /// "our support for and contribution to A", "participated in, and contributed to, A": both nouns,
  /// or verbs, go on with what follows.
  void AddShared(std::uint32_t preposition) {
    std::uint32_t other = preposition + 1;
    const bool commas = IsKind(other, ChunkKind::kComma);
    if (commas) ++other;
    if (preposition == 0 || !IsKind(other++, ChunkKind::kConjunction) ||
        !(IsKind(other, ChunkKind::kNoun) || IsKind(other, ChunkKind::kVerb)) ||
        chunks_[preposition - 1].kind != chunks_[other].kind) {
      return;
    }
    std::uint32_t after = IsKind(other + 1, ChunkKind::kPreposition) ? other + 2 : other + 1;
    if (commas && !IsKind(after++, ChunkKind::kComma)) return;
    if (!IsKind(after, ChunkKind::kNoun)) return;
    PlainLine& first = out_.Add(false);
    AddRange(0, preposition + 1, first);
    AddRange(after, Size(), first);
    PlainLine& second = out_.Add(false);
    AddRange(0, preposition - 1, second);
    AddRange(other, commas ? after - 1 : after, second);
    AddRange(after, Size(), second);
  }

  /// "has signed, and intends to ratify, A", "notes with interest, and supports, A"
  void AddSharedVerbs(std::uint32_t verb) {
    const std::uint32_t comma = AfterPhrases(verb + 1);
    if (!IsKind(comma, ChunkKind::kComma) ||
        !(IsKind(comma + 1, ChunkKind::kConjunction) ||
          IsKind(comma + 1, ChunkKind::kSubordinator)) ||
        !IsKind(comma + 2, ChunkKind::kVerb) || !IsKind(comma + 3, ChunkKind::kComma) ||
        !IsKind(comma + 4, ChunkKind::kNoun)) {
      return;
    }
    PlainLine& first = out_.Add(false);
    AddRange(0, comma, first);
    AddRange(comma + 4, Size(), first);
    PlainLine& second = out_.Add(false);
    AddRange(0, verb, second);
    second.chunks.push_back(comma + 2);
    AddRange(comma + 4, Size(), second);
  }

  /// "S is a member of A, an observer in B and a party to C": a line for each role but the first.
  void AddFurtherRoles(std::uint32_t verb) {
    if (chunks_[verb].word != "be" || !IsRole(verb + 1)) return;
    for (std::uint32_t i = verb + 3; i + 2 < Size(); ++i) {
      if (IsKind(i, ChunkKind::kNoun) || IsKind(i, ChunkKind::kPreposition)) continue;
      if (!IsKind(i, ChunkKind::kComma) && !IsKind(i, ChunkKind::kConjunction)) return;
      const std::uint32_t role = std::max(i + 1, skip_to_[i + 1]);
      if (!IsRole(role)) continue;
      PlainLine& line = out_.Add(false);
      AddRange(0, verb + 1, line);
      AddRange(role, Size(), line);
      i = role;
    }
  }
  /// "Not only is S a member of A"
  void AddInverted() {
    if (!IsFinite(0) || chunks_[0].word != "be" || !words_.IsNegation(tokens_[0].folded) ||
        !IsKind(1, ChunkKind::kNoun) || !IsKind(2, ChunkKind::kNoun)) {
      return;
    }
    PlainLine& line = out_.Add(false);
    line.chunks = {1, 0};
    AddRange(2, Size(), line);
  }
  /// "a member of": a noun that names nothing, and whose it is.
  bool IsRole(std::uint32_t noun) const {
    return IsKind(noun, ChunkKind::kNoun) && chunks_[noun].mention == kNoChunk &&
           chunks_[noun].label.empty() && IsKind(noun + 1, ChunkKind::kPreposition);
  }

  void AddRelative(std::uint32_t pronoun) {
    const std::uint32_t start = StartOfRelative(pronoun);
    std::uint32_t noun = start - 1;
    if (JoinsRelatives(start)) {
      std::uint32_t other = start;
      while (other > 0 && !IsRelative(other)) --other;
      if (other == 0 || StartOfRelative(other) == 0) return;
      noun = StartOfRelative(other) - 1;
    }
    if (!IsKind(noun, ChunkKind::kNoun)) return;
    // "the Summit 2014, in which": the date only says which.
    if (chunks_[noun].label == "date" && IsKind(noun - 1, ChunkKind::kNoun)) --noun;
    // "the Elections Act, 2009, which"
    if (noun > 1 && chunks_[noun].label == "date" && IsKind(noun - 1, ChunkKind::kComma) &&
        IsKind(noun - 2, ChunkKind::kNoun) && chunks_[noun - 2].capital) {
      noun -= 2;
    }
    std::uint32_t head = HeadOf(noun);
    if (const std::uint32_t named = NamedBy(head); named != head) head = HeadOf(noun = named);
    // "processes driving the Union that S supports": the processes.
    if (head > 1 && IsGerund(head - 1)) head = HeadOf(noun = head - 2);
    AddRelativeTo(head, noun, pronoun, start);
    // "a meeting of the Fund that S hosted": of either.
    const std::uint32_t widest = WidestFrom(head);
    if (widest != head) AddRelativeTo(widest, noun, pronoun, start);
    const std::uint32_t outer = BeforeParticiple(noun);
    if (outer != noun) AddRelativeTo(HeadOf(outer), outer, pronoun, start);
    // "The treaties to which S is a party include A"
    if (const std::uint32_t end = EndOfRelative(pronoun, 0); OpensList(end)) {
      AddRelativeTo(end + 1, EndOfClause(end + 1) - 1, pronoun, start);
    }
  }

  /// "the Fund we launched in 2015", "A, a body the Government created": we launched the Fund.
  void AddContact(std::uint32_t who) {
    const std::uint32_t verb = who + 1;
    if (who == 0 || !IsKind(who - 1, ChunkKind::kNoun) || chunks_[who - 1].label == "date" ||
        (chunks_[who].tags & kWeakPronoun) != 0 || !IsFinite(verb) || chunks_[verb].passive ||
        !IsSubjectOf(who, chunks_[verb]) || !CanAct(words_, analysis_, chunks_[who])) {
      return;
    }
    const bool has_object = IsKind(verb + 1, ChunkKind::kNoun) && chunks_[verb + 1].label != "date";
    if (has_object || IsKind(verb + 1, ChunkKind::kVerb) ||
        IsKind(verb + 1, ChunkKind::kRelative)) {
      return;
    }
    std::uint32_t noun = who - 1;
    std::uint32_t head = HeadOf(noun);
    if (const std::uint32_t named = NamedBy(head); named != head) head = HeadOf(noun = named);
    if (chunks_[head].label.empty() || CanActByName(head)) return;
    PlainLine& line = out_.Add(true);
    AddRange(who, verb + 1, line);
    AddRange(head, noun + 1, line);
    AddRange(verb + 1, EndOfClause(verb + 1), line);
  }

  bool CanActByName(std::uint32_t noun) const {
    return chunks_[noun].mention != kNoChunk && CanAct(words_, analysis_, chunks_[noun]);
  }

  /// "In 2016 we launched A; in 2018 B; and in 2020 C": what the clause behind `stop` has no verb
  /// for was done, too.
  void AddGapped(std::uint32_t stop) {
    std::uint32_t when = stop + 1;
    if (IsKind(when, ChunkKind::kConjunction)) ++when;
    if (!IsKind(when, ChunkKind::kPreposition) || !IsKind(when + 1, ChunkKind::kNoun) ||
        chunks_[when + 1].label != "date") {
      return;
    }
    std::uint32_t noun = when + 2;
    if (IsKind(noun, ChunkKind::kComma)) {  // "in 2020, at the height of summer, C"
      std::uint32_t inserted = noun + 1;
      inserted = AfterPhrases(inserted);
      noun = IsKind(inserted, ChunkKind::kComma) ? inserted + 1 : noun + 1;
    }
    const std::uint32_t end = IsKind(noun, ChunkKind::kNoun) ? AfterPhrases(noun + 1) : noun;
    if (end == noun || chunks_[noun].label.empty() || chunks_[noun].label == "date" ||
        (end < Size() && !IsKind(end, ChunkKind::kStop))) {
      return;
    }
    const std::uint32_t verb = VerbWithObjectBefore(stop);
    if (verb == kNoChunk) return;
    PlainLine& line = out_.Add(true);
    line.chunks = {chunks_[verb].subjects.front(), verb};
    AddRange(noun, end, line);
    AddRange(when, when + 2, line);
  }

  /// The verb of the clause before `stop`, or before those that have none: active, of one who acts,
  /// and with an object.
  std::uint32_t VerbWithObjectBefore(std::uint32_t stop) const {
    for (std::uint32_t i = stop; i-- > 0;) {
      if (!IsKind(i, ChunkKind::kVerb)) continue;
      const bool fits = IsFinite(i) && !chunks_[i].passive && chunks_[i].subjects.size() == 1 &&
                        chunks_[i].subjects.front() < i && IsKind(i + 1, ChunkKind::kNoun) &&
                        chunks_[i].modality == graph::Modality::kAsserted &&
                        CanAct(words_, analysis_, chunks_[chunks_[i].subjects.front()]);
      return fits ? i : kNoChunk;
    }
    return kNoChunk;
  }

  /// Behind ", namely A and B" before the verb; `from` where there is none.
  std::uint32_t EndOfExamples(std::uint32_t from, std::uint32_t verb) const {
    const std::uint32_t word = IsKind(from, ChunkKind::kComma) ? from + 1 : from;
    if (!IsKind(word, ChunkKind::kIncluding) || word >= verb) return from;
    return IsKind(verb - 1, ChunkKind::kComma) ? verb - 1 : verb;
  }

  /// "include", with a list behind it.
  bool OpensList(std::uint32_t verb) const {
    return IsFinite(verb) && words_.IsListing(chunks_[verb].word) && !chunks_[verb].passive &&
           !chunks_[verb].negated && IsKind(verb + 1, ChunkKind::kNoun);
  }

  std::uint32_t EndOfClause(std::uint32_t i) const {
    while (i < Size() && !IsFinite(i) && !IsKind(i, ChunkKind::kStop) &&
           !IsKind(i, ChunkKind::kRelative)) {
      ++i;
    }
    return i;
  }

  /// The first noun with a label of the phrases that end with `noun`; what is for a thing is
  /// another.
  std::uint32_t WidestFrom(std::uint32_t noun) const {
    std::uint32_t widest = noun;
    for (std::uint32_t k = noun; IsJoinedToNoun(k) && chunks_[k - 1].word != "for";) {
      k -= 2;
      if (HasLabel(k)) widest = k;
    }
    return widest;
  }

  /// The clause of `pronoun`, that begins at `start`, with the chunks from `head` to `noun` for the
  /// pronoun.
  void AddRelativeTo(std::uint32_t head, std::uint32_t noun, std::uint32_t pronoun,
                     std::uint32_t start) {
    const std::uint32_t end = EndOfRelative(pronoun, 0);
    std::uint32_t verb = pronoun + 1;
    while (verb < end && !IsFinite(verb)) ++verb;
    if (verb == end) return;
    const bool behind = pronoun > 0 && IsKind(pronoun - 1, ChunkKind::kPreposition);
    if (words_.OwnsNext(chunks_[pronoun].word)) return AddOwned(pronoun, verb, end, head, noun);
    if (behind) return AddBehind(pronoun, verb, end, head, noun, start);
    if (verb == pronoun + 1) return;  // "A, which supports B" is in order.
    // "which S signed and ratified": of either verb.
    for (std::uint32_t gap = GapOf(verb, end); gap != end; gap = GapOf(gap + 2, end)) {
      PlainLine& line = out_.Add(true);
      // "which S set up in 2015"
      const bool particle = IsKind(gap + 1, ChunkKind::kPreposition) && gap + 1 < end &&
                            !IsKind(gap + 2, ChunkKind::kNoun);
      const std::uint32_t place = particle ? gap + 2 : gap + 1;
      AddRange(pronoun + 1, place, line);
      AddRange(head, noun + 1, line);
      AddRange(place, end, line);
      if (!IsKind(gap + 1, ChunkKind::kConjunction) || !IsKind(gap + 2, ChunkKind::kVerb)) break;
    }
  }

  /// A preposition stands before the pronoun.
  void AddBehind(std::uint32_t pronoun, std::uint32_t verb, std::uint32_t end, std::uint32_t head,
                 std::uint32_t noun, std::uint32_t start) {
    // "of which S is a member"; "the first session of which S hosted" has another object.
    if (pronoun >= 2 && start + 1 < pronoun - 1 && IsKind(pronoun - 2, ChunkKind::kNoun)) {
      const bool is_subject = verb == pronoun + 1;  // "A, the signature of which took place"
      if (!is_subject && chunks_[verb].passive) return;
      PlainLine& line = out_.Add(true);
      if (!is_subject) AddRange(pronoun + 1, verb + 1, line);
      line.chunks.push_back(pronoun - 2);
      line.chunks.push_back(pronoun - 1);
      AddRange(head, noun + 1, line);
      AddRange(is_subject ? verb : verb + 1, end, line);
      return;
    }
    if (verb == pronoun + 2) {  // "to which our commitment stands": our commitment to it does.
      PlainLine& line = out_.Add(true);
      line.chunks = {pronoun + 1, pronoun - 1};
      AddRange(head, noun + 1, line);
      AddRange(verb, end, line);
    }
    // "of which S is a member in turn", "of which S is one of the members": in either place.
    const std::uint32_t place = IsKind(verb + 1, ChunkKind::kNoun) ? verb + 2 : verb + 1;
    for (const std::uint32_t at : {std::min(place, end), end}) {
      PlainLine& line = out_.Add(true);
      AddRange(pronoun + 1, at, line);
      line.chunks.push_back(pronoun - 1);
      AddRange(head, noun + 1, line);
      AddRange(at, end, line);
      if (at == end) break;
    }
  }

  /// The verb or preposition whose object is missing: "which S founded with B", "that S had the
  /// honour to host", "which S attaches importance to".
  std::uint32_t GapOf(std::uint32_t verb, std::uint32_t end) const {
    if (IsKind(end - 1, ChunkKind::kPreposition)) return end - 1;
    for (std::uint32_t i = verb; i < end; ++i) {
      if (!IsKind(i, ChunkKind::kVerb) || chunks_[i].passive) continue;
      if (!IsKind(i + 1, ChunkKind::kNoun) || i + 1 == end || chunks_[i + 1].label == "date") {
        return i;
      }
    }
    return end;
  }

  /// "A, whose adoption S supported", "A, whose report S welcomed".
  void AddOwned(std::uint32_t pronoun, std::uint32_t verb, std::uint32_t end, std::uint32_t head,
                std::uint32_t noun) {
    if (!IsKind(pronoun + 1, ChunkKind::kNoun)) return;
    const std::uint32_t after = AfterPhrases(pronoun + 2);
    const bool is_subject = after == verb;  // "A, whose foundation dates from 2015"
    if (!is_subject && (after > verb || !IsKind(after, ChunkKind::kNoun))) return;
    PlainLine& line = out_.Add(true);
    line.owner = pronoun;
    if (!is_subject) AddRange(after, verb + 1, line);
    line.chunks.push_back(pronoun + 1);
    line.chunks.push_back(pronoun);
    AddRange(head, noun + 1, line);
    AddRange(is_subject ? verb : verb + 1, end, line);
  }

  void AddActive(std::uint32_t verb) {
    const Chunk& passive = chunks_[verb];
    if (passive.subjects.empty() || passive.shape == VerbShape::kGerund) return;
    std::uint32_t first = passive.subjects.front();
    if (first >= verb) return;
    const std::uint32_t named = NamedBy(first);
    const std::uint32_t end = EndOfClause(verb + 1);
    PlainLine& line = out_.Add(true);
    line.active = verb;
    line.chunks.push_back(verb);
    std::uint32_t i = verb + 1;
    // "was set up by"
    if (IsKind(i, ChunkKind::kPreposition) && !IsKind(i + 1, ChunkKind::kNoun)) {
      line.chunks.push_back(i++);
    }
    std::uint32_t last = AfterPhrases(passive.subjects.back() + 1);
    // "the reports of A and B were welcomed"
    while (last + 1 < verb && IsKind(last, ChunkKind::kConjunction) &&
           IsKind(last + 1, ChunkKind::kNoun)) {
      last = AfterPhrases(last + 2);
    }
    last = std::min(last, verb);
    if (named != first) {
      first = HeadOf(named);
      last = named + 1;
    }
    AddRange(first, last, line);
    if (named == passive.subjects.front()) AddRange(last, EndOfExamples(last, verb), line);
    if (passive.agent != kNoChunk && passive.agent < end) {
      AddRange(i, passive.agent - 1, line);
      i = AfterList(passive.agent);
      // "by A and by B"
      while (IsKind(i, ChunkKind::kConjunction) && IsKind(i + 1, ChunkKind::kPreposition) &&
             words_.IsByAgent(chunks_[i + 1].word) && IsKind(i + 2, ChunkKind::kNoun)) {
        i = AfterList(i + 2);
      }
    }
    AddRange(i, end, line);
    // "The treaties ratified by S include A"
    if (IsReduced(verb) && OpensList(end)) {
      PlainLine& listed = out_.Add(true);
      listed.active = verb;
      listed.chunks.push_back(verb);
      AddRange(end + 1, EndOfClause(end + 1), listed);
    }
    // "An agreement with A and a treaty with B were signed": each by itself.
    const std::uint32_t each = passive.subjects.back();
    if (each == first || !IsKind(each + 1, ChunkKind::kPreposition)) return;
    PlainLine& single = out_.Add(true);
    single.active = verb;
    single.chunks.push_back(verb);
    AddRange(each, std::min(AfterPhrases(each + 1), verb), single);
    AddRange(i, end, single);
  }

  /// "Set up in 2015, the Centre …": the Centre, set up in 2015.
  void AddFronted(std::uint32_t verb) {
    const std::vector<std::uint32_t>& subjects = chunks_[verb].subjects;
    if (subjects.empty() || subjects.front() <= verb + 1) return;
    // "Set up in 2015 and reformed in 2018, …"
    const std::uint32_t before = PreviousVerb(chunks_, verb, false);
    const bool second = IsKind(verb - 1, ChunkKind::kConjunction) && before != kNoChunk &&
                        OpensSentence(before) && chunks_[before].subjects == subjects;
    if (!second && !OpensSentence(verb)) return;
    const std::uint32_t first = subjects.front();
    if (!IsKind(first - 1, ChunkKind::kComma) || chunks_[first].label.empty()) return;
    PlainLine& line = out_.Add(true);
    AddRange(first, std::max(AfterPhrases(first + 1), first + 1), line);
    AddRange(verb, first - 1, line);
  }

  bool OpensSentence(std::uint32_t i) const { return i == 0 || IsKind(i - 1, ChunkKind::kStop); }

  /// "S, a member of A, signed B", "A member of A since 2002, S signed B": S is one.
  void AddApposition(std::uint32_t noun) {
    const Chunk& role = chunks_[noun];
    if (role.mention != kNoChunk || (role.tags & kPronoun) != 0 ||
        IsOfOthers(words_, analysis_, role)) {
      return;
    }
    const bool as =
        noun > 0 && IsKind(noun - 1, ChunkKind::kPreposition) && chunks_[noun - 1].word == "as";
    std::uint32_t start = as ? noun - 1 : noun;
    // "in its capacity as Chair"
    if (as && start >= 2 && IsKind(start - 1, ChunkKind::kNoun) &&
        IsKind(start - 2, ChunkKind::kPreposition) && chunks_[start - 2].word == "in") {
      start -= 2;
    }
    if (OpensSentence(start)) {
      if (as || (role.tags & kDefinite) == 0) AddOpening(noun);
    } else if (start >= 2 && IsKind(start - 1, ChunkKind::kComma) &&
               IsKind(start - 2, ChunkKind::kNoun)) {
      AddInserted(start, noun, as);
    }
  }

  void AddOpening(std::uint32_t noun) {
    std::uint32_t verb = noun + 1;
    for (; verb < Size() && !IsFinite(verb); ++verb) {
      if (IsKind(verb, ChunkKind::kStop)) return;
      if (IsRelative(verb)) verb = LastOfRelative(verb, 1);
    }
    if (verb >= Size() || chunks_[verb].subjects.empty()) return;
    const std::vector<std::uint32_t>& subjects = chunks_[verb].subjects;
    const std::uint32_t first = subjects.front();
    if (first <= noun + 1 || !IsKind(first - 1, ChunkKind::kComma)) return;
    AddCopula(subjects, first - 1, noun, first - 1);
    // "A partner of A and, since 2014, a member of B, S …"
    for (std::uint32_t i = noun + 1; i + 2 < first; ++i) {
      if (IsKind(i, ChunkKind::kRelative) || IsKind(i, ChunkKind::kVerb)) return;
      if (!IsKind(i, ChunkKind::kConjunction)) continue;
      const std::uint32_t role = std::max(i + 1, skip_to_[i + 1]);
      if (role < first && IsRole(role)) AddCopula(subjects, first - 1, role, first - 1);
    }
  }

  void AddInserted(std::uint32_t start, std::uint32_t noun, bool as) {
    const std::uint32_t bearer = start - 2;
    if (!CanAct(words_, analysis_, chunks_[bearer])) {
      // "the session of A, a milestone" says nothing of A.
      const bool of_other = bearer > 0 && IsKind(bearer - 1, ChunkKind::kPreposition);
      if (chunks_[bearer].mention == kNoChunk || of_other) return;
    }
    std::uint32_t end = noun + 1;
    const std::vector<std::uint32_t>* subjects = nullptr;
    for (; end < Size() && !IsKind(end, ChunkKind::kStop); ++end) {
      if (IsRelative(end)) end = LastOfRelative(end, 1);
      if (!IsFinite(end)) continue;
      if (IsSubjectOf(bearer, chunks_[end])) subjects = &chunks_[end].subjects;
      break;
    }
    const bool closed = subjects != nullptr && IsKind(end - 1, ChunkKind::kComma);
    if (!closed && (as || (chunks_[noun].tags & kIndefinite) == 0)) return;
    if (closed && chunks_[noun].plural) return AddCopula(*subjects, start - 1, noun, end - 1);
    AddCopula({bearer}, start - 1, noun, closed ? end - 1 : end);
  }

  /// "bearers be …": what stands from `from` to `to`.
  void AddCopula(const std::vector<std::uint32_t>& bearers, std::uint32_t comma, std::uint32_t from,
                 std::uint32_t to) {
    PlainLine& line = out_.Add(true);
    line.copula = comma;
    line.bearers = bearers;
    AddRange(bearers.front(), bearers.back() + 1, line);
    line.chunks.push_back(comma);
    AddRange(from, to, line);
    AddFellows(from, to, line);
  }

  /// "a founding member of A with B and C": they are members, too.
  void AddFellows(std::uint32_t from, std::uint32_t to, PlainLine& line) const {
    for (std::uint32_t i = from + 1; i + 1 < to; ++i) {
      if (!IsKind(i, ChunkKind::kPreposition) || chunks_[i].word != "with" || !IsState(i + 1)) {
        continue;
      }
      const Chunk& before = chunks_[i - 1];
      const bool of_thing = before.kind == ChunkKind::kNoun && before.mention != kNoChunk &&
                            before.label != "date" && !words_.IsActorLabel(before.label);
      if (!of_thing) return;
      line.bearers.push_back(i + 1);
      for (i += 2; i + 1 < to && IsState(i + 1) && !IsKind(i, ChunkKind::kPreposition); i += 2) {
        line.bearers.push_back(i + 1);
      }
      return;
    }
  }

  const Words& words_;
  const Analysis& analysis_;
  const std::vector<Token>& tokens_;
  const std::vector<Chunk>& chunks_;
  PlainLines& out_;
  std::vector<std::uint32_t>& skip_to_;
};

void PlainLines::Find(const Words& words, const Analysis& analysis) {
  used_ = 0;
  Finder(words, analysis, *this).Run();
}

}  // namespace verbale::extract
