// Words to phrases and verb groups, from left to right, without backtracking. English marks most
// verbs by what stands before them (a subject pronoun, "to", an auxiliary) and most nouns by what
// opens their phrase (a determiner, an adjective, a preposition); only where both readings are left
// does the word after decide. A full grammar would do no better on the short official clauses that
// rules look at, and costs a hundred times as much.

#include <algorithm>
#include <map>
#include <optional>

#include "extract/match/analysis.h"

namespace verbale::extract {
namespace {

constexpr std::uint32_t kClosed = kDeterminer | kPossessive | kPronoun | kPreposition |
                                  kConjunction | kSubordinator | kRelative | kNegation |
                                  kIncluding | kModal | kBe | kHave | kDo | kTo;

/// Between two dashes, in tokens.
constexpr std::uint32_t kLongestInsertion = 15;

class Chunker {
 public:
  Chunker(const Words& words, Analysis& out) : words_(words), out_(out) {
    MarkParentheses();
    mention_at_.assign(out.tokens.size() + 1, kNoChunk);
    for (std::uint32_t i = 0; i < out.mentions.size(); ++i) {
      mention_at_[out.mentions[i].first] = i;
    }
  }

  void Run() {
    while (at_ < order_.size()) {
      if (at_ > 0 && order_[at_] == out_.item_token) OpenItem();
      Step();
    }
  }

 private:
  // The tokens of the sentence without those in parentheses.

  void MarkParentheses() {
    int depth = 0;
    std::uint32_t open = 0;
    for (std::uint32_t i = 0; i < out_.tokens.size(); ++i) {
      const std::string_view text = out_.tokens[i].folded;
      const bool mark = out_.tokens[i].kind == TokenKind::kMark;
      if (mark && (text == "(" || text == "[") && Closes(i)) {
        if (depth == 0 && ListsNames(i, Closing(i))) {
          order_.push_back(i);
          continue;
        }
        if (depth++ == 0) open = i;
        continue;
      }
      if (mark && (text == ")" || text == "]") && depth > 0) {
        if (--depth == 0 && !order_.empty()) parens_.push_back({order_.back(), open + 1, i});
        continue;
      }
      if (depth == 0 && mark && IsDash(i)) MarkDash(i);
      if (depth == 0) order_.push_back(i);
    }
  }

  bool IsDash(std::uint32_t token) const {
    const std::string_view text = out_.tokens[token].folded;
    return (text == "—" || text == "–") && !out_.tokens[token].joined;
  }

  /// A pair of dashes is as good as brackets around names ("three neighbours — A, B and C —"), and
  /// as commas around a short insertion.
  void MarkDash(std::uint32_t open) {
    if (dashes_.count(open) > 0) return;
    std::uint32_t close = open + 1;
    while (close < out_.tokens.size() && !IsDash(close)) ++close;
    const bool paired = close < out_.tokens.size();
    if (ListsNames(open, close)) {
      dashes_[open] = ChunkKind::kIncluding;
    } else if (paired && close - open <= kLongestInsertion) {
      dashes_[open] = ChunkKind::kComma;
    } else {
      return;
    }
    if (paired) dashes_[close] = ChunkKind::kComma;
  }

  /// "neighbouring countries (Armenia, Turkey)": two names or more, and little else, go on with the
  /// sentence as after "including".
  bool ListsNames(std::uint32_t open, std::uint32_t close) const {
    std::uint32_t names = 0, others = 0, at = open + 1;
    while (at < close) {
      const auto mention = std::find_if(out_.mentions.begin(), out_.mentions.end(),
                                        [&](const Mention& m) { return m.first == at; });
      if (mention != out_.mentions.end()) {
        if (mention->kind != Mention::Kind::kName) return false;
        ++names;
        at = mention->last;
      } else {
        const WordInfo* info = words_.Find(out_.tokens[at]);
        const bool small = out_.tokens[at].kind == TokenKind::kMark ||
                           (info != nullptr && info->Is(kPreposition | kConjunction | kDeterminer |
                                                        kIncluding | kAdverb));
        others += small ? 0 : 1;
        ++at;
      }
    }
    return names >= 2 && others <= 1;
  }

  bool Closes(std::uint32_t open) const { return Closing(open) < out_.tokens.size(); }
  /// The next closing bracket, or the end.
  std::uint32_t Closing(std::uint32_t open) const {
    std::uint32_t close = open + 1;
    while (close < out_.tokens.size() && out_.tokens[close].folded != ")" &&
           out_.tokens[close].folded != "]") {
      ++close;
    }
    return close;
  }

