#include "extract/text/blocks.h"

#include <algorithm>

#include "extract/text/sentences.h"
#include "graph/ascii.h"

// Which lines make a paragraph? A blank line parts them, a list marker or a heading sign begins a
// new one; that is the easy half. The other half is text that was printed: paragraphs without blank
// lines between them, and paragraphs that a page break tore apart, with blank lines, headers and
// numbers in the gap. There a line break is read for why it is there. In wrapped text a line ends
// where the next word did not fit any more; a break at which it would have fitted was made on
// purpose. And a line that ends without a full stop, followed by a small letter, goes on wherever
// it stands.

namespace verbale::extract {
namespace {

constexpr std::uint64_t kLongestHeading = 220;
constexpr std::size_t kMostHeadingLines = 3;

std::string_view LastWord(std::string_view line) {
  std::size_t at = line.size();
  while (at > 0 && IsAlpha(line[at - 1])) --at;
  return line.substr(at);
}

bool BeginsSmall(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && (line[at] == '(' || line[at] == '"')) ++at;
  return at < line.size() && IsLower(line[at]);
}

std::size_t FirstWordSize(std::string_view line) {
  const std::size_t space = line.find(' ');
  return space == std::string_view::npos ? line.size() : space;
}

/// Bytes of the closing quote, bracket, footnote mark or sign of Markdown at the end; 0: none.
std::size_t CloserAtEnd(std::string_view line) {
  if (std::string_view("\"')]*_").find(line.back()) != std::string_view::npos) return 1;
  for (const std::string_view tail : {"”", "’", "»", "¹", "²", "³"}) {
    if (line.size() >= tail.size() && line.substr(line.size() - tail.size()) == tail) {
      return tail.size();
    }
  }
  return 0;
}

/// Bytes of the footnote mark in brackets that ends the line right behind a stop: "2015.[3]"; 0
/// where there is none.
std::size_t BracketedMarkAtEnd(std::string_view line) {
  if (line.empty() || (line.back() != ']' && line.back() != ')')) return 0;
  const std::size_t open = line.find_last_of("[(");
  if (open == std::string_view::npos || open == 0) return 0;
  const std::size_t stop = line.find_last_not_of("\"'*_", open - 1);
  const bool behind = stop != std::string_view::npos && (line[stop] == '.' || line[stop] == '?');
  return behind && BracketedMark(line, open) == line.size() - open ? line.size() - open : 0;
}

/// Whether a sentence ends before the end of the text: at a stop with white space behind it, or
/// with a footnote mark and white space ("in 2015.3 It", "in 2015.[3] It").
bool HoldsStop(std::string_view text) {
  for (std::size_t stop = text.find('.'); stop != std::string_view::npos;
       stop = text.find('.', stop + 1)) {
    std::size_t next = stop + 1;
    if (next < text.size()) next += FootnoteMarkBehind(text, stop);
    if (next < text.size()) next += BracketedMark(text, next);
    if (next < text.size() && IsSpace(text[next])) return true;
  }
  return false;
}

class Joiner {
 public:
  Joiner(std::string_view plain, const Lines& lines, const std::vector<SectionStart>& sections,
         LineStyle style, const std::vector<std::string>& inner_words)
      : plain_(plain),
        lines_(lines.lines),
        width_(style == LineStyle::kConverted ? 0 : lines.width),
        sections_(sections),
        markup_(style != LineStyle::kPlain),
        inner_words_(inner_words),
        certain_(style == LineStyle::kConverted) {}

  /// Whether no sentence and no heading ends here: "… the principal", "… behaviour of".
  bool EndsInside(std::string_view line) const {
    return std::binary_search(inner_words_.begin(), inner_words_.end(), LastWord(line));
  }

