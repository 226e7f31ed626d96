#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extract/match/analysis.h"

namespace verbale::extract {

/// Words of closed classes: none of them is a noun or a verb with a meaning of its own.
inline constexpr std::uint32_t kClosed = kDeterminer | kPossessive | kPronoun | kPreposition |
                                         kConjunction | kSubordinator | kRelative | kNegation |
                                         kIncluding | kModal | kBe | kHave | kDo | kTo;

/// One sentence, word after word to chunks; see chunk.cc. Its verbs are chunk_verb.cc, its noun
/// phrases chunk_noun.cc.
class Chunker {
 public:
  Chunker(const Words& words, Analysis& out);

  void Run();

 private:
  // The tokens of the sentence without those in parentheses.

  void SkipNumber();
  bool IsPostnominal(std::size_t at) const;
  bool FollowsFeeling(std::size_t at, std::size_t from) const;
  bool OpensReduced(std::size_t at, const Mention& mention) const;
  void MarkParentheses();

  bool IsDash(std::uint32_t token) const {
    const std::string_view text = out_.tokens[token].folded;
    return (text == "—" || text == "–") && !out_.tokens[token].joined;
  }

  /// A pair of dashes is as good as brackets around names ("three neighbours — A, B and C —"), and
  /// as commas around a short insertion.
  void MarkDash(std::uint32_t open);

  /// "neighbouring countries (Armenia, Turkey)": two names or more, and little else, go on with the
  /// sentence as after "including".
  bool ListsNames(std::uint32_t open, std::uint32_t close) const;

  /// "which" and a verb.
  bool OpensRelative(std::uint32_t token) const;

  bool Closes(std::uint32_t open) const { return Closing(open) < out_.tokens.size(); }
  /// The next closing bracket, or the end.
  std::uint32_t Closing(std::uint32_t open) const;

  bool Has(std::size_t at) const { return at < order_.size(); }
  const Token& Tok(std::size_t at) const { return out_.tokens[order_[at]]; }
  const WordInfo& Info(std::size_t at) const { return Has(at) ? *infos_[at] : kUnknown; }
  const Mention* MentionAt(std::size_t at) const {
    if (!Has(at) || mention_at_[order_[at]] == kNoChunk) return nullptr;
    return &out_.mentions[mention_at_[order_[at]]];
  }
  /// The place after the mention that begins at `at`.
  std::size_t After(std::size_t at, const Mention& mention) const {
    while (Has(at) && order_[at] < mention.last) ++at;
    return at;
  }
  bool IsMark(std::size_t at, std::string_view mark) const {
    return Has(at) && Tok(at).kind == TokenKind::kMark && Tok(at).folded == mark;
  }
  bool JoinedWithNext(std::size_t at) const { return Has(at + 1) && Tok(at + 1).joined; }

  Chunk& Add(ChunkKind kind, std::size_t from, std::size_t to, std::string word);

  bool TellsWhatWasDone(std::size_t at) const;
  /// A list item goes on from its lead-in as from "including".
  bool OpensPredicate() const;
  void OpenItem();

  void Step();

  void StepMark();

  /// "a member of A; the B; and C": the mark parts names as commas do.
  bool JoinsNames() const;

  bool StepExpression(std::size_t size, const WordInfo& info, std::string_view text);

  /// Words of closed classes that are chunks by themselves.
  bool StepClosed();

  /// A verb group begins here, or behind the adverbs here.
  bool GoesOnWithVerb(std::size_t at) const;
  bool AfterNothing() const { return out_.chunks.empty(); }
  /// "will", "must", "can" after a determiner are nouns.
  bool LooksLikeNoun(std::size_t at) const {
    return at > 0 && Info(at - 1).Is(kDeterminer | kPossessive | kIndefinite) &&
           !Info(at - 1).Is(kRelative) && order_[at - 1] + 1 == order_[at];
  }