  bool Has(std::size_t at) const { return at < order_.size(); }
  const Token& Tok(std::size_t at) const { return out_.tokens[order_[at]]; }
  const WordInfo& Info(std::size_t at) const {
    static const WordInfo unknown;
    if (!Has(at) || Tok(at).kind != TokenKind::kWord) return unknown;
    const WordInfo* info = words_.Find(Tok(at));
    return info == nullptr ? unknown : *info;
  }
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

  Chunk& Add(ChunkKind kind, std::size_t from, std::size_t to, std::string word) {
    Chunk chunk;
    chunk.kind = kind;
    chunk.first = order_[from];
    chunk.last = order_[to - 1] + 1;
    chunk.word = std::move(word);
    at_ = to;
    out_.chunks.push_back(std::move(chunk));
    return out_.chunks.back();
  }

  /// A list item goes on from its lead-in as from "including".
  void OpenItem() {
    if (out_.chunks.empty() || out_.chunks.back().kind != ChunkKind::kNoun) return;
    Chunk chunk;
    chunk.kind = ChunkKind::kIncluding;
    chunk.first = chunk.last = out_.item_token;
    chunk.word = "following";
    out_.chunks.push_back(std::move(chunk));
    out_.item_token = kNoChunk;
  }

  void Step() {
    const Mention* mention = MentionAt(at_);
    if (mention == nullptr && Tok(at_).kind == TokenKind::kMark) return StepMark();
    if (mention == nullptr) {
      const WordInfo* info = nullptr;
      std::string_view text;
      const std::size_t size = words_.Expression(out_.tokens, order_, at_, &info, &text);
      if (size > 0 && StepExpression(size, *info, text)) return;
      if (StepClosed()) return;
      if (IsVerbHere(at_, at_)) return StepVerb();
    }
    StepNoun();
  }

  void StepMark() {
    const std::string_view mark = Tok(at_).folded;
    const auto dash = dashes_.find(order_[at_]);
    if (dash != dashes_.end()) {
      const bool list = dash->second == ChunkKind::kIncluding;
      Add(dash->second, at_, at_ + 1, list ? "parenthesis" : ",");
    } else if (mark == ";" && JoinsNames()) {
      Add(ChunkKind::kComma, at_, at_ + 1, ",");
    } else if (mark == "(" || mark == "[") {
      Add(ChunkKind::kIncluding, at_, at_ + 1, "parenthesis");
    } else if (mark == ",") {
      Add(ChunkKind::kComma, at_, at_ + 1, ",");
    } else if (mark == ":" && !out_.chunks.empty() && out_.chunks.back().kind == ChunkKind::kNoun) {
      Add(ChunkKind::kIncluding, at_, at_ + 1, "following");
    } else if (mark == "." && Has(at_ + 1) && !Tok(at_ + 1).capital) {
      ++at_;  // Of an abbreviation.
    } else if (mark == ";" || mark == ":" || mark == "—" || mark == "–" || mark == "." ||
               mark == "?" || mark == "!") {
      Add(ChunkKind::kStop, at_, at_ + 1, ";");
    } else if (mark == "&") {
      Add(ChunkKind::kConjunction, at_, at_ + 1, "and");
    } else {
      ++at_;
    }
  }

  /// "a member of A; the B; and C": the mark parts names as commas do.
  bool JoinsNames() const {
    if (out_.chunks.empty() || out_.chunks.back().kind != ChunkKind::kNoun ||
        out_.chunks.back().mention == kNoChunk) {
      return false;
    }
    std::size_t at = at_ + 1;
    while (Has(at) && MentionAt(at) == nullptr && Info(at).Is(kConjunction | kDefinite)) ++at;
    const Mention* mention = Has(at) ? MentionAt(at) : nullptr;
    if (mention == nullptr || mention->kind != Mention::Kind::kName) return false;
    at = After(at, *mention);
    return !Has(at) || Tok(at).kind == TokenKind::kMark || Info(at).Is(kConjunction);
  }

  bool StepExpression(std::size_t size, const WordInfo& info, std::string_view text) {
    if (info.Is(kPronoun)) {  // "let me"
      Chunk chunk;
      chunk.tags = info.tags;
      chunk.core = order_[at_];
      FinishNoun(at_, at_ + size, std::move(chunk));
      return true;
    }
    ChunkKind kind = ChunkKind::kOther;
    if (info.Is(kPreposition)) kind = ChunkKind::kPreposition;
    if (info.Is(kConjunction)) kind = ChunkKind::kConjunction;
    if (info.Is(kIncluding)) kind = ChunkKind::kIncluding;
    if (info.Is(kSubordinator)) kind = ChunkKind::kSubordinator;
    if (info.Is(kRelative)) kind = ChunkKind::kRelative;
    if (info.Is(kAdverb)) {
      if (Tok(at_ + size - 1).possessive) return false;  // "last year's session"
      at_ += size;
      return true;
    }
    if (kind == ChunkKind::kOther) return false;
    Add(kind, at_, at_ + size, std::string(text)).tags = info.tags;
    return true;
  }

