// Noun phrases: what opens them, how far they go, and what they are called.

#include <algorithm>
#include <utility>

#include "extract/match/internal/chunker.h"

namespace verbale::extract {

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
  if (at > from && in_title_[at]) return true;
  if (at > from && order_[at] > order_[at - 1] + 1) {
    return IsTitleAround(at);
  }
  if (const Mention* mention = MentionAt(at)) {
    if (mention->kind == Mention::Kind::kDate) {
      const bool year = mention->name.size() == 4 || mention->name.size() == 9;
      const std::size_t next = After(at, *mention);
      return at == from || (year && (chunk.tags != 0 || at > from) && QualifiesNext(next));
    }
    // "In June of that year Iceland hosted": who did it comes after when.
    if (at > from && mention->kind == Mention::Kind::kName && words_.IsActorLabel(mention->label) &&
        !Tok(at - 1).capital && words_.IsTimeUnit(Words::Singular(Tok(at - 1).folded))) {
      return false;
    }
    if (at > from && (OpensReduced(at, *mention) || FollowsFeeling(at, from))) return false;
    // "By Law No. 5 Iceland founded": a number ends the name before.
    if (at > from && mention->kind == Mention::Kind::kName && EndsLaw(at - 1) &&
        words_.IsActorLabel(mention->label) && !Tok(After(at, *mention) - 1).possessive) {
      return false;
    }
    // Two names side by side are two phrases unless the first one qualifies the second.
    return true;
  }
  if (Tok(at).kind == TokenKind::kMark) return false;
  if (Tok(at).kind == TokenKind::kQuote) return true;
  if (Tok(at).joined || JoinedWithNext(at)) return true;
  const WordInfo& info = Info(at);
  if (info.Is(kNaming) && at > from) return false;
  if (at > from && (IsAdverbial(at) || OpensPhrase(at) || IsPostnominal(at))) return false;
  if (at > from && IsMonthName(at)) return true;                              // "on 10 May"
  if (info.Is(kAssertingNoun) && at == from && chunk.tags != 0) return true;  // "among the first"
  if (info.Is(kClosed) && !(info.Is(kModal | kDo) && LooksLikeNoun(at))) {
    return false;
  }
  // "During the reporting period Parliament passed": who did it comes after when.
  if (at > from && Tok(at).capital && info.Is(kActorNoun) && !Tok(at - 1).capital &&
      words_.IsTimeUnit(Words::Singular(Tok(at - 1).folded))) {
    return false;
  }
  if (IsAdverb(at)) return StartsNoun(at + 1) && !IsVerbHere(at + 1, from);
  // Behind "and" it was looked at: "an active and committed member".
  return at == from || (at > from + 1 && Info(at - 1).Is(kConjunction)) || !IsVerbHere(at, from);
}

bool Chunker::EndsLaw(std::size_t at) const {
  return std::any_of(out_.mentions.begin(), out_.mentions.end(), [&](const Mention& mention) {
    return mention.last == order_[at] + 1 && mention.label == "law";
  });
}

/// "the Ministry responsible for trade works": what it is for stands behind it. "We hold the
/// Ministry responsible for the delay" says something else.
bool Chunker::IsPostnominal(std::size_t at) const {
  if (at == 0 || !Has(at + 2) || !words_.IsPostnominal(Tok(at).folded)) return false;
  if (Tok(at + 1).folded != "for" || MentionAt(at + 1) != nullptr) return false;
  const bool actor = Info(at - 1).Is(kActorNoun) ||
                     words_.IsActingLabel(words_.HeadLabel(Words::Singular(Tok(at - 1).folded)));
  return actor && (out_.chunks.empty() || out_.chunks.back().kind != ChunkKind::kVerb);
}

/// "welcomes with great satisfaction Resolution 5": how it is done, and what.
bool Chunker::FollowsFeeling(std::size_t at, std::size_t from) const {
  return !out_.chunks.empty() && out_.chunks.back().kind == ChunkKind::kPreposition &&
         out_.chunks.back().word == "with" && !Info(from).Is(kDeterminer | kPossessive) &&
         words_.IsFeeling(Tok(at - 1).folded);
}

/// "we repeat the importance Canada attaches to A": who does it begins a clause of its own.
bool Chunker::OpensReduced(std::size_t at, const Mention& mention) const {
  if (mention.kind != Mention::Kind::kName || !words_.IsActorLabel(mention.label)) return false;
  const Token& before = Tok(at - 1);
  if (before.capital || before.kind != TokenKind::kWord || Info(at - 1).Is(kClosed | kAdjective) ||
      Info(at - 1).Is(kActorNoun) || MentionAt(at - 1) != nullptr || !SawFiniteVerb()) {
    return false;
  }
  const std::size_t verb = SkipAdverbs(After(at, mention));
  if (!Has(verb) || MentionAt(verb) != nullptr || Tok(verb).capital) return false;
  return (Info(verb).forms & (kThirdPerson | kPastForm)) != 0 &&
         Info(verb).forms != (kPastForm | kParticiple) && !Info(verb).Is(kNounToo);
}

