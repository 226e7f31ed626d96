#include "extract/match/prefilter.h"

#include <algorithm>

namespace verbale::extract {
namespace {

/// Words of chunks that stand for no word of the sentence: marks, and a modal without its verb.
bool IsMadeUp(const std::string& word, bool verb) {
  if (verb) return word == "do";
  return word == "and" || word == "following" || word == "parenthesis" || word == "title";
}

/// The words of "in_favour_of" and of "member state".
std::vector<std::string> PartsOf(const std::string& expression) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= expression.size()) {
    const std::size_t end = std::min(expression.find_first_of("_ ", begin), expression.size());
    if (end > begin) parts.push_back(expression.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

bool IsClosed(const WordInfo* info) {
  return info != nullptr && info->Is(kBe | kHave | kDo | kPreposition | kTo | kConjunction |
                                     kDeterminer | kQuantifier);
}

/// Every spelling that Words::Singular() makes `noun` of.
std::vector<std::string> FormsOf(const std::string& noun) {
  std::vector<std::string> forms = {noun};
  std::vector<std::string> tries = {noun + "s", noun + "es"};
  if (!noun.empty() && noun.back() == 'y') tries.push_back(noun.substr(0, noun.size() - 1) + "ies");
  for (std::string& form : tries) {
    if (Words::Singular(form) == noun) forms.push_back(std::move(form));
  }
  return forms;
}

}  // namespace

void Prefilter::AddNeed(Kind kind, const std::vector<std::string>& words, Numbers& numbers) {
  Need need{kind, {}};
  for (const std::string& word : words) {
    if (kind != Kind::kLabel && IsMadeUp(word, kind == Kind::kVerb)) return;
    need.second.insert(word);
  }
  const auto number = static_cast<std::uint32_t>(needs_.size());
  numbers.push_back(needs_.try_emplace(std::move(need), number).first->second);
}

void Prefilter::Add(const CompiledPattern& compiled) {
  Pattern pattern;
  if (!compiled.anything) {
    for (const PatternNeed& need : compiled.needs) AddNeed(need.kind, need.words, pattern.needs);
    AddNeed(Kind::kLabel, {compiled.labels.begin(), compiled.labels.end()}, pattern.needs);
  }
  patterns_.push_back(std::move(pattern));
}

Prefilter::Numbers Prefilter::NeedsOf(Kind kind, const std::string& word) const {
  Numbers found;
  for (const auto& [need, number] : needs_) {
    if (need.first == kind && need.second.count(word) > 0) found.push_back(number);
  }
  return found;
}

void Prefilter::Meet(std::uint32_t word, As as, const Numbers& needs) {
  Numbers& met = met_by_word_[word][static_cast<std::size_t>(as)];
  met.insert(met.end(), needs.begin(), needs.end());
  std::sort(met.begin(), met.end());
  met.erase(std::unique(met.begin(), met.end()), met.end());
}

void Prefilter::MeetByNoun(const std::string& noun, As as, const Numbers& needs,
                           Vocabulary& vocabulary) {
  for (const std::string& form : FormsOf(noun)) Meet(vocabulary.Add(form), as, needs);
}

void Prefilter::MeetByWords(const Words& words, Vocabulary& vocabulary) {
  for (const auto& [need, number] : needs_) {
    if (need.first != Kind::kWord) continue;
    for (const std::string& word : need.second) {
      if (word.find_first_of("_ ") == std::string::npos) {
        MeetByNoun(word, As::kAny, {number}, vocabulary);
      } else {
        MeetByExpression(word, {number}, words, vocabulary);
      }
    }
  }
}

/// Of an open class rather than of a closed one, then the longest.
void Prefilter::MeetByExpression(const std::string& expression, const Numbers& needs,
                                 const Words& words, Vocabulary& vocabulary) {
  const std::vector<std::string> parts = PartsOf(expression);
  const auto rareness = [&](const std::string& part) {
    return std::make_pair(!IsClosed(words.Find(part)), part.size());
  };
  const auto rarest = std::max_element(
      parts.begin(), parts.end(),
      [&](const auto& one, const auto& other) { return rareness(one) < rareness(other); });
  Expression found;
  found.rarest = static_cast<std::size_t>(rarest - parts.begin());
  found.needs = needs;
  for (const std::string& part : parts) found.words.push_back(vocabulary.Add(part));
  for (const std::string& form : FormsOf(parts.back())) {  // "member states"
    found.words.back() = vocabulary.Add(form);
    AddExpression(found);
  }
}

void Prefilter::AddExpression(Expression expression) {
  std::uint32_t& list = expressions_of_[expression.words[expression.rarest]];
  if (list == 0) {
    expressions_.emplace_back();
    list = static_cast<std::uint32_t>(expressions_.size());
  }
  for (Expression& known : expressions_[list - 1]) {
    if (known.words != expression.words) continue;
    known.needs.insert(known.needs.end(), expression.needs.begin(), expression.needs.end());
    return;
  }
  expressions_[list - 1].push_back(std::move(expression));
}

void Prefilter::MeetByVerbs(const Words& words, const Vocabulary& vocabulary) {
  std::map<std::string, Numbers, std::less<>> by_lemma;
  for (const auto& [need, number] : needs_) {
    if (need.first != Kind::kVerb) continue;
    for (const std::string& lemma : need.second) {
      by_lemma[lemma.substr(0, lemma.find('_'))].push_back(number);  // "set_up"
    }
  }
  const auto meet = [&](std::uint32_t word, std::string_view lemma) {
    if (const auto found = by_lemma.find(lemma); found != by_lemma.end()) {
      Meet(word, As::kVerb, found->second);
    }
  };
  for (std::uint32_t word = 1; word < vocabulary.size(); ++word) {
    const WordInfo* info = words.Find(vocabulary.Word(word));
    if (info == nullptr) continue;
    meet(word, info->lemma);
    if (info->Is(kBe)) meet(word, "be");
    if (info->Is(kHave)) meet(word, "have");
  }
}

void Prefilter::MeetByHeads(const PackData& pack, const Words& words, Vocabulary& vocabulary) {
  std::vector<std::string> prefixes = {""};
  const auto given = pack.lexicon.words.find("prefix");
  if (given != pack.lexicon.words.end()) {
    prefixes.insert(prefixes.end(), given->second.begin(), given->second.end());
  }
  for (const HeadNoun& head : pack.named_heads) {
    MeetByNoun(head.lemma, As::kInName, NeedsOf(Kind::kLabel, head.label), vocabulary);
  }
  for (const HeadNoun& head : pack.heads) {
    for (const std::string& prefix : prefixes) {
      const std::string noun = prefix + head.lemma;
      const std::string& label = words.HeadLabel(noun);
      if (label.empty()) continue;
      const Numbers needs = NeedsOf(Kind::kLabel, label);
      if (noun.find(' ') == std::string::npos) {
        MeetByNoun(noun, As::kHead, needs, vocabulary);
      } else {
        MeetByExpression(noun, needs, words, vocabulary);
      }
    }
  }
}

void Prefilter::Build(const PackData& pack, const Words& words, Vocabulary& vocabulary) {
  MeetByWords(words, vocabulary);
  MeetByVerbs(words, vocabulary);
  MeetByHeads(pack, words, vocabulary);
  for (const auto& [need, number] : needs_) {
    if (need.first != Kind::kLabel) continue;
    for (const std::string& label : need.second) met_by_label_[label].push_back(number);
  }
  const std::vector<std::size_t> common = HowCommon(words, vocabulary);
  SetCommonNeedsApart(common);
  SortPatterns(common);
  LayOutWords(vocabulary);
  places_.Build(words, vocabulary);
  words_ = &words;
}

std::vector<std::size_t> Prefilter::HowCommon(const Words& words,
                                              const Vocabulary& vocabulary) const {
  std::vector<std::size_t> common(needs_.size(), 0);
  for (std::uint32_t word = 1; word < vocabulary.size(); ++word) {
    const std::string_view text = vocabulary.Word(word);
    const bool closed = IsClosed(words.Find(text));
    const std::size_t count = !closed ? 1 : text.size() > kShort ? kCommon : kVeryCommon;
    for (const Numbers& needs : met_by_word_(word)) {
      for (const std::uint32_t need : needs) common[need] += count;
    }
  }
  for (const auto& [label, needs] : met_by_label_) {
    for (const std::uint32_t need : needs) common[need] += 1000;
  }
  return common;
}

/// "in" is met so often that a pattern that waited for it would always be asked: such needs are
/// only bits, which rule patterns out.
void Prefilter::SetCommonNeedsApart(const std::vector<std::size_t>& common) {
  std::vector<CommonNeeds> bits(needs_.size());
  std::vector<char> apart(needs_.size(), false);
  std::size_t used = 0;
  for (const auto& [need, number] : needs_) {
    if (need.first != Kind::kWord || common[number] < kVeryCommon) continue;
    apart[number] = true;
    if (used < kMostCommon) bits[number].set(used++);
  }
  const auto move = [&](Numbers& needs, CommonNeeds& to) {
    for (const std::uint32_t need : needs) to |= bits[need];
    std::erase_if(needs, [&](std::uint32_t need) { return apart[need]; });
  };
  for (Pattern& pattern : patterns_) move(pattern.needs, pattern.common);
  for (auto& list : expressions_) {
    for (Expression& expression : list) move(expression.needs, expression.common);
  }
  needs_of_words_.resize(met_by_word_.size());
  for (std::uint32_t word = 0; word < met_by_word_.size(); ++word) {
    for (Numbers& needs : met_by_word_[word]) move(needs, needs_of_words_[word].common);
  }
}

/// A pattern waits for the need that fewest sentences meet: its verb rather than a State.
void Prefilter::SortPatterns(const std::vector<std::size_t>& common) {
  std::vector<std::vector<int>> patterns_of_need(needs_.size());
  for (std::size_t i = 0; i < patterns_.size(); ++i) {
    Numbers& all = patterns_[i].needs;
    std::sort(all.begin(), all.end(),
              [&](std::uint32_t a, std::uint32_t b) { return common[a] < common[b]; });
    (all.empty() ? always_ : patterns_of_need[all.front()]).push_back(static_cast<int>(i));
  }
  LayOutPatterns(patterns_of_need);
}

/// What is looked at for one need lies side by side.
void Prefilter::LayOutPatterns(const std::vector<std::vector<int>>& patterns_of_need) {
  const auto size = [](const auto& list) { return static_cast<std::uint32_t>(list.size()); };
  for (const std::vector<int>& patterns : patterns_of_need) {
    waiting_for_.push_back({size(waiting_), size(waiting_) + size(patterns)});
    for (const int i : patterns) {
      const Pattern& pattern = patterns_[static_cast<std::size_t>(i)];
      const std::uint32_t first = size(others_);
      others_.insert(others_.end(), pattern.needs.begin() + 1, pattern.needs.end());
      waiting_.push_back({pattern.common, first, size(others_), i});
    }
  }
  patterns_ = {};
}

void Prefilter::LayOutWords(const Vocabulary& vocabulary) {
  needs_of_words_.resize(vocabulary.size());
  for (std::uint32_t word = 0; word < vocabulary.size(); ++word) {
    WordNeeds& of_word = needs_of_words_[word];
    of_word.expressions = expressions_of_(word);
    for (std::size_t way = 0; way < kWays; ++way) {
      of_word.begin[way] = static_cast<std::uint32_t>(met_.size());
      const Numbers& needs = met_by_word_(word)[way];
      met_.insert(met_.end(), needs.begin(), needs.end());
    }
    of_word.begin[kWays] = static_cast<std::uint32_t>(met_.size());
    meets_some_.push_back(of_word.begin.front() != of_word.begin.back() ||
                          of_word.expressions != 0 || of_word.common.any());
  }
  met_by_word_ = {};
  expressions_of_ = {};
}

void Prefilter::Touch(std::span<const std::uint32_t> needs, Room& room) {
  for (const std::uint32_t need : needs) {
    if (room.met[need]) continue;
    room.met[need] = true;
    room.touched.push_back(need);
  }
}

bool Prefilter::Expression::StandsAround(const std::vector<Token>& tokens, std::size_t at) const {
  bool whole = at >= rarest && at - rarest + words.size() <= tokens.size();
  for (std::size_t i = 0; whole && i < words.size(); ++i) {
    whole = tokens[at - rarest + i].word == words[i];
  }
  return whole;
}

bool Prefilter::HasBracket(const std::vector<Token>& tokens, Room& room) {
  if (!room.bracket) {
    room.bracket = std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
      return token.kind == TokenKind::kMark && (token.folded == "(" || token.folded == "[");
    });
  }
  return *room.bracket;
}

