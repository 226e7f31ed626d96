#include <algorithm>
#include <cstring>
#include <map>

#include "extract/text/convert.h"
#include "extract/text/tags.h"
#include "extract/text/text_builder.h"
#include "graph/ascii.h"

// One pass over each line. Emphasis is dropped in pairs: an opening sign is only one if its closing
// sign stands in the same line, so that "agenda*" and "2 * 3" keep theirs.

namespace verbale::extract {
namespace {

constexpr std::string_view kSigns = "\\*_`[]!<>&|~";
constexpr std::string_view kEscapable = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
/// How far the ends of a link, of emphasis and of a tag are looked for, in bytes. A tag may hold an
/// image.
constexpr std::size_t kLongestLink = 2000;
constexpr std::size_t kLongestEmphasis = 4000;
constexpr std::size_t kLongestTag = std::size_t{1} << 16;
constexpr std::size_t kLongestMark = 5;

bool IsTagName(std::string_view name) {
  constexpr std::string_view kInline[] = {
      "a",   "abbr",  "b",     "big", "br",   "cite",  "code", "del",    "details", "div",
      "em",  "font",  "hr",    "i",   "img",  "ins",   "kbd",  "li",     "mark",    "ol",
      "p",   "pre",   "q",     "s",   "samp", "small", "span", "strong", "sub",     "summary",
      "sup", "table", "tbody", "td",  "th",   "thead", "tr",   "tt",     "u",       "ul"};
  return std::find(std::begin(kInline), std::end(kInline), name) != std::end(kInline);
}

class Markdown {
 public:
  explicit Markdown(const SourceText& plain) : plain_(plain), out_(plain.text.size()) {}

  SourceText Run() {
    const std::string_view text = plain_.text;
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      Line(at, end);
      if (end < text.size()) out_.AppendFrom(plain_, end, end + 1);
      at = end + 1;
    }
    return std::move(out_).Take();
  }

 private:
  void Line(std::size_t begin, std::size_t end) {
    line_ = std::string_view(plain_.text).substr(0, end);
    line_begin_ = begin;
    dropped_.clear();
    copied_ = begin;
    std::size_t at = begin;
    std::size_t first = begin;
    while (first < end && IsSpace(line_[first])) ++first;
    const bool row = first < end && line_[first] == '|';
    if (first < end && line_[first] == '>') {  // a quotation
      std::size_t quoted = first + 1;
      while (quoted < end && (IsSpace(line_[quoted]) || line_[quoted] == '>')) ++quoted;
      Drop(first, quoted - first);
      at = first = quoted;
    }
    if (row) {
      at = first + 1;
      while (at < end && IsSpace(line_[at])) ++at;
      Drop(first, at - first);
      std::size_t last = end;
      while (last > at && IsSpace(line_[last - 1])) --last;
      if (last > at && line_[last - 1] == '|') dropped_.emplace(last - 1, 1);
    } else if (line_.substr(first, 3) == "```" || line_.substr(first, 3) == "~~~") {
      copied_ = end;
      return;
    }
    for (; at < end; ++at) {
      if (kSigns.find(line_[at]) == std::string_view::npos) continue;
      if (const std::size_t size = DroppedHere(at)) {
        Drop(at, size);
        at += size - 1;
        continue;
      }
      at += Sign(at, at == first) - 1;
    }
    out_.AppendFrom(plain_, copied_, end);
    if (row) out_.Fill(std::string{kRowMark, '\n'});  // each row of a table is a paragraph
  }

  void Drop(std::size_t at, std::size_t size) {
    out_.AppendFrom(plain_, copied_, at);
    copied_ = at + size;
  }

  std::size_t DroppedHere(std::size_t at) const {
    const auto found = dropped_.find(at);
    return found == dropped_.end() ? 0 : found->second;
  }

  /// Handles the sign at `at`; returns how many bytes it covers.
  std::size_t Sign(std::size_t at, bool first) {
    switch (line_[at]) {
      case '\\':
        if (Trim(line_.substr(at + 1)).empty()) {  // a line break that is meant
          Drop(at, 1);
          return 1;
        }
        if (kEscapable.find(line_[at + 1]) == kEscapable.npos) return 1;
        Drop(at, 1);
        return 2;
      case '&':
        return Entity(at);
      case '<':
        return Angle(at);
      case '!':
        return at + 1 < line_.size() && line_[at + 1] == '[' ? Link(at, 1) : 1;
      case '[':
        return Link(at, 0);
      case ']':
      case '>':
      case '|':
        return 1;
      default:
        return Emphasis(at, first);
    }
  }

