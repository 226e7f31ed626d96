#include "extract/text/layout.h"

#include <algorithm>

#include "extract/text/fold.h"
#include "extract/text/hyphen.h"
#include "extract/text/list_stack.h"
#include "extract/text/text_builder.h"
#include "graph/ascii.h"

namespace verbale::extract {
namespace {

/// An item of a list inside a sentence: "…: (a) …; (b) …".
struct InlineItem {
  std::size_t begin = 0;  ///< Of the marker.
  ListMarker marker;
};

/// Whether the marker is number `ordinal` of a list of letters, small Roman numbers or numbers.
bool Counts(const ListMarker& marker, MarkerKind kind, int ordinal) {
  if (marker.size == 0) return false;
  if (kind == MarkerKind::kRoman) return marker.roman == ordinal;
  return marker.kind == kind && marker.ordinal == ordinal;
}

/// `text` without the blanks and the "and" that end it.
std::string_view WithoutLink(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  for (const std::string_view link : {" and", " or"}) {
    if (text.ends_with(link)) return text.substr(0, text.size() - link.size());
  }
  return text;
}

/// The items of the list that a colon announces inside the sentence; none where there are not two.
std::vector<InlineItem> InlineItems(std::string_view sentence) {
  const std::size_t colon = sentence.find(": (");
  if (colon == std::string_view::npos) return {};
  InlineItem item{colon + 2, ReadListMarker(sentence.substr(colon + 2))};
  MarkerKind kind = item.marker.roman == 1 ? MarkerKind::kRoman : item.marker.kind;
  if (kind != MarkerKind::kLetter && kind != MarkerKind::kRoman && kind != MarkerKind::kBracketed)
    return {};
  std::vector<InlineItem> items;
  std::size_t at = item.begin;
  while (at != std::string_view::npos) {
    const std::string_view before = WithoutLink(sentence.substr(0, at));
    const int ordinal = static_cast<int>(items.size()) + 1;
    item = {at, ReadListMarker(sentence.substr(at))};
    const bool parted = items.empty() || before.ends_with(';') || before.ends_with(',');
    if (parted && Counts(item.marker, kind, ordinal)) {
      item.marker.kind = kind;
      item.marker.ordinal = ordinal;
      items.push_back(item);
    }
    const std::size_t next = sentence.find(" (", at);
    at = next == std::string_view::npos ? next : next + 1;
  }
  if (items.size() < 2) items.clear();
  return items;
}

class Layout {
 public:
  Layout(const SourceText& plain, const Lines& lines, const std::vector<Block>& blocks,
         const std::vector<SectionStart>& sections, const SentenceSplitter& splitter,
         Document& document)
      : plain_(plain),
        lines_(lines.lines),
        blocks_(blocks),
        starts_(sections),
        splitter_(splitter),
        document_(document),
        out_(plain.text.size() + 1),
        hyphens_(plain.text) {}

  void Run() {
    document_.units.reserve(plain_.text.size() / 150 + 1);
    for (const Block& block : blocks_) {
      const std::uint64_t begin = out_.size();
      switch (block.kind) {
        case BlockKind::kSection:
          Section(block);
          break;
        case BlockKind::kHeading:
          Heading(block);
          break;
        case BlockKind::kItem:
          Item(block);
          break;
        case BlockKind::kParagraph:
          Paragraph(block);
          break;
      }
      if (out_.size() > begin) {
        out_.Fill("\n");
        ++paragraph_;
      }
    }
    document_.content = std::move(out_).Take();
    PlaceInSource();
  }

 private:
  std::string_view Text(std::size_t i) const {
    return std::string_view(plain_.text).substr(lines_[i].begin, lines_[i].size());
  }

  /// Appends lines `first` to `last`, `skip` bytes at the start and `chop` at the end left out.
  void AppendLines(std::size_t first, std::size_t last, std::uint64_t skip, std::uint64_t chop) {
    const std::uint64_t start = out_.size();
    for (std::size_t i = first; i <= last; ++i) {
      const std::uint64_t begin = lines_[i].begin + (i == first ? skip : 0);
      std::uint64_t end = lines_[i].end - (i == last ? chop : 0);
      if (begin >= end) continue;
      bool space = i < last;
      if (space && BreaksWord(i)) {
        space = false;
        const std::size_t word = plain_.text.find_last_of(" \n\t", end - 1) + 1;
        const std::string_view first_half = std::string_view(plain_.text).substr(word, end - word);
        const std::string_view next = Text(i + 1);
        if (hyphens_.Drops(first_half, next.substr(0, next.find(' ')))) --end;
      }
      AppendFolded(plain_, begin, end, out_);
      if (space && out_.size() > start && out_.text().back() != ' ') out_.Fill(" ");
    }
  }

