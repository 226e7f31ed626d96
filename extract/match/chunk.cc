// Words to phrases and verb groups, from left to right, without backtracking. English marks most
// verbs by what stands before them (a subject pronoun, "to", an auxiliary) and most nouns by what
// opens their phrase (a determiner, an adjective, a preposition); only where both readings are left
// does the word after decide. A full grammar would do no better on the short official clauses that
// rules look at, and costs a hundred times as much.

#include <algorithm>
#include <utility>

#include "extract/match/internal/chunker.h"

namespace verbale::extract {
namespace {

/// Between two dashes, in tokens.
constexpr std::uint32_t kLongestInsertion = 15;

}  // namespace

const WordInfo Chunker::kUnknown;
const WordInfo Chunker::kUnknownPast = [] {
  WordInfo info;
  info.forms = kPastForm | kParticiple;
  return info;
}();

/// "the IT Forum": "it" never stands among small letters so.
bool IsAcronym(const std::vector<Token>& tokens, std::uint32_t at) {
  const auto small = [&](std::uint32_t i) {
    return i < tokens.size() && tokens[i].kind == TokenKind::kWord && !tokens[i].upper;
  };
  return tokens[at].upper && tokens[at].folded.size() > 1 && (small(at + 1) || small(at - 1));
}

Chunker::Chunker(const Words& words, Analysis& out)
    : words_(words), out_(out), item_at_(out.item_token) {
  order_.reserve(out.tokens.size());
  MarkParentheses();
  SkipNumber();
  infos_.reserve(order_.size());
  for (const std::uint32_t i : order_) {
    const Token& token = out.tokens[i];
    const WordInfo* info = token.kind == TokenKind::kWord ? words.Find(token) : nullptr;
    if (info != nullptr && info->Is(kPronoun) && IsAcronym(out.tokens, i)) info = nullptr;
    const bool past = info == nullptr && token.kind == TokenKind::kWord && Words::LooksPast(token);
    infos_.push_back(info != nullptr ? info : past ? &kUnknownPast : &kUnknown);
    tells_ago_ = tells_ago_ || words.IsTimeAgo(token.folded);
  }
  mention_at_.assign(out.tokens.size() + 1, kNoChunk);
  for (std::uint32_t i = 0; i < out.mentions.size(); ++i) {
    mention_at_[out.mentions[i].first] = i;
  }
  MarkTitles();
}

void Chunker::Run() {
  while (at_ < order_.size()) {
    if (at_ > 0 && order_[at_] == out_.item_token) OpenItem();
    Step();
  }
}

/// "6.3 Having signed the Convention, …": the number of the paragraph is none of its words.
void Chunker::SkipNumber() {
  if (order_.size() < 3 || item_at_ == order_[0]) return;
  const Token& first = out_.tokens[order_[0]];
  const bool numbers = first.kind == TokenKind::kNumber &&
                       first.folded.find('.') != std::string_view::npos && !first.joined;
  if (numbers && out_.tokens[order_[1]].kind == TokenKind::kWord &&
      out_.tokens[order_[1]].capital) {
    order_.erase(order_.begin());
  }
}

void Chunker::MarkParentheses() {
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
      // "Iceland (which joined in 2018) has": as good as two commas.
      if (const std::uint32_t close = Closing(i); depth == 0 && OpensRelative(i + 1)) {
        dashes_[i] = dashes_[close] = ChunkKind::kComma;
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

bool Chunker::OpensRelative(std::uint32_t token) const {
  if (token + 1 >= out_.tokens.size()) return false;
  const WordInfo* next = words_.Find(out_.tokens[token + 1]);
  return words_.HasAntecedent(out_.tokens[token].folded) && out_.tokens[token].folded != "that" &&
         next != nullptr && (next->forms != 0 || next->Is(kBe | kHave | kModal));
}

void Chunker::MarkDash(std::uint32_t open) {
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

bool Chunker::ListsNames(std::uint32_t open, std::uint32_t close) const {
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

std::uint32_t Chunker::Closing(std::uint32_t open) const {
  std::uint32_t close = open + 1;
  while (close < out_.tokens.size() && out_.tokens[close].folded != ")" &&
         out_.tokens[close].folded != "]") {
    ++close;
  }
  return close;
}

Chunk& Chunker::Add(ChunkKind kind, std::size_t from, std::size_t to, std::string word) {
  Chunk& chunk = out_.chunks.emplace_back();
  chunk.kind = kind;
  chunk.first = order_[from];
  chunk.last = order_[to - 1] + 1;
  chunk.word = std::move(word);
  at_ = to;
  return chunk;
}

/// "(a) The Convention on A: ratified on 2 May 2011;"
bool Chunker::TellsWhatWasDone(std::size_t at) const {
  return Has(at + 1) && !Tok(at).capital && (Info(at).forms & kParticiple) != 0 &&
         Info(at + 1).Is(kPreposition | kTo) && !Info(at).Is(kNounToo);
}

/// "Canada:", "In 2015, it:" with an item "Ratified the Convention": what it says is the predicate
/// of the one who was named.
bool Chunker::OpensPredicate() const {
  const Chunk& subject = out_.chunks.back();
  const WordInfo& info = Info(at_);
  const bool finite = (info.forms & (kPastForm | kThirdPerson)) != 0 || info.Is(kBe | kHave);
  return finite && MentionAt(at_) == nullptr && !info.Is(kNounToo) &&
         CanAct(words_, out_, subject) &&
         std::none_of(out_.chunks.begin(), out_.chunks.end(),
                      [](const Chunk& chunk) { return chunk.kind == ChunkKind::kVerb; });
}

void Chunker::OpenItem() {
  if (out_.chunks.empty() || out_.chunks.back().kind != ChunkKind::kNoun) return;
  if (OpensPredicate()) {
    out_.tokens[order_[at_]].capital = false;
    return;
  }
  Chunk chunk;
  chunk.kind = ChunkKind::kIncluding;
  chunk.first = chunk.last = out_.item_token;
  chunk.word = "following";
  out_.chunks.push_back(std::move(chunk));
  out_.item_token = kNoChunk;
}

void Chunker::Step() {
  const Mention* mention = MentionAt(at_);
  if (mention == nullptr && Tok(at_).kind == TokenKind::kMark) return StepMark();
  if (const std::size_t after = AfterTimeAgo(at_); after > at_) {
    at_ = after;
    return;
  }
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

void Chunker::StepMark() {
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
    // "has been given, too, to": two commas around nothing but adverbs part nothing.
    const std::size_t next = SkipAdverbs(at_ + 1);
    if (next > at_ + 1 && IsMark(next, ",") && !AfterNothing()) {
      at_ = next + 1;
    } else {
      Add(ChunkKind::kComma, at_, at_ + 1, ",");
    }
  } else if (mark == ":" && !out_.chunks.empty() && out_.chunks.back().kind == ChunkKind::kNoun) {
    const bool done = TellsWhatWasDone(at_ + 1);
    Add(done ? ChunkKind::kComma : ChunkKind::kIncluding, at_, at_ + 1, done ? "," : "following");
  } else if (mark == "." && Has(at_ + 1) && !Tok(at_ + 1).capital) {
    ++at_;  // Of an abbreviation.
  } else if (mark == "." && Has(at_ + 1) && at_ > 0 && Tok(at_ - 1).capital &&
             Tok(at_ - 1).folded.size() < 4) {
    ++at_;  // "Ms. Lindqvist"
  } else if (mark == ";" || mark == ":" || mark == "—" || mark == "–" || mark == "." ||
             mark == "?" || mark == "!") {
    Add(ChunkKind::kStop, at_, at_ + 1, ";");
  } else if (mark == "&") {
    Add(ChunkKind::kConjunction, at_, at_ + 1, "and");
  } else {
    ++at_;
  }
}

bool Chunker::JoinsNames() const {
  if (out_.chunks.empty() || out_.chunks.back().kind != ChunkKind::kNoun ||
      out_.chunks.back().mention == kNoChunk || out_.chunks.back().label == "date") {
    return false;
  }
  std::size_t at = at_ + 1;
  while (Has(at) && MentionAt(at) == nullptr && Info(at).Is(kConjunction | kDefinite)) ++at;
  const Mention* mention = Has(at) ? MentionAt(at) : nullptr;
  if (mention == nullptr || mention->kind != Mention::Kind::kName) return false;
  at = After(at, *mention);
  return !Has(at) || (Tok(at).kind == TokenKind::kMark && !IsMark(at, ",")) ||
         Info(at).Is(kConjunction);
}

bool Chunker::StepExpression(std::size_t size, const WordInfo& info, std::string_view text) {
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
    // "in June of the following year"
    const bool inside = Info(at_).Is(kDefinite) && !AfterNothing() &&
                        out_.chunks.back().kind == ChunkKind::kPreposition &&
                        out_.chunks.back().last == order_[at_];
    if (inside || !IsWhole(at_, size)) return false;
    at_ += size;
    return true;
  }
  if (kind == ChunkKind::kOther) return false;
  // "supports in particular A": between a verb and its object it lists nothing.
  if (kind == ChunkKind::kIncluding && !AfterNothing() &&
      out_.chunks.back().kind == ChunkKind::kVerb) {
    at_ += size;
    return true;
  }
  Add(kind, at_, at_ + size, std::string(text)).tags = info.tags;
  return true;
}

bool Chunker::StepClosed() {
  const WordInfo& info = Info(at_);
  if (JoinedWithNext(at_) || Tok(at_).kind != TokenKind::kWord) return false;
  if (info.tags == 0) {
    if (!IsAdverb(at_)) return false;
    at_ = AfterAdverb(at_);
    return true;
  }
  if (words_.IsFloating(Tok(at_).folded) && IsAdverb(at_)) {
    ++at_;
    return true;
  }
  const std::string_view word = Tok(at_).folded;
  if (!AfterNothing() && out_.chunks.back().kind == ChunkKind::kNoun &&
      out_.chunks.back().last == order_[at_] && words_.IsPostnominal(word) && Has(at_ + 1) &&
      Tok(at_ + 1).folded == "for") {
    Add(ChunkKind::kPreposition, at_, at_ + 2, "for");
    return true;
  }
  const bool month = IsMonthName(at_);
  if (info.Is(kModal | kBe | kHave | kDo) && !LooksLikeNoun(at_) && !month) {
    StepVerb();
    return true;
  }
  if (info.Is(kTo)) {
    if (IsInfinitiveAfter(at_ + 1)) {
      StepVerb();
    } else {
      Add(ChunkKind::kPreposition, at_, at_ + 1, std::string(word));
    }
    return true;
  }
  if (info.Is(kNegation)) {
    const std::size_t verb = SkipAdverbs(at_ + 1);  // "but not yet ratified"
    if (IsVerbHere(verb, verb)) {
      StepVerb();
      return true;
    }
  }
  // "to that end": after a preposition no clause begins.
  const bool shows = AfterNothing() || (out_.chunks.back().kind == ChunkKind::kPreposition &&
                                        Info(at_ - 1).Is(kPreposition | kTo) &&
                                        !Info(at_ + 1).Is(kDeterminer | kPossessive | kPronoun));
  if (info.Is(kRelative) && !(word == "that" && StartsNoun(at_ + 1) && shows)) {
    Add(ChunkKind::kRelative, at_, at_ + 1, std::string(word));
    return true;
  }
  // "We however welcome", "We particularly welcome": inside a clause it opens none.
  if (info.Is(kAdverb) && info.Is(kSubordinator | kIncluding) && !AfterNothing() &&
      out_.chunks.back().kind == ChunkKind::kNoun && GoesOnWithVerb(at_ + 1)) {
    ++at_;
    return true;
  }
  // "provide particularly strong support": of the adjective behind it.
  if (info.Is(kAdverb) && info.Is(kIncluding) && !AfterNothing() &&
      out_.chunks.back().kind == ChunkKind::kVerb && Has(at_ + 1) &&
      MentionAt(at_ + 1) == nullptr && Info(at_ + 1).Is(kAdjective)) {
    ++at_;
    return true;
  }
  // "to which we all subscribed"
  if (info.Is(kQuantifier) && !AfterNothing() && out_.chunks.back().kind == ChunkKind::kNoun &&
      (out_.chunks.back().tags & (kPronoun | kAuthorPronoun)) != 0 && GoesOnWithVerb(at_ + 1)) {
    ++at_;
    return true;
  }
  static constexpr std::pair<std::uint32_t, ChunkKind> kKinds[] = {
      {kIncluding, ChunkKind::kIncluding},
      {kConjunction, ChunkKind::kConjunction},
      {kSubordinator, ChunkKind::kSubordinator},
      {kPreposition, ChunkKind::kPreposition},
  };
  for (const auto& [tag, kind] : kKinds) {
    if (!info.Is(tag)) continue;
    // "since 2006" is no clause.
    const Mention* next = Has(at_ + 1) ? MentionAt(at_ + 1) : nullptr;
    if (kind == ChunkKind::kSubordinator && info.Is(kPreposition) && next != nullptr &&
        next->kind == Mention::Kind::kDate) {
      continue;
    }
    Add(kind, at_, at_ + 1, std::string(word)).tags = info.tags;
    return true;
  }
  if (info.Is(kAdverb) && !StandsForAll(at_)) {
    at_ = AfterAdverb(at_);
    return true;
  }
  return false;
}

bool Chunker::GoesOnWithVerb(std::size_t at) const {
  at = SkipAdverbs(at);
  return Has(at) && MentionAt(at) == nullptr &&
         (Info(at).Is(kModal | kBe | kHave | kDo) || IsVerbHere(at, at));
}

bool Chunker::StandsForAll(std::size_t at) const {
  if (!words_.MeansAll(Tok(at).folded) || !Has(at + 1) || MentionAt(at + 1) != nullptr)
    return false;
  if (Info(at + 1).Is(kBe | kHave | kModal)) return true;
  const bool object = !AfterNothing() && out_.chunks.back().kind == ChunkKind::kVerb;
  if (Tok(at + 1).kind == TokenKind::kMark) return object;
  const Mention* date = Info(at + 1).Is(kPreposition) && Has(at + 2) ? MentionAt(at + 2) : nullptr;
  if (date != nullptr) return object && date->kind == Mention::Kind::kDate;
  return words_.StandsForSome(Words::Singular(Tok(at + 1).folded));
}

bool Chunker::IsAdverb(std::size_t at) const {
  if (!Has(at) || Tok(at).kind != TokenKind::kWord) return false;
  const WordInfo& info = Info(at);
  if (info.Is(kAdverb)) return true;
  const std::string_view word = Tok(at).folded;
  // "A and B each gave", not "each A gave"
  if (words_.IsFloating(word)) {
    return at > 0 && Has(at + 1) && MentionAt(at + 1) == nullptr && Info(at + 1).forms != 0 &&
           EndsActor(at - 1);
  }
  // "Bilaterally, we …", "Deeply attached to A, we …"
  const bool opens = at == 0 && MentionAt(at) == nullptr &&
                     (IsMark(at + 1, ",") || ((Info(at + 1).forms & kParticiple) != 0 &&
                                              Info(at + 2).Is(kPreposition | kTo)));
  return info.tags == 0 && info.forms == 0 && word.size() > 4 && (!Tok(at).capital || opens) &&
         word.ends_with("ly");
}

/// "strongly and consistently": behind both.
std::size_t Chunker::AfterAdverb(std::size_t at) const {
  const auto of_manner = [&](std::size_t i) {
    return IsAdverb(i) && MentionAt(i) == nullptr && Tok(i).folded.ends_with("ly");
  };
  const bool joined = Has(at + 1) && MentionAt(at + 1) == nullptr &&
                      Info(at + 1).Is(kConjunction) && of_manner(at) && of_manner(at + 2);
  return joined ? at + 3 : at + 1;
}

bool Chunker::IsAdverbial(std::size_t at) const {
  if (AfterTimeAgo(at) > at) return true;
  const WordInfo* info = nullptr;
  std::string_view text;
  const std::size_t size = words_.Expression(out_.tokens, order_, at, &info, &text);
  return size > 0 && info->Is(kAdverb) && IsWhole(at, size);
}

/// Not "last year's session", nor "at the time of".
bool Chunker::IsWhole(std::size_t at, std::size_t size) const {
  if (Tok(at + size - 1).possessive) return false;
  return !Info(at).Is(kPreposition | kTo) || !Has(at + size) || Tok(at + size).folded != "of";
}

std::size_t Chunker::SkipAdverbs(std::size_t at) const {
  while (Has(at) && !MentionAt(at)) {
    const WordInfo* info = nullptr;
    std::string_view text;
    const std::size_t size = words_.Expression(out_.tokens, order_, at, &info, &text);
    if (const std::size_t after = AfterTimeAgo(at); after > at) {
      at = after;
    } else if (size > 0 && info->Is(kAdverb) && IsWhole(at, size)) {
      at += size;
    } else if (IsAdverb(at) && !JoinedWithNext(at)) {
      at = AfterAdverb(at);
    } else {
      break;
    }
  }
  return at;
}

std::size_t Chunker::AfterSpanAgo(std::size_t at) const {
  constexpr std::size_t kLongest = 6;  // "more than seventy-five long years ago"
  if (!Has(at) || MentionAt(at) != nullptr || Tok(at).capital) return at;
  const bool counts = Tok(at).kind == TokenKind::kNumber ||
                      Info(at).Is(kQuantifier | kIndefinite | kAdverb) || JoinedWithNext(at);
  if (!counts) return at;
  for (std::size_t unit = at + 1; Has(unit + 1) && unit <= at + kLongest; ++unit) {
    if (Tok(unit).kind == TokenKind::kMark && !Tok(unit).joined) return at;
    if (!words_.IsTimeUnit(Words::Singular(Tok(unit).folded))) continue;
    return words_.IsTimeAgo(Tok(unit + 1).folded) ? unit + 2 : at;
  }
  return at;
}

bool Chunker::StartsNoun(std::size_t at) const {
  if (!Has(at)) return false;
  if (MentionAt(at) != nullptr) return true;
  if (Tok(at).kind == TokenKind::kMark) return false;
  const WordInfo& info = Info(at);
  if (info.Is(kDeterminer | kPossessive | kPronoun | kQuantifier | kAdjective)) return true;
  return !info.Is(kClosed) && !IsAdverb(at);
}

bool Chunker::OpensNoun(std::size_t at) const {
  if (!Has(at)) return false;
  if (MentionAt(at) != nullptr) return true;
  if (Tok(at).kind != TokenKind::kWord) return Tok(at).kind != TokenKind::kMark;
  return Info(at).Is(kDeterminer | kPossessive | kQuantifier | kAdjective | kPronoun) ||
         Tok(at).capital;
}

bool Chunker::IsInfinitiveAfter(std::size_t at) const {
  at = SkipAdverbs(at);
  if (!Has(at) || MentionAt(at) != nullptr || JoinedWithNext(at)) return false;
  const WordInfo& info = Info(at);
  if (info.Is(kBe | kHave | kDo) && (info.forms & kBaseForm)) return true;
  return (info.forms & kBaseForm) != 0;
}

void FindChunks(const Words& words, Analysis& analysis) { Chunker(words, analysis).Run(); }

}  // namespace verbale::extract
