#include "extract/mention/names.h"

#include <algorithm>

#include "graph/ascii.h"

namespace verbale::extract {
namespace {

std::string JoinedWords(const std::vector<NameToken>& tokens) {
  std::string text;
  for (const NameToken& token : tokens) {
    if (!text.empty()) text.push_back(' ');
    text += token.folded;
  }
  return text;
}

/// The letters at the beginning where the tokenizer ends a word behind them; empty where only it
/// knows: of "U.S.", "co-operation", "d'Ivoire", letters beyond ASCII.
std::string_view FirstWord(std::string_view name) {
  constexpr std::size_t kLongestPrefix = 2;
  const auto size =
      static_cast<std::size_t>(std::find_if_not(name.begin(), name.end(), IsAlpha) - name.begin());
  const auto at = [&](std::size_t i) { return i < name.size() ? name[i] : ' '; };
  const bool joins = at(size) == '-' || (at(size) == '.' && at(size + 1) != ' ');
  const bool ends = at(size) == ' ' || at(size) == ',' || at(size) == '.' || joins;
  if (!ends || (joins && size <= kLongestPrefix)) return {};
  return name.substr(0, size);
}

/// The words at the beginning that are letters only, where one blank parts them: to the tokenizer
/// they are just these words.
std::string_view PlainBeginning(std::string_view name) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (IsAlpha(name[i])) continue;
    if (name[i] != ' ' || i == 0 || name[i - 1] == ' ') return name.substr(0, end);
    end = i;
  }
  return name.ends_with(' ') ? name.substr(0, end) : name;
}

}  // namespace

NameIndex::NameIndex(const std::vector<NameEntry>& names, Vocabulary& vocabulary)
    : names_(names), vocabulary_(vocabulary) {
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
        by_text_[JoinedWords(NameTokens(value.as_string()))].push_back(i);
      }
    }
  }
  for (const auto& [text, owners] : by_text_) {
    const std::string_view first = std::string_view(text).substr(0, text.find(' '));
    for (const std::uint32_t owner : owners) first_words_[names[owner].label].Add(first);
  }
  automaton_.Build();
  MarkNested();
}

std::vector<std::uint32_t> NameIndex::Numbers(const Spelling& spelling) const {
  std::vector<std::uint32_t> numbers;
  for (const NameToken& token : spelling.tokens) numbers.push_back(vocabulary_.Add(token.folded));
  return numbers;
}

void NameIndex::MarkNested() {
  std::vector<AhoCorasick::Hit> hits;
  for (Spelling& spelling : spellings_) {
    std::vector<std::uint32_t> words = Numbers(spelling);
    words.erase(words.begin());
    automaton_.Find(words, hits);
    spelling.nested = std::any_of(hits.begin(), hits.end(),
                                  [](const auto& hit) { return hit.last - hit.first > 1; });
  }
}

void NameIndex::AddSpelling(std::uint32_t entry, std::string_view text, Form form, bool exact) {
  Spelling spelling{entry, form, exact, false, NameTokens(text)};
  if (spelling.tokens.empty()) return;
  auto& owners = by_text_[JoinedWords(spelling.tokens)];
  if (owners.empty() || owners.back() != entry) owners.push_back(entry);
  automaton_.Add(Numbers(spelling), static_cast<std::uint32_t>(spellings_.size()));
  spellings_.push_back(spelling);
  // "Groups of Governmental Experts" names what "Group of Governmental Experts" names.
  std::vector<NameToken>& words = spelling.tokens;
  if (form == Form::kName && words.size() > 2 && words[1].folded == "of" &&
      words[0].folded.back() != 's') {
    words[0].folded += 's';
    automaton_.Add(Numbers(spelling), static_cast<std::uint32_t>(spellings_.size()));
    spellings_.push_back(std::move(spelling));
  }
}

bool NameIndex::Agrees(const Spelling& spelling, std::span<const Token> tokens,
                       const std::vector<std::uint32_t>& places, std::uint32_t at) const {
  for (std::size_t i = 0; i < spelling.tokens.size(); ++i) {
    const NameToken& name = spelling.tokens[i];
    const Token& text = tokens[places[at + i]];
    if (spelling.exact && name.kind == TokenKind::kWord &&
        (name.capital != text.capital || (name.upper && !text.upper))) {
      return false;
    }
    // A name that is written with a capital is no common noun, unless it is long.
    const bool told = i > 0 || (places[at] > 0 && tokens[places[at] - 1].folded == "the");
    const std::size_t long_enough = told ? 4 : 6;
    if (name.capital && !text.capital && spelling.tokens.size() < long_enough) return false;
  }
  return true;
}