  /// Whether line i ends in a hyphen, or in a dash between figures, that binds it to the next one.
  bool BreaksWord(std::size_t i) const {
    const std::string_view line = Text(i);
    const char next = Text(i + 1)[0];
    if (line.size() >= 2 && line.back() == '-')
      return IsAlnum(line[line.size() - 2]) && IsAlnum(next);
    return line.size() >= 4 && line.substr(line.size() - 3) == "–" &&
           IsDigit(line[line.size() - 4]) && IsDigit(next);
  }

  std::string_view WrittenSince(std::uint64_t begin) const {
    std::string_view text = std::string_view(out_.text()).substr(begin);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
  }

  Unit& AddUnit(UnitKind kind, std::uint64_t begin, std::uint64_t end) {
    Unit unit;
    unit.kind = kind;
    unit.text = {begin, end};
    unit.section = section_;
    unit.paragraph = paragraph_;
    document_.units.push_back(std::move(unit));
    return document_.units.back();
  }

  void Section(const Block& block) {
    const SectionStart& start = starts_[block.section];
    const std::uint64_t begin = out_.size();
    section_ = static_cast<std::uint32_t>(document_.sections.size());
    AppendLines(start.first, start.heading_last, HeadingPrefix(start.first), 0);
    Unit& unit = AddUnit(UnitKind::kHeading, begin, begin + WrittenSince(begin).size());
    unit.level = 1;
    out_.Fill(" ");
    AppendLines(start.heading_last + 1, start.last, 0, 0);
    extract::Section section;
    section.heading = start.heading, section.author = start.author;
    section.language = start.language, section.date = start.date;
    section.heading_text = {begin, out_.size()};
    section.source = {lines_[start.first].begin, lines_[start.last].end};
    document_.sections.push_back(std::move(section));
    lists_.Clear();
    ending_ = Ending::kOpen;
  }

  /// Bytes of "## " or "II. " before the words of a heading.
  std::uint64_t HeadingPrefix(std::size_t line) const {
    std::string_view text = Text(line);
    const std::size_t signs = std::min(text.find_first_not_of("# \t*"), text.size());
    return signs + ReadListMarker(text.substr(signs)).size;
  }

  void Heading(const Block& block) {
    lists_.Clear();
    const std::uint64_t begin = out_.size();
    const std::uint64_t marker = block.marker.size;
    AppendLines(block.first, block.last, std::max(block.skip, marker), block.chop);
    const std::string_view text = WrittenSince(begin);
    ending_ = EndingOf(text);
    if (text.empty()) return;
    Unit& unit = AddUnit(UnitKind::kHeading, begin, begin + text.size());
    unit.level = block.level;
    unit.guessed = block.guessed;
    unit.marker = Trim(Text(block.first).substr(0, marker));
  }

  void Item(const Block& block) {
    const bool announced = ending_ == Ending::kColon ||
                           (ending_ == Ending::kOpen && LastKind() == UnitKind::kSentence &&
                            document_.units.back().marker.empty());
    const MarkerKind kind = block.marker.kind;
    const bool number = kind == MarkerKind::kNumber || kind == MarkerKind::kBracketed;
    const bool clause_before = ending_ == Ending::kSemicolon || ending_ == Ending::kComma;
    if (number && !announced && !clause_before && !lists_.Holds(kind)) {  // a numbered paragraph
      lists_.Clear();
      Sentences(block, UnitKind::kSentence, {0, kNone, MarkerText(kind, block.marker.ordinal)});
      return;
    }
    const std::uint32_t previous = LastUnit();
    const ListStack::Place place =
        lists_.Enter(block.marker, lines_[block.first].indent, previous, announced);
    if (place.lead_in == previous && previous != kNone &&
        document_.units[previous].kind == UnitKind::kSentence) {
      document_.units[previous].kind = UnitKind::kLeadIn;
    }
    Sentences(block, UnitKind::kListItem, place);
  }

  /// A paragraph without a marker is still an item, and its marker was lost, where the item before
  /// it ended with a semicolon, or where a colon announced a list and it ends with a semicolon
  /// itself. Bullets are seldom lost; there it must end with one, too.
  void Paragraph(const Block& block) {
    const bool clause = EndingOf(Text(block.last)) == Ending::kSemicolon;
    if (!lists_.empty() && ending_ == Ending::kSemicolon &&
        (clause || !lists_.Innermost(MarkerKind::kBullet))) {
      Sentences(block, UnitKind::kListItem, lists_.EnterUnmarked());
      return;
    }
    if (clause && ending_ == Ending::kColon) {
      ListMarker lost;
      lost.kind = MarkerKind::kLost;
      const std::uint32_t previous = LastUnit();
      ListStack::Place place = lists_.Enter(lost, lines_[block.first].indent, previous, true);
      place.marker.clear();
      if (document_.units[previous].kind == UnitKind::kSentence) {
        document_.units[previous].kind = UnitKind::kLeadIn;
      }
      Sentences(block, UnitKind::kListItem, place);
      return;
    }
    if (!lists_.empty() && lines_[block.first].indent >= 2 && lines_[block.first].blank_before &&
        block.skip == 0 && !lines_[block.first].page_before) {
      Sentences(block, UnitKind::kListItem, lists_.Same());
      return;
    }
    lists_.Clear();
    Sentences(block, UnitKind::kSentence, {});
  }

