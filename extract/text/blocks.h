#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/text/lines.h"
#include "extract/text/list_marker.h"
#include "extract/text/sections.h"

namespace verbale::extract {

enum class BlockKind : std::uint8_t { kParagraph, kHeading, kItem, kSection };

/// Lines that belong together: a paragraph, a heading, a list item, the beginning of a section.
struct Block {
  BlockKind kind = BlockKind::kParagraph;
  std::size_t first = 0, last = 0;  ///< Lines, both inclusive.
  ListMarker marker;                ///< Of the first line; size 0: none.
  std::uint8_t level = 0;           ///< Of a heading.
  bool guessed = false;             ///< A heading that the format does not mark as one, and could.
  std::size_t section = 0;          ///< kSection: which.
  std::uint64_t skip = 0;           ///< Bytes of markup at the start of the first line.
  std::uint64_t chop = 0;           ///< Bytes of markup at the end of the last one.
};

/// How a line ends, which tells whether the next one belongs to it.
enum class Ending : std::uint8_t { kOpen, kSentence, kColon, kSemicolon, kComma, kHyphen };
Ending EndingOf(std::string_view line);

/// What the lines of a text say of its structure.
enum class LineStyle : std::uint8_t {
  kPlain,      ///< Everything has to be guessed.
  kMarkdown,   ///< Headings are "# …".
  kConverted,  ///< Headings likewise, and a blank line parts paragraphs for certain: HTML, DOCX.
};

/// Puts lines together. `inner_words` as in Structure.
std::vector<Block> JoinLines(std::string_view plain, const Lines& lines,
                             const std::vector<SectionStart>& sections, LineStyle style,
                             const std::vector<std::string>& inner_words);

}  // namespace verbale::extract
