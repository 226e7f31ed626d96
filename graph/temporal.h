#pragma once

#include <compare>
#include <cstdint>
#include <string>

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

}  // namespace verbale::graph