  void Sentences(const Block& block, UnitKind kind, const ListStack::Place& place) {
    const std::uint64_t begin = out_.size();
    const bool marked = block.kind == BlockKind::kItem;
    AppendLines(block.first, block.last, marked ? block.marker.size : block.skip, 0);
    const std::string_view text = WrittenSince(begin);
    ending_ = EndingOf(text);
    bool first = true;
    for (const ByteSpan& sentence : splitter_.Split(text)) {
      const std::string_view words = text.substr(sentence.begin, sentence.size());
      const std::vector<InlineItem> items = InlineItems(words);
      const std::size_t end = items.empty() ? words.size() : items.front().begin - 1;
      Unit& unit = AddUnit(kind, begin + sentence.begin, begin + sentence.begin + end);
      unit.level = place.level;
      unit.lead_in = place.lead_in;
      if (first) unit.marker = place.marker;
      first = false;
      AddInlineItems(words, begin + sentence.begin, items);
    }
  }

  /// Behind the unit that they complete. `words` begin at byte `begin` of the text.
  void AddInlineItems(std::string_view words, std::uint64_t begin,
                      const std::vector<InlineItem>& items) {
    if (items.empty()) return;
    const std::uint32_t lead = LastUnit();
    Unit& announcing = document_.units.back();
    const auto level = static_cast<std::uint8_t>(announcing.level + 1);
    if (announcing.kind == UnitKind::kSentence) announcing.kind = UnitKind::kLeadIn;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::size_t from = items[i].begin + items[i].marker.size;
      const std::size_t to = i + 1 == items.size()
                                 ? words.size()
                                 : WithoutLink(words.substr(0, items[i + 1].begin)).size();
      Unit& item = AddUnit(UnitKind::kListItem, begin + from, begin + to);
      item.level = level;
      item.lead_in = lead;
      item.marker = MarkerText(items[i].marker.kind, items[i].marker.ordinal);
    }
  }

  std::uint32_t LastUnit() const {
    return document_.units.empty() ? kNone : static_cast<std::uint32_t>(document_.units.size() - 1);
  }
  UnitKind LastKind() const {
    return document_.units.empty() ? UnitKind::kHeading : document_.units.back().kind;
  }

  /// Places in the source, once the text is whole: units go from left to right, so do the runs.
  void PlaceInSource() {
    const SourceText& content = document_.content;
    for (Unit& unit : document_.units)
      unit.source = content.ToSource(unit.text.begin, unit.text.end);
    auto& sections = document_.sections;
    for (std::size_t i = 0; i < sections.size(); ++i) {
      const ByteSpan heading = sections[i].heading_text;
      sections[i].heading_source = content.ToSource(heading.begin, heading.end);
      // A section ends where the last line above the next heading ends.
      const std::uint64_t stop =
          i + 1 < sections.size() ? sections[i + 1].source.begin : plain_.text.size();
      const auto below = std::partition_point(lines_.begin(), lines_.end(),
                                              [&](const Line& line) { return line.begin < stop; });
      const std::uint64_t end = below == lines_.begin() ? stop : (below - 1)->end;
      sections[i].source = plain_.ToSource(sections[i].source.begin, end);
    }
  }

  const SourceText& plain_;
  const std::vector<Line>& lines_;
  const std::vector<Block>& blocks_;
  const std::vector<SectionStart>& starts_;
  const SentenceSplitter& splitter_;
  Document& document_;
  TextBuilder out_;
  HyphenJoiner hyphens_;
  ListStack lists_;
  Ending ending_ = Ending::kSentence;  // Of the block before.
  std::uint32_t section_ = kNone;
  std::uint32_t paragraph_ = 0;
};

}  // namespace

void LayOut(const SourceText& plain, const Lines& lines, const std::vector<Block>& blocks,
            const std::vector<SectionStart>& sections, const SentenceSplitter& splitter,
            Document& document) {
  Layout(plain, lines, blocks, sections, splitter, document).Run();
}

}  // namespace verbale::extract
