#include "extract/text/sentences.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "extract/text/decode.h"
#include "graph/ascii.h"

// A sentence ends at a stop, a question or an exclamation mark, with the closing quotes and
// brackets behind it, where white space and the beginning of a sentence follow. What follows
// decides first: a small letter begins nothing. What stands before a stop decides next: an
// abbreviation, an initial or the number of a list does not end a sentence, unless a word follows
// that as good as always begins one ("The", "It"). A bracket that closes soon is not torn apart.
// Unicode's rules (UAX 29) would split at each abbreviation and cost ten times as much.

namespace verbale::extract {
namespace {

constexpr std::string_view kAbbreviations[] = {
    "Mr",    "Mrs", "Ms",   "Dr",   "Prof",   "Rev",  "Hon",  "St",   "Sr",   "Jr",    "Gen",
    "Col",   "Lt",  "Sgt",  "Capt", "Maj",    "Adm",  "Amb",  "Gov",  "Sen",  "Rep",   "Pres",
    "No",    "no",  "Nos",  "nos",  "Art",    "art",  "Arts", "arts", "para", "paras", "Para",
    "Paras", "Sec", "sec",  "Sect", "sect",   "Ch",   "ch",   "chap", "Vol",  "vol",   "vols",
    "ed",    "eds", "p",    "pp",   "Fig",    "fig",  "cf",   "Cf",   "vs",   "v",     "viz",
    "e.g",   "i.e", "al",   "ca",   "approx", "resp", "est",  "Jan",  "Feb",  "Mar",   "Apr",
    "Jun",   "Jul", "Aug",  "Sep",  "Sept",   "Oct",  "Nov",  "Dec",  "Res",  "Doc",   "Add",
    "Corr",  "Ltd", "Inc",  "Co",   "Corp",   "Bros", "Dept", "Univ", "Mt",   "Ft",    "etc",
    "a.m",   "p.m", "Ph.D", "Op",   "Cit",    "ibid", "Ibid", "loc",  "cit",  "op"};

/// Abbreviations that can as well be whole words: they only count before a figure.
constexpr std::string_view kBeforeFigures[] = {"Add", "Art", "Ch",  "Co", "Dec", "Fig", "Mar",
                                               "No",  "Nos", "Sec", "al", "art", "ed",  "est",
                                               "fig", "no",  "nos", "p",  "sec", "v"};
static_assert(IsSortedList(kBeforeFigures));

/// Abbreviations that often end a sentence: a capital letter behind them begins a new one.
constexpr std::string_view kMayEnd[] = {"Co", "Corp", "Inc", "Ltd", "a.m", "al", "etc", "p.m"};
static_assert(IsSortedList(kMayEnd));

/// Words that, with a capital letter, hardly stand inside a sentence.
constexpr std::string_view kStarters[] = {
    "A",           "After",    "All",     "Although", "An",           "And",     "Any",
    "As",          "At",       "Because", "Both",     "But",          "By",      "During",
    "Each",        "Every",    "Finally", "First",    "For",          "From",    "Further",
    "Furthermore", "He",       "Hence",   "His",      "How",          "However", "I",
    "If",          "In",       "Indeed",  "It",       "Its",          "Last",    "Let",
    "Many",        "Moreover", "Most",    "My",       "Nevertheless", "No",      "Nor",
    "Not",         "Now",      "On",      "Once",     "One",          "Our",     "Over",
    "Second",      "She",      "Since",   "So",       "Some",         "Such",    "That",
    "The",         "Their",    "Then",    "There",    "Therefore",    "These",   "They",
    "Third",       "This",     "Those",   "Through",  "Thus",         "To",      "Today",
    "Under",       "Until",    "We",      "What",     "When",         "Where",   "While",
    "With",        "Within",   "Without", "Yet",      "You",          "Your"};
static_assert(IsSortedList(kStarters));

/// Of eight bytes how many stand before the first that is a figure or a mark of ASCII, in times of
/// eight bits; 64 where none is.
int BitsBeforeMark(const char* bytes) {
  static_assert(std::endian::native == std::endian::little, "the first byte is the lowest");
  constexpr std::uint64_t kOnes = 0x0101010101010101u, kHighs = kOnes * 0x80;
  std::uint64_t eight = 0;
  std::memcpy(&eight, bytes, sizeof eight);
  const std::uint64_t figures = eight << 2 & ~(eight << 1) & ~eight;  // From 0x20 to 0x3F.
  const std::uint64_t others = eight ^ kOnes * ' ';
  const std::uint64_t no_blanks = ((others & ~kHighs) + ~kHighs) | others;
  return std::countr_zero(figures & no_blanks & kHighs) & ~7;
}

/// Next byte from `at` on that can end a sentence or change the nesting of brackets; the size of
/// `text` where there is none.
std::size_t NextMark(std::string_view text, std::size_t at) {
  constexpr auto kMarks = [] {
    std::array<bool, 256> marks{};
    for (const char c : {'.', '?', '!', '(', ')'}) marks[static_cast<unsigned char>(c)] = true;
    return marks;
  }();
  for (; at < text.size(); ++at) {
    while (at + 8 <= text.size()) {
      const int bits = BitsBeforeMark(text.data() + at);
      at += static_cast<std::size_t>(bits) / 8;
      if (bits < 64) break;
    }
    if (at < text.size() && kMarks[static_cast<unsigned char>(text[at])]) return at;
  }
  return text.size();
}

/// A bracket longer than this is not waited for: its closing half was lost.
constexpr std::size_t kLongestBracket = 400;

/// What is longer is no sentence, but a table or a list that lost its lines: it is cut, since what
/// reads a sentence may take more than twice the time for twice the length.
constexpr std::size_t kLongestSentence = std::size_t{1} << 15;

std::string_view WordAt(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && IsAlpha(text[end])) ++end;
  return text.substr(at, end - at);
}

/// The word that ends before `end`: letters, with stops inside ("e.g"), and an opening bracket or
/// quote left out.
std::string_view WordBefore(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t at = end;
  while (at > begin && (IsAlnum(text[at - 1]) || (text[at - 1] == '.' && at < end) ||
                        static_cast<unsigned char>(text[at - 1]) >= 0x80)) {
    --at;
  }
  // A quotation mark before the word belongs to no word.
  while (at < end && static_cast<unsigned char>(text[at]) == 0xE2) at = std::min(at + 3, end);
  return text.substr(at, end - at);
}

/// Length of the closing quote or bracket at `at`, or 0.
std::size_t Closer(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '"' || c == '\'' || c == ')' || c == ']') return 1;
  const std::string_view three = text.substr(at, 3);
  if (three == "”" || three == "’" || three == "›") return 3;
  return text.substr(at, 2) == "»" ? 2 : 0;
}