/// "the Prevention of Terrorism Act", "the Women, Peace and Security Strategy", "the Action against
/// Hunger initiative": a title whose head comes last is one phrase, whatever small words it has.
void Chunker::MarkTitles() {
  in_title_.assign(order_.size() + 1, false);
  bool ends = false;  // Few sentences have a word with which such a title ends.
  for (std::size_t at = 3; at < order_.size() && !ends; ++at) {
    ends = Tok(at - 1).capital && words_.EndsTitle(Tok(at).folded);
  }
  if (!ends) return;
  for (std::size_t from = 1; from + 2 < order_.size(); ++from) {
    if (order_[from] == item_at_ || !Tok(from).capital || Tok(from).kind != TokenKind::kWord ||
        Info(from).Is(kClosed))
      continue;
    // Behind "of" or "and" it would be the rest of one.
    const bool opens = Info(from - 1).Is(kDeterminer | kPossessive) ||
                       (!Tok(from - 1).capital && Tok(from - 1).kind == TokenKind::kWord &&
                        !Info(from - 1).Is(kPreposition | kConjunction | kTo));
    if (!opens) continue;
    const std::size_t end = EndOfTitle(from);
    for (std::size_t at = from + 1; at < end; ++at) in_title_[at] = true;
    if (end > from) from = end - 1;
  }
}

/// Behind the head of the title that begins here; `from` where none does.
std::size_t Chunker::EndOfTitle(std::size_t from) const {
  constexpr std::size_t kLongest = 16;
  bool joined = false;  // By a small word or a comma, behind which it has gone on.
  for (std::size_t at = from; Has(at) && at < from + kLongest; ++at) {
    if (Tok(at).kind == TokenKind::kWord && at > from && Tok(at - 1).capital && joined &&
        !Tok(at).possessive && words_.EndsTitle(Tok(at).folded)) {
      return at + 1;
    }
    if (Tok(at).kind == TokenKind::kWord && Tok(at).capital) {
      // "the Ministry of …", "the Strategy for …": its head comes first.
      const std::string head = Words::Singular(Tok(at).folded);
      const WordInfo* info = words_.Find(head);
      const bool ends = Has(at + 1) && !Tok(at + 1).capital;
      if (!joined && ends &&
          (!words_.NamedHeadLabel(head).empty() || (info != nullptr && info->Is(kActorNoun)))) {
        return from;
      }
      continue;
    }
    if (at == from || !GoesOnWithTitle(at)) return from;
    joined = true;
  }
  return from;
}

/// A small word or a comma inside a title.
bool Chunker::GoesOnWithTitle(std::size_t at) const {
  if (!Has(at + 1)) return false;
  if (IsMark(at, ",")) {
    const std::size_t next = Info(at + 1).Is(kConjunction) ? at + 2 : at + 1;
    return Has(next) && Tok(next).capital && MentionAt(next) == nullptr;
  }
  if (Tok(at).kind != TokenKind::kWord) return Tok(at).joined || JoinedWithNext(at);
  const WordInfo& info = Info(at);
  if (info.Is(kDefinite)) return Info(at - 1).Is(kPreposition);
  if (!info.Is(kPreposition | kTo) && Tok(at).folded != "and") return false;
  // "Blue Lake and Red Sea" are two, where both are known.
  if (info.Is(kConjunction) && EndsMention(at - 1) && MentionAt(at + 1) != nullptr) return false;
  return Tok(at + 1).capital || (Info(at + 1).Is(kDefinite) && !info.Is(kConjunction));
}