void Prefilter::TouchLabel(std::string_view label, Room& room) const {
  const auto needs = met_by_label_.find(label);
  if (needs != met_by_label_.end()) Touch(needs->second, room);
}

void Prefilter::TouchWord(const WordLine& line, std::size_t at, Room& room) const {
  const WordNeeds& needs = needs_of_words_[line.tokens[at].word];
  room.common |= needs.common;
  const auto met_as = [&](As as) {
    const auto way = static_cast<std::size_t>(as);
    return std::span(met_).subspan(needs.begin[way], needs.begin[way + 1] - needs.begin[way]);
  };
  if (needs.begin.front() != needs.begin.back()) {
    Touch(met_as(As::kAny), room);
    const auto verb = met_as(As::kVerb), head = met_as(As::kHead), named = met_as(As::kInName);
    if (!verb.empty() && places_.MayBeVerb(line, at)) Touch(verb, room);
    if (!head.empty() && places_.MayBeHead(line, at)) Touch(head, room);
    if (!named.empty() && places_.MayBeInName(line, at)) Touch(named, room);
  }
  if (needs.expressions == 0) return;
  for (const Expression& expression : expressions_[needs.expressions - 1]) {
    // "in (close) cooperation with"
    if (!expression.StandsAround(line.tokens, at) && !HasBracket(line.tokens, room)) continue;
    Touch(expression.needs, room);
    room.common |= expression.common;
  }
}

