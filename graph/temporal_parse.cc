// ISO 8601 in the forms that openCypher takes, basic (20150721T214032) and extended
// (2015-07-21T21:40:32).
//
// A date's form is told by its separators and its number of digits, so a date is first cut into
// runs of digits; the same for times. A year of more or fewer than four digits needs a sign and, if
// more follows, separators.

#include <charconv>
#include <cmath>
#include <optional>
#include <string>

#include "graph/ascii.h"
#include "graph/error.h"
#include "graph/temporal.h"

namespace verbale::graph {
namespace {

[[noreturn]] void ThrowParse(const char* what, std::string_view text) {
  throw Error(ErrorCode::kInvalidArgument,
              "'" + std::string(text) + "' cannot be read as a " + what);
}

// Reads from the front of a text; each reader leaves the text as it is where it does not fit.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool AtEnd() const { return rest_.empty(); }
  char Peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  std::string_view rest() const { return rest_; }

  bool Take(char c) {
    if (Peek() != c || c == '\0') return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::size_t CountDigits() const {
    std::size_t n = 0;
    while (n < rest_.size() && IsDigit(rest_[n])) ++n;
    return n;
  }

  // Exactly `count` digits as a number.
  std::optional<std::int64_t> Number(std::size_t count) {
    if (count == 0 || count > 18 || CountDigits() < count) return std::nullopt;
    std::int64_t value = 0;
    std::from_chars(rest_.data(), rest_.data() + count, value);
    rest_.remove_prefix(count);
    return value;
  }

  // Digits after a decimal sign, as nanoseconds; what is finer than that is cut off.
  std::int64_t Fraction() {
    if (Peek() != '.' && Peek() != ',') return 0;
    if (rest_.size() < 2 || !IsDigit(rest_[1])) return 0;
    rest_.remove_prefix(1);
    std::int64_t nanos = 0;
    std::int64_t place = kNanosPerSecond / 10;
    while (!AtEnd() && IsDigit(Peek())) {
      nanos += place * (Peek() - '0');
      place /= 10;
      rest_.remove_prefix(1);
    }
    return nanos;
  }

 private:
  std::string_view rest_;
};

// ---- Dates ----------------------------------------------------------------------------------

// After "-W" or "W": week, and the day of the week.
std::optional<Date> WeekRest(Cursor& in, std::int64_t year, bool extended) {
  const auto week = in.Number(2);
  if (!week) return std::nullopt;
  if (in.AtEnd()) return ToDate(WeekDate{year, *week, 1});
  if (extended && !in.Take('-')) return std::nullopt;
  const auto day = in.Number(1);
  if (!day) return std::nullopt;
  return ToDate(WeekDate{year, *week, *day});
}

// After "-Q" or "Q": quarter, and the day of the quarter.
std::optional<Date> QuarterRest(Cursor& in, std::int64_t year, bool extended) {
  const auto quarter = in.Number(1);
  if (!quarter) return std::nullopt;
  if (in.AtEnd()) return ToDate(QuarterDate{year, *quarter, 1});
  if (extended && !in.Take('-')) return std::nullopt;
  const auto day = in.Number(2);
  if (!day) return std::nullopt;
  return ToDate(QuarterDate{year, *quarter, *day});
}

// After the year: month and day, or the day of the year.
std::optional<Date> CalendarRest(Cursor& in, std::int64_t year, bool extended) {
  const std::size_t digits = in.CountDigits();
  if (digits == 3) return ToDate(OrdinalDate{year, *in.Number(3)});
  if (extended ? digits != 2 : digits != 2 && digits != 4) return std::nullopt;
  const std::int64_t month = *in.Number(2);
  if (in.AtEnd()) return ToDate(CivilDate{year, month, 1});
  if (extended && !in.Take('-')) return std::nullopt;
  const auto day = in.Number(2);
  if (!day) return std::nullopt;
  return ToDate(CivilDate{year, month, *day});
}

std::optional<Date> ReadDate(std::string_view text) {
  Cursor in(text);
  const bool negative = in.Take('-');
  const bool is_signed = negative || in.Take('+');
  // With a sign the year has all digits up to the next separator, but not what can only be a
  // basic date behind a plain four-digit year.
  const std::size_t digits = in.CountDigits();
  if (digits < 4 && !is_signed) return std::nullopt;
  if (digits > 9 && is_signed) return std::nullopt;
  const auto magnitude = in.Number(is_signed ? digits : 4);
  if (!magnitude) return std::nullopt;
  const std::int64_t year = negative ? -*magnitude : *magnitude;
  std::optional<Date> date;
  if (in.AtEnd()) {
    date = ToDate(CivilDate{year, 1, 1});
  } else {
    const bool extended = in.Take('-');
    if (in.Take('W')) {
      date = WeekRest(in, year, extended);
    } else if (in.Take('Q')) {
      date = QuarterRest(in, year, extended);
    } else {
      date = CalendarRest(in, year, extended);
    }
  }
  return in.AtEnd() ? date : std::nullopt;
}

// ---- Times ----------------------------------------------------------------------------------

std::optional<LocalTime> ReadLocalTime(std::string_view text) {
  Cursor in(text);
  const auto hour = in.Number(2);
  if (!hour) return std::nullopt;
  const bool extended = in.Peek() == ':';
  std::int64_t minute = 0;
  std::int64_t second = 0;
  std::int64_t nanos = 0;
  if (!in.AtEnd()) {
    if (extended) in.Take(':');
    const auto read_minute = in.Number(2);
    if (!read_minute) return std::nullopt;
    minute = *read_minute;
  }
  if (!in.AtEnd()) {
    if (extended && !in.Take(':')) return std::nullopt;
    const auto read_second = in.Number(2);
    if (!read_second) return std::nullopt;
    second = *read_second;
    nanos = in.Fraction();
  }
  if (!in.AtEnd() || *hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return LocalTime{((*hour * 60 + minute) * 60 + second) * kNanosPerSecond + nanos};
}

// Splits "21:40:32+01:00[Europe/Paris]" into the time, the offset and the zone's name.
struct TimeText {
  std::string_view time, offset, zone;
};

TimeText SplitZone(std::string_view text) {
  TimeText parts{text, {}, {}};
  const std::size_t bracket = text.find('[');
  if (bracket != std::string_view::npos && text.back() == ']') {
    parts.zone = text.substr(bracket + 1, text.size() - bracket - 2);
    parts.time = text.substr(0, bracket);
  }
  const std::size_t sign = parts.time.find_first_of("+-Zz");
  if (sign != std::string_view::npos) {
    parts.offset = parts.time.substr(sign);
    parts.time = parts.time.substr(0, sign);
  }
  return parts;
}

// Cuts at the 'T' between date and time; a text without one is a date alone.
std::pair<std::string_view, std::string_view> SplitDateTime(std::string_view text) {
  const std::size_t t = text.find_first_of("Tt ");
  if (t == std::string_view::npos) return {text, {}};
  return {text.substr(0, t), text.substr(t + 1)};
}

// ---- Durations ------------------------------------------------------------------------------

// "2012-02-02T14:37:21.545": the parts in the places of a date and time.
std::optional<Duration> ReadDateLikeDuration(std::string_view text) {
  const auto [date, time] = SplitDateTime(text);
  Cursor in(date);
  const auto year = in.Number(4);
  const bool extended = in.Take('-');
  const auto month = in.Number(2);
  if (extended && !in.Take('-')) return std::nullopt;
  const auto day = in.Number(2);
  if (!year || !month || !day || !in.AtEnd() || *month > 12 || *day > 31) return std::nullopt;
  Duration d{*year * 12 + *month, *day, 0, 0};
  if (time.empty()) return d;
  const auto read = ReadLocalTime(time);
  if (!read) return std::nullopt;
  d.seconds = read->nanos / kNanosPerSecond;
  d.nanos = static_cast<std::int32_t>(read->nanos % kNanosPerSecond);
  return d;
}

// One amount with its unit. Whole amounts stay exact.
struct Amount {
  std::int64_t whole = 0;
  double value = 0;
  bool is_whole = true;
  char unit = '\0';
};

std::optional<Amount> ReadAmount(Cursor& in) {
  std::string number;
  if (in.Peek() == '-' || in.Peek() == '+') {
    if (in.Peek() == '-') number = "-";
    in.Take(in.Peek());
  }
  const auto digits = [&] {
    const std::size_t before = number.size();
    for (char c = in.Peek(); IsDigit(c); c = in.Peek()) number += c, in.Take(c);
    return number.size() > before;
  };
  Amount amount;
  if (!digits()) return std::nullopt;
  if (in.Take('.') || in.Take(',')) {
    number += '.';
    amount.is_whole = false;
    if (!digits()) return std::nullopt;
  }
  const char* end = number.data() + number.size();
  const auto read = amount.is_whole ? std::from_chars(number.data(), end, amount.whole)
                                    : std::from_chars(number.data(), end, amount.value);
  if (read.ec != std::errc() || in.AtEnd()) return std::nullopt;
  amount.unit = ToUpper(in.Peek());
  in.Take(in.Peek());
  return amount;
}

// Where an amount of unit `unit` goes; units come in the order of `order`.
struct UnitRow {
  char unit;
  Duration one;
  double DurationParts::*part;
  double factor;
};

constexpr UnitRow kDateUnits[] = {
    {'Y', {12, 0, 0, 0}, &DurationParts::months, 12},
    {'M', {1, 0, 0, 0}, &DurationParts::months, 1},
    {'W', {0, 7, 0, 0}, &DurationParts::days, 7},
    {'D', {0, 1, 0, 0}, &DurationParts::days, 1},
};
constexpr UnitRow kTimeUnits[] = {
    {'H', {0, 0, 3600, 0}, &DurationParts::hours, 1},
    {'M', {0, 0, 60, 0}, &DurationParts::minutes, 1},
    {'S', {0, 0, 1, 0}, &DurationParts::seconds, 1},
};

std::optional<Duration> ReadUnitDuration(std::string_view text) {
  Cursor in(text);
  Duration whole;
  DurationParts parts;
  bool any = false;
  const UnitRow* row = std::begin(kDateUnits);
  const UnitRow* end = std::end(kDateUnits);
  bool in_time = false;
  while (!in.AtEnd()) {
    if (!in_time && (in.Take('T') || in.Take('t'))) {
      in_time = true;
      row = std::begin(kTimeUnits);
      end = std::end(kTimeUnits);
      if (in.AtEnd()) return std::nullopt;
      continue;
    }
    const auto amount = ReadAmount(in);
    if (!amount) return std::nullopt;
    while (row != end && row->unit != amount->unit) ++row;
    if (row == end) return std::nullopt;
    if (amount->is_whole) {
      whole = Plus(whole, Times(row->one, amount->whole));
    } else {
      parts.*(row->part) += amount->value * row->factor;
    }
    ++row;
    any = true;
  }
  if (!any) return std::nullopt;
  return Plus(whole, ToDuration(parts));
}

}  // namespace

bool HasDateForm(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-dd";
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kForm[i] == 'd' ? !IsDigit(text[i]) : text[i] != kForm[i]) return false;
  }
  return true;
}