  /// Words of closed classes that are chunks by themselves.
  bool StepClosed() {
    const WordInfo& info = Info(at_);
    if (JoinedWithNext(at_) || Tok(at_).kind != TokenKind::kWord) return false;
    if (info.tags == 0) {
      if (!IsAdverb(at_)) return false;
      ++at_;
      return true;
    }
    const std::string word(Tok(at_).folded);
    if (info.Is(kModal | kBe | kHave | kDo) && !LooksLikeNoun(at_)) {
      StepVerb();
      return true;
    }
    if (info.Is(kTo)) {
      if (IsInfinitiveAfter(at_ + 1)) {
        StepVerb();
      } else {
        Add(ChunkKind::kPreposition, at_, at_ + 1, word);
      }
      return true;
    }
    if (info.Is(kNegation) && IsVerbHere(at_ + 1, at_ + 1)) {
      StepVerb();
      return true;
    }
    if (info.Is(kRelative) && !(word == "that" && StartsNoun(at_ + 1) && AfterNothing())) {
      Add(ChunkKind::kRelative, at_, at_ + 1, word);
      return true;
    }
    const std::pair<std::uint32_t, ChunkKind> kKinds[] = {
        {kIncluding, ChunkKind::kIncluding},
        {kConjunction, ChunkKind::kConjunction},
        {kSubordinator, ChunkKind::kSubordinator},
        {kPreposition, ChunkKind::kPreposition},
    };
    for (const auto& [tag, kind] : kKinds) {
      if (!info.Is(tag)) continue;
      Add(kind, at_, at_ + 1, word).tags = info.tags;
      return true;
    }
    if (info.Is(kAdverb)) {
      ++at_;
      return true;
    }
    return false;
  }

  bool AfterNothing() const { return out_.chunks.empty(); }
  /// "will", "must", "can" after a determiner are nouns.
  bool LooksLikeNoun(std::size_t at) const {
    return at > 0 && Info(at - 1).Is(kDeterminer | kPossessive | kIndefinite) &&
           order_[at - 1] + 1 == order_[at];
  }

  bool IsAdverb(std::size_t at) const {
    if (!Has(at) || Tok(at).kind != TokenKind::kWord) return false;
    const WordInfo& info = Info(at);
    if (info.Is(kAdverb)) return true;
    const std::string_view word = Tok(at).folded;
    return info.tags == 0 && info.forms == 0 && word.size() > 4 && !Tok(at).capital &&
           word.compare(word.size() - 2, 2, "ly") == 0;
  }
  /// "last year", "two years ago": several words that stand for an adverb.
  bool IsAdverbial(std::size_t at) const {
    const WordInfo* info = nullptr;
    std::string_view text;
    const std::size_t size = words_.Expression(out_.tokens, order_, at, &info, &text);
    return size > 0 && info->Is(kAdverb) && !Tok(at + size - 1).possessive;
  }
  std::size_t SkipAdverbs(std::size_t at) const {
    while (Has(at) && !MentionAt(at)) {
      const WordInfo* info = nullptr;
      std::string_view text;
      const std::size_t size = words_.Expression(out_.tokens, order_, at, &info, &text);
      if (size > 0 && info->Is(kAdverb)) {
        at += size;
      } else if (IsAdverb(at) && !JoinedWithNext(at)) {
        ++at;
      } else {
        break;
      }
    }
    return at;
  }

  /// A noun phrase can begin here.
  bool StartsNoun(std::size_t at) const {
    if (!Has(at)) return false;
    if (MentionAt(at) != nullptr) return true;
    if (Tok(at).kind == TokenKind::kMark) return false;
    const WordInfo& info = Info(at);
    if (info.Is(kDeterminer | kPossessive | kPronoun | kQuantifier | kAdjective)) return true;
    return !info.Is(kClosed) && !IsAdverb(at);
  }
  /// A noun phrase begins here for sure.
  bool OpensNoun(std::size_t at) const {
    if (!Has(at)) return false;
    if (MentionAt(at) != nullptr) return true;
    if (Tok(at).kind != TokenKind::kWord) return Tok(at).kind != TokenKind::kMark;
    return Info(at).Is(kDeterminer | kPossessive | kQuantifier | kAdjective | kPronoun) ||
           Tok(at).capital;
  }

