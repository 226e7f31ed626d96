#include "extract/text/list_marker.h"

#include <fmt/format.h>

#include "graph/ascii.h"

namespace verbale::extract {
namespace {

constexpr std::string_view kBullets[] = {"-", "*", "+", "–", "—", "•",      "·",
                                         "»", "▪", "◦", "‣", "●", "■",      "○",
                                         "►", "➢", "✓", "¥", "§", "\uF0B7", "\uF0A7"};
constexpr std::string_view kRomans[] = {"i",    "ii",  "iii",  "iv",    "v",   "vi",   "vii",
                                        "viii", "ix",  "x",    "xi",    "xii", "xiii", "xiv",
                                        "xv",   "xvi", "xvii", "xviii", "xix", "xx"};

int RomanValue(std::string_view text) {
  for (std::size_t i = 0; i < std::size(kRomans); ++i) {
    std::size_t k = 0;
    while (k < text.size() && k < kRomans[i].size() && ToLower(text[k]) == kRomans[i][k]) ++k;
    if (k == text.size() && k == kRomans[i].size()) return static_cast<int>(i) + 1;
  }
  return 0;
}

/// White space behind byte `at` of `line`, which must be followed by text; 0 where there is none.
std::size_t SpaceThenText(std::string_view line, std::size_t at) {
  std::size_t end = at;
  while (end < line.size()) {
    if (IsSpace(line[end])) {
      ++end;
    } else if (line.substr(end, 2) == "\xC2\xA0") {
      end += 2;
    } else {
      break;
    }
  }
  return end < line.size() ? end - at : 0;
}

ListMarker WithSize(ListMarker marker, std::string_view line, std::size_t end) {
  const std::size_t space = SpaceThenText(line, end);
  marker.size = space == 0 ? 0 : end + space;
  return marker;
}

/// What stands between the brackets of "(x)".
ListMarker Enumerator(std::string_view inside) {
  ListMarker marker;
  int number = 0;
  bool digits = !inside.empty();
  for (const char c : inside) {
    digits = digits && IsDigit(c);
    number = digits ? number * 10 + (c - '0') : 0;
  }
  if (digits) {
    marker.kind = MarkerKind::kBracketed, marker.ordinal = number;
  } else if (inside.size() == 1 && IsLower(inside[0])) {
    marker.kind = MarkerKind::kLetter, marker.ordinal = inside[0] - 'a' + 1;
    marker.roman = RomanValue(inside);
  } else if (const int roman = RomanValue(inside); roman != 0 && IsLower(inside[0])) {
    marker.kind = MarkerKind::kRoman, marker.ordinal = marker.roman = roman;
  } else {
    marker.kind = MarkerKind::kLost;
  }
  return marker;
}

/// "(a)", "(12)", "(iii)", "(¢)", "()": brackets around at most five bytes without a space. What is
/// no enumerator may hold one letter at most: "(see)" is a word.
ListMarker Bracketed(std::string_view line) {
  const std::size_t close = line.substr(0, 7).find(')');
  if (close == std::string_view::npos) return {};
  const std::string_view inside = line.substr(1, close - 1);
  const ListMarker marker = Enumerator(inside);
  if (marker.kind == MarkerKind::kLost) {
    int letters = 0;
    for (const char c : inside) {
      if (IsSpace(c)) return {};
      letters += IsAlnum(c) ? 1 : 0;
    }
    if (letters > 1) return {};
  }
  return WithSize(marker, line, close + 1);
}

/// "1.", "1)", "a)", "a.", "A.", "II.": at most four letters or digits and a stop.
ListMarker Stopped(std::string_view line) {
  std::size_t end = 0;
  while (end < line.size() && end < 6 && IsAlnum(line[end])) ++end;
  if (end == 0 || end >= line.size() || (line[end] != ')' && line[end] != '.')) return {};
  const std::string_view inside = line.substr(0, end);
  ListMarker marker = Enumerator(inside);
  if (line[end] == ')') {
    if (marker.kind == MarkerKind::kLost) return {};
    if (marker.kind == MarkerKind::kBracketed) marker.kind = MarkerKind::kNumber;
    return WithSize(marker, line, end + 1);
  }
  if (marker.kind == MarkerKind::kBracketed) {
    if (end > 3) return {};  // a year
    marker.kind = MarkerKind::kNumber;
    return WithSize(marker, line, end + 1);
  }
  if (marker.kind == MarkerKind::kLetter || marker.kind == MarkerKind::kRoman) {
    // "a. The Convention"; "p. 12" and "c. of" go on.
    marker = WithSize(marker, line, end + 1);
    return marker.size != 0 && IsUpper(line[marker.size]) ? marker : ListMarker{};
  }
  if (!IsUpper(inside[0])) return {};
  const int roman = RomanValue(inside);
  if (roman == 0 && inside.size() != 1) return {};
  marker.kind = MarkerKind::kUpper;
  marker.ordinal = roman != 0 ? roman : inside[0] - 'A' + 1;
  return WithSize(marker, line, end + 1);
}

ListMarker Bullet(std::string_view line) {
  for (const std::string_view bullet : kBullets) {
    if (line.substr(0, bullet.size()) != bullet) continue;
    ListMarker marker = WithSize({}, line, bullet.size());
    if (marker.size == 0) return {};
    const std::string_view rest = line.substr(marker.size);
    ListMarker inner = rest[0] == '(' ? Bracketed(rest) : Stopped(rest);
    if (inner.size == 0 || inner.kind == MarkerKind::kUpper) return marker;
    inner.size += marker.size;
    return inner;
  }
  return {};
}

}  // namespace

ListMarker ReadListMarker(std::string_view line) {
  if (line.size() < 3) return {};
  const char first = line[0];
  if (first == '(') return Bracketed(line);
  if (IsAlnum(first)) return Stopped(line);
  return Bullet(line);
}

std::string MarkerText(MarkerKind kind, int ordinal) {
  switch (kind) {
    case MarkerKind::kBullet:
      return "-";
    case MarkerKind::kNumber:
      return fmt::format("{}.", ordinal);
    case MarkerKind::kBracketed:
      return fmt::format("({})", ordinal);
    case MarkerKind::kLetter:
      return ordinal >= 1 && ordinal <= 26 ? fmt::format("({:c})", 'a' + ordinal - 1) : "()";
    case MarkerKind::kRoman:
      return ordinal >= 1 && ordinal <= 20 ? fmt::format("({})", kRomans[ordinal - 1]) : "()";
    case MarkerKind::kUpper:
    case MarkerKind::kLost:
      return "";
  }
  return "";
}

}  // namespace verbale::extract
