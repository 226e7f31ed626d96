#include "extract/text/lines.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <unordered_map>

#include "extract/text/convert.h"
#include "extract/text/fold.h"
#include "graph/ascii.h"

namespace verbale::extract {
namespace {

/// Text of which a twentieth of the lines is longer than this is not wrapped.
constexpr std::uint64_t kWidestWrapped = 130;
/// How far from the edge of a page a running header or footer stands, in lines.
constexpr std::size_t kPageEdge = 2;

bool IsRoman(char c) { return std::strchr("ivxlcdmIVXLCDM", c) != nullptr && c != '\0'; }

std::string_view TextOf(std::string_view plain, const Line& line) {
  return plain.substr(line.begin, line.size());
}

std::vector<Line> Split(std::string_view plain) {
  std::vector<Line> lines;
  lines.reserve(plain.size() / 64 + 1);
  bool blank = true;
  bool page = false;
  std::size_t at = 0;
  while (at < plain.size()) {
    const void* newline = std::memchr(plain.data() + at, '\n', plain.size() - at);
    std::size_t end =
        newline == nullptr
            ? plain.size()
            : static_cast<std::size_t>(static_cast<const char*>(newline) - plain.data());
    const std::size_t next = end + 1;
    Line line;
    while (at < end && IsSpace(plain[at])) {
      if (plain[at] == '\f') page = true;
      line.indent = plain[at] == '\t' ? (line.indent / 4 + 1) * 4 : line.indent + 1;
      ++at;
    }
    while (end > at && (IsSpace(plain[end - 1]) || plain[end - 1] == kRowMark)) {
      line.row |= plain[--end] == kRowMark;
    }
    if (at == end) {
      blank = true;
    } else {
      line.begin = at, line.end = end;
      line.blank_before = blank, line.page_before = page || line.indent == 1;
      blank = page = false;
      lines.push_back(line);
    }
    at = next;
  }
  return lines;
}

std::uint64_t WrapWidth(const std::vector<Line>& lines) {
  if (lines.size() < 2) return 0;
  std::vector<std::uint64_t> sizes;
  sizes.reserve(lines.size());
  for (const Line& line : lines) sizes.push_back(line.size());
  const auto at = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() * 19 / 20);
  std::nth_element(sizes.begin(), at, sizes.end());
  return *at <= kWidestWrapped ? std::max<std::uint64_t>(*at, 20) : 0;
}

/// "12", "- 12 -", "xii", "Page 3 of 12", "3/14".
bool IsPageNumber(std::string_view line) {
  if (line.size() > 24) return false;
  if (line.size() > 5 && (line.substr(0, 5) == "Page " || line.substr(0, 5) == "page ")) {
    line.remove_prefix(5);
  }
  std::size_t digits = 0;
  std::size_t romans = 0;
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (IsDigit(c)) {
      numbers += i == 0 || !IsDigit(line[i - 1]) ? 1 : 0;
      ++digits;
    } else if (IsRoman(c) && IsLower(c)) {
      ++romans;
    } else if (line.substr(i, 4) == " of ") {
      i += 3;
    } else if (c != '-' && c != '/' && c != ' ') {
      return false;
    }
  }
  if (digits == 0) return romans > 0 && romans == line.size() && line != "i" && line != "mix";
  return romans == 0 && numbers <= 2 && digits <= 4 * numbers;
}

/// Rules ("-----"), and what text recognition makes of stains and stamps ("[V B N VS N )", "y").
bool IsScrap(std::string_view line) {
  if (line.size() > 60) return false;
  std::size_t word = 0;
  bool alnum = false;
  for (const char c : line) {
    if (static_cast<unsigned char>(c) >= 0x80 || IsDigit(c)) return false;
    alnum = alnum || IsAlnum(c);
    word = IsAlpha(c) ? word + 1 : 0;
    if (word > 2) return false;
  }
  if (!alnum) return true;
  const bool lower = std::any_of(line.begin(), line.end(), IsLower);
  if (line.size() == 1) return lower && line != "a" && line != "o";
  return !lower && std::count(line.begin(), line.end(), ' ') >= 2;
}