  bool IsInfinitiveAfter(std::size_t at) const {
    at = SkipAdverbs(at);
    if (!Has(at) || MentionAt(at) != nullptr || JoinedWithNext(at)) return false;
    const WordInfo& info = Info(at);
    if (info.Is(kBe | kHave | kDo) && (info.forms & kBaseForm)) return true;
    return (info.forms & kBaseForm) != 0;
  }

  // Verb or noun? `phrase` is where the noun phrase in progress began; `phrase` == `at` where there
  // is none.

  bool IsVerbHere(std::size_t at, std::size_t phrase) const {
    if (!Has(at) || MentionAt(at) != nullptr) return false;
    const WordInfo& info = Info(at);
    if (info.forms == 0 || info.Is(kBe | kHave | kDo | kModal)) return info.Is(kBe | kHave | kDo);
    if (Tok(at).possessive || Tok(at).joined || JoinedWithNext(at) || info.Is(kNounOnly))
      return false;
    if (Tok(at).capital && at > 0 && !AfterStop(at)) return false;
    if (at == phrase) return IsVerbAfterChunk(at, info);
    return IsVerbAfterNoun(at, info, phrase);
  }

  bool AfterStop(std::size_t at) const {
    return order_[at] > 0 && out_.tokens[order_[at] - 1].kind == TokenKind::kMark;
  }

  /// The word stands at the beginning of a chunk: what was before decides.
  bool IsVerbAfterChunk(std::size_t at, const WordInfo& info) const {
    const std::size_t next = SkipAdverbs(at + 1);
    if (out_.chunks.empty()) return IsVerbAtStart(info, next);
    const Chunk& before = out_.chunks.back();
    switch (before.kind) {
      case ChunkKind::kNoun:
        return IsVerbAfterNoun(at, info, at);
      case ChunkKind::kPreposition:
        return (info.forms & kIngForm) != 0 && (StartsNoun(next) || FollowsVerb(next));
      case ChunkKind::kRelative:
        return true;
      case ChunkKind::kIncluding:
        return (info.forms & kIngForm) != 0 && (StartsNoun(next) || FollowsVerb(next));
      case ChunkKind::kConjunction:
        return IsVerbAfterConjunction(info, next);
      case ChunkKind::kComma:
        if (info.forms & (kIngForm | kThirdPerson)) return FollowsVerb(next) || OpensNoun(next);
        if (info.forms & (kPastForm | kParticiple)) {
          return FollowsVerb(next) || OpensNoun(next);
        }
        return SawVerb() && (info.forms & kBaseForm) && !info.Is(kNounToo) && StartsNoun(next);
      case ChunkKind::kVerb:
        return (info.forms & kIngForm) != 0 && FollowsVerb(next);
      default:
        return IsVerbAtStart(info, next);
    }
  }

  bool IsVerbAtStart(const WordInfo& info, std::size_t next) const {
    if (info.forms & kBaseForm) {
      return info.Is(kNounToo) ? OpensNoun(next) && !Info(next).Is(kQuantifier) : StartsNoun(next);
    }
    if (info.forms & kIngForm) return OpensNoun(next) || FollowsVerb(next) || StartsNoun(next);
    if (info.forms & kThirdPerson) return !info.Is(kNounToo) && OpensNoun(next);
    return OpensNoun(next) || (Has(next) && Info(next).Is(kPreposition | kTo));
  }

  bool IsVerbAfterConjunction(const WordInfo& info, std::size_t next) const {
    if (info.forms & kThirdPerson) {
      return SawVerb() && (FollowsVerb(next) || OpensNoun(next));
    }
    if (info.forms & kBaseForm) {
      return SawVerb() && (!info.Is(kNounToo) || OpensNoun(next)) &&
             (StartsNoun(next) || FollowsVerb(next));
    }
    if (info.forms & kIngForm) return FollowsVerb(next) || OpensNoun(next);
    return SawVerb() && (FollowsVerb(next) || OpensNoun(next) || !Has(next) ||
                         Tok(next).kind == TokenKind::kMark);
  }

