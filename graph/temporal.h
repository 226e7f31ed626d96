#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace verbale::graph {

// Civil time as ISO 8601 has it, proleptic Gregorian, years -999,999,999 to 999,999,999. Arithmetic
// is our own (the date library's year has 16 bits); that library only answers for time zones by
// name.

/// A calendar day.
struct Date {
  std::int64_t days = 0;  ///< Since 1970-01-01; negative before.
  auto operator<=>(const Date&) const = default;
};

/// A time of day without a zone.
struct LocalTime {
  std::int64_t nanos = 0;  ///< Since midnight, 0 ≤ nanos < 86,400 × 10^9.
  auto operator<=>(const LocalTime&) const = default;
};

/// A time of day with an offset from UTC.
struct Time {
  std::int64_t nanos = 0;   ///< Local nanoseconds since midnight.
  std::int32_t offset = 0;  ///< Seconds east of UTC.
  bool operator==(const Time&) const = default;
};

/// A day and a time of day without a zone.
struct LocalDateTime {
  std::int64_t seconds = 0;  ///< Local seconds since 1970-01-01T00:00:00.
  std::int32_t nanos = 0;    ///< 0 ≤ nanos < 10^9.
  auto operator<=>(const LocalDateTime&) const = default;
};

/// An instant with the offset, and where one was given the name of the zone, in which it is shown.
struct DateTime {
  std::int64_t seconds = 0;  ///< UTC seconds since 1970-01-01T00:00:00Z.
  std::int32_t nanos = 0;    ///< 0 ≤ nanos < 10^9.
  std::int32_t offset = 0;   ///< Seconds east of UTC at this instant.
  std::string zone;          ///< "Europe/Stockholm"; empty where only the offset is known.
  bool operator==(const DateTime&) const = default;
};

/// An amount of time in four parts that are not converted into one another (a month has no fixed
/// length).
struct Duration {
  std::int64_t months = 0;
  std::int64_t days = 0;
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;  ///< 0 ≤ nanos < 10^9; the sign is that of seconds (floor division).
  bool operator==(const Duration&) const = default;
};

inline constexpr std::int64_t kMaxYear = 999'999'999;  ///< The least year is its negative.
inline constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
inline constexpr std::int64_t kSecondsPerDay = 86'400;
inline constexpr std::int64_t kNanosPerDay = kSecondsPerDay * kNanosPerSecond;

// ---- Calendars (temporal_civil.cc). All count from 1. A date that does not exist is
// Error(kInvalidArgument).

/// Day of a month of the Gregorian calendar.
struct CivilDate {
  std::int64_t year = 1970;
  std::int64_t month = 1;
  std::int64_t day = 1;
};
/// ISO weeks: Monday is 1; week 1 has the year's first Thursday, so `year` may be a neighbour of
/// the calendar's.
struct WeekDate {
  std::int64_t year = 1970;
  std::int64_t week = 1;
  std::int64_t day = 1;
};
/// Day of a year.
struct OrdinalDate {
  std::int64_t year = 1970;
  std::int64_t day = 1;
};
/// Day of a quarter.
struct QuarterDate {
  std::int64_t year = 1970;
  std::int64_t quarter = 1;
  std::int64_t day = 1;
};

bool IsLeapYear(std::int64_t year);
std::int64_t DaysInMonth(std::int64_t year, std::int64_t month);
Date ToDate(const CivilDate& date);
Date ToDate(const WeekDate& date);
Date ToDate(const OrdinalDate& date);
Date ToDate(const QuarterDate& date);
CivilDate ToCivil(Date date);
WeekDate ToWeek(Date date);
OrdinalDate ToOrdinal(Date date);
QuarterDate ToQuarter(Date date);

LocalDateTime Join(Date date, LocalTime time);
Date DateOf(const LocalDateTime& t);
LocalTime TimeOf(const LocalDateTime& t);

// ---- Zones (temporal_zone.cc).

/// Where a clock hangs: a place with its history of offsets, or one offset for ever.
struct Zone {
  std::string name;         ///< IANA name; empty: only the offset counts.
  std::int32_t offset = 0;  ///< Seconds east of UTC; unused with a name.
  bool operator==(const Zone&) const = default;
};