  /// "in May", "10 May": no modal.
  bool IsMonthName(std::size_t at) const {
    return Tok(at).capital && words_.IsMonth(Tok(at).folded) && at > 0 &&
           (IsPreposition(at - 1) || Tok(at - 1).kind == TokenKind::kNumber);
  }
  bool IsAdverb(std::size_t at) const;
  /// "both were ratified", "ratified both", "both treaties": no adverb, but all that were named.
  bool StandsForAll(std::size_t at) const;
  /// "last year", "two years ago": several words that stand for an adverb.
  bool IsAdverbial(std::size_t at) const;
  /// Whether `size` words from `at` on, which may be an adverb, are not part of a phrase.
  bool IsWhole(std::size_t at, std::size_t size) const;
  /// "pursuant to", "according to": a preposition of several words.
  bool OpensPhrase(std::size_t at) const {
    const WordInfo* info = nullptr;
    std::string_view text;
    return words_.Expression(out_.tokens, order_, at, &info, &text) > 0 && info->Is(kPreposition);
  }
  /// With a preposition, of one word or of several.
  bool OpensPhraseAt(std::size_t at) const {
    return Has(at) && MentionAt(at) == nullptr && (IsPreposition(at) || OpensPhrase(at));
  }
  bool LooksPlural(std::size_t at) const {
    const std::string_view word = Tok(at).folded;
    return word.size() > 2 && word.ends_with('s') && !word.ends_with("ss") &&
           !word.ends_with("us") && !word.ends_with("is");
  }
  std::size_t SkipAdverbs(std::size_t at) const;
  /// The place behind the last chunk.
  std::size_t AfterLast() const {
    const auto next = std::lower_bound(order_.begin(), order_.end(), out_.chunks.back().last);
    return static_cast<std::size_t>(next - order_.begin());
  }
  std::size_t AfterAdverb(std::size_t at) const;
  /// The place after a span of time that begins here and is counted from now, as in "75 years ago";
  /// `at` where there is none.
  std::size_t AfterTimeAgo(std::size_t at) const { return tells_ago_ ? AfterSpanAgo(at) : at; }
  std::size_t AfterSpanAgo(std::size_t at) const;

  /// A noun phrase can begin here.
  bool StartsNoun(std::size_t at) const;
  /// A noun phrase begins here for sure.
  bool OpensNoun(std::size_t at) const;

  bool IsInfinitiveAfter(std::size_t at) const;

  // Verb or noun? `phrase` is where the noun phrase in progress began; `phrase` == `at` where there
  // is none.

  bool IsVerbHere(std::size_t at, std::size_t phrase) const;

  bool AfterStop(std::size_t at) const {
    return order_[at] > 0 && out_.tokens[order_[at] - 1].kind == TokenKind::kMark;
  }

  /// The word stands at the beginning of a chunk: what was before decides.
  bool IsVerbAfterChunk(std::size_t at, const WordInfo& info) const;

  /// The comma before ends what another one opened: "the Centre, built in 2015,".
  bool ClosesInsertion() const;
  /// The same, where a participle opened it and no other verb came before: "the Centre, built by
  /// A,".
  bool ClosesParticiple() const;

  bool OpensWithPluralActor() const;
  bool SawActor() const;
  bool JoinsActors() const;
  bool FollowsJoinedActors() const;
  bool IsVerbAtStart(const WordInfo& info, std::size_t next) const;

  bool IsVerbAfterConjunction(const WordInfo& info, std::size_t next) const;

  bool IsVerbAfterNoun(std::size_t at, const WordInfo& info, std::size_t phrase) const;
  bool IsBareVerbAfterNoun(std::size_t at, const WordInfo& info, std::size_t phrase,
                           std::size_t before) const;

  /// "we wholeheartedly support": nothing but a verb follows the pronoun.
  bool AfterSubjectPronoun(std::size_t at, std::size_t phrase) const {
    if (at != phrase || out_.chunks.empty()) return false;
    const Chunk& before = out_.chunks.back();
    return before.kind == ChunkKind::kNoun && (before.tags & kAuthorPronoun) != 0;
  }

