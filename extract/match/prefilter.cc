#include "extract/match/prefilter.h"

#include <algorithm>

namespace verbale::extract {
namespace {

/// Words of chunks that stand for no word of the sentence: marks, and a modal without its verb.
bool IsMadeUp(const std::string& word, bool verb) {
  if (verb) return word == "do";
  return word == "and" || word == "following" || word == "parenthesis" || word == "title";
}

/// Of "in_cooperation_with" and "member_state" the part that fewest sentences have.
std::string LongestPart(const std::string& word) {
  std::string longest;
  std::size_t begin = 0;
  while (begin <= word.size()) {
    const std::size_t end = std::min(word.find_first_of("_ ", begin), word.size());
    if (end - begin > longest.size()) longest = word.substr(begin, end - begin);
    begin = end + 1;
  }
  return longest;
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
    need.second.insert(kind == Kind::kWord ? LongestPart(word) : word);
  }
  const auto number = static_cast<std::uint32_t>(needs_.size());
  numbers.push_back(needs_.try_emplace(std::move(need), number).first->second);
}

void Prefilter::Add(const CompiledPattern& compiled) {
  Numbers pattern;
  if (!compiled.anything) {
    for (const PatternNeed& need : compiled.needs) AddNeed(need.kind, need.words, pattern);
    AddNeed(Kind::kLabel, {compiled.labels.begin(), compiled.labels.end()}, pattern);
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

void Prefilter::Meet(std::uint32_t word, const Numbers& needs) {
  Numbers& met = met_by_word_[word];
  met.insert(met.end(), needs.begin(), needs.end());
  std::sort(met.begin(), met.end());
  met.erase(std::unique(met.begin(), met.end()), met.end());
}

void Prefilter::MeetByNoun(const std::string& noun, const Numbers& needs, Vocabulary& vocabulary) {
  for (const std::string& form : FormsOf(noun)) Meet(vocabulary.Add(form), needs);
}

void Prefilter::MeetByWords(Vocabulary& vocabulary) {
  for (const auto& [need, number] : needs_) {
    if (need.first != Kind::kWord) continue;
    for (const std::string& word : need.second) MeetByNoun(word, {number}, vocabulary);
  }
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
    if (const auto found = by_lemma.find(lemma); found != by_lemma.end()) Meet(word, found->second);
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
    MeetByNoun(head.lemma, NeedsOf(Kind::kLabel, head.label), vocabulary);
  }
  for (const HeadNoun& head : pack.heads) {
    for (const std::string& prefix : prefixes) {
      const std::string noun = prefix + head.lemma;
      const std::string& label = words.HeadLabel(noun);
      // Of "task force" the last word stands at the head.
      const std::string last = noun.substr(noun.rfind(' ') + 1);
      if (!label.empty()) MeetByNoun(last, NeedsOf(Kind::kLabel, label), vocabulary);
    }
  }
}

void Prefilter::Build(const PackData& pack, const Words& words, Vocabulary& vocabulary) {
  MeetByWords(vocabulary);
  MeetByVerbs(words, vocabulary);
  MeetByHeads(pack, words, vocabulary);
  for (const auto& [need, number] : needs_) {
    if (need.first != Kind::kLabel) continue;
    for (const std::string& label : need.second) met_by_label_[label].push_back(number);
  }
  // A quotation can stand as the head of a phrase, with the label that its own head noun has.
  for (const auto& [need, number] : needs_) {
    if (need.first == Kind::kLabel) titles_.push_back(number);
  }
  const std::vector<std::size_t> common = HowCommon(words, vocabulary);
  DropIdleNeeds(common);
  SortPatterns(common);
  LayOutWords(vocabulary);
}

std::vector<std::size_t> Prefilter::HowCommon(const Words& words,
                                              const Vocabulary& vocabulary) const {
  std::vector<std::size_t> common(needs_.size(), 0);
  for (std::uint32_t word = 1; word < vocabulary.size(); ++word) {
    const std::string_view text = vocabulary.Word(word);
    const WordInfo* info = words.Find(text);
    const bool closed = info != nullptr && info->Is(kBe | kHave | kDo | kPreposition | kTo |
                                                    kConjunction | kDeterminer | kQuantifier);
    const std::size_t count = !closed ? 1 : text.size() > kShort ? kCommon : kVeryCommon;
    for (const std::uint32_t need : met_by_word_(word)) common[need] += count;
  }
  for (const auto& [label, needs] : met_by_label_) {
    for (const std::uint32_t need : needs) common[need] += 1000;
  }
  return common;
}

/// "in" is met so often that to ask for it costs more than it spares.
void Prefilter::DropIdleNeeds(const std::vector<std::size_t>& common) {
  std::set<std::uint32_t> idle;
  for (const auto& [need, number] : needs_) {
    if (need.first == Kind::kWord && common[number] >= kVeryCommon) idle.insert(number);
  }
  const auto drop = [&](Numbers& needs) {
    std::erase_if(needs, [&](std::uint32_t need) { return idle.count(need) > 0; });
  };
  for (Numbers& pattern : patterns_) drop(pattern);
  for (std::uint32_t word = 0; word < met_by_word_.size(); ++word) drop(met_by_word_[word]);
}

/// A pattern waits for the need that fewest sentences meet: its verb rather than a State.
void Prefilter::SortPatterns(const std::vector<std::size_t>& common) {
  patterns_of_need_.resize(needs_.size());
  for (std::size_t i = 0; i < patterns_.size(); ++i) {
    const Numbers& all = patterns_[i];
    const auto rarest =
        std::min_element(all.begin(), all.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return common[a] < common[b]; });
    (all.empty() ? always_ : patterns_of_need_[*rarest]).push_back(static_cast<int>(i));
  }
}

void Prefilter::LayOutWords(const Vocabulary& vocabulary) {
  for (std::uint32_t word = 0; word < vocabulary.size(); ++word) {
    met_begin_.push_back(static_cast<std::uint32_t>(met_.size()));
    const Numbers& needs = met_by_word_(word);
    met_.insert(met_.end(), needs.begin(), needs.end());
  }
  met_begin_.push_back(static_cast<std::uint32_t>(met_.size()));
  met_by_word_ = {};
}

void Prefilter::Touch(std::span<const std::uint32_t> needs, Room& room) {
  for (const std::uint32_t need : needs) {
    if (room.met[need]) continue;
    room.met[need] = true;
    room.touched.push_back(need);
  }
}

void Prefilter::Possible(const std::vector<Token>& tokens, const std::vector<Mention>& mentions,
                         Room& room, std::vector<int>& patterns) const {
  patterns = always_;
  room.met.resize(needs_.size());
  for (const std::uint32_t need : room.touched) room.met[need] = false;
  room.touched.clear();
  for (const Token& token : tokens) {
    Touch(MetBy(token.word), room);
    if (token.kind == TokenKind::kQuote) Touch(titles_, room);
  }
  for (const Mention& mention : mentions) {
    const auto needs = met_by_label_.find(mention.label);
    if (needs != met_by_label_.end()) Touch(needs->second, room);
  }
  for (const std::uint32_t need : room.touched) {
    for (const int i : patterns_of_need_[need]) {
      const Numbers& all = patterns_[static_cast<std::size_t>(i)];
      if (std::all_of(all.begin(), all.end(), [&](std::uint32_t one) { return room.met[one]; })) {
        patterns.push_back(i);
      }
    }
  }
  std::sort(patterns.begin(), patterns.end());
}

}  // namespace verbale::extract