/// "Z", "+01", "+0100", "+01:00", "+01:00:30", "Europe/Stockholm". Error(kInvalidArgument).
Zone ParseZone(std::string_view text);
/// The name, else "Z" or "+01:00".
std::string ToString(const Zone& zone);
/// The local time in `zone`. One that the clock skips is moved on by the gap; one that comes twice
/// is the first.
DateTime InZone(const LocalDateTime& local, const Zone& zone);
/// The instant `seconds`, `nanos` shown in `zone`.
DateTime AtInstant(std::int64_t seconds, std::int32_t nanos, const Zone& zone);
Zone ZoneOf(const DateTime& t);
LocalDateTime Local(const DateTime& t);

// ---- Text (temporal_parse.cc, temporal_format.cc): all forms of ISO 8601 that openCypher takes,
// basic and extended. What does not parse is Error(kInvalidArgument).

/// Whether it looks like 2015, 2015-07 or 2015-07-14; not whether the calendar has it.
bool HasDateForm(std::string_view text);
Date ParseDate(std::string_view text);
LocalTime ParseLocalTime(std::string_view text);
Time ParseTime(std::string_view text);  ///< UTC where no offset is written.
LocalDateTime ParseLocalDateTime(std::string_view text);
DateTime ParseDateTime(std::string_view text);  ///< UTC where neither offset nor zone is written.
Duration ParseDuration(std::string_view text);

std::string ToString(Date date);
std::string ToString(LocalTime t);
std::string ToString(Time t);
std::string ToString(const LocalDateTime& t);
std::string ToString(const DateTime& t);
std::string ToString(const Duration& d);
/// "Z", "+01:00", "-02:05:07".
std::string OffsetToString(std::int32_t offset);

// ---- Arithmetic (temporal_arithmetic.cc). Beyond the range: Error(kInvalidArgument).

/// Months first (the day is held to the end of a shorter month), then days, then the rest. What a
/// type has no place for is left out; of a date's rest whole days count.
Date Plus(Date date, const Duration& d);
LocalTime Plus(LocalTime t, const Duration& d);
Time Plus(Time t, const Duration& d);
LocalDateTime Plus(const LocalDateTime& t, const Duration& d);
DateTime Plus(const DateTime& t, const Duration& d);
Duration Plus(const Duration& a, const Duration& b);
Duration Negate(const Duration& d);
Duration Times(const Duration& d, std::int64_t factor);
Duration Times(const Duration& d, double factor);
/// `divisor` ≠ 0. Fractions of a month become days, of a day seconds.
Duration DividedBy(const Duration& d, std::int64_t divisor);
Duration DividedBy(const Duration& d, double divisor);

/// Amounts that may have fractions, put together: the fraction of a month becomes days by the
/// average length of a month, the fraction of a day seconds.
struct DurationParts {
  double months = 0, days = 0;
  double hours = 0, minutes = 0, seconds = 0;
  double millis = 0, micros = 0, nanos = 0;
};
Duration ToDuration(const DurationParts& parts);

/// What two temporals of any kind have in common is compared: a missing date or zone is taken from
/// the other one.
struct Moment {
  bool has_date = false, has_time = false, has_zone = false;
  Date date;
  LocalTime time;
  Zone zone;
};
/// What the difference of two moments is counted in.
enum class DurationUnit : std::uint8_t { kAll, kMonths, kDays, kSeconds };
/// From `from` to `to`, in whole `unit`s only, or in months, then days, then seconds (kAll).
Duration Between(const Moment& from, const Moment& to, DurationUnit unit);

// ---- Truncation (temporal_truncate.cc).

/// What a temporal is cut down to, from coarse to fine.
enum class TruncateUnit : std::uint8_t {
  kMillennium,
  kCentury,
  kDecade,
  kYear,
  kWeekYear,
  kQuarter,
  kMonth,
  kWeek,
  kDay,
  kHour,
  kMinute,
  kSecond,
  kMillisecond,
  kMicrosecond,
};
/// "weekYear" and so on, ignoring case. Error(kInvalidArgument) with the nearest known name.
TruncateUnit ParseTruncateUnit(std::string_view name);
/// kDay and finer leave a date as it is.
Date Truncate(Date date, TruncateUnit unit);
/// kDay and coarser give midnight.
LocalTime Truncate(LocalTime t, TruncateUnit unit);

}  // namespace verbale::graph
