#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/span.h"

namespace verbale::extract {

/// Plain text with the way back to the file that it came from. `text` is valid UTF-8; each unit in
/// it (see Unit) stands on one line with white space folded and broken words joined.
class SourceText {
 public:
  std::string text;

  /// One stretch in which text and source advance byte by byte together. What lies between two runs
  /// in the text (a folded line break, an entity, a dropped tag) maps as a whole to what lies
  /// between them in the source.
  struct Run {
    std::uint64_t text = 0;
    std::uint64_t source = 0;
    std::uint64_t size = 0;
  };
  std::vector<Run> runs;  ///< Ascending in both; O(log n) look-up.

  /// The smallest range of the source file that holds [begin, end) of `text`.
  ByteSpan ToSource(std::uint64_t begin, std::uint64_t end) const;
  std::string_view View(ByteSpan in_text) const {
    return std::string_view(text).substr(in_text.begin, in_text.size());
  }
};

enum class UnitKind : std::uint8_t {
  kSentence,
  kHeading,
  kLeadIn,    ///< A sentence, or its start, that list items complete: "Efforts include:".
  kListItem,  ///< One sentence of a list item; the marker is not part of the text.
};

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// The smallest piece that is read as one: a sentence, a heading, a list item.
struct Unit {
  UnitKind kind = UnitKind::kSentence;
  ByteSpan text;                  ///< In SourceText::text, without surrounding white space.
  ByteSpan source;                ///< In the file.
  std::uint32_t section = kNone;  ///< Index into Document::sections.
  std::uint32_t paragraph = 0;    ///< Ascending in the document.
  std::uint32_t lead_in =
      kNone;  ///< kListItem: the unit that it completes; a nested item's is the outer item.
  std::uint8_t level = 0;  ///< Depth of the list item, or of the heading; 0 elsewhere.
  std::string marker;      ///< "(a)", "1.", "-" where there was one, at the item's first sentence.
  /// A heading that only its form tells, in a format that says what headings are: it may as well be
  /// a sentence without its stop.
  bool guessed = false;
};

/// A part with one author, as the pack's structure rules find it.
struct Section {
  std::string heading;      ///< As it stands in the text, folded: "Armenia".
  std::string author;       ///< What the look-up made of the heading; empty where it knows none.
  std::string language;     ///< "English"
  std::string date;         ///< ISO 8601
  ByteSpan source;          ///< The whole section in the file.
  ByteSpan heading_source;  ///< Heading with the bracketed lines below it: what proves language and
                            ///< date. Empty where the file name or the text names the author.
  ByteSpan heading_text;    ///< The same in SourceText::text, all on one line.
  /// Only the text lets one think of this author: it is read as that author's, and no proof that
  /// the author wrote it.
  bool suggested = false;
};

/// A document taken apart: what every later stage reads.
struct Document {
  std::string symbol, title, date, format;
  ByteSpan symbol_source, title_source;  ///< Empty where they come from the file name.
  SourceText content;
  std::vector<Section> sections;
  std::vector<Unit> units;     ///< In the order of the text.
  std::uint64_t replaced = 0;  ///< Invalid UTF-8 sequences.
  /// PDF and DOCX only: the bytes that every source span of this Document refers to, since the file
  /// holds its text packed. Read again, they give the same units and spans.
  std::string converted;
};

/// How documents of a domain are laid out: data of the pack (`structure.yml`), nothing of it in
/// C++.
struct Structure {
  /// RE2 patterns over folded lines, each with its named groups.
  /// (?P<symbol>…); also tried on the file name with '-' and '_' read as '/'.
  std::vector<std::string> symbol_patterns;
  std::vector<std::string> title_patterns;     ///< (?P<title>…)
  std::vector<std::string> language_patterns;  ///< (?P<language>…): "[Original: English]"
  std::vector<std::string> date_patterns;      ///< (?P<date>…): "[26 May 2017]"
  /// A heading opens a section where it names an entity with this label (gazetteer) and a language
  /// or date line follows within `heading_reach` lines.
  std::string author_label;
  std::uint32_t heading_reach = 4;
  /// RE2 patterns over the file name without folder and ending, for what the text does not say:
  /// (?P<author>…) makes the whole document one section where the look-up knows it; (?P<symbol>…),
  /// (?P<title>…), (?P<date>…), (?P<language>…).
  std::vector<std::string> file_patterns;
  /// RE2 patterns over titles of documents whose author the title names ("National Strategy of …"):
  /// where the titles at the beginning that match name one author, all of the document is one
  /// section of that author. Where nothing in the document names one, the file name is read as such
  /// a title.
  std::vector<std::string> authored_patterns;
  /// (?P<author>…): likewise headings that are nothing but the author ("Republic of Ruritania").
  std::vector<std::string> author_line_patterns;
  /// (?P<author>…) over sentences, for documents whose author neither file nor title says: in which
  /// the author says who "we" is ("my country, Ruritania"). A text that has none of these and says
  /// "we" (`first_person_patterns`) has no author; another is read as of the one that nearly all of
  /// it is about, if a sentence says of it ("{author}" in `at_home_patterns`) what is said of who
  /// is at home. With neither of the first two kinds of pattern no text is asked.
  std::vector<std::string> introduction_patterns;
  std::vector<std::string> first_person_patterns;
  std::vector<std::string> at_home_patterns;
  std::vector<std::string>
      page_noise_patterns;  ///< Whole lines that are page headers, footers, numbers.
  std::vector<std::string>
      abbreviations;  ///< After which a full stop ends no sentence: "No.", "St.".
  /// Words with which neither a sentence nor a heading ends: "of", "the". Sorted by bytes.
  std::vector<std::string> inner_words;
};

}  // namespace verbale::extract