  bool IsVerbAfterNoun(std::size_t at, const WordInfo& info, std::size_t phrase) const {
    const std::size_t next = SkipAdverbs(at + 1);
    std::size_t before = at - 1;
    while (before > phrase && IsAdverb(before)) --before;
    const WordInfo& previous = Info(before);
    const bool mention_before = at > phrase ? EndsMention(before) : true;
    if (at > phrase && !mention_before &&
        previous.Is(kDeterminer | kPossessive | kQuantifier | kAdjective)) {
      return false;
    }
    if (Tok(before).possessive) return false;
    if (EndsAdjective(before)) return false;
    if (info.forms & (kPastForm | kParticiple)) {
      return !(StartsPlainNoun(next) && !mention_before && !OpensNoun(next) && at > phrase &&
               !previous.Is(kPronoun) && IsAdverb(at - 1));
    }
    if (info.forms & kThirdPerson) {
      if (at > phrase && !mention_before && !CanActAt(before) &&
          (info.Is(kNounToo) || IsPreposition(next))) {
        return false;
      }
      return FollowsVerb(next) || IsEnd(next) || StartsNoun(next) || !Has(next) ||
             Tok(next).kind == TokenKind::kQuote || Info(next).Is(kConjunction | kRelative);
    }
    if (info.forms & kBaseForm) {
      if (AfterSubjectPronoun(at, phrase)) return true;
      const bool plural = Tok(before).folded.size() > 2 && Tok(before).folded.back() == 's';
      return (plural || previous.Is(kPronoun) || mention_before) &&
             (OpensNoun(next) || FollowsVerb(next) || (plural && !info.Is(kNounToo)));
    }
    return Has(next) && (Info(next).Is(kDeterminer | kPossessive | kTo) || MentionAt(next) ||
                         Tok(next).folded == "at");
  }

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
  bool QualifiesNext(std::size_t at) const {
    return StartsNoun(at) &&
           !(MentionAt(at) == nullptr &&
             Info(at).Is(kDeterminer | kPossessive | kPronoun | kQuantifier)) &&
           !IsVerbHere(at, at);
  }
  bool EndsDate(std::size_t at) const {
    return std::any_of(out_.mentions.begin(), out_.mentions.end(), [&](const Mention& mention) {
      return mention.last == order_[at] + 1 && mention.kind == Mention::Kind::kDate;
    });
  }
  bool EndsMention(std::size_t at) const {
    return std::any_of(out_.mentions.begin(), out_.mentions.end(), [&](const Mention& mention) {
      return mention.last == order_[at] + 1 && mention.kind != Mention::Kind::kAdjective &&
             mention.kind != Mention::Kind::kDate;
    });
  }
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
  bool FollowsVerb(std::size_t at) const {
    if (!Has(at)) return false;
    if (MentionAt(at) != nullptr) return true;
    const WordInfo* info = nullptr;
    std::string_view text;
    if (words_.Expression(out_.tokens, order_, at, &info, &text) > 0) return info->Is(kPreposition);
    return Info(at).Is(kDeterminer | kPossessive | kPreposition | kTo | kPronoun | kRelative);
  }
  bool SawVerb() const {
    return std::any_of(out_.chunks.begin(), out_.chunks.end(),
                       [](const Chunk& chunk) { return chunk.kind == ChunkKind::kVerb; });
  }

  // Verb groups: [to] (modal | be | have | do | not | adverb)* verb, and on over "intends to".

  struct Group {
    bool to = false, be = false, have = false, modal = false, negated = false, aux = false;
    std::size_t verb = 0;  ///< Place of the verb that counts.
    std::size_t end = 0;
    bool found = false;  ///< A full verb, not an auxiliary alone.
  };