void Prefilter::Possible(const WordLine& line, Room& room, std::vector<int>& patterns) const {
  patterns = always_;
  room.met.resize(needs_.size());
  for (const std::uint32_t need : room.touched) room.met[need] = false;
  room.touched.clear();
  room.common.reset();
  room.bracket.reset();
  for (std::size_t i = 0; i < line.tokens.size(); ++i) {
    if (meets_some_[line.tokens[i].word]) TouchWord(line, i, room);
    // A quotation can stand as the head of a phrase, with the label that its own head noun has.
    if (line.tokens[i].kind == TokenKind::kQuote) {
      TouchLabel(words_->TitleLabel(line.tokens[i].folded), room);
    }
  }
  for (const Mention& mention : line.mentions) TouchLabel(mention.label, room);
  const auto met = [&](std::uint32_t need) { return room.met[need] != 0; };
  for (const std::uint32_t need : room.touched) {
    for (std::uint32_t i = waiting_for_[need].first; i < waiting_for_[need].last; ++i) {
      const Waiting& one = waiting_[i];
      if ((one.common & ~room.common).none() &&
          std::all_of(others_.begin() + one.first, others_.begin() + one.last, met)) {
        patterns.push_back(one.pattern);
      }
    }
  }
  std::sort(patterns.begin(), patterns.end());
}

}  // namespace verbale::extract