  std::vector<Block> Run() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (next_section_ < sections_.size() && sections_[next_section_].first == i) {
        i = AddSection();
        continue;
      }
      const ListMarker marker = ReadListMarker(Text(i));
      if (blocks_.empty() || Begins(i, marker)) {
        Add(i, marker);
      } else {
        blocks_.back().last = i;
      }
    }
    MarkHeadings();
    return std::move(blocks_);
  }

 private:
  std::string_view Text(std::size_t i) const {
    return plain_.substr(lines_[i].begin, lines_[i].size());
  }

  std::size_t AddSection() {
    Block block;
    block.kind = BlockKind::kSection;
    block.section = next_section_;
    block.first = sections_[next_section_].first;
    block.last = sections_[next_section_].last;
    blocks_.push_back(block);
    return sections_[next_section_++].last;
  }

  void Add(std::size_t i, const ListMarker& marker) {
    Block block;
    block.first = block.last = i;
    const std::string_view text = Text(i);
    const std::size_t hashes = markup_ ? HashHeading(text) : 0;
    if (hashes != 0) {
      block.kind = BlockKind::kHeading;
      block.level = static_cast<std::uint8_t>(hashes);
      block.skip = text.find_first_not_of("# \t");
      while (block.chop < text.size() && (text[text.size() - 1 - block.chop] == '#' ||
                                          IsSpace(text[text.size() - 1 - block.chop]))) {
        ++block.chop;
      }
    } else if (marker.size != 0) {
      block.marker = marker;
      if (marker.kind != MarkerKind::kUpper) block.kind = BlockKind::kItem;
    }
    blocks_.push_back(block);
  }

  /// 1 to 6 for "# Heading"; 0 for other lines.
  static std::size_t HashHeading(std::string_view line) {
    const std::size_t hashes = std::min(line.find_first_not_of('#'), line.size());
    return hashes <= 6 && hashes + 1 < line.size() && IsSpace(line[hashes]) ? hashes : 0;
  }

  /// Whether the break before line i was made on purpose: its first word would have fitted on the
  /// line before, which is shorter than `share` percent of a full one.
  bool BreakIsMeant(std::size_t i, std::uint64_t share) const {
    if (width_ == 0) return true;
    return (lines_[i - 1].size() + 1 + FirstWordSize(Text(i))) * 100 < width_ * share;
  }

  bool Begins(std::size_t i, const ListMarker& marker) const {
    const Block& open = blocks_.back();
    if (open.kind == BlockKind::kSection) return true;
    if (open.kind == BlockKind::kHeading || (certain_ && lines_[i].blank_before)) return true;
    if (lines_[i].row || lines_[i - 1].row) return true;
    const std::string_view text = Text(i);
    if (markup_ && HashHeading(text) != 0) return true;
    const std::string_view before = Text(i - 1);
    const Ending ending = EndingOf(before);
    if (marker.size != 0) return MarkerBegins(i, marker, ending);
    if (ending == Ending::kHyphen && BeginsSmall(text)) return false;
    const bool unfinished = ending == Ending::kOpen || ending == Ending::kComma;
    if (unfinished && BeginsSmall(text)) {
      return lines_[i].blank_before && !lines_[i].page_before && IsShortLabel(open, i);
    }
    if (unfinished && EndsInside(before)) return false;
    if (lines_[i].page_before) return PageBegins(i, ending);
    if (lines_[i].blank_before) return !GoesOnOverBlank(i, ending);
    if (ending == Ending::kComma && width_ != 0) return false;
    if (ending != Ending::kOpen) return BreakIsMeant(i, 75);
    // A document often begins in the middle of a line, behind what was cut away.
    const bool first_line = width_ != 0 && i == 1 && !lines_[0].page_before;
    return !first_line && BreakIsMeant(i, 75) && (width_ == 0 || CouldBeHeading(open));
  }

  /// "We support the International", a blank line, "Criminal Court": behind a full line of wrapped
  /// text that no stop ends, and that is no heading, the blank line came in by conversion.
  bool GoesOnOverBlank(std::size_t i, Ending ending) const {
    if (width_ == 0 || BreakIsMeant(i, 75)) return false;
    return ending == Ending::kComma || (ending == Ending::kOpen && IsRunningText(blocks_.back()));
  }
  /// A block that is no heading, were it to end here: it went on over a blank line, or holds the
  /// end of a sentence.
  bool IsRunningText(const Block& block) const {
    if (!CouldBeHeading(block)) return true;
    for (std::size_t i = block.first + 1; i <= block.last; ++i) {
      if (lines_[i].blank_before) return true;
    }
    const std::uint64_t begin = lines_[block.first].begin;
    const std::string_view text = plain_.substr(begin, lines_[block.last].end - begin);
    return HoldsStop(text.substr(std::min(block.marker.size, text.size())));
  }

  /// A marker inside a paragraph ("… in paragraphs\n(a) and (b)") begins nothing: there must be a
  /// blank line, the end of a clause, a break that was meant, or a list that goes on.
  bool MarkerBegins(std::size_t i, const ListMarker& marker, Ending ending) const {
    if (lines_[i].blank_before || lines_[i].page_before) return true;
    const Block& open = blocks_.back();
    const bool sibling = open.kind == BlockKind::kItem && open.marker.kind == marker.kind;
    if (marker.kind == MarkerKind::kUpper)
      return ending == Ending::kSentence && BreakIsMeant(i, 75);
    if (ending == Ending::kHyphen) return false;
    if (ending != Ending::kOpen) return ending != Ending::kComma || sibling || BreakIsMeant(i, 75);
    return BreakIsMeant(i, 75) || (sibling && !EndsInside(Text(i - 1)));
  }

  /// Whether line i, the first of a page, begins a new block.
  bool PageBegins(std::size_t i, Ending ending) const {
    const bool apart = lines_[i].blank_before && lines_[i].indent != 1;
    switch (ending) {
      case Ending::kHyphen:
      case Ending::kComma:
        return false;
      case Ending::kOpen:
        // A full line goes on; behind a short one that could be a heading something new begins.
        return CouldBeHeading(blocks_.back()) && BreakIsMeant(i, 75);
      case Ending::kSentence:
        return width_ == 0 || apart || BreakIsMeant(i, 93) || LooksLikeHeading(i);
      default:
        return true;
    }
  }

  /// A block so far that could be a heading.
  bool CouldBeHeading(const Block& block) const {
    if (block.kind == BlockKind::kItem) return true;  // an item without a stop, then something new
    const std::string_view first = Text(block.first);
    return block.last - block.first < kMostHeadingLines && !BeginsSmall(first) &&
           !EndsInside(Text(block.last)) &&
           lines_[block.last].end - lines_[block.first].begin <= kLongestHeading;
  }

  /// "contents:" above a paragraph that begins with a small letter is no part of it.
  bool IsShortLabel(const Block& block, std::size_t i) const {
    return block.first == block.last && lines_[i - 1].size() < 40 && CouldBeHeading(block) &&
           block.kind != BlockKind::kItem;
  }

  /// Whether lines from i to the next blank line look like a heading.
  bool LooksLikeHeading(std::size_t i) const {
    std::size_t last = i;
    while (last + 1 < lines_.size() && !lines_[last + 1].blank_before &&
           !lines_[last + 1].page_before && last - i < kMostHeadingLines) {
      ++last;
    }
    return last - i < kMostHeadingLines && !BeginsSmall(Text(i)) &&
           EndingOf(Text(last)) == Ending::kOpen;
  }

  void MarkHeadings() {
    for (std::size_t b = 0; b + 1 < blocks_.size(); ++b) {
      Block& block = blocks_[b];
      if (block.kind == BlockKind::kParagraph && IsHeading(block)) {
        block.kind = BlockKind::kHeading;
        block.level = 1;
        block.guessed = markup_;
      }
    }
  }

  /// A few words that no stop ends, beginning with a capital. What ends the document is none, nor
  /// is what holds the end of a sentence or stands in a table.
  bool IsHeading(const Block& block) const {
    if (block.last - block.first >= kMostHeadingLines || lines_[block.first].row) return false;
    const std::uint64_t begin = lines_[block.first].begin;
    const std::uint64_t size = lines_[block.last].end - begin;
    if (size > kLongestHeading || EndingOf(Text(block.last)) != Ending::kOpen) return false;
    const std::string_view text = plain_.substr(begin, size);
    if (EndsInside(text)) return false;
    std::size_t letter = block.marker.size;
    if (letter < text.size() && (text[letter] == '*' || text[letter] == '_')) ++letter;
    if (letter >= text.size() || (!IsUpper(text[letter]) && !IsDigit(text[letter]) &&
                                  static_cast<unsigned char>(text[letter]) < 0x80)) {
      return false;
    }
    return !HoldsStop(text.substr(std::min(block.marker.size, text.size()))) &&
           text.find(" | ") == std::string_view::npos;  // a row of a table
  }

  std::string_view plain_;
  const std::vector<Line>& lines_;
  std::uint64_t width_;
  const std::vector<SectionStart>& sections_;
  bool markup_;  // "# …" is a heading.
  const std::vector<std::string>& inner_words_;
  bool certain_;  // Blank lines are.
  std::size_t next_section_ = 0;
  std::vector<Block> blocks_;
};

}  // namespace

