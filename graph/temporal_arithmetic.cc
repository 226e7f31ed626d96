// Sums, multiples and differences.
//
// Two rules shape everything here. A month has no length until it is laid at a date, so the parts
// of a duration are added one after the other, largest first, and never carried over. And integers
// stay integers: fractions only come from people's fractions and divisions, are as small as
// possible before they are rounded, and sums run over 128 bits before they are checked.

#include <cmath>
#include <limits>
#include <string>

#include "graph/error.h"
#include "graph/temporal.h"

namespace verbale::graph {
namespace {

__extension__ using Int128 = __int128;

constexpr double kSecondsPerMonth = 2'629'746;  // a twelfth of 365.2425 days

[[noreturn]] void ThrowRange(const char* what) {
  throw Error(ErrorCode::kInvalidArgument, std::string(what) + " is out of range");
}

std::int64_t Narrow(Int128 v, const char* what) {
  if (v > std::numeric_limits<std::int64_t>::max() ||
      v < std::numeric_limits<std::int64_t>::min()) {
    ThrowRange(what);
  }
  return static_cast<std::int64_t>(v);
}

Int128 FloorDiv(Int128 a, Int128 b) { return a / b - (a % b < 0 ? 1 : 0); }

Int128 TotalNanos(const Duration& d) { return Int128{d.seconds} * kNanosPerSecond + d.nanos; }

Duration Make(Int128 months, Int128 days, Int128 nanos) {
  const Int128 seconds = FloorDiv(nanos, kNanosPerSecond);
  return {Narrow(months, "duration"), Narrow(days, "duration"), Narrow(seconds, "duration"),
          static_cast<std::int32_t>(nanos - seconds * kNanosPerSecond)};
}

Date CheckedDate(Int128 days) {
  static const std::int64_t first = ToDate(CivilDate{-kMaxYear, 1, 1}).days;
  static const std::int64_t last = ToDate(CivilDate{kMaxYear, 12, 31}).days;
  if (days < first || days > last) ThrowRange("date");
  return {static_cast<std::int64_t>(days)};
}

Date PlusMonths(Date date, std::int64_t months) {
  if (months == 0) return date;
  const CivilDate civil = ToCivil(date);
  const Int128 month = Int128{civil.year} * 12 + civil.month - 1 + months;
  const Int128 year = FloorDiv(month, 12);
  if (year < -kMaxYear || year > kMaxYear) ThrowRange("date");
  CivilDate moved{static_cast<std::int64_t>(year), static_cast<std::int64_t>(month - year * 12) + 1,
                  civil.day};
  moved.day = std::min(moved.day, DaysInMonth(moved.year, moved.month));
  return ToDate(moved);
}

Date PlusMonthsAndDays(Date date, const Duration& d) {
  return CheckedDate(Int128{PlusMonths(date, d.months).days} + d.days);
}

LocalDateTime PlusNanos(const LocalDateTime& t, Int128 nanos) {
  const Int128 total = Int128{t.seconds} * kNanosPerSecond + t.nanos + nanos;
  const Int128 seconds = FloorDiv(total, kNanosPerSecond);
  CheckedDate(FloorDiv(seconds, kSecondsPerDay));
  return {static_cast<std::int64_t>(seconds),
          static_cast<std::int32_t>(total - seconds * kNanosPerSecond)};
}

// A number of units as whole nanoseconds, cut off towards zero. What is a whole number but for the
// last bits of its double is taken as that whole number: 0.2 months are 525,949.2 s.
Int128 WholeNanos(double nanos) {
  if (!(std::fabs(nanos) < 1e36)) ThrowRange("duration");
  const double nearest = std::nearbyint(nanos);
  const bool noise = std::fabs(nanos - nearest) <= std::fabs(nanos) * 0x1p-50;
  return static_cast<Int128>(noise ? nearest : std::trunc(nanos));
}

// Splits a number with a fraction: the whole part is returned, the fraction left in `v`.
Int128 TakeWhole(double& v) {
  if (!(std::fabs(v) < 1e18)) ThrowRange("duration");
  const double whole = std::trunc(v);
  v -= whole;
  return static_cast<Int128>(whole);
}

// Fractions of months and days become nanoseconds; whole days among those become days.
Duration Assemble(Int128 months, double month_fraction, Int128 days, double day_fraction,
                  Int128 nanos) {
  constexpr double kNanos = 1e9;
  const Int128 below_month =
      WholeNanos(month_fraction * (kSecondsPerMonth * kNanos)) +
      WholeNanos(day_fraction * (static_cast<double>(kSecondsPerDay) * kNanos));
  const Int128 whole_days = below_month / kNanosPerDay;
  return Make(months, days + whole_days, nanos + below_month % kNanosPerDay);
}

// ---- Differences ----------------------------------------------------------------------------

std::int64_t MonthsBetween(const LocalDateTime& from, const LocalDateTime& to) {
  const Date start = DateOf(from);
  Date end = DateOf(to);
  if (end > start && TimeOf(to) < TimeOf(from)) --end.days;
  if (end < start && TimeOf(to) > TimeOf(from)) ++end.days;
  // Days are below 32, so that a month that is not complete does not count.
  const auto packed = [](Date date) {
    const CivilDate civil = ToCivil(date);
    return (civil.year * 12 + civil.month - 1) * 32 + civil.day;
  };
  return (packed(end) - packed(start)) / 32;
}

std::int64_t DaysBetween(const LocalDateTime& from, const LocalDateTime& to) {
  std::int64_t days = DateOf(to).days - DateOf(from).days;
  if (days > 0 && TimeOf(to) < TimeOf(from)) --days;
  if (days < 0 && TimeOf(to) > TimeOf(from)) ++days;
  return days;
}

Int128 NanosBetween(const DateTime& from, const DateTime& to) {
  return (Int128{to.seconds} - from.seconds) * kNanosPerSecond + to.nanos - from.nanos;
}

}  // namespace

Date Plus(Date date, const Duration& d) {
  const Int128 whole_days = TotalNanos(d) / kNanosPerDay;
  return CheckedDate(Int128{PlusMonthsAndDays(date, d).days} + whole_days);
}

LocalTime Plus(LocalTime t, const Duration& d) {
  const Int128 nanos = t.nanos + TotalNanos(d);
  return {static_cast<std::int64_t>(nanos - FloorDiv(nanos, kNanosPerDay) * kNanosPerDay)};
}

Time Plus(Time t, const Duration& d) { return {Plus(LocalTime{t.nanos}, d).nanos, t.offset}; }

LocalDateTime Plus(const LocalDateTime& t, const Duration& d) {
  return PlusNanos(Join(PlusMonthsAndDays(DateOf(t), d), TimeOf(t)), TotalNanos(d));
}

DateTime Plus(const DateTime& t, const Duration& d) {
  DateTime moved = t;
  if (d.months != 0 || d.days != 0) {
    const LocalDateTime local = Local(t);
    moved = InZone(Join(PlusMonthsAndDays(DateOf(local), d), TimeOf(local)), ZoneOf(t));
  }
  const LocalDateTime instant = PlusNanos({moved.seconds, moved.nanos}, TotalNanos(d));
  return AtInstant(instant.seconds, instant.nanos, ZoneOf(t));
}

Duration Plus(const Duration& a, const Duration& b) {
  return Make(Int128{a.months} + b.months, Int128{a.days} + b.days, TotalNanos(a) + TotalNanos(b));
}

Duration Negate(const Duration& d) {
  return Make(-Int128{d.months}, -Int128{d.days}, -TotalNanos(d));
}

Duration Times(const Duration& d, std::int64_t factor) {
  // 2^63 s in nanoseconds times 2^63 does not fit into 128 bits, so the seconds go alone.
  const Int128 nanos = Int128{d.nanos} * factor;
  const Int128 seconds = Int128{d.seconds} * factor + FloorDiv(nanos, kNanosPerSecond);
  Duration product = Make(Int128{d.months} * factor, Int128{d.days} * factor, 0);
  product.seconds = Narrow(seconds, "duration");
  product.nanos =
      static_cast<std::int32_t>(nanos - FloorDiv(nanos, kNanosPerSecond) * kNanosPerSecond);
  return product;
}

Duration Times(const Duration& d, double factor) {
  double months = static_cast<double>(d.months) * factor;
  double days = static_cast<double>(d.days) * factor;
  double seconds = static_cast<double>(d.seconds) * factor;
  const Int128 whole_months = TakeWhole(months);
  const Int128 whole_days = TakeWhole(days);
  const Int128 whole_seconds = TakeWhole(seconds);
  const Int128 nanos =
      whole_seconds * kNanosPerSecond + WholeNanos(seconds * 1e9 + d.nanos * factor);
  return Assemble(whole_months, months, whole_days, days, nanos);
}

Duration DividedBy(const Duration& d, std::int64_t divisor) {
  const auto fraction = [divisor](std::int64_t v) {
    return static_cast<double>(Int128{v} % divisor) / static_cast<double>(divisor);
  };
  return Assemble(Int128{d.months} / divisor, fraction(d.months), Int128{d.days} / divisor,
                  fraction(d.days), TotalNanos(d) / divisor);
}

Duration DividedBy(const Duration& d, double divisor) {
  double months = static_cast<double>(d.months) / divisor;
  double days = static_cast<double>(d.days) / divisor;
  double seconds = static_cast<double>(d.seconds) / divisor;
  const Int128 whole_months = TakeWhole(months);
  const Int128 whole_days = TakeWhole(days);
  const Int128 whole_seconds = TakeWhole(seconds);
  const Int128 nanos =
      whole_seconds * kNanosPerSecond + WholeNanos(seconds * 1e9 + d.nanos / divisor);
  return Assemble(whole_months, months, whole_days, days, nanos);
}

Duration ToDuration(const DurationParts& parts) {
  double months = parts.months;
  double days = parts.days;
  const Int128 whole_months = TakeWhole(months);
  const Int128 whole_days = TakeWhole(days);
  Int128 nanos = 0;
  const auto add = [&nanos](double amount, std::int64_t unit) {
    const double whole = std::trunc(amount);
    if (whole == amount && std::fabs(whole) < 1e18) {
      nanos += static_cast<Int128>(whole) * unit;
    } else {
      nanos += WholeNanos(amount * static_cast<double>(unit));
    }
  };
  add(parts.hours, 3600 * kNanosPerSecond);
  add(parts.minutes, 60 * kNanosPerSecond);
  add(parts.seconds, kNanosPerSecond);
  add(parts.millis, 1'000'000);
  add(parts.micros, 1'000);
  add(parts.nanos, 1);
  return Assemble(whole_months, months, whole_days, days, nanos);
}

Duration Between(const Moment& from, const Moment& to, DurationUnit unit) {
  const bool dated = from.has_date && to.has_date;
  if (!dated && (unit == DurationUnit::kMonths || unit == DurationUnit::kDays)) return {};
  const Date any_date = from.has_date ? from.date : to.date;
  const Zone any_zone = from.has_zone ? from.zone : to.zone;
  const auto place = [&](const Moment& m) {
    return InZone(Join(m.has_date ? m.date : any_date, m.time), m.has_zone ? m.zone : any_zone);
  };
  const DateTime start = place(from);
  const DateTime end = place(to);
  if (!dated || unit == DurationUnit::kSeconds) return Make(0, 0, NanosBetween(start, end));

  const LocalDateTime end_there = Local(AtInstant(end.seconds, end.nanos, ZoneOf(start)));
  Duration difference;
  if (unit != DurationUnit::kDays) difference.months = MonthsBetween(Local(start), end_there);
  if (unit == DurationUnit::kMonths) return difference;
  const DateTime after_months = Plus(start, difference);
  difference.days = DaysBetween(Local(after_months), end_there);
  if (unit == DurationUnit::kDays) return difference;
  const DateTime after_days = Plus(after_months, Duration{0, difference.days, 0, 0});
  const Duration rest = Make(0, 0, NanosBetween(after_days, end));
  return {difference.months, difference.days, rest.seconds, rest.nanos};
}

}  // namespace verbale::graph
