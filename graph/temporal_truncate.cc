#include <algorithm>
#include <array>
#include <string>

#include "graph/error.h"
#include "graph/temporal.h"

namespace verbale::graph {
namespace {

constexpr std::array<std::string_view, 14> kUnitNames = {
    "millennium", "century", "decade", "year",   "weekYear", "quarter",     "month",
    "week",       "day",     "hour",   "minute", "second",   "millisecond", "microsecond"};

// First day of the group of `length` years that `date` is in.
Date StartOfYears(Date date, std::int64_t length) {
  const std::int64_t year = ToCivil(date).year;
  const std::int64_t within = (year % length + length) % length;
  return ToDate(CivilDate{year - within, 1, 1});
}

}  // namespace

TruncateUnit ParseTruncateUnit(std::string_view name) {
  for (std::size_t i = 0; i < kUnitNames.size(); ++i) {
    const bool same = EditDistance(kUnitNames[i], name) == 0;
    if (same) return static_cast<TruncateUnit>(i);
  }
  throw Error(ErrorCode::kInvalidArgument, "unknown unit '" + std::string(name) + "'")
      .WithHint(NearestName(name, kUnitNames));
}

Date Truncate(Date date, TruncateUnit unit) {
  switch (unit) {
    case TruncateUnit::kMillennium:
      return StartOfYears(date, 1000);
    case TruncateUnit::kCentury:
      return StartOfYears(date, 100);
    case TruncateUnit::kDecade:
      return StartOfYears(date, 10);
    case TruncateUnit::kYear:
      return StartOfYears(date, 1);
    case TruncateUnit::kWeekYear:
      return ToDate(WeekDate{ToWeek(date).year, 1, 1});
    case TruncateUnit::kQuarter:
      return {date.days - ToQuarter(date).day + 1};
    case TruncateUnit::kMonth:
      return {date.days - ToCivil(date).day + 1};
    case TruncateUnit::kWeek:
      return {date.days - ToWeek(date).day + 1};
    default:
      return date;
  }
}

LocalTime Truncate(LocalTime t, TruncateUnit unit) {
  std::int64_t step = kNanosPerDay;
  switch (unit) {
    case TruncateUnit::kHour:
      step = 3600 * kNanosPerSecond;
      break;
    case TruncateUnit::kMinute:
      step = 60 * kNanosPerSecond;
      break;
    case TruncateUnit::kSecond:
      step = kNanosPerSecond;
      break;
    case TruncateUnit::kMillisecond:
      step = 1'000'000;
      break;
    case TruncateUnit::kMicrosecond:
      step = 1'000;
      break;
    default:
      break;
  }
  return {t.nanos - t.nanos % step};
}

}  // namespace verbale::graph