  bool IsPreposition(std::size_t at) const {
    return Has(at) && MentionAt(at) == nullptr && Info(at).Is(kPreposition) && !Info(at).Is(kTo);
  }
  bool IsEnd(std::size_t at) const { return !Has(at) || Tok(at).kind == TokenKind::kMark; }
  bool StartsPlainNoun(std::size_t at) const { return StartsNoun(at) && !OpensNoun(at); }
  /// What stands here goes on with the phrase that a year began: "the 2016 Conference".
  bool TakesParticiple(std::size_t noun, bool indefinite) const;
  bool QualifiesNext(std::size_t at) const;
  bool EndsDate(std::size_t at) const {
    return std::any_of(out_.mentions.begin(), out_.mentions.end(), [&](const Mention& mention) {
      return mention.last == order_[at] + 1 && mention.kind == Mention::Kind::kDate;
    });
  }
  bool EndsMention(std::size_t at) const;
  bool EndsLaw(std::size_t at) const;
  bool EndsActor(std::size_t at) const;
  bool LooksAdjective(std::size_t at) const;
  bool EndsAdjective(std::size_t at) const {
    return std::any_of(out_.mentions.begin(), out_.mentions.end(), [&](const Mention& mention) {
      return mention.last == order_[at] + 1 && mention.kind == Mention::Kind::kAdjective;
    });
  }
  bool CanActAt(std::size_t at) const {
    const WordInfo& info = Info(at);
    return info.Is(kActorNoun | kPronoun) ||
           !words_.HeadLabel(Words::Singular(Tok(at).folded)).empty();
  }
  /// What can follow a verb but not, as a rule, the noun of the same spelling.
  bool FollowsVerb(std::size_t at) const;
  /// The last chunk is the first verb behind a relative pronoun.
  bool EndsRelative() const {
    for (std::size_t i = out_.chunks.size() - 1; i-- > 0;) {
      if (out_.chunks[i].kind == ChunkKind::kRelative) return true;
      if (out_.chunks[i].kind == ChunkKind::kVerb) break;
    }
    return false;
  }
  /// In the clause.
  bool SawFiniteVerb() const {
    for (std::size_t i = out_.chunks.size(); i-- > 0;) {
      const Chunk& chunk = out_.chunks[i];
      if (chunk.kind == ChunkKind::kStop) break;
      if (chunk.kind == ChunkKind::kVerb && chunk.shape == VerbShape::kFinite) return true;
    }
    return false;
  }
  /// ", and the Directorate of Investigations works closely with": nothing finite since the comma.
  bool OpensClauseAfterComma() const {
    for (std::size_t i = out_.chunks.size(); i-- > 1;) {
      const Chunk& chunk = out_.chunks[i];
      if (chunk.kind == ChunkKind::kStop || chunk.kind == ChunkKind::kVerb) return false;
      if (chunk.kind == ChunkKind::kConjunction) {
        return out_.chunks[i - 1].kind == ChunkKind::kComma;
      }
    }
    return false;
  }
  bool SawVerb() const {
    return std::any_of(out_.chunks.begin(), out_.chunks.end(),
                       [](const Chunk& chunk) { return chunk.kind == ChunkKind::kVerb; });
  }
  /// The same, since the mark that ended the clause before.
  bool SawVerbInClause() const {
    for (std::size_t i = out_.chunks.size(); i-- > 0;) {
      if (out_.chunks[i].kind == ChunkKind::kStop) return false;
      if (out_.chunks[i].kind == ChunkKind::kVerb) return true;
    }
    return false;
  }
  /// "supports A and welcomes, in the same spirit, B", "notes, and supports, A": the word stands
  /// before an insertion, or is one.
  bool OpensInsertion(std::size_t at) const;

  // Verb groups: [to] (modal | be | have | do | not | adverb)* verb, and on over "intends to".

