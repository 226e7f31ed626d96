#include "query/functions/temporal_values.h"

#include <span>

#include "query/functions/errors.h"

namespace verbale::query {
namespace {

using graph::Date;
using graph::Duration;
using graph::LocalTime;
using graph::Moment;
using graph::Value;
using graph::ValueType;

// ---- Components. Names are found without regard to case. -------------------------------------

struct DateComponent {
  std::string_view name;
  std::int64_t (*get)(Date);
};

constexpr DateComponent kDateComponents[] = {
    {"year", [](Date d) { return graph::ToCivil(d).year; }},
    {"quarter", [](Date d) { return graph::ToQuarter(d).quarter; }},
    {"month", [](Date d) { return graph::ToCivil(d).month; }},
    {"week", [](Date d) { return graph::ToWeek(d).week; }},
    {"weekYear", [](Date d) { return graph::ToWeek(d).year; }},
    {"day", [](Date d) { return graph::ToCivil(d).day; }},
    {"ordinalDay", [](Date d) { return graph::ToOrdinal(d).day; }},
    {"weekDay", [](Date d) { return graph::ToWeek(d).day; }},
    {"dayOfWeek", [](Date d) { return graph::ToWeek(d).day; }},
    {"dayOfQuarter", [](Date d) { return graph::ToQuarter(d).day; }},
};

struct TimeComponent {
  std::string_view name;
  std::int64_t (*get)(LocalTime);
};

constexpr TimeComponent kTimeComponents[] = {
    {"hour", [](LocalTime t) { return t.nanos / (3600 * graph::kNanosPerSecond); }},
    {"minute", [](LocalTime t) { return t.nanos / (60 * graph::kNanosPerSecond) % 60; }},
    {"second", [](LocalTime t) { return t.nanos / graph::kNanosPerSecond % 60; }},
    {"millisecond", [](LocalTime t) { return t.nanos % graph::kNanosPerSecond / 1'000'000; }},
    {"microsecond", [](LocalTime t) { return t.nanos % graph::kNanosPerSecond / 1'000; }},
    {"nanosecond", [](LocalTime t) { return t.nanos % graph::kNanosPerSecond; }},
};

struct DurationComponent {
  std::string_view name;
  std::int64_t (*get)(const Duration&);
};

// seconds * scale + nanos / nanos_per_unit, checked.
std::int64_t InUnits(const Duration& d, std::int64_t scale) {
  std::int64_t units = 0;
  if (__builtin_mul_overflow(d.seconds, scale, &units) ||
      __builtin_add_overflow(units, d.nanos / (graph::kNanosPerSecond / scale), &units)) {
    ThrowArithmetic("the duration is too long to be counted in this unit", "IntegerOverflow");
  }
  return units;
}

constexpr DurationComponent kDurationComponents[] = {
    {"years", [](const Duration& d) { return d.months / 12; }},
    {"quarters", [](const Duration& d) { return d.months / 3; }},
    {"months", [](const Duration& d) { return d.months; }},
    {"weeks", [](const Duration& d) { return d.days / 7; }},
    {"days", [](const Duration& d) { return d.days; }},
    {"hours", [](const Duration& d) { return d.seconds / 3600; }},
    {"minutes", [](const Duration& d) { return d.seconds / 60; }},
    {"seconds", [](const Duration& d) { return d.seconds; }},
    {"milliseconds", [](const Duration& d) { return InUnits(d, 1'000); }},
    {"microseconds", [](const Duration& d) { return InUnits(d, 1'000'000); }},
    {"nanoseconds", [](const Duration& d) { return InUnits(d, 1'000'000'000); }},
    {"quartersOfYear", [](const Duration& d) { return d.months / 3 % 4; }},
    {"monthsOfQuarter", [](const Duration& d) { return d.months % 3; }},
    {"monthsOfYear", [](const Duration& d) { return d.months % 12; }},
    {"daysOfWeek", [](const Duration& d) { return d.days % 7; }},
    {"minutesOfHour", [](const Duration& d) { return d.seconds / 60 % 60; }},
    {"secondsOfMinute", [](const Duration& d) { return d.seconds % 60; }},
    {"millisecondsOfSecond", [](const Duration& d) { return std::int64_t{d.nanos / 1'000'000}; }},
    {"microsecondsOfSecond", [](const Duration& d) { return std::int64_t{d.nanos / 1'000}; }},
    {"nanosecondsOfSecond", [](const Duration& d) { return std::int64_t{d.nanos}; }},
};

bool SameName(std::string_view a, std::string_view b) {
  return a.size() == b.size() && EditDistance(a, b) == 0;
}

template <typename Rows, typename Part>
std::optional<Value> FindComponent(const Rows& rows, std::string_view key, const Part& part) {
  for (const auto& row : rows) {
    if (SameName(row.name, key)) return Value(row.get(part));
  }
  return std::nullopt;
}

// Components of an offset or zone, and of the instant that it makes.
std::optional<Value> ZoneComponent(const Value& target, std::string_view key) {
  const bool is_time = target.type() == ValueType::kTime;
  const std::int32_t offset = is_time ? target.as_time().offset : target.as_date_time().offset;
  if (SameName(key, "offset")) return Value(graph::OffsetToString(offset));
  if (SameName(key, "offsetMinutes")) return Value(std::int64_t{offset / 60});
  if (SameName(key, "offsetSeconds")) return Value(std::int64_t{offset});
  if (SameName(key, "timezone")) {
    return Value(is_time ? graph::OffsetToString(offset)
                         : graph::ToString(graph::ZoneOf(target.as_date_time())));
  }
  if (is_time) return std::nullopt;
  const graph::DateTime& t = target.as_date_time();
  if (SameName(key, "epochSeconds")) return Value(t.seconds);
  if (SameName(key, "epochMillis")) return Value(t.seconds * 1'000 + t.nanos / 1'000'000);
  return std::nullopt;
}

// A temporal that is no duration, moved by one; nullopt for other types.
std::optional<Value> Moved(const Value& value, const Duration& by) {
  switch (value.type()) {
    case ValueType::kDate:
      return Value(graph::Plus(value.as_date(), by));
    case ValueType::kLocalTime:
      return Value(graph::Plus(value.as_local_time(), by));
    case ValueType::kTime:
      return Value(graph::Plus(value.as_time(), by));
    case ValueType::kLocalDateTime:
      return Value(graph::Plus(value.as_local_date_time(), by));
    case ValueType::kDateTime:
      return Value(graph::Plus(value.as_date_time(), by));
    case ValueType::kDuration:
      return Value(graph::Plus(value.as_duration(), by));
    default:
      return std::nullopt;
  }
}

bool IsDuration(const Value& v) { return v.type() == ValueType::kDuration; }

}  // namespace

std::optional<Value> AddTemporals(const Value& a, const Value& b) {
  if (IsDuration(b)) return Moved(a, b.as_duration());
  if (IsDuration(a)) return Moved(b, a.as_duration());
  return std::nullopt;
}

std::optional<Value> SubtractTemporals(const Value& a, const Value& b) {
  if (!IsDuration(b)) return std::nullopt;
  return Moved(a, graph::Negate(b.as_duration()));
}

std::optional<Value> MultiplyDuration(const Value& a, const Value& b) {
  if (!IsDuration(a)) {
    return IsDuration(b) && a.is_number() ? MultiplyDuration(b, a) : std::nullopt;
  }
  if (b.is_int()) return Value(graph::Times(a.as_duration(), b.as_int()));
  if (b.is_double()) return Value(graph::Times(a.as_duration(), b.as_double()));
  return std::nullopt;
}

std::optional<Value> DivideDuration(const Value& a, const Value& b) {
  if (!IsDuration(a)) return std::nullopt;
  if (b.is_int()) return Value(graph::DividedBy(a.as_duration(), b.as_int()));
  if (b.is_double()) return Value(graph::DividedBy(a.as_duration(), b.as_double()));
  return std::nullopt;
}

Value TemporalComponent(const Value& target, std::string_view key) {
  std::optional<Value> found;
  if (IsDuration(target)) {
    found = FindComponent(kDurationComponents, key, target.as_duration());
  } else {
    const Moment moment = MomentOf(target);
    if (moment.has_date) found = FindComponent(kDateComponents, key, moment.date);
    if (!found && moment.has_time) found = FindComponent(kTimeComponents, key, moment.time);
    if (!found && moment.has_zone) found = ZoneComponent(target, key);
  }
  if (found) return *found;
  ThrowType("a " + std::string(graph::TypeName(target.type())) + " has no component '" +
            std::string(key) + "'");
}

Moment MomentOf(const Value& value) {
  Moment moment;
  switch (value.type()) {
    case ValueType::kDate:
      moment.has_date = true;
      moment.date = value.as_date();
      break;
    case ValueType::kLocalTime:
      moment.has_time = true;
      moment.time = value.as_local_time();
      break;
    case ValueType::kTime:
      moment.has_time = moment.has_zone = true;
      moment.time = {value.as_time().nanos};
      moment.zone = {"", value.as_time().offset};
      break;
    case ValueType::kLocalDateTime:
      moment.has_date = moment.has_time = true;
      moment.date = graph::DateOf(value.as_local_date_time());
      moment.time = graph::TimeOf(value.as_local_date_time());
      break;
    case ValueType::kDateTime: {
      const graph::LocalDateTime local = graph::Local(value.as_date_time());
      moment.has_date = moment.has_time = moment.has_zone = true;
      moment.date = graph::DateOf(local);
      moment.time = graph::TimeOf(local);
      moment.zone = graph::ZoneOf(value.as_date_time());
      break;
    }
    default:
      ThrowType(Describe(value) + " is no point in time");
  }
  return moment;
}

}  // namespace verbale::query
