#include "extract/text/author.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "graph/ascii.h"

namespace verbale::extract {
namespace {

/// Titles that can name the author, and the longest of them; words of an author's name.
constexpr std::size_t kTitleUnits = 12, kLongestTitle = 200, kNameWords = 7;
/// As much of a text as is asked whom it names.
constexpr std::uint64_t kAskedBytes = 1 << 16;
/// As much of a sentence, before a name and behind it, as is asked what it says of it: of one with
/// thousands of names all of it would be read thousands of times.
constexpr std::size_t kAskedAround = 1000;
/// What joins the words of a file name; and what does so where names keep their hyphens.
constexpr std::string_view kJoints = "_-.", kJointsOfNames = "_.";

/// A name that the look-up knows, and where it stands in the text that was asked.
struct Naming {
  std::string author;
  std::size_t begin = 0, end = 0;
};

/// Three capital letters among capitals are as likely a word as a code ("POLICY AND STRATEGY"), and
/// "And", "In" open a text more often than they are Andorra and India.
bool IsDoubtfulCode(std::string_view name, std::string_view text) {
  return name.size() <= 3 && (std::none_of(text.begin(), text.end(), IsLower) ||
                              std::any_of(name.begin(), name.end(), IsLower));
}

/// Authors that the look-up knows among the words of a text, the longest names first. What is cut
/// by `marks` is no name.
std::vector<Naming> AuthorsIn(std::string_view text, std::string_view marks,
                              const AuthorLookup& lookup) {
  std::array<bool, 256> is_mark{};
  for (const char mark : marks) is_mark[static_cast<unsigned char>(mark)] = true;
  std::vector<std::size_t> starts, ends;
  bool inside = false;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool word = i < text.size() && !is_mark[static_cast<unsigned char>(text[i])];
    if (word != inside) (word ? starts : ends).push_back(i);
    inside = word;
  }
  std::vector<Naming> namings;
  for (std::size_t from = 0; from < starts.size();) {
    std::size_t next = from + 1;
    for (std::size_t to = std::min(starts.size(), from + kNameWords); to > from; --to) {
      if (IsLower(text[starts[from]])) break;
      const std::string_view name = text.substr(starts[from], ends[to - 1] - starts[from]);
      if (IsDoubtfulCode(name, text)) continue;
      if (std::optional<std::string> author = lookup(name)) {
        namings.push_back({std::move(*author), starts[from], ends[to - 1]});
        next = to;
        break;
      }
    }
    from = next;
  }
  return namings;
}

std::vector<Naming> AuthorsInTitle(std::string_view title, const AuthorLookup& lookup) {
  return AuthorsIn(title, " ,:;()", lookup);
}

/// In a sentence, where names have endings ("Canada's") and stand before its full stop.
std::vector<Naming> AuthorsInText(std::string text, const AuthorLookup& lookup) {
  for (const std::string_view quote : {"’", "“", "”"}) {
    for (std::size_t at = 0; (at = text.find(quote, at)) != std::string::npos; ++at) {
      std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(at), quote.size(), ';');
    }
  }
  if (text.ends_with('.')) text.pop_back();
  return AuthorsIn(text, " ,:;()'\"?!/", lookup);
}

/// Stands in a sentence for the name that is asked about, where a pattern says "{author}".
constexpr std::string_view kNameMark = "\x01", kNameInPattern = "{author}";

/// Patterns over sentences in which the name is only its mark.
std::vector<std::string> Marked(std::vector<std::string> patterns) {
  for (std::string& pattern : patterns) {
    for (std::size_t at = 0; (at = pattern.find(kNameInPattern, at)) != std::string::npos;) {
      pattern.replace(at, kNameInPattern.size(), kNameMark);
    }
  }
  return patterns;
}

/// The words of a file name: "kenya-plan_2020" → "Kenya Plan 2020", "SriLanka" → "Sri Lanka".
std::string WordsOf(std::string_view stem, std::string_view joints) {
  std::string words;
  for (std::size_t i = 0; i < stem.size(); ++i) {
    const char c = joints.find(stem[i]) == std::string_view::npos ? stem[i] : ' ';
    const bool start = words.empty() || words.back() == ' ';
    if (!start && IsUpper(c) && IsLower(words.back())) words.push_back(' ');
    words.push_back(start && IsLower(c) ? ToUpper(c) : c);
  }
  return words;
}

/// Who is named in the text, and how often.
struct Census {
  struct Count {
    std::uint32_t times = 0;
    bool at_home = false;
  };
  std::map<std::string, Count> authors;
  std::uint32_t all = 0;

  /// `home` are marked patterns of what is said of one whose text it is.
  void Add(const std::string& sentence, const AuthorLookup& lookup, const LinePatterns& home) {
    for (const Naming& naming : AuthorsInText(sentence, lookup)) {
      Count& count = authors[naming.author];
      ++count.times, ++all;
      if (count.at_home) continue;
      const std::size_t begin = naming.begin - std::min(naming.begin, kAskedAround);
      std::string marked = sentence.substr(begin, naming.end + kAskedAround - begin);
      marked.replace(naming.begin - begin, naming.end - naming.begin, kNameMark);
      count.at_home = home.Match(marked, nullptr);
    }
  }

