#include "extract/text/dates.h"

#include <charconv>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "graph/ascii.h"

namespace verbale::extract {
namespace {

constexpr std::string_view kMonths[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};

}  // namespace

int MonthNumber(std::string_view word) {
  if (word.size() < 3) return 0;
  for (int month = 0; month < 12; ++month) {
    const std::string_view name = kMonths[month];
    if (word.size() > name.size()) continue;
    std::size_t i = 0;
    while (i < word.size() && ToLower(word[i]) == name[i]) ++i;
    if (i == word.size()) return month + 1;
  }
  return 0;
}

int DaysIn(int year, int month) {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

namespace {

int Number(std::string_view word) {
  int value = -1;
  const auto end = std::from_chars(word.data(), word.data() + word.size(), value).ptr;
  const std::string_view rest = word.substr(static_cast<std::size_t>(end - word.data()));
  const bool ordinal = rest == "st" || rest == "nd" || rest == "rd" || rest == "th";
  return rest.empty() || (ordinal && value <= 31) ? value : -1;
}

std::string Iso(int year, int month, int day) {
  if (year < 1000 || year > 9999 || month < 0 || month > 12) return "";
  if (month == 0) return fmt::format("{}", year);
  if (day == 0) return fmt::format("{}-{:02}", year, month);
  if (day < 0 || day > DaysIn(year, month)) return "";
  return fmt::format("{}-{:02}-{:02}", year, month, day);
}

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && (IsAlnum(text[at]))) continue;
    if (at > begin) words.push_back(text.substr(begin, at - begin));
    begin = at + 1;
  }
  return words;
}

}  // namespace

std::string IsoDate(std::string_view text) {
  const std::vector<std::string_view> words = Words(text);
  const bool iso = text.find('-') != std::string_view::npos;
  switch (words.size()) {
    case 1:
      return words[0].size() == 4 ? Iso(Number(words[0]), 0, 0) : "";
    case 2:
      if (const int month = MonthNumber(words[0])) return Iso(Number(words[1]), month, 0);
      return iso && Number(words[1]) > 0 ? Iso(Number(words[0]), Number(words[1]), 0) : "";
    case 3:
      if (const int month = MonthNumber(words[1]))
        return Iso(Number(words[2]), month, Number(words[0]));
      if (const int month = MonthNumber(words[0]))
        return Iso(Number(words[2]), month, Number(words[1]));
      if (!iso || Number(words[1]) <= 0 || Number(words[2]) <= 0) return "";
      return Iso(Number(words[0]), Number(words[1]), Number(words[2]));
    default:
      return "";
  }
}

}  // namespace verbale::extract