Date ParseDate(std::string_view text) {
  if (const auto date = ReadDate(text)) return *date;
  ThrowParse("date", text);
}

LocalTime ParseLocalTime(std::string_view text) {
  const std::string_view digits = text.substr(!text.empty() && (text[0] == 'T' || text[0] == 't'));
  if (const auto time = ReadLocalTime(digits)) return *time;
  ThrowParse("local time", text);
}

Time ParseTime(std::string_view text) {
  const std::string_view digits = text.substr(!text.empty() && (text[0] == 'T' || text[0] == 't'));
  const TimeText parts = SplitZone(digits);
  const auto time = ReadLocalTime(parts.time);
  if (!time || !parts.zone.empty()) ThrowParse("time", text);
  return {time->nanos, parts.offset.empty() ? 0 : ParseZone(parts.offset).offset};
}

LocalDateTime ParseLocalDateTime(std::string_view text) {
  const auto [date_text, time_text] = SplitDateTime(text);
  const auto date = ReadDate(date_text);
  const bool has_time = date_text.size() < text.size();
  const auto time = has_time ? ReadLocalTime(time_text) : LocalTime{0};
  if (!date || !time) ThrowParse("local date-time", text);
  return Join(*date, *time);
}

DateTime ParseDateTime(std::string_view text) {
  const auto [date_text, time_text] = SplitDateTime(text.substr(0, text.find('[')));
  const auto date = ReadDate(date_text);
  const bool has_time = date_text.size() < text.size() && text[date_text.size()] != '[';
  const TimeText parts = SplitZone(text.substr(date_text.size() + (has_time ? 1 : 0)));
  const auto time = has_time ? ReadLocalTime(parts.time) : LocalTime{0};
  const bool rest_is_read = has_time || parts.time.empty();
  if (!date || !time || !rest_is_read) ThrowParse("date-time", text);
  const LocalDateTime local = Join(*date, *time);
  if (parts.zone.empty()) {
    return InZone(local, parts.offset.empty() ? Zone{} : ParseZone(parts.offset));
  }
  const Zone zone = ParseZone(parts.zone);
  if (parts.offset.empty()) return InZone(local, zone);
  // The offset tells the instant, the name where it is shown.
  const DateTime instant = InZone(local, ParseZone(parts.offset));
  return AtInstant(instant.seconds, instant.nanos, zone);
}

Duration ParseDuration(std::string_view text) {
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  if (rest.starts_with('P') || rest.starts_with('p')) {
    rest.remove_prefix(1);
    auto duration = ReadUnitDuration(rest);
    if (!duration) duration = ReadDateLikeDuration(rest);
    if (duration) return negative ? Negate(*duration) : *duration;
  }
  ThrowParse("duration", text);
}

}  // namespace verbale::graph