/// Length of the opening quote or bracket at `at`, or 0.
std::size_t Opener(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '"' || c == '\'' || c == '(' || c == '[') return 1;
  const std::string_view three = text.substr(at, 3);
  if (three == "“" || three == "‘" || three == "„") return 3;
  return text.substr(at, 2) == "«" ? 2 : 0;
}

/// Capitals beyond ASCII, of the scripts that have them: Latin-1, Latin Extended A, Greek,
/// Cyrillic.
bool IsWideUpper(std::uint32_t c) {
  return (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x100 && c <= 0x17F && c % 2 == 0) ||
         (c >= 0x391 && c <= 0x3A9) || (c >= 0x400 && c <= 0x42F);
}

bool BeginsSentence(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const std::size_t opener = Opener(text, at);
    if (opener == 0) break;
    at += opener;
  }
  if (at >= text.size()) return false;
  if (IsUpper(text[at]) || IsDigit(text[at])) return true;
  return static_cast<unsigned char>(text[at]) >= 0x80 && IsWideUpper(CodePointAt(text, at).value);
}

/// "Convention.The": the space behind the stop was lost.
bool LostSpace(std::string_view text, std::size_t begin, std::size_t mark) {
  if (mark < begin + 3 || mark + 2 >= text.size() || !IsUpper(text[mark + 1])) return false;
  if (!IsLower(text[mark - 1]) || !IsLower(text[mark - 2]) || !IsLower(text[mark - 3]))
    return false;
  const std::string_view next = WordAt(text, mark + 1);
  const std::size_t after = mark + 1 + next.size();
  return next.size() >= 2 && AmongSorted(next, kStarters) && after < text.size() &&
         text[after] == ' ';
}

/// A year that ends before `end`.
bool YearBefore(std::string_view text, std::size_t end) {
  if (end < 4 || (end > 4 && text[end - 5] != ' ' && text[end - 5] != '(')) return false;
  const std::string_view year = text.substr(end - 4, 4);
  return std::all_of(year.begin(), year.end(), IsDigit) && year >= "1800" && year < "2200";
}

/// Whether `at` lies in a bracket that opened in this sentence, closes soon, and does not hold the
/// sentence as a whole.
bool InBracket(std::string_view text, std::size_t begin, std::size_t open, std::size_t at) {
  if (open == std::string_view::npos || open == begin) return false;
  if (at - open > kLongestBracket) return false;
  return text.substr(at, open + kLongestBracket + 1 - at).find(')') != std::string_view::npos;
}