  Group ReadGroup(std::size_t at, Chunk& chunk) const {
    Group group;
    for (; Has(at); ++at) {
      const std::size_t after = SkipAdverbs(at);
      if (after != at && Has(after) && GoesOn(after, group)) at = after;
      if (!Has(at) || MentionAt(at) != nullptr) break;
      const WordInfo& info = Info(at);
      if (info.Is(kNegation)) {
        group.negated = true;
      } else if (info.Is(kTo) && !group.aux && !group.to) {
        group.to = true;
      } else if (info.Is(kTo) && group.aux && !group.found && IsInfinitiveAfter(at + 1)) {
        Judge(chunk, group.be ? graph::Modality::kPlanned : graph::Modality::kRecommended,
              std::string(Tok(group.verb).folded) + " to");
        group.be = group.have = false;
      } else if (info.Is(kModal)) {
        Judge(chunk, info.modality, Tok(at).folded);
        group.modal = group.aux = true;
      } else if (info.Is(kBe | kHave | kDo)) {
        if (info.lemma == "be" && (info.forms & kBaseForm) && !group.aux && !group.to) {
          Judge(chunk, graph::Modality::kRecommended, "be");  // "that it be held"
        }
        if (info.Is(kBe)) group.be = true;
        if (info.Is(kHave)) group.have = true;
        group.aux = true;
        group.verb = at;
      } else if (info.forms != 0 && !(group.be && IsNounAfterBe(at, info))) {
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

  bool GoesOn(std::size_t at, const Group& group) const {
    const WordInfo& info = Info(at);
    if (MentionAt(at) != nullptr) return false;
    if (info.Is(kBe | kHave | kDo | kModal | kNegation)) return true;
    return info.forms != 0 && !(group.be && IsNounAfterBe(at, info));
  }

  /// After "be" only participles and -ing forms go on with the group.
  bool IsNounAfterBe(std::size_t at, const WordInfo& info) const {
    if (JoinedWithNext(at) || Tok(at).joined) return true;
    return (info.forms & (kParticiple | kIngForm)) == 0;
  }

  static void Judge(Chunk& chunk, graph::Modality modality, std::string_view word) {
    if (modality == graph::Modality::kAsserted || chunk.modality != graph::Modality::kAsserted) {
      return;
    }
    chunk.modality = modality;
    chunk.modality_word = word;
  }

  void StepVerb() {
    const std::size_t from = at_;
    Chunk chunk;
    Group group = ReadGroup(at_, chunk);
    if (group.end <= from) group.end = from + 1;
    if (!group.found && !group.aux) {
      ++at_;
      return;
    }
    chunk.negated = group.negated;
    chunk.auxiliary = group.aux;
    SetShape(group, chunk);
    std::size_t end = group.end;
    std::string lemma = LemmaOf(group);
    FollowCatenatives(lemma, end, chunk, group);
    if (chunk.negated) {
      chunk.modality = graph::Modality::kDenied;
      chunk.modality_word = "not";
    }
    Chunk& added = Add(ChunkKind::kVerb, from, end, lemma);
    added.shape = chunk.shape;
    added.passive = chunk.passive;
    added.negated = chunk.negated;
    added.auxiliary = chunk.auxiliary;
    added.modality = chunk.modality;
    added.modality_word = chunk.modality_word;
  }

  std::string LemmaOf(const Group& group) const {
    const WordInfo& info = Info(group.verb);
    if (group.found) return info.lemma;
    return group.be ? "be" : group.have ? "have" : "do";
  }

  void SetShape(const Group& group, Chunk& chunk) const {
    const std::uint8_t forms = group.found ? Info(group.verb).forms : 0;
    const bool participle = (forms & kParticiple) != 0;
    const bool ing = (forms & kIngForm) != 0;
    const bool starts_ing = !group.to && !group.modal && Tok(FirstAux(group)).folded == "being";
    chunk.passive = group.found && group.be && participle && !ing;
    if (group.to) {
      chunk.shape = VerbShape::kInfinitive;
    } else if ((ing && !group.aux) || starts_ing || Info(FirstAux(group)).forms == kIngForm) {
      chunk.shape = VerbShape::kGerund;
    } else if (!group.aux && forms == kBaseForm) {
      chunk.shape = VerbShape::kBare;
    }
  }

  std::size_t FirstAux(const Group&) const { return at_; }

  /// "intends to ratify", "is committed to promoting", "continues to support": the last verb
  /// counts, and what the first ones make of it.
  void FollowCatenatives(std::string& lemma, std::size_t& end, Chunk& chunk, const Group& group) {
    for (int depth = 0; depth < 4; ++depth) {
      std::size_t at = SkipAdverbs(end);
      std::string first = lemma;
      if (lemma == "be" && Has(at) && !MentionAt(at) && Tok(at).kind == TokenKind::kWord &&
          words_.Catenative(Tok(at).folded) != nullptr) {
        first = Tok(at).folded;  // "is ready to", "is about to"
        at = SkipAdverbs(at + 1);
      } else if (depth == 0 && !group.found) {
        return;
      }
      const graph::Modality* modality = words_.Catenative(first);
      if (modality == nullptr || !Has(at)) return;
      const bool to = Info(at).Is(kTo);
      // "is active in defining", but not "works on defining", which says more than "defines".
      const bool hops = to || (first != lemma && Info(at).Is(kPreposition));
      if (!hops && Info(at).Is(kPreposition)) return;
      const std::size_t verb = SkipAdverbs(hops ? at + 1 : at);
      if (!Has(verb) || MentionAt(verb) != nullptr) return;
      Chunk inner;
      const Group next = ReadGroup(to ? at : verb, inner);
      if (next.end <= verb || (!next.found && !next.aux)) return;
      const std::uint8_t forms = Info(next.found ? next.verb : verb).forms;
      const bool fits = to ? (forms & (kBaseForm | kIngForm | kParticiple)) != 0
                           : (forms & kIngForm) != 0 && !JoinedWithNext(verb);
      if (!fits) return;
      if (words_.IsSoftening(first) && words_.IsPerformative(LemmaOf(next))) {
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

  // Noun phrases.

  void StepNoun();
  std::size_t ReadOpening(std::size_t at, Chunk& chunk) const;
  bool TakesIn(std::size_t at, std::size_t from, const Chunk& chunk) const;
  std::size_t JoinedTail(std::size_t at, std::size_t from, const Chunk& chunk) const;
  void FinishNoun(std::size_t from, std::size_t end, Chunk chunk);
  void Name(Chunk& chunk, std::size_t from, std::size_t end) const;
  void TakeParenthesis(Chunk& chunk) const;

  struct Paren {
    std::uint32_t after, first, last;
  };

  const Words& words_;
  Analysis& out_;
  std::vector<std::uint32_t> order_;
  std::vector<Paren> parens_;
  std::map<std::uint32_t, ChunkKind> dashes_;  ///< Token → what it is as good as.
  std::vector<std::uint32_t> mention_at_;
  std::size_t at_ = 0;
};

/// Determiners, quantifiers and numbers at the beginning of a phrase.
std::size_t Chunker::ReadOpening(std::size_t at, Chunk& chunk) const {
  while (Has(at) && MentionAt(at) == nullptr) {
    const WordInfo& info = Info(at);
    if (!info.Is(kDeterminer | kPossessive | kQuantifier)) break;
    chunk.tags |= info.tags;
    ++at;
  }
  return at;
}

bool Chunker::TakesIn(std::size_t at, std::size_t from, const Chunk& chunk) const {
  if (!Has(at)) return false;
  if (at > from && order_[at] == out_.item_token) return false;
  if (at > from && order_[at] > order_[at - 1] + 1) {
    // Something in parentheses lies between; the phrase goes on only with a further noun of a name.
    return false;
  }
  if (const Mention* mention = MentionAt(at)) {
    if (mention->kind == Mention::Kind::kDate) {
      const bool year = mention->name.size() == 4 || mention->name.size() == 9;
      const std::size_t next = After(at, *mention);
      return at == from || (year && (chunk.tags != 0 || at > from) && QualifiesNext(next));
    }
    // Two names side by side are two phrases unless the first one qualifies the second.
    return true;
  }
  if (Tok(at).kind == TokenKind::kMark) return false;
  if (Tok(at).kind == TokenKind::kQuote) return true;
  if (Tok(at).joined || JoinedWithNext(at)) return true;
  const WordInfo& info = Info(at);
  if (info.Is(kNaming) && at > from) return false;
  if (at > from && IsAdverbial(at)) return false;
  if (info.Is(kAssertingNoun) && at == from && chunk.tags != 0) return true;  // "among the first"
  if (info.Is(kClosed) && !(info.Is(kModal | kDo) && LooksLikeNoun(at))) {
    return false;
  }
  if (IsAdverb(at)) return StartsNoun(at + 1) && !IsVerbHere(at + 1, from);
  return at == from || !IsVerbHere(at, from);
}

/// Where the phrase goes on over "and": "Conference and Fair", "a strategy and action plan". Gives
/// the place after "and", or 0.
std::size_t Chunker::JoinedTail(std::size_t at, std::size_t from, const Chunk& chunk) const {
  if (!Has(at + 1) || !Info(at).Is(kConjunction) || at == from) return 0;
  if (Tok(at).folded != "and" && Tok(at).folded != "or") return 0;
  // "the 2012-2013 and 2014-2015 Groups"
  if (EndsDate(at - 1) && EndsDate(at + 1 + (Has(at + 2) && Tok(at + 2).joined)) &&
      chunk.tags != 0) {
    return at + 1;
  }
  if (MentionAt(at + 1) != nullptr) return 0;
  if (EndsMention(at - 1) || !TakesIn(at + 1, at + 1, chunk)) return 0;
  if (OpensNoun(at + 1) && !Tok(at + 1).capital && !Info(at + 1).Is(kAdjective)) return 0;
  if (IsVerbHere(at + 1, at + 1)) return 0;
  const bool capitals = Tok(at - 1).capital && Tok(at + 1).capital;
  const bool smalls = !Tok(at - 1).capital && !Tok(at + 1).capital;
  if (capitals) return at + 1;
  if (!smalls || (chunk.tags & kIndefinite) == 0) return 0;
  return at + 1;
}

void Chunker::StepNoun() {
  const std::size_t from = at_;
  Chunk chunk;
  std::size_t end = ReadOpening(from, chunk);
  chunk.core = static_cast<std::uint32_t>(end);
  if (end == from && Info(from).Is(kPronoun) && MentionAt(from) == nullptr) {
    chunk.tags |= Info(from).tags;
    chunk.core = order_[from];
    end = from + 1;
    return FinishNoun(from, end, std::move(chunk));
  }
  const std::size_t core = end;
  while (Has(end)) {
    if (TakesIn(end, core, chunk)) {
      const Mention* mention = MentionAt(end);
      const bool date_alone = mention && end == core && mention->kind == Mention::Kind::kDate &&
                              (!QualifiesNext(After(end, *mention)) ||
                               (chunk.tags == 0 && !StartsPlainNoun(After(end, *mention)))) &&
                              JoinedTail(After(end, *mention), core, chunk) == 0;
      if (mention == nullptr) {
        ++end;
        if (Tok(end - 1).possessive) continue;
        continue;
      }
      end = After(end, *mention);
      if (date_alone) break;
      continue;
    }
    const std::size_t tail = JoinedTail(end, core, chunk);
    if (tail == 0) break;
    end = tail;
  }
  if (end == core) {
    // A determiner alone stands for a noun ("this", "all of"); anything else is passed over.
    if (end == from) {
      Add(ChunkKind::kOther, from, from + 1, std::string(Tok(from).folded));
      return;
    }
    chunk.core = order_[from];
    return FinishNoun(from, end, std::move(chunk));
  }
  chunk.core = order_[core];
  FinishNoun(from, end, std::move(chunk));
}

void Chunker::FinishNoun(std::size_t from, std::size_t end, Chunk chunk) {
  chunk.head = order_[end - 1];
  for (std::size_t i = from; i < end; ++i) {
    const Mention* mention = MentionAt(i);
    if (mention == nullptr) continue;
    const auto number = mention_at_[order_[i]];
    if (After(i, *mention) == end && mention->kind != Mention::Kind::kAdjective) {
      chunk.mention = number;
    } else {
      chunk.modifiers.push_back(number);
    }
  }
  Name(chunk, from, end);
  const std::uint32_t last = order_[end - 1] + 1;
  Chunk& added = Add(ChunkKind::kNoun, from, end, chunk.word);
  chunk.kind = ChunkKind::kNoun;
  chunk.first = added.first;
  chunk.last = last;
  TakeParenthesis(chunk);
  // "a white paper entitled “…”"
  if (Has(at_ + 1) && Info(at_).Is(kNaming) && Tok(at_ + 1).kind == TokenKind::kQuote) {
    chunk.quote = order_[at_ + 1];
    chunk.last = chunk.quote + 1;
    at_ += 2;
    TakeParenthesis(chunk);
  }
  added = std::move(chunk);
}

void Chunker::Name(Chunk& chunk, std::size_t from, std::size_t end) const {
  if (Tok(end - 1).kind == TokenKind::kQuote && order_[end - 1] > chunk.core) {
    // "the white paper “…”": the noun says what it is, the quotation how it is called.
    chunk.quote = order_[--end];
    chunk.head = order_[end - 1];
  }
  // "chairmanship-in-office" is a chairmanship.
  while (end > from + 2 && Tok(end - 1).joined && Tok(end - 2).joined &&
         Info(end - 2).Is(kPreposition)) {
    end -= 2;
    chunk.head = order_[end - 1];
  }
  const Token& head = Tok(end - 1);
  chunk.capital = head.capital;
  if (chunk.mention != kNoChunk) {
    const Mention& mention = out_.mentions[chunk.mention];
    chunk.label = mention.label;
    chunk.word = Words::Singular(head.folded);
    return;
  }
  chunk.word = Words::Singular(head.folded);
  chunk.plural = chunk.word != head.folded;
  if (head.kind == TokenKind::kQuote) {
    chunk.quote = chunk.head;
    chunk.word = "title";
  }
  chunk.label = words_.HeadLabel(chunk.word);
  if (chunk.head > chunk.core) {
    const std::string_view before = out_.tokens[chunk.head - 1].folded;
    if (words_.IsCompound(before, chunk.word)) chunk.word = std::string(before) + "_" + chunk.word;
  }
  if (chunk.label.empty() && chunk.plural) chunk.label = words_.HeadLabel(head.folded);
}

void Chunker::TakeParenthesis(Chunk& chunk) const {
  for (const Paren& paren : parens_) {
    if (paren.after + 1 != chunk.last) continue;
    chunk.paren_first = paren.first;
    chunk.paren_last = paren.last;
  }
}

}  // namespace

void FindChunks(const Words& words, Analysis& analysis) { Chunker(words, analysis).Run(); }

}  // namespace verbale::extract