Ending EndingOf(std::string_view line) {
  if (!line.empty() && (line.back() == 'd' || line.back() == 'r')) {
    for (const std::string_view tail : {"; and", "; or", ", and", ", or"}) {
      if (line.size() > tail.size() && line.substr(line.size() - tail.size()) == tail) {
        return tail[0] == ';' ? Ending::kSemicolon : Ending::kComma;
      }
    }
  }
  // Closing quotes and brackets, footnote marks and Markdown's signs hide the stop.
  while (!line.empty() && !IsAlnum(line.back())) {
    const std::size_t mark = BracketedMarkAtEnd(line);
    const std::size_t closer = mark != 0 ? mark : CloserAtEnd(line);
    if (closer == 0) break;
    line.remove_suffix(closer);
  }
  if (line.empty()) return Ending::kOpen;
  if (line.ends_with("…")) return Ending::kSentence;
  if (IsDigit(line.back())) {
    const std::size_t stop = line.find_last_not_of("0123456789");
    const bool mark =
        stop != std::string_view::npos && line[stop] == '.' && FootnoteMarkBehind(line, stop) != 0;
    return mark ? Ending::kSentence : Ending::kOpen;
  }
  switch (line.back()) {
    case '.':
    case '?':
    case '!':
      return Ending::kSentence;
    case ':':
      return Ending::kColon;
    case ';':
      return Ending::kSemicolon;
    case ',':
      return Ending::kComma;
    case '-':
      return Ending::kHyphen;
    default:
      return Ending::kOpen;
  }
}

std::vector<Block> JoinLines(std::string_view plain, const Lines& lines,
                             const std::vector<SectionStart>& sections, LineStyle style,
                             const std::vector<std::string>& inner_words) {
  return Joiner(plain, lines, sections, style, inner_words).Run();
}

}  // namespace verbale::extract
