#include "extract/match/words.h"

#include <algorithm>

namespace verbale::extract {
namespace {

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool IsVowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

bool TakesEs(std::string_view lemma) {
  return EndsWith(lemma, "s") || EndsWith(lemma, "x") || EndsWith(lemma, "z") ||
         EndsWith(lemma, "ch") || EndsWith(lemma, "sh") || EndsWith(lemma, "o");
}

bool EndsInConsonantY(std::string_view lemma) {
  return lemma.size() > 1 && lemma.back() == 'y' && !IsVowel(lemma[lemma.size() - 2]);
}

/// Lemma, third person, past, participle, -ing form of a regular verb.
std::vector<std::string> RegularForms(const std::string& lemma) {
  const std::string stem = lemma.substr(0, lemma.size() - 1);
  std::string third = lemma + (TakesEs(lemma) ? "es" : "s");
  std::string past = lemma + (lemma.back() == 'e' ? "d" : "ed");
  if (EndsInConsonantY(lemma)) {
    third = stem + "ies";
    past = stem + "ied";
  }
  const bool drops_e = lemma.back() == 'e' && !EndsWith(lemma, "ee");
  return {lemma, third, past, past, (drops_e ? stem : lemma) + "ing"};
}

std::vector<std::string> Split(const std::string& text) {
  std::vector<std::string> words;
  for (const Token& token : NameTokens(text)) words.push_back(token.folded);
  return words;
}

}  // namespace

Words::Words(const PackData& pack) {
  static constexpr std::pair<const char*, std::uint32_t> kClasses[] = {
      {"determiner", kDeterminer},
      {"possessive", kPossessive | kDefinite},
      {"pronoun", kPronoun},
      {"author_pronoun", kPronoun | kAuthorPronoun},
      {"weak_pronoun", kPronoun | kWeakPronoun},
      {"preposition", kPreposition},
      {"conjunction", kConjunction},
      {"subordinator", kSubordinator},
      {"conditional", kSubordinator | kConditional},
      {"relative", kRelative},
      {"adverb", kAdverb},
      {"negation", kNegation},
      {"including", kIncluding},
      {"be", kBe},
      {"have", kHave},
      {"do", kDo},
      {"adjective", kAdjective},
      {"quantifier", kQuantifier},
      {"to", kTo},
      {"naming", kNaming},
      {"noun_too", kNounToo},
      {"definite", kDefinite},
      {"indefinite", kDeterminer | kIndefinite},
      {"unspecific", kUnspecific},
      {"recommending", kRecommending},
      {"asserting_noun", kAssertingNoun},
      {"no_short_name", kNoShortName},
      {"incidental", kIncidental},
      {"noun", kNounOnly},
      {"asserting", kPreposition | kAsserting},
  };
  for (const auto& forms : pack.lexicon.verbs) AddVerb(forms);
  for (const auto& [name, tag] : kClasses) AddClass(pack, name, tag);
  for (const auto& [word, modality] : pack.lexicon.modals) {
    WordInfo& info = words_[word];
    info.tags |= kModal;
    info.modality = modality;
  }
  for (const std::string& noun : pack.actor_nouns) words_[noun].tags |= kActorNoun;
  if (const auto at = pack.lexicon.words.find("compound"); at != pack.lexicon.words.end()) {
    for (const std::string& compound : at->second) {
      const std::vector<std::string> parts = Split(compound);
      if (parts.size() == 2) compounds_.insert(parts[0] + "_" + parts[1]);
    }
  }
  if (const auto at = pack.lexicon.words.find("prefix"); at != pack.lexicon.words.end()) {
    prefixes_ = at->second;
  }
  actor_labels_.insert(pack.actor_labels.begin(), pack.actor_labels.end());
  acting_labels_.insert(pack.acting_labels.begin(), pack.acting_labels.end());
  for (const auto& [lemma, modality] : pack.lexicon.catenatives) catenatives_[lemma] = modality;
  for (const HeadNoun& head : pack.heads) heads_[head.lemma] = head.label;
  for (auto& [first, list] : expressions_) {
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  }
}

void Words::AddClass(const PackData& pack, const char* name, std::uint32_t tag) {
  const auto words = pack.lexicon.words.find(name);
  if (words == pack.lexicon.words.end()) return;
  for (const std::string& word : words->second) {
    const std::vector<std::string> parts = Split(word);
    if (parts.size() > 1) {
      WordInfo info;
      info.tags = tag;
      expressions_[parts[0]].emplace_back(parts, info);
    } else if (!parts.empty()) {
      words_[parts[0]].tags |= tag;
    }
  }
}

void Words::AddVerb(const std::vector<std::string>& given) {
  const std::vector<std::string> forms = given.size() == 5 ? given : RegularForms(given[0]);
  for (std::size_t i = 0; i < forms.size(); ++i) {
    AddForm(forms[i], forms[0], static_cast<std::uint8_t>(1u << i));
  }
}

void Words::AddForm(const std::string& word, const std::string& lemma, std::uint8_t form) {
  WordInfo& info = words_[word];
  if (!info.lemma.empty() && info.lemma != lemma) return;  // "found" is a form of "find" first.
  info.lemma = lemma;
  info.forms |= form;
}

const WordInfo* Words::Find(const std::string& folded) const {
  const auto at = words_.find(folded);
  return at == words_.end() ? nullptr : &at->second;
}

std::size_t Words::Expression(const std::vector<Token>& tokens,
                              const std::vector<std::uint32_t>& order, std::size_t at,
                              const WordInfo** info, std::string* text) const {
  const auto candidates = expressions_.find(tokens[order[at]].folded);
  if (candidates == expressions_.end()) return 0;
  for (const auto& [parts, meaning] : candidates->second) {
    if (at + parts.size() > order.size()) continue;
    std::size_t same = 0;
    while (same < parts.size() && tokens[order[at + same]].folded == parts[same]) ++same;
    if (same < parts.size()) continue;
    *info = &meaning;
    text->clear();
    for (const std::string& part : parts) *text += (text->empty() ? "" : "_") + part;
    return parts.size();
  }
  return 0;
}

const graph::Modality* Words::Catenative(const std::string& lemma) const {
  const auto at = catenatives_.find(lemma);
  return at == catenatives_.end() ? nullptr : &at->second;
}

const std::string& Words::HeadLabel(const std::string& lemma) const {
  static const std::string none;
  const auto at = heads_.find(lemma);
  if (at != heads_.end()) return at->second;
  for (const std::string& prefix : prefixes_) {
    if (lemma.size() > prefix.size() + 2 && lemma.compare(0, prefix.size(), prefix) == 0) {
      const auto rest = heads_.find(lemma.substr(prefix.size()));
      if (rest != heads_.end()) return rest->second;
    }
  }
  return none;
}

std::string Words::Singular(const std::string& noun) {
  if (noun.size() < 4 || noun.back() != 's') return noun;
  if (EndsWith(noun, "ss") || EndsWith(noun, "us") || EndsWith(noun, "is")) return noun;
  const std::string stem = noun.substr(0, noun.size() - 1);
  if (EndsWith(noun, "ies")) return noun.substr(0, noun.size() - 3) + "y";
  for (const std::string_view end : {"sses", "xes", "ches", "shes"}) {
    if (EndsWith(noun, end)) return noun.substr(0, noun.size() - 2);
  }
  return stem;
}

}  // namespace verbale::extract
