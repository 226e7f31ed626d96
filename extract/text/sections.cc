#include "extract/text/sections.h"

#include <algorithm>

#include "extract/text/dates.h"
#include "extract/text/fold.h"
#include "extract/text/list_marker.h"
#include "graph/ascii.h"

namespace verbale::extract {
namespace {

constexpr std::uint64_t kLongestStatement = 160;
constexpr std::uint64_t kLongestHeading = 160;

/// A heading as it is looked up: without Markdown's signs and without its number.
std::string HeadingText(std::string_view line) {
  while (!line.empty() && (line.front() == '#' || line.front() == '*' || IsSpace(line.front()))) {
    line.remove_prefix(1);
  }
  while (!line.empty() && (line.back() == '#' || line.back() == '*' || IsSpace(line.back()))) {
    line.remove_suffix(1);
  }
  const ListMarker marker = ReadListMarker(line);
  const bool numbered = marker.kind == MarkerKind::kUpper || marker.kind == MarkerKind::kNumber;
  if (numbered) line.remove_prefix(marker.size);
  return Folded(line);
}

bool LooksLikeHeading(const Line& line, std::string_view heading) {
  if (heading.empty() || line.size() > kLongestHeading) return false;
  if (!line.blank_before && !line.page_before) return false;
  const char last = heading.back();
  return !IsLower(heading[0]) && (IsAlnum(last) || last == ')' || (last & 0x80) != 0);
}

}  // namespace

SectionFinder::SectionFinder(const Structure& structure)
    : language_(structure.language_patterns, "language_patterns", "language"),
      date_(structure.date_patterns, "date_patterns", "date"),
      reach_(structure.heading_reach) {}

/// Takes language or date from a line, or from several statements in brackets on one line.
bool SectionFinder::ReadStatement(std::string_view line, SectionStart& start) const {
  if (line.size() > kLongestStatement) return false;
  std::string value;
  if (language_.Match(line, &value)) {
    start.language = value;
    return true;
  }
  if (date_.Match(line, &value)) {
    start.date = IsoDate(value);
    return true;
  }
  const std::size_t close = line.find(']');
  if (line.empty() || line[0] != '[' || close == std::string_view::npos) return false;
  const std::string_view rest = Trim(line.substr(close + 1));
  return rest.size() > 2 && rest[0] == '[' && ReadStatement(line.substr(0, close + 1), start) &&
         ReadStatement(rest, start);
}

/// Looks for the heading in the lines above `below`, not above `floor`.
bool SectionFinder::FindHeading(std::string_view plain, const std::vector<Line>& lines,
                                std::size_t floor, std::size_t below, const AuthorLookup& lookup,
                                SectionStart& start) const {
  const auto text = [&](std::size_t from, std::size_t to) {
    return plain.substr(lines[from].begin, lines[to].end - lines[from].begin);
  };
  const std::size_t lowest = std::max(floor, below - std::min<std::size_t>(below, reach_));
  for (std::size_t i = below; i-- > lowest;) {
    if (lines[i].size() > kLongestHeading) continue;
    for (std::size_t from = i + 1; from-- > std::max(lowest, i - std::min<std::size_t>(i, 1));) {
      std::string heading = HeadingText(text(from, i));
      if (std::optional<std::string> author = lookup ? lookup(heading) : std::nullopt) {
        start.first = from, start.heading_last = i;
        start.heading = std::move(heading), start.author = std::move(*author);
        return true;
      }
    }
  }
  if (below == floor) return false;
  start.first = start.heading_last = below - 1;
  start.heading = HeadingText(text(below - 1, below - 1));
  return LooksLikeHeading(lines[below - 1], start.heading);
}

std::vector<SectionStart> SectionFinder::Find(std::string_view plain,
                                              const std::vector<Line>& lines,
                                              const AuthorLookup& lookup) const {
  std::vector<SectionStart> sections;
  std::size_t floor = 0;  // Lines above belong to an earlier section's heading.
  const auto text = [&](std::size_t i) { return plain.substr(lines[i].begin, lines[i].size()); };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    SectionStart start;
    if (!ReadStatement(text(i), start)) continue;
    std::size_t last = i;
    while (last + 1 < lines.size() && ReadStatement(text(last + 1), start)) ++last;
    if (FindHeading(plain, lines, floor, i, lookup, start)) {
      start.last = last;
      sections.push_back(std::move(start));
    }
    floor = last + 1;
    i = last;
  }
  return sections;
}

}  // namespace verbale::extract