  std::size_t Entity(std::size_t at) {
    const auto entity = EntityAt(line_, at);
    if (!entity) return 1;
    Drop(at, entity->size);
    out_.Replace(entity->text, plain_.ToSource(at, at + entity->size));
    return entity->size;
  }

  /// Tags go, and with <sup> its figures; "<http://…>" loses its brackets.
  std::size_t Angle(std::size_t at) {
    const std::size_t length = line_.substr(at, kLongestTag).find('>');
    if (length == std::string_view::npos) return 1;
    const std::size_t close = at + length;
    const std::string_view inside = line_.substr(at + 1, close - at - 1);
    if (inside.find("://") != std::string_view::npos &&
        inside.find(' ') == std::string_view::npos && inside[0] != 'a') {
      Drop(at, 1);
      dropped_.emplace(close, 1);
      return 1;
    }
    std::size_t name = inside.substr(0, 1) == "/" ? 1 : 0;
    std::string lower;
    while (name < inside.size() && IsAlnum(inside[name])) lower += ToLower(inside[name++]);
    if (inside.substr(0, 3) != "!--" && !IsTagName(lower)) return 1;
    std::size_t end = close + 1;
    if (lower == "sup" && inside[0] != '/') {
      constexpr std::string_view kEnd = "</sup>";
      const std::size_t size = line_.substr(end, kLongestMark + kEnd.size()).find(kEnd);
      const std::string_view mark = line_.substr(end, size);
      if (size != std::string_view::npos && std::none_of(mark.begin(), mark.end(), IsAlpha)) {
        end += size + kEnd.size();
      }
    }
    Drop(at, end - at);
    if (lower == "br") out_.Fill("\n");
    return end - at;
  }

  /// "[text](address)" and "[text][key]" are their text, "[^1]" is a footnote mark; an image is
  /// nothing. Other brackets stay.
  std::size_t Link(std::size_t at, std::size_t bang) {
    const std::string_view line = line_.substr(0, at + kLongestLink);
    const std::size_t open = at + bang;
    std::size_t close = open + 1;
    int depth = 1;
    while (close < line.size()) {
      if (line[close] == '[') ++depth;
      if (line[close] == ']' && --depth == 0) break;
      ++close;
    }
    if (close >= line.size()) return 1;
    if (line.substr(open, 2) == "[^") {
      std::size_t end = close + 1;
      const bool explains =
          Trim(line_.substr(0, at).substr(line_begin_)).empty() && line_.substr(end, 1) == ":";
      if (explains) end = std::min(line_.find_first_not_of(" \t", end + 1), line_.size());
      Drop(at, end - at);
      return end - at;
    }
    const char next = close + 1 < line.size() ? line[close + 1] : ' ';
    if (next != '(' && next != '[') return 1;
    const std::size_t over = line.find(next == '(' ? ')' : ']', close + 2);
    if (over == std::string_view::npos) return 1;
    if (bang != 0) {
      Drop(at, over + 1 - at);
      return over + 1 - at;
    }
    Drop(open, 1);
    dropped_.emplace(close, over + 1 - close);
    return 1;
  }

  std::size_t Emphasis(std::size_t at, bool first) {
    const char sign = line_[at];
    std::size_t end = at;
    while (end < line_.size() && line_[end] == sign) ++end;
    const std::size_t size = end - at;
    const bool bullet = first && sign == '*' && size == 1;
    const bool opens = end < line_.size() && !IsSpace(line_[end]) &&
                       (sign != '_' || at == 0 || !IsAlnum(line_[at - 1]));
    if (size > 3 || !opens || (bullet && IsSpace(line_[end])) || (sign == '~' && size != 2)) {
      return size;
    }
    const std::string_view run = line_.substr(at, size);
    const std::string_view ahead = line_.substr(0, end + kLongestEmphasis);
    for (std::size_t close = ahead.find(run, end); close != std::string_view::npos;
         close = ahead.find(run, close + 1)) {
      const bool closes =
          !IsSpace(line_[close - 1]) &&
          (sign != '_' || close + size >= line_.size() || !IsAlnum(line_[close + size]));
      if (!closes || DroppedHere(close) != 0) continue;
      Drop(at, size);
      dropped_.emplace(close, size);
      return size;
    }
    return size;
  }

  const SourceText& plain_;
  TextBuilder out_;
  std::string_view line_;  // The text up to the end of the line.
  std::size_t line_begin_ = 0;
  std::size_t copied_ = 0;
  std::map<std::size_t, std::size_t> dropped_;  // Closing signs ahead in the line, and their sizes.
};

}  // namespace

Converted ConvertMarkdown(const SourceText& plain) { return {Markdown(plain).Run(), "", {}}; }

}  // namespace verbale::extract
