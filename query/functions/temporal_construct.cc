// Temporals from maps of components.
//
// A map says three things: which temporals to start from (date, time, datetime), which components
// replace theirs, and in which zone the result is shown. A date may be named in one of four
// calendars (month and day, week, quarter, day of the year), never in two of them at once.
// truncate() ends here too: its truncated value is what the components start from.

#include <algorithm>
#include <array>
#include <string>

#include "query/functions/errors.h"
#include "query/functions/temporal_values.h"

namespace verbale::query {
namespace {

using graph::Date;
using graph::LocalTime;
using graph::Moment;
using graph::Value;
using graph::ValueType;
using graph::Zone;

constexpr std::array<std::string_view, 5> kSelectors = {"date", "time", "datetime", "epochSeconds",
                                                        "epochMillis"};
constexpr std::array<std::string_view, 8> kDateFields = {
    "year", "quarter", "month", "week", "ordinalDay", "dayOfQuarter", "dayOfWeek", "day"};
constexpr std::array<std::string_view, 6> kTimeFields = {
    "hour", "minute", "second", "millisecond", "microsecond", "nanosecond"};
constexpr std::string_view kZoneField = "timezone";

template <typename Names>
bool IsOneOf(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool HasDate(ValueType type) {
  return type == ValueType::kDate || type == ValueType::kLocalDateTime ||
         type == ValueType::kDateTime;
}
bool HasTime(ValueType type) { return type != ValueType::kDate; }
bool HasZone(ValueType type) { return type == ValueType::kTime || type == ValueType::kDateTime; }

// The components of a map, checked for names and types.
class Fields {
 public:
  Fields(const Value& map, ValueType type) : map_(map) {
    for (const auto& [name, value] : map.as_map()) {
      const bool known =
          IsOneOf(kSelectors, name) || (HasDate(type) && IsOneOf(kDateFields, name)) ||
          (HasTime(type) && IsOneOf(kTimeFields, name)) || (HasZone(type) && name == kZoneField);
      if (!known) {
        ThrowArgument("a " + std::string(graph::TypeName(type)) + " has no component '" + name +
                      "'");
      }
    }
  }

  bool Has(std::string_view name) const { return map_.Find(name) != nullptr; }

  template <typename Names>
  bool HasAny(const Names& names) const {
    return std::any_of(std::begin(names), std::end(names), [&](auto name) { return Has(name); });
  }

  std::optional<std::int64_t> Int(std::string_view name) const {
    const Value* value = map_.Find(name);
    if (!value) return std::nullopt;
    if (!value->is_int()) {
      ThrowType("'" + std::string(name) + "' must be an integer, not " + Describe(*value));
    }
    return value->as_int();
  }

  std::int64_t Int(std::string_view name, std::int64_t otherwise) const {
    return Int(name).value_or(otherwise);
  }

  // An integer of 0 … limit - 1.
  std::int64_t Below(std::string_view name, std::int64_t limit, std::int64_t otherwise) const {
    const std::int64_t value = Int(name, otherwise);
    if (value < 0 || value >= limit) {
      ThrowArgument("'" + std::string(name) + "' must be between 0 and " +
                    std::to_string(limit - 1) + ", not " + std::to_string(value));
    }
    return value;
  }

  std::optional<Moment> Temporal(std::string_view name) const {
    const Value* value = map_.Find(name);
    if (!value) return std::nullopt;
    return MomentOf(*value);
  }

  std::optional<Zone> TimeZone() const {
    const Value* value = map_.Find(kZoneField);
    if (!value) return std::nullopt;
    if (!value->is_string()) ThrowType("a time zone is a string, not " + Describe(*value));
    return graph::ParseZone(value->as_string());
  }

 private:
  const Value& map_;
};

// Where components start from.
struct Base {
  std::optional<Date> date;
  std::optional<LocalTime> time;
  std::optional<Zone> zone;
};

void Require(bool condition, const char* message) {
  if (!condition) ThrowArgument(message);
}

Base SelectBase(const Fields& fields) {
  Base base;
  const auto take_time = [&base](const Moment& m) {
    base.time = m.time;
    if (m.has_zone) base.zone = m.zone;
  };
  if (const auto both = fields.Temporal("datetime")) {
    Require(both->has_date, "'datetime' takes a value with a date");
    Require(!fields.Has("date") && !fields.Has("time"),
            "'datetime' leaves no room for 'date' or 'time'");
    base.date = both->date;
    take_time(*both);
  }
  if (const auto date = fields.Temporal("date")) {
    Require(date->has_date, "'date' takes a value with a date");
    base.date = date->date;
  }
  if (const auto time = fields.Temporal("time")) {
    Require(time->has_time, "'time' takes a value with a time of day");
    take_time(*time);
  }
  const auto seconds = fields.Int("epochSeconds");
  const auto millis = fields.Int("epochMillis");
  if (seconds || millis) {
    Require(!(seconds && millis) && !base.date && !base.time,
            "'epochSeconds' and 'epochMillis' stand for a whole date and time");
    const graph::Duration since =
        seconds ? graph::Duration{0, 0, *seconds, 0} : graph::Times({0, 0, 0, 1'000'000}, *millis);
    const graph::LocalDateTime utc = graph::Plus(graph::LocalDateTime{}, since);
    base.date = graph::DateOf(utc);
    base.time = graph::TimeOf(utc);
    base.zone = Zone{};
  }
  return base;
}

// ---- The date: one function a calendar. ------------------------------------------------------

Date WithWeek(const Fields& fields, const std::optional<Date>& base, std::int64_t year) {
  Require(base || fields.Has("week"), "'dayOfWeek' needs 'week'");
  graph::WeekDate date = base ? graph::ToWeek(*base) : graph::WeekDate{year, 1, 1};
  date.year = fields.Int("year", date.year);
  date.week = fields.Int("week", date.week);
  date.day = fields.Int("dayOfWeek", date.day);
  return graph::ToDate(date);
}

Date WithQuarter(const Fields& fields, const std::optional<Date>& base, std::int64_t year) {
  Require(base || fields.Has("quarter"), "'dayOfQuarter' needs 'quarter'");
  const std::int64_t quarter = fields.Int("quarter", base ? graph::ToQuarter(*base).quarter : 1);
  const bool keeps_place = base && !fields.Has("dayOfQuarter");
  if (!keeps_place) {
    return graph::ToDate(graph::QuarterDate{year, quarter, fields.Int("dayOfQuarter", 1)});
  }
  // The same month and day within the other quarter.
  graph::ToDate(graph::QuarterDate{year, quarter, 1});
  const graph::CivilDate civil = graph::ToCivil(*base);
  const std::int64_t month = quarter * 3 - 2 + (civil.month - 1) % 3;
  return graph::ToDate(
      graph::CivilDate{year, month, std::min(civil.day, graph::DaysInMonth(year, month))});
}

Date WithMonth(const Fields& fields, const std::optional<Date>& base, std::int64_t year) {
  Require(base || fields.Has("month") || !fields.Has("day"), "'day' needs 'month'");
  const graph::CivilDate civil = base ? graph::ToCivil(*base) : graph::CivilDate{year, 1, 1};
  const std::int64_t month = fields.Int("month", civil.month);
  if (fields.Has("day")) return graph::ToDate(graph::CivilDate{year, month, *fields.Int("day")});
  const graph::Date first = graph::ToDate(graph::CivilDate{year, month, 1});
  return {first.days + std::min(civil.day, graph::DaysInMonth(year, month)) - 1};
}

Date BuildDate(const Fields& fields, const std::optional<Date>& base) {
  static constexpr std::string_view kMonth[] = {"month", "day"};
  static constexpr std::string_view kWeek[] = {"week", "dayOfWeek"};
  static constexpr std::string_view kQuarter[] = {"quarter", "dayOfQuarter"};
  static constexpr std::string_view kOrdinal[] = {"ordinalDay"};
  const bool week = fields.HasAny(kWeek);
  const bool quarter = fields.HasAny(kQuarter);
  const bool ordinal = fields.HasAny(kOrdinal);
  const int calendars = int{fields.HasAny(kMonth)} + int{week} + int{quarter} + int{ordinal};
  Require(calendars <= 1,
          "a date is named by month, week, quarter or day of the year: by one only");
  Require(base || fields.Has("year"), "a date needs 'year'");
  const std::int64_t year = fields.Int("year", base ? graph::ToCivil(*base).year : 0);
  if (week) return WithWeek(fields, base, year);
  if (quarter) return WithQuarter(fields, base, year);
  if (ordinal) return graph::ToDate(graph::OrdinalDate{year, *fields.Int("ordinalDay")});
  return WithMonth(fields, base, year);
}

// ---- The time -------------------------------------------------------------------------------

// Milli-, micro- and nanoseconds in one number. Each counts what the coarser ones that are given
// leave; `kept` is what truncation to milli- or microseconds left.
std::int64_t SubSecond(const Fields& fields, std::int64_t kept, std::int64_t kept_unit) {
  const bool millis = fields.Has("millisecond") || kept_unit <= 1'000'000;
  const bool micros = fields.Has("microsecond") || kept_unit <= 1'000;
  const std::int64_t nanos =
      fields.Below("millisecond", 1'000, 0) * 1'000'000 +
      fields.Below("microsecond", millis ? 1'000 : 1'000'000, 0) * 1'000 +
      fields.Below("nanosecond", micros ? 1'000 : (millis ? 1'000'000 : 1'000'000'000), 0);
  return (fields.Has("millisecond") ? 0 : kept) + nanos;
}

LocalTime BuildTime(const Fields& fields, const std::optional<LocalTime>& base,
                    std::int64_t kept_unit) {
  if (!base) {
    Require(fields.Has("hour") || !fields.Has("minute"), "'minute' needs 'hour'");
    Require(fields.Has("minute") || !fields.Has("second"), "'second' needs 'minute'");
  }
  static constexpr std::string_view kSubSecond[] = {"millisecond", "microsecond", "nanosecond"};
  const bool sub_second = fields.HasAny(kSubSecond);
  Require(base || fields.Has("second") || !sub_second, "fractions of a second need 'second'");
  const std::int64_t start = base ? base->nanos : 0;
  const std::int64_t start_seconds = start / graph::kNanosPerSecond;
  const std::int64_t start_nanos = start % graph::kNanosPerSecond;
  const std::int64_t hour = fields.Below("hour", 24, start_seconds / 3600);
  const std::int64_t minute = fields.Below("minute", 60, start_seconds / 60 % 60);
  const std::int64_t second = fields.Below("second", 60, start_seconds % 60);
  const std::int64_t kept = kept_unit < graph::kNanosPerSecond ? start_nanos : 0;
  const std::int64_t nanos = sub_second ? SubSecond(fields, kept, kept_unit) : start_nanos;
  return {((hour * 60 + minute) * 60 + second) * graph::kNanosPerSecond + nanos};
}

// ---- The zone -------------------------------------------------------------------------------

// A time has only an offset: that of its place now.
graph::Time InOffset(LocalTime time, const Base& base, const std::optional<Zone>& wanted,
                     const graph::DateTime& now) {
  const auto offset_of = [&now](const Zone& zone) {
    return graph::AtInstant(now.seconds, now.nanos, zone).offset;
  };
  const std::int32_t offset = base.zone ? offset_of(*base.zone) : 0;
  if (!wanted) return {time.nanos, offset};
  const std::int32_t shown = offset_of(*wanted);
  if (!base.zone) return {time.nanos, shown};
  const graph::Duration shift{0, 0, shown - offset, 0};
  return {graph::Plus(time, shift).nanos, shown};
}

// A zone that came with the selected value tells the instant, which `wanted` only shows elsewhere.
graph::DateTime InWantedZone(const graph::LocalDateTime& local, const Base& base,
                             const std::optional<Zone>& wanted) {
  if (!base.zone) return graph::InZone(local, wanted.value_or(Zone{}));
  const graph::DateTime t = graph::InZone(local, *base.zone);
  return wanted ? graph::AtInstant(t.seconds, t.nanos, *wanted) : t;
}

// A time of day that was taken out of a date-time keeps the offset that it had there.
void FixOffset(const Fields& fields, Base& base) {
  if (!base.zone || base.zone->name.empty()) return;
  const Moment source = *fields.Temporal(fields.Has("time") ? "time" : "datetime");
  const auto there = graph::InZone(graph::Join(source.date, source.time), source.zone);
  base.zone = Zone{"", there.offset};
}

Value Build(ValueType type, const Fields& fields, const Base& base, std::int64_t kept_unit,
            const graph::DateTime& now) {
  const std::optional<Zone> wanted = HasZone(type) ? fields.TimeZone() : std::nullopt;
  switch (type) {
    case ValueType::kDate:
      return Value(BuildDate(fields, base.date));
    case ValueType::kLocalTime:
      return Value(BuildTime(fields, base.time, kept_unit));
    case ValueType::kTime:
      return Value(InOffset(BuildTime(fields, base.time, kept_unit), base, wanted, now));
    default:
      break;
  }
  const graph::LocalDateTime local =
      graph::Join(BuildDate(fields, base.date), BuildTime(fields, base.time, kept_unit));
  if (type == ValueType::kLocalDateTime) return Value(local);
  return Value(InWantedZone(local, base, wanted));
}

}  // namespace

Value TemporalFromMap(ValueType type, const Value& map, const graph::DateTime& now) {
  if (!map.Find(kZoneField) || map.as_map().size() > 1) {
    const Fields fields(map, type);
    Base base = SelectBase(fields);
    if (!HasDate(type)) {
      Require(base.time || fields.Has("hour"), "a time of day needs 'hour'");
      FixOffset(fields, base);
    }
    return Build(type, fields, base, graph::kNanosPerSecond, now);
  }
  // A zone alone asks for the present there.
  const Value* zone = map.Find(kZoneField);
  if (!zone->is_string()) ThrowType("a time zone is a string, not " + Describe(*zone));
  const Zone there = graph::ParseZone(zone->as_string());
  return FromMoment(type, MomentOf(Value(graph::AtInstant(now.seconds, now.nanos, there))));
}

Value FromMoment(ValueType type, const Moment& moment) {
  const auto require = [type](bool condition, const char* part) {
    if (condition) return;
    ThrowType("a " + std::string(graph::TypeName(type)) + " needs a value with a " + part);
  };
  require(moment.has_date || !HasDate(type), "date");
  require(moment.has_time || HasDate(type), "time of day");
  const graph::LocalDateTime local = graph::Join(moment.date, moment.time);
  switch (type) {
    case ValueType::kDate:
      return Value(moment.date);
    case ValueType::kLocalTime:
      return Value(moment.time);
    case ValueType::kTime:
      return Value(graph::Time{moment.time.nanos, graph::InZone(local, moment.zone).offset});
    case ValueType::kLocalDateTime:
      return Value(local);
    default:
      return Value(graph::InZone(local, moment.zone));
  }
}

Value TruncateTo(ValueType type, graph::TruncateUnit unit, const Moment& value, const Value& map,
                 const graph::DateTime& now) {
  const bool below_day = unit > graph::TruncateUnit::kDay;
  const bool above_day = unit < graph::TruncateUnit::kDay;
  Require(HasTime(type) || !below_day, "a date cannot be truncated to parts of a day");
  Require(HasDate(type) || !above_day, "a time of day cannot be truncated to more than a day");
  Require(value.has_date || !HasDate(type), "a value without a date gives no truncated date");
  Require(value.has_time || (HasDate(type) && !below_day),
          "a value without a time of day cannot be truncated to parts of a day");
  const Fields fields(map, type);
  Require(!fields.HasAny(kSelectors), "truncate() takes components only");
  Base base;
  base.date = graph::Truncate(value.date, unit);
  base.time = graph::Truncate(value.time, unit);
  // A zone in the map replaces the value's, it does not convert.
  if (value.has_zone && !fields.Has(kZoneField)) {
    base.zone =
        HasDate(type)
            ? value.zone
            : Zone{"", graph::InZone(graph::Join(value.date, value.time), value.zone).offset};
  }
  std::int64_t kept_unit = graph::kNanosPerSecond;
  if (unit == graph::TruncateUnit::kMillisecond) kept_unit = 1'000'000;
  if (unit == graph::TruncateUnit::kMicrosecond) kept_unit = 1'000;
  return Build(type, fields, base, kept_unit, now);
}

Value DurationFromMap(const Value& map) {
  struct Row {
    std::string_view name;
    graph::Duration one;  // Of whole amounts, which stay exact.
    double graph::DurationParts::*part;
    double factor;
  };
  using Parts = graph::DurationParts;
  static constexpr Row kRows[] = {
      {"years", {12, 0, 0, 0}, &Parts::months, 12},
      {"quarters", {3, 0, 0, 0}, &Parts::months, 3},
      {"months", {1, 0, 0, 0}, &Parts::months, 1},
      {"weeks", {0, 7, 0, 0}, &Parts::days, 7},
      {"days", {0, 1, 0, 0}, &Parts::days, 1},
      {"hours", {0, 0, 3600, 0}, &Parts::hours, 1},
      {"minutes", {0, 0, 60, 0}, &Parts::minutes, 1},
      {"seconds", {0, 0, 1, 0}, &Parts::seconds, 1},
      {"milliseconds", {0, 0, 0, 1'000'000}, &Parts::millis, 1},
      {"microseconds", {0, 0, 0, 1'000}, &Parts::micros, 1},
      {"nanoseconds", {0, 0, 0, 1}, &Parts::nanos, 1},
  };
  graph::Duration whole;
  Parts parts;
  Require(!map.as_map().empty(), "a duration needs at least one component");
  for (const auto& [name, amount] : map.as_map()) {
    const auto row = std::find_if(std::begin(kRows), std::end(kRows),
                                  [&name = name](const Row& r) { return r.name == name; });
    if (row == std::end(kRows)) ThrowArgument("a duration has no component '" + name + "'");
    if (!amount.is_number()) {
      ThrowType("'" + name + "' must be a number, not " + Describe(amount));
    }
    if (amount.is_int()) {
      whole = graph::Plus(whole, graph::Times(row->one, amount.as_int()));
    } else {
      parts.*(row->part) += amount.as_double() * row->factor;
    }
  }
  return Value(graph::Plus(whole, graph::ToDuration(parts)));
}

}  // namespace verbale::query