/// Where a sentence that begins at `begin` and is too long is cut: at white space, else between
/// characters.
std::size_t CutOf(std::string_view text, std::size_t begin) {
  std::size_t cut = text.rfind(' ', begin + kLongestSentence);
  if (cut != std::string_view::npos && cut > begin) return cut;
  cut = begin + kLongestSentence;
  while ((static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return cut;
}

void Add(std::string_view text, std::size_t begin, std::size_t end,
         std::vector<ByteSpan>& sentences) {
  while (end - begin > kLongestSentence) {
    const std::size_t cut = CutOf(text, begin);
    sentences.push_back({begin, cut});
    begin = std::min(text.find_first_not_of(' ', cut), end);
  }
  if (begin < end) sentences.push_back({begin, end});
}

}  // namespace

std::size_t BracketedMark(std::string_view text, std::size_t at) {
  constexpr std::size_t kMostFigures = 3;
  if (at >= text.size() || (text[at] != '[' && text[at] != '(')) return 0;
  const char close = text[at] == '[' ? ']' : ')';
  std::size_t end = at + 1;
  if (close == ']' && end < text.size() && text[end] == '^') ++end;
  const std::size_t first = end;
  while (end < text.size() && IsDigit(text[end])) ++end;
  const bool figures = end > first && end - first <= kMostFigures;
  return figures && end < text.size() && text[end] == close ? end + 1 - at : 0;
}

std::size_t FootnoteMarkBehind(std::string_view text, std::size_t stop) {
  constexpr std::size_t kMostFigures = 2;
  std::size_t end = stop + 1;
  while (end < text.size() && IsDigit(text[end])) ++end;
  std::size_t size = end - stop - 1;
  if (size == 0)
    size = BracketedMark(text, end);
  else if (size > kMostFigures)
    return 0;
  end = stop + 1 + size;
  if (size == 0 || (end < text.size() && !IsSpace(text[end]))) return 0;
  const bool word =
      stop >= 3 && IsLower(text[stop - 1]) && IsLower(text[stop - 2]) && IsLower(text[stop - 3]);
  const bool closed = stop >= 1 && text[stop - 1] == ')';
  return word || closed || YearBefore(text, stop) ? size : 0;
}

SentenceSplitter::SentenceSplitter(const std::vector<std::string>& abbreviations) {
  for (const std::string_view word : kAbbreviations) abbreviations_.emplace(word);
  for (std::string word : abbreviations) {
    if (!word.empty() && word.back() == '.') word.pop_back();
    abbreviations_.insert(std::move(word));
  }
}

bool SentenceSplitter::StopIsEnd(std::string_view text, std::size_t begin, std::size_t mark,
                                 std::size_t next) const {
  const std::string_view word = WordBefore(text, begin, mark);
  if (word.empty()) return true;
  const bool starter = AmongSorted(WordAt(text, next), kStarters);
  if (word.size() == 1 && IsUpper(word[0])) return starter;
  if (word.size() >= 3 && word.size() <= 7 && word[1] == '.' && IsUpper(word[0])) return starter;
  if (!abbreviations_.contains(std::string(word))) return true;
  if (text[mark + 1] == ')') return starter;  // "the Cybercrimes (Prevention, etc.) Act"
  if (AmongSorted(word, kMayEnd)) return !IsDigit(text[next]);
  if (AmongSorted(word, kBeforeFigures)) return !IsDigit(text[next]) && starter;
  return false;
}

bool SentenceSplitter::IsEnd(std::string_view text, std::size_t begin, std::size_t mark,
                             std::size_t next) const {
  if (!BeginsSentence(text, next)) return false;
  return text[mark] != '.' || StopIsEnd(text, begin, mark, next);
}

/// "in 2001.1 It ratified": where the next sentence begins behind a footnote mark, or the text
/// ends; 0 where there is none.
std::size_t SentenceSplitter::AfterFootnote(std::string_view text, std::size_t begin,
                                            std::size_t mark) const {
  const std::size_t size = text[mark] == '.' ? FootnoteMarkBehind(text, mark) : 0;
  if (size == 0) return 0;
  const std::size_t next = std::min(text.size(), mark + 1 + size + 1);
  if (next == text.size()) return next;
  const bool goes_on = IsDigit(text[next]) || !IsEnd(text, begin, mark, next);
  return goes_on ? 0 : next;
}

std::vector<ByteSpan> SentenceSplitter::Split(std::string_view text) const {
  std::vector<ByteSpan> sentences;
  std::size_t begin = 0;
  std::size_t open = std::string_view::npos;  // Of the innermost bracket that is open.
  std::size_t at = NextMark(text, 0);
  while (at < text.size()) {
    const char c = text[at];
    if (c == '(' || c == ')') {
      open = c == '(' ? at : std::string_view::npos;
      at = NextMark(text, at + 1);
      continue;
    }
    std::size_t end = at + 1;
    while (end < text.size() && (text[end] == '.' || text[end] == '?' || text[end] == '!')) ++end;
    const std::size_t mark = end - 1;
    bool lost_space = false;
    while (end < text.size()) {
      const std::size_t closer = Closer(text, end);
      if (closer == 0) break;
      if (text[end] == ')') open = std::string_view::npos;
      end += closer;
    }
    std::size_t next = end;
    while (next < text.size() && text[next] == ' ') ++next;
    if (next == end && end == mark + 1) {
      lost_space = LostSpace(text, begin, mark);
      if (const std::size_t after = AfterFootnote(text, begin, mark);
          after != 0 && !InBracket(text, begin, open, at)) {
        Add(text, begin, end, sentences);
        begin = after;
        open = std::string_view::npos;
        at = NextMark(text, after);
        continue;
      }
    }
    if (next >= text.size()) break;
    if ((lost_space || (next > end && IsEnd(text, begin, mark, next))) &&
        !InBracket(text, begin, open, at)) {
      Add(text, begin, end, sentences);
      begin = next;
      open = std::string_view::npos;
    }
    at = NextMark(text, std::max(end, at + 1));
  }
  Add(text, begin, text.size(), sentences);
  return sentences;
}

}  // namespace verbale::extract