void NameIndex::Find(std::span<const Token> tokens, const LocalNames* local, Room& room,
                     std::vector<Mention>& mentions) const {
  mentions.clear();
  // A full stop, stroke or dash inside a name ("St. Kitts") is passed over; other marks cut.
  room.words.clear();
  room.places.clear();
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const bool mark = token.kind == TokenKind::kMark;
    const bool dash = mark && (token.folded == "–" || token.folded == "-") && i > 0 &&
                      i + 1 < tokens.size() && tokens[i - 1].upper && tokens[i + 1].upper;
    if (mark && (dash || token.folded == "." || token.folded == "/")) continue;
    room.words.push_back(mark && token.folded != "," ? 0 : token.word);
    room.places.push_back(i);
  }
  automaton_.Find(room.words, room.hits);
  const bool has_local = local != nullptr && !local->empty();
  if (room.hits.empty() && !has_local) return;
  std::sort(room.hits.begin(), room.hits.end(), [&](const auto& a, const auto& b) {
    const std::uint32_t a_size = a.last - a.first, b_size = b.last - b.first;
    if (a_size != b_size) return a_size > b_size;
    if (a.first != b.first) return a.first < b.first;
    if (spellings_[a.id].form != spellings_[b.id].form) {
      return spellings_[a.id].form < spellings_[b.id].form;
    }
    if (spellings_[a.id].entry != spellings_[b.id].entry) {
      return spellings_[a.id].entry > spellings_[b.id].entry;
    }
    return a.id < b.id;
  });
  std::vector<bool>& taken = room.taken;
  taken.assign(tokens.size(), false);
  for (const AhoCorasick::Hit& hit : room.hits) {
    const Spelling& spelling = spellings_[hit.id];
    if (std::find(taken.begin() + hit.first, taken.begin() + hit.last, true) !=
        taken.begin() + hit.last) {
      continue;
    }
    if (!Agrees(spelling, tokens, room.places, hit.first)) continue;
    // The document may have told what else an acronym stands for, or the name of an agency.
    const bool short_name = spelling.form == Form::kAcronym || !names_[spelling.entry].of.empty();
    const bool told = has_local && hit.last == hit.first + 1 && short_name &&
                      local->contains(tokens[room.places[hit.first]].folded);
    if (told) continue;
    std::fill(taken.begin() + hit.first, taken.begin() + hit.last, true);
    const NameEntry& entry = names_[spelling.entry];
    mentions.push_back(
        {spelling.form == Form::kAdjective ? Mention::Kind::kAdjective : Mention::Kind::kName,
         room.places[hit.first], room.places[hit.last - 1] + 1, spelling.nested, entry.label,
         entry.name, "", spelling.entry, entry.of});
  }
  if (has_local) FindLocal(tokens, *local, room, mentions);
  std::sort(mentions.begin(), mentions.end(),
            [](const Mention& a, const Mention& b) { return a.first < b.first; });
}

void NameIndex::FindLocal(std::span<const Token> tokens, const LocalNames& local, const Room& room,
                          std::vector<Mention>& mentions) const {
  for (std::uint32_t at = 0; at < room.places.size(); ++at) {
    const std::uint32_t i = room.places[at];
    if (room.taken[at] || tokens[i].kind != TokenKind::kWord || !tokens[i].capital) continue;
    const auto known = local.find(tokens[i].folded);
    if (known == local.end()) continue;
    Mention mention = known->second;
    mention.first = i;
    mention.last = i + 1;
    mentions.push_back(mention);
  }
}

bool NameIndex::MayBeName(std::string_view name, std::string_view label) const {
  const std::string_view first = FirstWord(name);
  if (first.empty()) return true;
  const auto of_label = first_words_.find(label);
  return of_label != first_words_.end() && of_label->second.Find(LowerCase(first)) != 0;
}

/// Nearly all that is asked for is no name, which its first words tell.
NameIndex::ByText::const_iterator NameIndex::FindText(std::string_view name) const {
  const std::string beginning = LowerCase(PlainBeginning(name));
  const auto at = by_text_.lower_bound(beginning);
  if (at == by_text_.end() || !at->first.starts_with(beginning)) return by_text_.end();
  return by_text_.find(beginning.size() == name.size() ? beginning : JoinedWords(NameTokens(name)));
}

std::vector<const NameEntry*> NameIndex::Lookup(std::string_view name,
                                                std::string_view label) const {
  std::vector<const NameEntry*> found;
  if (!label.empty() && !MayBeName(name, label)) return found;
  const auto at = FindText(name);
  if (at == by_text_.end()) return found;
  for (const std::uint32_t i : at->second) {
    const NameEntry& entry = names_[i];
    if (!label.empty() && entry.label != label) continue;
    if (std::find(found.begin(), found.end(), &entry) == found.end()) found.push_back(&entry);
  }
  if (found.size() < 2) return found;
  std::stable_partition(found.begin(), found.end(), [&](const NameEntry* entry) {
    return LowerCase(entry->name) == LowerCase(name);
  });
  return found;
}

}  // namespace verbale::extract