/// "the Computer Misuse (Amendment) Act": what stands in parentheses is a part of the title, and no
/// acronym of what was named before.
bool Chunker::IsTitleAround(std::size_t at) const {
  const Token& before = Tok(at - 1);
  const Token& inner = out_.tokens[order_[at - 1] + 2];
  return before.capital && Tok(at).capital && inner.capital && !inner.upper &&
         !words_.NamedHeadLabel(Tok(at).folded).empty();
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
  // "supports a free internet and firmly defends the work of": the next verb.
  if (const std::size_t verb = SkipAdverbs(at + 1);
      verb > at + 1 && Tok(verb - 1).folded.ends_with("ly") && SawFiniteVerb() && Has(verb) &&
      (Info(verb).forms & (kThirdPerson | kPastForm)) != 0 && FollowsVerb(verb + 1) &&
      !IsPreposition(verb + 1)) {
    return 0;
  }
  // "adopted the Strategy and Parliament has passed": who did the next thing.
  if (SawFiniteVerb() && Info(at + 1).Is(kActorNoun) && GoesOnWithVerb(at + 2)) return 0;
  const bool capitals = Tok(at - 1).capital && Tok(at + 1).capital;
  const bool smalls = !Tok(at - 1).capital && !Tok(at + 1).capital;
  if (capitals) return at + 1;
  if (!smalls || (chunk.tags & kIndefinite) == 0) return 0;
  // "a member and depositary of A" is both; "a cyber safety and security centre" is one.
  // "a faithful and active Member" is one, too.
  const bool goes_on = Info(at + 1).Is(kAdjective) ? StartsNoun(at + 2) : StartsPlainNoun(at + 2);
  return goes_on && !IsVerbHere(at + 2, at + 1) ? at + 1 : 0;
}

