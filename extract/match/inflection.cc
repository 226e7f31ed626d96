#include "extract/match/inflection.h"

#include <string_view>

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

}  // namespace

std::vector<std::string> FormsOf(const std::vector<std::string>& verb) {
  return verb.size() == 5 ? verb : RegularForms(verb.front());
}

}  // namespace verbale::extract