  /// The one that is named twice at least, and twice as often as all others together.
  std::string Foremost() const {
    for (const auto& [author, count] : authors) {
      if (count.at_home && count.times > 1 && 3 * count.times >= 2 * all) return author;
    }
    return "";
  }
};

/// Whom a file name has among its words, where the text names them, too, or the file name is a
/// title. Without its hyphens only if that names nobody: a name may have one of its own.
std::set<std::string> NamedByFile(std::string_view stem, bool titled, const Census& census,
                                  const AuthorLookup& lookup) {
  std::set<std::string> named;
  for (const std::string_view joints : {kJointsOfNames, kJoints}) {
    if (!named.empty()) break;
    for (Naming& naming : AuthorsInTitle(WordsOf(stem, joints), lookup)) {
      if (titled || census.authors.count(naming.author) > 0) named.insert(std::move(naming.author));
    }
  }
  return named;
}

}  // namespace

AuthorFinder::AuthorFinder(const Structure& structure)
    : authored_(structure.authored_patterns, "authored_patterns", ""),
      author_line_(structure.author_line_patterns, "author_line_patterns", "author"),
      introduction_(structure.introduction_patterns, "introduction_patterns", "author"),
      first_person_(structure.first_person_patterns, "first_person_patterns", ""),
      at_home_(Marked(structure.at_home_patterns), "at_home_patterns", "") {}

std::optional<Section> AuthorFinder::Find(const Document& document, std::string_view stem,
                                          const std::string& told,
                                          const AuthorLookup& lookup) const {
  if (!lookup) return std::nullopt;
  std::optional<std::string> author = told.empty() ? std::nullopt : lookup(told);
  if (!author) {
    std::optional<Section> section = ByTitle(document, lookup);
    return section ? section : ByText(document, stem, lookup);
  }
  Section section;
  section.heading = told;
  section.author = std::move(*author);
  return section;
}

/// Whom a title or a heading at the beginning names as the one who speaks.
std::vector<std::string> AuthorFinder::AuthorsNamed(const Unit& unit, const std::string& text,
                                                    const AuthorLookup& lookup) const {
  std::string name;
  if (unit.kind == UnitKind::kHeading && author_line_.Match(text, &name)) {
    if (std::optional<std::string> author = lookup(name)) return {std::move(*author)};
  }
  std::vector<std::string> authors;
  if (!authored_.Match(text, nullptr)) return authors;
  for (Naming& naming : AuthorsInTitle(text, lookup)) authors.push_back(std::move(naming.author));
  return authors;
}

/// The one that the titles at the beginning name, where they name only one.
std::optional<Section> AuthorFinder::ByTitle(const Document& document,
                                             const AuthorLookup& lookup) const {
  Section section;
  for (std::size_t i = 0; i < std::min(document.units.size(), kTitleUnits); ++i) {
    const Unit& unit = document.units[i];
    const std::string text(document.content.View(unit.text));
    if (text.size() > kLongestTitle) break;
    if (text.empty() || text.back() == '.') continue;
    for (std::string& author : AuthorsNamed(unit, text, lookup)) {
      if (!section.author.empty() && section.author != author) return std::nullopt;
      section.author = std::move(author);
    }
    if (section.author.empty() || !section.heading.empty()) continue;
    section.heading = text, section.heading_text = unit.text, section.heading_source = unit.source;
  }
  if (section.author.empty()) return std::nullopt;
  return section;
}

/// "My country, Canada, …": whom the author calls his own.
std::optional<std::string> AuthorFinder::Introduced(const std::string& sentence,
                                                    const AuthorLookup& lookup) const {
  std::string name;
  if (!introduction_.Match(sentence, &name)) return std::nullopt;
  const std::vector<Naming> namings = AuthorsInText(name, lookup);
  if (namings.empty() || namings.front().begin != 0) return std::nullopt;
  return namings.front().author;
}

/// Where neither file name nor title is of the form that the pack knows: whom the text introduces
/// as its author; else whom the file name names, if the text does, too, or it is a title; else,
/// unless somebody says "we" and not who that is, the one that nearly all of the text is about.
std::optional<Section> AuthorFinder::ByText(const Document& document, std::string_view stem,
                                            const AuthorLookup& lookup) const {
  if (introduction_.empty() && first_person_.empty()) return std::nullopt;
  Census census;
  std::set<std::string> introduced;
  bool first_person = false;
  std::uint64_t asked = 0;
  for (const Unit& unit : document.units) {
    const std::string sentence(document.content.View(unit.text));
    if ((asked += sentence.size()) > kAskedBytes) break;
    census.Add(sentence, lookup, at_home_);
    first_person = first_person || first_person_.Match(sentence, nullptr);
    if (auto author = Introduced(sentence, lookup)) introduced.insert(std::move(*author));
  }
  const bool titled = authored_.Match(WordsOf(stem, kJoints), nullptr);
  const std::set<std::string> filed = NamedByFile(stem, titled, census, lookup);
  Section section;
  section.suggested = true;
  if (introduced.size() == 1) {
    section.author = *introduced.begin();
  } else if (filed.size() == 1 && introduced.empty()) {
    section.author = *filed.begin();
  } else if (!first_person && introduced.empty()) {
    section.author = census.Foremost();
  }
  if (section.author.empty()) return std::nullopt;
  section.heading = section.author;
  return section;
}

}  // namespace verbale::extract
