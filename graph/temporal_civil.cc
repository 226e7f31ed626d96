// Days and the calendars that name them.
//
// Everything goes through the number of days since 1970-01-01. The civil calendar repeats every 400
// years (146,097 days); within such an era, years are counted from 1 March, so that the leap day is
// the last day of a year and month lengths follow one linear formula.

#include <string>

#include "graph/error.h"
#include "graph/temporal.h"

namespace verbale::graph {
namespace {

constexpr std::int64_t kDaysPerEra = 146'097;
constexpr std::int64_t kEpochInEra0 = 719'468;  // from 0000-03-01 to 1970-01-01

std::int64_t FloorDiv(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

void Check(bool valid, const char* what, std::int64_t value) {
  if (valid) return;
  throw Error(ErrorCode::kInvalidArgument,
              std::string("no such ") + what + ": " + std::to_string(value));
}

void CheckYear(std::int64_t year) { Check(year >= -kMaxYear && year <= kMaxYear, "year", year); }

std::int64_t DaysFromCivil(std::int64_t year, std::int64_t month, std::int64_t day) {
  const std::int64_t shifted = month <= 2 ? year - 1 : year;
  const std::int64_t era = FloorDiv(shifted, 400);
  const std::int64_t year_of_era = shifted - era * 400;
  const std::int64_t month_from_march = month > 2 ? month - 3 : month + 9;
  const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysPerEra + day_of_era - kEpochInEra0;
}

// Monday is 1. 1970-01-01 was a Thursday.
std::int64_t WeekDay(std::int64_t days) { return days + 3 - FloorDiv(days + 3, 7) * 7 + 1; }

// The Monday of week 1: of the week that has 4 January.
std::int64_t FirstMonday(std::int64_t week_year) {
  const std::int64_t january_4 = DaysFromCivil(week_year, 1, 4);
  return january_4 - (WeekDay(january_4) - 1);
}

}  // namespace

bool IsLeapYear(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

std::int64_t DaysInMonth(std::int64_t year, std::int64_t month) {
  if (month == 2) return IsLeapYear(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

Date ToDate(const CivilDate& date) {
  CheckYear(date.year);
  Check(date.month >= 1 && date.month <= 12, "month", date.month);
  Check(date.day >= 1 && date.day <= DaysInMonth(date.year, date.month), "day of this month",
        date.day);
  return {DaysFromCivil(date.year, date.month, date.day)};
}

Date ToDate(const WeekDate& date) {
  CheckYear(date.year);
  const std::int64_t first = FirstMonday(date.year);
  const std::int64_t weeks = (FirstMonday(date.year + 1) - first) / 7;
  Check(date.week >= 1 && date.week <= weeks, "week of this year", date.week);
  Check(date.day >= 1 && date.day <= 7, "day of a week", date.day);
  const Date found{first + (date.week - 1) * 7 + date.day - 1};
  CheckYear(ToCivil(found).year);
  return found;
}

Date ToDate(const OrdinalDate& date) {
  CheckYear(date.year);
  Check(date.day >= 1 && date.day <= (IsLeapYear(date.year) ? 366 : 365), "day of this year",
        date.day);
  return {DaysFromCivil(date.year, 1, 1) + date.day - 1};
}

Date ToDate(const QuarterDate& date) {
  CheckYear(date.year);
  Check(date.quarter >= 1 && date.quarter <= 4, "quarter", date.quarter);
  const std::int64_t first_month = date.quarter * 3 - 2;
  const std::int64_t first = DaysFromCivil(date.year, first_month, 1);
  const std::int64_t after = date.quarter == 4 ? DaysFromCivil(date.year + 1, 1, 1)
                                               : DaysFromCivil(date.year, first_month + 3, 1);
  Check(date.day >= 1 && date.day <= after - first, "day of this quarter", date.day);
  return {first + date.day - 1};
}

CivilDate ToCivil(Date date) {
  const std::int64_t shifted = date.days + kEpochInEra0;
  const std::int64_t era = FloorDiv(shifted, kDaysPerEra);
  const std::int64_t day_of_era = shifted - era * kDaysPerEra;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  CivilDate civil;
  civil.day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  civil.month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  civil.year = year_of_era + era * 400 + (civil.month <= 2 ? 1 : 0);
  return civil;
}

WeekDate ToWeek(Date date) {
  // A week belongs to the year of its Thursday.
  const std::int64_t day = WeekDay(date.days);
  const std::int64_t year = ToCivil({date.days - day + 4}).year;
  return {year, (date.days - FirstMonday(year)) / 7 + 1, day};
}

OrdinalDate ToOrdinal(Date date) {
  const std::int64_t year = ToCivil(date).year;
  return {year, date.days - DaysFromCivil(year, 1, 1) + 1};
}

QuarterDate ToQuarter(Date date) {
  const CivilDate civil = ToCivil(date);
  const std::int64_t quarter = (civil.month + 2) / 3;
  return {civil.year, quarter, date.days - DaysFromCivil(civil.year, quarter * 3 - 2, 1) + 1};
}

LocalDateTime Join(Date date, LocalTime time) {
  return {date.days * kSecondsPerDay + time.nanos / kNanosPerSecond,
          static_cast<std::int32_t>(time.nanos % kNanosPerSecond)};
}

Date DateOf(const LocalDateTime& t) { return {FloorDiv(t.seconds, kSecondsPerDay)}; }

LocalTime TimeOf(const LocalDateTime& t) {
  const std::int64_t second_of_day = t.seconds - DateOf(t).days * kSecondsPerDay;
  return {second_of_day * kNanosPerSecond + t.nanos};
}

}  // namespace verbale::graph