/// "our Head of State": one who acts, as the State does.
bool Chunker::IsOffice(std::size_t at) const {
  return words_.IsOfficeOf(Tok(at).folded) && Has(at + 2) && MentionAt(at + 2) == nullptr &&
         Tok(at + 1).folded == "of" && words_.IsOfficeHolder(Tok(at + 2).folded);
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
  if (end == from && MentionAt(from) == nullptr && Info(from).Is(kModal)) {
    chunk.core = order_[from];
    return FinishNoun(from, from + 1, std::move(chunk));  // "in May"
  }
  while (Has(end)) {
    if (TakesIn(end, core, chunk)) {
      const Mention* mention = MentionAt(end);
      const bool date_alone = mention && end == core && mention->kind == Mention::Kind::kDate &&
                              (!QualifiesNext(After(end, *mention)) ||
                               (chunk.tags == 0 && !StartsPlainNoun(After(end, *mention)))) &&
                              JoinedTail(After(end, *mention), core, chunk) == 0;
      if (mention == nullptr) {
        ++end;
        if (IsOffice(end - 1)) end += 2;
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

/// "our recently adopted Strategy": the name begins behind what was done to it.
void Chunker::SkipParticiple(Chunk& chunk) const {
  const std::uint32_t core = chunk.core;
  if (core + 2 > chunk.head || out_.tokens[core + 1].joined) return;
  const WordInfo* info = words_.Find(out_.tokens[core + 1]);
  if (!words_.IsJustDone(out_.tokens[core].folded) || info == nullptr) return;
  if ((info->forms & kParticiple) != 0) chunk.core = core + 2;
}

/// "a founding member and active player": both, of which the first one counts. Gives the place
/// behind it; `end` where there is none.
std::size_t Chunker::EndOfFirstRole(std::size_t from, std::size_t end, Chunk& chunk) const {
  for (std::size_t at = from + 1; at + 1 < end; ++at) {
    if (Tok(at).folded != "and" || !words_.IsJoinedRole(Words::Singular(Tok(at - 1).folded)))
      continue;
    chunk.head = order_[at - 1];
    return at;
  }
  return end;
}

void Chunker::FinishNoun(std::size_t from, std::size_t end, Chunk&& chunk) {
  chunk.head = order_[end - 1];
  SkipParticiple(chunk);
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
  Name(chunk, from, EndOfFirstRole(from, end, chunk));
  chunk.kind = ChunkKind::kNoun;
  chunk.first = order_[from];
  chunk.last = order_[end - 1] + 1;
  at_ = end;
  TakeParenthesis(chunk);
  // "a white paper entitled “…”"
  if (Has(at_ + 1) && Info(at_).Is(kNaming) && Tok(at_ + 1).kind == TokenKind::kQuote) {
    chunk.quote = order_[at_ + 1];
    chunk.last = chunk.quote + 1;
    at_ += 2;
    TakeParenthesis(chunk);
  }
  out_.chunks.push_back(std::move(chunk));
}

/// "the African Group", "the Alliance of Small States", "the international Clean Rivers Coalition":
/// capitals before or behind the head.
bool Chunker::IsNameLike(const Chunk& chunk, std::size_t end) const {
  if (!chunk.capital) return false;
  std::uint32_t name = chunk.core;
  const auto is_adjective = [&](const Token& token) {
    const WordInfo* info = words_.Find(token);
    return info != nullptr && info->Is(kAdjective) && !token.capital;
  };
  while (name < chunk.head && is_adjective(out_.tokens[name])) ++name;
  if (chunk.head > name) return out_.tokens[name].capital;
  if (!Has(end + 2) || !Info(end).Is(kPreposition))
    return Has(end + 1) && Info(end).Is(kPreposition) && Tok(end + 1).capital;
  // "the Association for the Protection of River Deltas"
  const bool article =
      Info(end + 1).Is(kDefinite) && Info(end + 1).Is(kDeterminer) && Tok(end).folded == "for";
  return Tok(article ? end + 2 : end + 1).capital;
}

/// "the National Cyber Security Centre Finland": a centre, and whose it is.
bool Chunker::EndsWithState(const Chunk& chunk) const {
  if (chunk.mention == kNoChunk || chunk.head < chunk.core + 2) return false;
  const Mention& state = out_.mentions[chunk.mention];
  if (!words_.IsActorLabel(state.label) || state.first < chunk.core + 2) return false;
  const Token& head = out_.tokens[state.first - 1];
  const bool named =
      std::any_of(chunk.modifiers.begin(), chunk.modifiers.end(),
                  [&](std::uint32_t i) { return out_.mentions[i].last == state.first; });
  return !named && head.capital && !head.possessive && out_.tokens[chunk.core].capital &&
         words_.IsActingLabel(words_.HeadLabel(head.folded));
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
  // "CERT NZ" is a CERT, no State.
  if (chunk.mention != kNoChunk && chunk.head > chunk.core && out_.tokens[chunk.core].upper &&
      words_.IsActorLabel(out_.mentions[chunk.mention].label) &&
      out_.mentions[chunk.mention].first == chunk.core + 1 &&
      !words_.HeadLabel(out_.tokens[chunk.core].folded).empty()) {
    chunk.modifiers.push_back(chunk.mention);
    chunk.mention = kNoChunk;
    chunk.word = out_.tokens[chunk.core].folded;
    chunk.label = words_.HeadLabel(chunk.word);
    chunk.capital = true;
    return;
  }
  if (EndsWithState(chunk)) {
    chunk.word = out_.tokens[out_.mentions[chunk.mention].first - 1].folded;
    chunk.label = words_.HeadLabel(chunk.word);
    chunk.modifiers.push_back(chunk.mention);
    chunk.mention = kNoChunk;
    chunk.capital = true;
    return;
  }
  const Token& head = Tok(end - 1);
  chunk.capital =
      head.capital || (head.joined && end > from + 1 && Tok(end - 2).upper);  // "CERT.br"
  if (chunk.mention != kNoChunk) {
    const Mention& mention = out_.mentions[chunk.mention];
    chunk.label = mention.label;
    chunk.word = Words::Singular(head.folded);
    return;
  }
  chunk.word = Words::Singular(head.folded);
  chunk.plural = chunk.word != head.folded;
  // "the Action Plan 2": the number says which.
  if (head.kind == TokenKind::kNumber && end > from + 1 && Tok(end - 2).capital &&
      order_[end - 2] >= chunk.core) {
    chunk.word = Words::Singular(Tok(end - 2).folded);
    chunk.capital = true;
    chunk.plural = false;
  }
  if (head.kind == TokenKind::kQuote) {
    chunk.quote = chunk.head;
    chunk.word = "title";
    if (!words_.TitleLabel(head.folded).empty()) {
      chunk.label = words_.TitleLabel(head.folded);
      return;
    }
  }
  chunk.label =
      IsNameLike(chunk, end) ? words_.NamedHeadLabel(chunk.word) : words_.HeadLabel(chunk.word);
  if (chunk.label.empty() && chunk.capital && chunk.head > chunk.core) {
    // "Operation Sunrise", "the exercise BLUE LAKE": what it is comes before how it is called.
    const Token& first = out_.tokens[chunk.core];
    chunk.label = words_.NamedHeadLabel(first.folded);
    std::uint32_t name = chunk.head;
    while (name > chunk.core && out_.tokens[name - 1].capital) --name;
    if (chunk.label.empty() && name > chunk.core) {
      chunk.label = words_.HeadLabel(out_.tokens[name - 1].folded);
    }
  }
  if (end > from + 1) {
    const std::string_view before = Tok(end - 2).folded;
    if (words_.IsCompound(before, chunk.word)) {
      // "task force" is a body, a force alone is none.
      const std::string& label = words_.HeadLabel(std::string(before) + " " + chunk.word);
      if (!label.empty()) chunk.label = label;
      chunk.word = std::string(before) + "_" + chunk.word;
      // "other member States"
      if (end > from + 2 && words_.IsCompound(Tok(end - 3).folded, chunk.word)) {
        chunk.word = std::string(Tok(end - 3).folded) + "_" + chunk.word;
      }
    }
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

}  // namespace verbale::extract