  struct Group {
    bool to = false, be = false, have = false, modal = false, negated = false, aux = false;
    std::size_t verb = 0;  ///< Place of the verb that counts.
    std::size_t end = 0;
    bool found = false;  ///< A full verb, not an auxiliary alone.
  };

  std::size_t NegationSize(std::size_t at) const;
  Group ReadGroup(std::size_t at, Chunk& chunk) const;

  bool GoesOn(std::size_t at, const Group& group) const;

  /// After "be" only participles and -ing forms go on with the group.
  bool IsNounAfterBe(std::size_t at, const WordInfo& info) const {
    if (JoinedWithNext(at) || Tok(at).joined) return true;
    return (info.forms & (kParticiple | kIngForm)) == 0;
  }

  /// "has close ties": after "have" only a participle goes on with the group.
  static bool IsNounAfterHave(const WordInfo& info, const Group& group) {
    return group.have && !group.be && (info.forms & kParticiple) == 0;
  }

  static void Judge(Chunk& chunk, graph::Modality modality, std::string_view word);

  void StepVerb();

  std::string LemmaOf(const Group& group) const {
    const WordInfo& info = Info(group.verb);
    if (group.found) return info.lemma.empty() ? std::string(Tok(group.verb).folded) : info.lemma;
    return group.be ? "be" : group.have ? "have" : "do";
  }

  void SetShape(const Group& group, Chunk& chunk) const;

  std::size_t FirstAux(const Group&) const { return at_; }
  bool IsInverted() const;
  bool FollowsSpeaker(std::size_t at) const;
  void JudgeByManner(std::size_t from, const Group& group, Chunk& chunk) const;
  bool Lasts(std::size_t from, const Group& group) const;
  bool IsProgressive(std::size_t from, const Group& group) const;

  /// "intends to ratify", "is committed to promoting", "continues to support": the last verb
  /// counts, and what the first ones make of it.
  std::size_t BehindAside(std::size_t comma) const;
  void FollowCatenatives(std::string& lemma, std::size_t& end, Chunk& chunk, const Group& group);

  // Noun phrases.

  bool IsOffice(std::size_t at) const;
  void StepNoun();
  std::size_t ReadOpening(std::size_t at, Chunk& chunk) const;
  bool IsTitleAround(std::size_t at) const;
  void MarkTitles();
  std::size_t EndOfTitle(std::size_t from) const;
  bool GoesOnWithTitle(std::size_t at) const;
  bool TakesIn(std::size_t at, std::size_t from, const Chunk& chunk) const;
  std::size_t JoinedTail(std::size_t at, std::size_t from, const Chunk& chunk) const;
  void SkipParticiple(Chunk& chunk) const;
  std::size_t EndOfFirstRole(std::size_t from, std::size_t end, Chunk& chunk) const;
  void FinishNoun(std::size_t from, std::size_t end, Chunk&& chunk);
  bool IsNameLike(const Chunk& chunk, std::size_t end) const;
  bool EndsWithState(const Chunk& chunk) const;
  void Name(Chunk& chunk, std::size_t from, std::size_t end) const;
  void TakeParenthesis(Chunk& chunk) const;

  struct Paren {
    std::uint32_t after, first, last;
  };

  const Words& words_;
  Analysis& out_;
  const std::uint32_t item_at_;  ///< Token that begins a list item; kNoChunk where there is none.
  static const WordInfo kUnknown, kUnknownPast;
  bool tells_ago_ = false;  ///< Some word of the sentence ends "three years ago".
  std::vector<std::uint32_t> order_;
  std::vector<const WordInfo*> infos_;  ///< What the lexicon says of each word of `order_`.
  std::vector<Paren> parens_;
  std::map<std::uint32_t, ChunkKind> dashes_;  ///< Token → what it is as good as.
  std::vector<std::uint32_t> mention_at_;
  std::vector<bool> in_title_;  ///< Of each word: it goes on with a title; see MarkTitles().
  std::size_t at_ = 0;
};

}  // namespace verbale::extract
