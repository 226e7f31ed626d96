#include "extract/mention/names.h"

#include <algorithm>

#include "graph/error.h"

namespace verbale::extract {
namespace {

std::string FoldedText(const std::vector<Token>& tokens) {
  std::string text;
  for (const Token& token : tokens) {
    if (!text.empty()) text.push_back(' ');
    text += token.folded;
  }
  return text;
}

std::vector<std::string> FoldedWords(const std::vector<Token>& tokens) {
  std::vector<std::string> words;
  for (const Token& token : tokens) words.push_back(token.folded);
  return words;
}

}  // namespace

NameIndex::NameIndex(const std::vector<NameEntry>& names) : names_(names) {
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    const NameEntry& entry = names[i];
    AddSpelling(i, entry.name, Form::kName, entry.case_sensitive);
    for (const std::string& alias : entry.aliases) {
      AddSpelling(i, alias, Form::kName, entry.case_sensitive);
    }
    for (const std::string& acronym : entry.acronyms) {
      AddSpelling(i, acronym, Form::kAcronym, true);
    }
    for (const std::string& adjective : entry.adjectives) {
      AddSpelling(i, adjective, Form::kAdjective, false);
    }
    for (const auto& [key, value] : entry.properties) {
      if (key.rfind("iso", 0) == 0) {
        by_text_[FoldedText(NameTokens(value.as_string()))].push_back(i);
      }
    }
  }
  automaton_.Build();
}

void NameIndex::AddSpelling(std::uint32_t entry, std::string_view text, Form form, bool exact) {
  Spelling spelling{entry, form, exact, NameTokens(text)};
  if (spelling.tokens.empty()) return;
  auto& owners = by_text_[FoldedText(spelling.tokens)];
  if (owners.empty() || owners.back() != entry) owners.push_back(entry);
  std::vector<std::string> words = FoldedWords(spelling.tokens);
  automaton_.Add(words, static_cast<std::uint32_t>(spellings_.size()));
  spellings_.push_back(spelling);
  // "Groups of Governmental Experts" names what "Group of Governmental Experts" names.
  if (form == Form::kName && words.size() > 2 && words[1] == "of" && words[0].back() != 's') {
    words[0] += 's';
    spelling.tokens[0].folded += 's';
    automaton_.Add(words, static_cast<std::uint32_t>(spellings_.size()));
    spellings_.push_back(std::move(spelling));
  }
}

bool NameIndex::Agrees(const Spelling& spelling, const std::vector<Token>& tokens,
                       const std::vector<std::uint32_t>& places, std::uint32_t at) const {
  for (std::size_t i = 0; i < spelling.tokens.size(); ++i) {
    const Token& name = spelling.tokens[i];
    const Token& text = tokens[places[at + i]];
    if (spelling.exact && name.kind == TokenKind::kWord &&
        (name.capital != text.capital || (name.upper && !text.upper))) {
      return false;
    }
    // A name that is written with a capital is no common noun.
    if (name.capital && !text.capital && (i == 0 || spelling.tokens.size() < 4)) return false;
  }
  return true;
}

void NameIndex::Find(const std::vector<Token>& tokens, const LocalNames* local,
                     std::vector<Mention>& mentions) const {
  mentions.clear();
  // A full stop or stroke inside a name ("St. Kitts") is passed over; other marks cut.
  std::vector<std::uint32_t> numbers, places;
  std::vector<AhoCorasick::Hit> hits;
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const bool mark = token.kind == TokenKind::kMark;
    if (mark && (token.folded == "." || token.folded == "/")) continue;
    numbers.push_back(mark && token.folded != "," ? 0 : automaton_.WordNumber(token.folded));
    places.push_back(i);
  }
  automaton_.Find(numbers, hits);
  std::stable_sort(hits.begin(), hits.end(), [&](const auto& a, const auto& b) {
    const std::uint32_t a_size = a.last - a.first, b_size = b.last - b.first;
    if (a_size != b_size) return a_size > b_size;
    if (a.first != b.first) return a.first < b.first;
    if (spellings_[a.id].form != spellings_[b.id].form) {
      return spellings_[a.id].form < spellings_[b.id].form;
    }
    return spellings_[a.id].entry > spellings_[b.id].entry;
  });
  std::vector<bool> taken(tokens.size(), false);
  for (const AhoCorasick::Hit& hit : hits) {
    const Spelling& spelling = spellings_[hit.id];
    if (std::find(taken.begin() + hit.first, taken.begin() + hit.last, true) !=
        taken.begin() + hit.last) {
      continue;
    }
    if (!Agrees(spelling, tokens, places, hit.first)) continue;
    std::fill(taken.begin() + hit.first, taken.begin() + hit.last, true);
    const NameEntry& entry = names_[spelling.entry];
    mentions.push_back(
        {spelling.form == Form::kAdjective ? Mention::Kind::kAdjective : Mention::Kind::kName,
         places[hit.first], places[hit.last - 1] + 1, entry.label, entry.name, "", spelling.entry});
  }
  if (local != nullptr && !local->empty()) {
    for (std::uint32_t at = 0; at < places.size(); ++at) {
      const std::uint32_t i = places[at];
      if (taken[at] || tokens[i].kind != TokenKind::kWord || !tokens[i].capital) continue;
      const auto known = local->find(tokens[i].folded);
      if (known == local->end()) continue;
      Mention mention = known->second;
      mention.first = i;
      mention.last = i + 1;
      mentions.push_back(std::move(mention));
    }
  }
  std::sort(mentions.begin(), mentions.end(),
            [](const Mention& a, const Mention& b) { return a.first < b.first; });
}

std::vector<const NameEntry*> NameIndex::Lookup(std::string_view name,
                                                std::string_view label) const {
  std::vector<const NameEntry*> found;
  const auto at = by_text_.find(FoldedText(NameTokens(name)));
  if (at == by_text_.end()) return found;
  for (const std::uint32_t i : at->second) {
    const NameEntry& entry = names_[i];
    if (!label.empty() && entry.label != label) continue;
    if (std::find(found.begin(), found.end(), &entry) == found.end()) found.push_back(&entry);
  }
  std::stable_partition(found.begin(), found.end(), [&](const NameEntry* entry) {
    return EditDistance(entry->name, name) == 0;
  });
  return found;
}

}  // namespace verbale::extract
