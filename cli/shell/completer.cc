#include "cli/shell/completer.h"

#include <algorithm>

#include "graph/ascii.h"
#include "query/query.h"

namespace verbale::cli {
namespace {

bool IsWord(char c) { return IsAlnum(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80; }

// What the text before the word says about it.
struct Place {
  bool quoted = false;    // in a string, a back-quoted name or a comment
  std::string open;       // brackets that are open, outermost first
  char before = 0;        // last character that is no blank
  std::string last_word;  // the word that ends at `before`, or in front of it where that is '.'
  std::vector<std::string> names;  // behind '(' and '[' and AS: the statement's own names
};

// Walks over the text once, minding quotes, comments and brackets.
class PlaceReader {
 public:
  explicit PlaceReader(std::string_view text) : text_(text) {}

  Place Read() && {
    while (at_ < text_.size() && !place_.quoted) Step();
    return std::move(place_);
  }

 private:
  void Step() {
    const char c = text_[at_];
    if (c == '\'' || c == '"' || c == '`') return StepOverQuoted(c);
    if (text_.substr(at_, 2) == "//") return StepTo(text_.find('\n', at_), 1);
    if (text_.substr(at_, 2) == "/*") return StepTo(text_.find("*/", at_ + 2), 2);
    if (IsWord(c)) return StepOverWord();
    ++at_;
    if (IsSpace(c)) return;
    if (c == '(' || c == '[' || c == '{') place_.open += c;
    if ((c == ')' || c == ']' || c == '}') && !place_.open.empty()) place_.open.pop_back();
    if (c == ';') place_ = {};
    if (c != '.') place_.last_word.clear();
    place_.before = c;
  }

  void StepTo(std::size_t end, std::size_t length) {
    place_.quoted = end == std::string_view::npos;
    at_ = place_.quoted ? text_.size() : end + length;
  }

  void StepOverQuoted(char quote) {
    for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
      if (text_[at_] == '\\' && quote != '`') ++at_;
    }
    StepTo(at_ < text_.size() ? at_ : std::string_view::npos, 1);
    place_.before = quote;
    place_.last_word.clear();
  }

  void StepOverWord() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && IsWord(text_[at_])) ++at_;
    const std::string word(text_.substr(begin, at_ - begin));
    const bool behind_as = place_.last_word == "AS" || place_.last_word == "as";
    if (place_.before == '(' || place_.before == '[' || behind_as) place_.names.push_back(word);
    place_.last_word = word;
    place_.before = word.back();
  }

  const std::string_view text_;
  std::size_t at_ = 0;
  Place place_;
};

// A name that is no plain word is written in back-quotes.
std::vector<std::string> Quoted(const std::vector<std::string>& names) {
  std::vector<std::string> out;
  for (const std::string& name : names) {
    const bool plain =
        !name.empty() && std::all_of(name.begin(), name.end(), IsWord) && !IsDigit(name[0]);
    out.push_back(plain ? name : "`" + name + "`");
  }
  return out;
}

// Functions below "prefix.", without it, ready to be called.
std::vector<std::string> Functions(const std::string& prefix) {
  std::vector<std::string> out;
  for (const std::string& name : query::FunctionNames()) {
    if (name.starts_with(prefix)) out.push_back(name.substr(prefix.size()) + "(");
  }
  return out;
}

void Append(std::vector<std::string>& all, const std::vector<std::string>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

// Keywords in the case that was begun.
std::vector<std::string> KeywordsLike(std::string_view typed) {
  std::vector<std::string> words = query::Keywords();
  if (typed.empty() || !IsLower(typed[0])) return words;
  for (std::string& word : words) word = LowerCase(word);
  return words;
}

std::vector<std::string> Candidates(const Place& place, std::string_view typed,
                                    const Vocabulary& vocabulary) {
  const char inside = place.open.empty() ? 0 : place.open.back();
  const bool alternative = place.before == '|' || place.before == '&' || place.before == '!';
  if (place.before == '$') return vocabulary.parameters;
  if (place.before == ':' || (alternative && inside != '{')) {
    if (inside == '[') return Quoted(vocabulary.types);
    if (inside != '{') return Quoted(vocabulary.labels);
  }
  if (place.before == '.') {
    std::vector<std::string> words = Functions(place.last_word + ".");
    Append(words, Quoted(vocabulary.keys));
    return words;
  }
  if (inside == '{' && (place.before == '{' || place.before == ',')) {
    return Quoted(vocabulary.keys);
  }
  std::vector<std::string> words = Functions("");
  Append(words, KeywordsLike(typed));
  Append(words, place.names);
  return words;
}

}  // namespace

Vocabulary VocabularyOf(const graph::Catalog& catalog) {
  const auto labels = graph::LabelNames(catalog);
  const auto types = graph::TypeNames(catalog);
  const auto keys = graph::KeyNames(catalog);
  Vocabulary vocabulary;
  vocabulary.labels.assign(labels.begin(), labels.end());
  vocabulary.types.assign(types.begin(), types.end());
  vocabulary.keys.assign(keys.begin(), keys.end());
  return vocabulary;
}

std::vector<std::string> Matching(const std::vector<std::string>& candidates,
                                  std::string_view typed) {
  std::vector<std::string> found;
  for (const std::string& word : candidates) {
    const bool fits = word.size() >= typed.size() &&
                      std::equal(typed.begin(), typed.end(), word.begin(),
                                 [](char a, char b) { return ToLower(a) == ToLower(b); });
    if (fits) found.push_back(word);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Completions CompleteStatement(std::string_view statement, const Vocabulary& vocabulary) {
  Completions completions;
  completions.begin = statement.size();
  while (completions.begin > 0 && IsWord(statement[completions.begin - 1])) --completions.begin;
  const Place place = PlaceReader(statement.substr(0, completions.begin)).Read();
  if (place.quoted) return completions;
  const std::string_view typed = statement.substr(completions.begin);
  completions.words = Matching(Candidates(place, typed, vocabulary), typed);
  return completions;
}

}  // namespace verbale::cli