/// A header or footer is the same on each page but for the numbers in it.
std::string WithoutNumbers(std::string_view line) {
  std::string mask;
  for (const char c : Folded(line)) {
    if (!IsDigit(c)) {
      mask += c;
    } else if (mask.empty() || mask.back() != '#') {
      mask += '#';
    }
  }
  return mask;
}

/// Marks lines at the edges of pages that come back on at least three.
void MarkRunningLines(std::string_view plain, const std::vector<Line>& lines,
                      std::vector<std::uint8_t>& noise) {
  if (plain.find('\f') == std::string_view::npos) return;
  std::vector<std::size_t> edges;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].page_before || lines[i].indent == 1) continue;
    for (std::size_t k = i - std::min(i, kPageEdge); k < std::min(lines.size(), i + kPageEdge);
         ++k) {
      if (edges.empty() || edges.back() < k) edges.push_back(k);
    }
  }
  std::unordered_map<std::string, int> seen;
  for (const std::size_t i : edges) ++seen[WithoutNumbers(TextOf(plain, lines[i]))];
  for (const std::size_t i : edges) {
    if (seen[WithoutNumbers(TextOf(plain, lines[i]))] >= 3) noise[i] = 1;
  }
}

/// "Canada ........ 2", "Canada<tab>2", "Canada      2".
bool IsContentsEntry(std::string_view line) {
  std::size_t at = line.size();
  while (at > 0 && IsDigit(line[at - 1])) --at;
  const std::size_t digits = line.size() - at;
  if (digits == 0 || digits > 4 || at == 0 || !IsAlnum(line[0])) return false;
  const std::size_t number = at;
  while (at > 0 && (IsSpace(line[at - 1]) || line[at - 1] == '.')) --at;
  if (at == 0) return false;
  const std::string_view leader = line.substr(at, number - at);
  return leader.find('\t') != std::string_view::npos || leader.size() >= 4;
}

/// Marks three contents entries or more on end, with "Contents" and "Page" above them.
void MarkContents(std::string_view plain, const std::vector<Line>& lines,
                  std::vector<std::uint8_t>& noise) {
  std::size_t first = 0;
  for (std::size_t i = 0; i <= lines.size(); ++i) {
    if (i < lines.size() && (noise[i] != 0 || IsContentsEntry(TextOf(plain, lines[i])))) continue;
    if (i - first >= 3) {
      std::fill(noise.begin() + static_cast<std::ptrdiff_t>(first),
                noise.begin() + static_cast<std::ptrdiff_t>(i), std::uint8_t{2});
      for (std::size_t above = first; above > 0 && first - above < 3; --above) {
        const std::string_view line = TextOf(plain, lines[above - 1]);
        if (line != "Contents" && line != "CONTENTS" && line != "Page" &&
            line != "Table of contents") {
          break;
        }
        noise[above - 1] = 2;
      }
    }
    first = i + 1;
  }
}

}  // namespace

Lines ReadLines(std::string_view plain, const LinePatterns& page_noise) {
  Lines result;
  const std::vector<Line> lines = Split(plain);
  result.width = WrapWidth(lines);
  std::vector<std::uint8_t> noise(lines.size(), 0);  // 1: of the page, 2: of the contents
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view text = TextOf(plain, lines[i]);
    const bool blank_after =
        i + 1 == lines.size() || lines[i + 1].blank_before || lines[i + 1].page_before;
    const bool apart = lines[i].blank_before || lines[i].page_before || blank_after;
    if (page_noise.Match(text, nullptr) || (apart && IsPageNumber(text))) {
      noise[i] = 1;
    } else if (IsScrap(text)) {
      noise[i] = 3;
    }
  }
  MarkRunningLines(plain, lines, noise);
  MarkContents(plain, lines, noise);

  result.lines.reserve(lines.size());
  bool blank = false;
  bool page = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    blank = blank || lines[i].blank_before || noise[i] == 2;
    page = page || lines[i].page_before || noise[i] == 1;
    if (noise[i] != 0) continue;
    result.lines.push_back(lines[i]);
    result.lines.back().blank_before = blank;
    result.lines.back().page_before = page;
    blank = page = false;
  }
  return result;
}

}  // namespace verbale::extract
