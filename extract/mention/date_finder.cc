#include "extract/mention/date_finder.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include <fmt/format.h>

#include "extract/text/dates.h"
#include "graph/ascii.h"

namespace verbale::extract {
namespace {

bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

int ToInt(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// "5", "5th", "1st" → 5; 0 for what is no day of a month.
int DayOf(const Token& token) {
  std::string_view text = token.folded;
  if (token.kind != TokenKind::kNumber) return 0;
  for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
    if (text.size() > 2 && text.ends_with(ending)) {
      text.remove_suffix(2);
      break;
    }
  }
  if (text.size() > 2 || !AllDigits(text)) return 0;
  const int day = ToInt(text);
  return day >= 1 && day <= 31 ? day : 0;
}

int YearOf(const Token& token) {
  if (token.kind != TokenKind::kNumber || token.folded.size() != 4 || !AllDigits(token.folded)) {
    return 0;
  }
  const int year = ToInt(token.folded);
  return year >= 1800 && year <= 2199 ? year : 0;
}

/// With the precision that is possible: of 31 February only the month.
std::string Iso(int year, int month, int day) {
  if (day == 0 || day > DaysIn(year, month)) return fmt::format("{:04}-{:02}", year, month);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

/// "23.11.2001" → 2001-11-23.
std::string DottedDate(const Token& token) {
  const std::string_view view = token.folded;
  const std::size_t first = view.find('.');
  const std::size_t second = view.find('.', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return {};
  const auto day = view.substr(0, first), month = view.substr(first + 1, second - first - 1),
             year = view.substr(second + 1);
  if (!AllDigits(day) || !AllDigits(month) || !AllDigits(year) || year.size() != 4) return {};
  if (ToInt(day) < 1 || ToInt(day) > 31 || ToInt(month) < 1 || ToInt(month) > 12) return {};
  return Iso(ToInt(year), ToInt(month), ToInt(day));
}

}  // namespace

/// One look at the tokens from the first of a date on. Each step reads what it is named after, and
/// leaves `at` where it was if that is not there.
struct DateFinder::Reading {
  const std::vector<Token>& tokens;
  const PerWord<int>& months;
  std::uint32_t at;

  const Token* Here() const { return at < tokens.size() ? &tokens[at] : nullptr; }
  bool Skip(std::string_view what) {
    if (Here() == nullptr || Here()->folded != what) return false;
    ++at;
    return true;
  }
  int Day() {
    const int day = Here() == nullptr ? 0 : DayOf(*Here());
    if (day == 0) return 0;
    ++at;
    Skip("th");  // "5 th"
    return day;
  }
  /// "July", "Sept."
  int Month() {
    const int month = Here() == nullptr || !Here()->capital ? 0 : months(Here()->word);
    if (month == 0) return 0;
    ++at;
    Skip(".");
    return month;
  }
  /// The year behind day and month: "2015", ", 2015", "of 2015".
  int Year() {
    const std::uint32_t from = at;
    if (!Skip(",")) Skip("of");
    const int year = Here() == nullptr ? 0 : YearOf(*Here());
    at = year == 0 ? from : at + 1;
    return year;
  }
  /// "to", "and" or a dash, behind which the last day of several follows.
  bool AnotherDay() {
    if (Skip("and") || Skip("to")) return true;
    return Here() != nullptr && Here()->joined;
  }

  std::string DayFirst();
  std::string MonthFirst();
  std::string YearFirst();
  std::string Strokes();
};

/// "14 July 2015", "the 14th of July, 2015", "15-16 November 2015", "30 May to 2 June 2014".
std::string DateFinder::Reading::DayFirst() {
  const int day = Day();
  if (day == 0) return {};
  const std::uint32_t behind = at;
  if (AnotherDay() && Day() == 0) at = behind;
  Skip("of");
  const int month = Month();
  if (month == 0) return {};
  const std::uint32_t before_year = at;
  if (const int year = Year()) return Iso(year, month, day);
  at = before_year;
  if (!AnotherDay() || Day() == 0 || Month() == 0) return {};
  const int year = Year();
  return year == 0 ? std::string() : Iso(year, month, day);
}

/// "July 2015", "July 14, 2015", "July 14-16, 2015".
std::string DateFinder::Reading::MonthFirst() {
  const int month = Month();
  if (month == 0) return {};
  if (const int year = Year()) return Iso(year, month, 0);
  const int day = Day();
  if (day == 0) return {};
  const std::uint32_t behind = at;
  if (AnotherDay() && Day() == 0) at = behind;
  const int year = Year();
  return year == 0 ? std::string() : Iso(year, month, day);
}

/// "2015-07-14", "2015-2017", "2015-17", "2015".
std::string DateFinder::Reading::YearFirst() {
  const int year = YearOf(*Here());
  if (year == 0) return {};
  const std::string_view first = Here()->folded;
  const auto joined = [&](std::uint32_t k) {
    return at + k < tokens.size() && tokens[at + k].joined ? tokens[at + k].folded
                                                           : std::string_view();
  };
  const std::string_view second = joined(1), third = joined(2);
  const auto is_pair = [](std::string_view text) { return text.size() == 2 && AllDigits(text); };
  if (is_pair(second) && is_pair(third)) {
    const int month = ToInt(second), day = ToInt(third);
    if (month >= 1 && month <= 12 && day >= 1 && day <= DaysIn(year, month)) {
      at += 3;
      return Iso(year, month, day);
    }
  }
  if (!second.empty() && (YearOf(tokens[at + 1]) != 0 || DayOf(tokens[at + 1]) != 0)) {
    const std::string last =
        second.size() == 4 ? std::string(second) : std::string(first.substr(0, 2)).append(second);
    if (last > first) {
      at += 2;
      return std::string(first) + "-" + last;
    }
  }
  ++at;
  return std::string(first);
}

/// "14/07/2015", "07/14/2015"; of "04/07/2015" only the year is told.
std::string DateFinder::Reading::Strokes() {
  const int first = Day();
  if (first == 0 || !Skip("/")) return {};
  const int second = Day();
  if (second == 0 || !Skip("/")) return {};
  const int year = Here() == nullptr ? 0 : YearOf(*Here());
  if (year == 0) return {};
  ++at;
  if (first > 12 && second > 12) return {};
  if (first != second && first <= 12 && second <= 12) return fmt::format("{}", year);
  return second <= 12 ? Iso(year, second, first) : Iso(year, first, second);
}

DateFinder::DateFinder(const PackData& pack, Vocabulary& vocabulary) {
  const auto each = [&](const char* name, const auto& add) {
    const auto found = pack.lexicon.words.find(name);
    if (found == pack.lexicon.words.end()) return;
    for (const std::string& word : found->second) add(word);
  };
  each("month", [&](const std::string& w) { months_[vocabulary.Add(w)] = MonthNumber(w); });
  each("weekday", [&](const std::string& w) { before_[vocabulary.Add(w)] = Before::kWeekday; });
  each("part_of_year", [&](const std::string& w) { before_[vocabulary.Add(w)] = Before::kPart; });
}

/// Where the date begins whose first number or month is token `i`.
std::uint32_t DateFinder::FirstOf(const std::vector<Token>& tokens, std::uint32_t i) const {
  const auto before = [&](std::uint32_t k, Before what) {
    return i >= k && before_(tokens[i - k].word) == what;
  };
  if (before(1, Before::kPart)) return i - 1;
  if (before(1, Before::kWeekday)) return i - 1;
  if (i >= 2 && tokens[i - 1].folded == "of" && before(2, Before::kPart)) return i - 2;
  std::uint32_t k = 1;
  if (i >= k && tokens[i - k].folded == "the") ++k;
  if (i >= k && tokens[i - k].folded == ",") ++k;
  return before(k, Before::kWeekday) ? i - k : i;
}

std::optional<FoundDate> DateFinder::At(const std::vector<Token>& tokens, std::uint32_t i) const {
  using Step = std::string (Reading::*)();
  static constexpr Step kMonth[] = {&Reading::MonthFirst};
  static constexpr Step kNumber[] = {&Reading::YearFirst, &Reading::DayFirst, &Reading::Strokes};
  const auto read = [&](const auto& steps) -> std::optional<FoundDate> {
    for (const Step step : steps) {
      Reading reading{tokens, months_, i};
      std::string iso = (reading.*step)();
      if (!iso.empty()) return FoundDate{FirstOf(tokens, i), reading.at, std::move(iso)};
    }
    return std::nullopt;
  };
  if (tokens[i].kind == TokenKind::kWord) return read(kMonth);
  if (tokens[i].kind != TokenKind::kNumber) return std::nullopt;
  if (auto date = read(kNumber)) return date;
  std::string dotted = DottedDate(tokens[i]);
  if (dotted.empty()) return std::nullopt;
  return FoundDate{FirstOf(tokens, i), i + 1, std::move(dotted)};
}

}  // namespace verbale::extract
