// date(), time(), … with their clocks and truncate(), and the duration family.

#include <array>
#include <chrono>
#include <string>

#include "query/functions/define.h"
#include "query/functions/errors.h"
#include "query/functions/temporal_values.h"

namespace verbale::query {
namespace {

using graph::Moment;
using graph::Value;
using graph::ValueType;

constexpr std::string_view kCategory = "Temporal";

constexpr TypeSet kConstructArg[] = {TypeSet(ValueType::kString) | ValueType::kMap |
                                     TypeSet::Temporal()};
constexpr TypeSet kDurationArg[] = {TypeSet(ValueType::kString) | ValueType::kMap |
                                    ValueType::kDuration};
constexpr TypeSet kTruncateArgs[] = {ValueType::kString, TypeSet::Temporal(), ValueType::kMap};
constexpr TypeSet kInstantArgs[] = {TypeSet::Temporal()};

enum class Clock : std::uint8_t { kTransaction, kStatement, kRealtime };

graph::DateTime Read(Clock clock, const FunctionContext& context) {
  if (clock == Clock::kTransaction) return context.transaction_time;
  if (clock == Clock::kStatement) return context.statement_time;
  const std::int64_t nanos = std::chrono::duration_cast<std::chrono::nanoseconds>(
                                 std::chrono::system_clock::now().time_since_epoch())
                                 .count();
  return {nanos / graph::kNanosPerSecond, static_cast<std::int32_t>(nanos % graph::kNanosPerSecond),
          0, ""};
}

Value Parse(ValueType type, std::string_view text) {
  switch (type) {
    case ValueType::kDate:
      return Value(graph::ParseDate(text));
    case ValueType::kLocalTime:
      return Value(graph::ParseLocalTime(text));
    case ValueType::kTime:
      return Value(graph::ParseTime(text));
    case ValueType::kLocalDateTime:
      return Value(graph::ParseLocalDateTime(text));
    default:
      return Value(graph::ParseDateTime(text));
  }
}

template <ValueType kType, Clock kClock>
Value Now(Args args, const FunctionContext& context) {
  graph::DateTime now = Read(kClock, context);
  if (!args.empty()) {
    if (args[0].is_null()) return Value();
    const Value* zone = args[0].is_map() ? args[0].Find("timezone") : &args[0];
    if (!zone || !zone->is_string()) {
      ThrowType("a clock takes a time zone, not " + Describe(args[0]));
    }
    now = graph::AtInstant(now.seconds, now.nanos, graph::ParseZone(zone->as_string()));
  }
  return FromMoment(kType, MomentOf(Value(now)));
}

template <ValueType kType>
Value Construct(Args args, const FunctionContext& context) {
  if (args.empty()) return Now<kType, Clock::kStatement>(args, context);
  const Value& from = args[0];
  if (from.is_null()) return Value();
  if (from.is_string()) return Parse(kType, from.as_string());
  if (from.is_map()) return TemporalFromMap(kType, from, context.statement_time);
  return FromMoment(kType, MomentOf(from));
}

template <ValueType kType>
Value TruncateFunction(Args args, const FunctionContext& context) {
  for (const Value& arg : args) {
    if (arg.is_null()) return Value();
  }
  if (!args[0].is_string()) ThrowType("a unit is a string, not " + Describe(args[0]));
  const graph::TruncateUnit unit = graph::ParseTruncateUnit(args[0].as_string());
  const Moment moment = MomentOf(args.size() > 1 ? args[1] : Construct<kType>({}, context));
  const Value map = args.size() > 2 ? args[2] : Value::OfMap({});
  if (!map.is_map()) ThrowType("components come in a map, not in " + Describe(map));
  return TruncateTo(kType, unit, moment, map, context.statement_time);
}

Value DurationFunction(Args args, const FunctionContext&) {
  const Value& from = args[0];
  if (from.is_string()) return Value(graph::ParseDuration(from.as_string()));
  if (from.is_map()) return DurationFromMap(from);
  if (from.type() == ValueType::kDuration) return from;
  ThrowType("no duration can be made of " + Describe(from));
}

template <graph::DurationUnit kUnit>
Value BetweenFunction(Args args, const FunctionContext&) {
  return Value(graph::Between(MomentOf(args[0]), MomentOf(args[1]), kUnit));
}

std::int64_t Integer(const Value& v) {
  if (v.is_int()) return v.as_int();
  ThrowType("an epoch is an integer, not " + Describe(v));
}

Value FromEpoch(Args args, const FunctionContext&) {
  const graph::Duration since{0, 0, Integer(args[0]), 0};
  const std::int64_t nanos = args.size() > 1 ? Integer(args[1]) : 0;
  const graph::Duration rest = graph::Times(graph::Duration{0, 0, 0, 1}, nanos);
  return Value(graph::Plus(graph::DateTime{}, graph::Plus(since, rest)));
}

Value FromEpochMillis(Args args, const FunctionContext&) {
  const graph::Duration milli{0, 0, 0, 1'000'000};
  return Value(graph::Plus(graph::DateTime{}, graph::Times(milli, Integer(args[0]))));
}

Value Timestamp(Args, const FunctionContext& context) {
  const graph::DateTime& now = context.statement_time;
  return Value(now.seconds * 1'000 + now.nanos / 1'000'000);
}

struct TypeNames {
  std::string_view construct, transaction, statement, realtime, truncate;
};

// The five functions that each type of instant has.
template <ValueType kType>
std::array<Function, 5> OfType(const TypeNames& names) {
  const auto clock = [](std::string_view name, auto* call, std::string_view description) {
    return Function{
        .name = name,
        .min_args = 0,
        .max_args = 1,
        .arguments = kConstructArg,
        .result = kType,
        .call = call,
        .deterministic = call != static_cast<decltype(call)>(Now<kType, Clock::kRealtime>),
        .reads_clock = true,
        .category = kCategory,
        .description = description};
  };
  return {
      clock(names.construct, Construct<kType>,
            "From a string in ISO 8601, a map of components or another temporal; now without "
            "argument."),
      clock(names.transaction, Now<kType, Clock::kTransaction>,
            "When the transaction began, in UTC or the given zone."),
      clock(names.statement, Now<kType, Clock::kStatement>,
            "When the statement began, in UTC or the given zone."),
      clock(names.realtime, Now<kType, Clock::kRealtime>, "Now, in UTC or the given zone."),
      Function{.name = names.truncate,
               .min_args = 1,
               .max_args = 3,
               .arguments = kTruncateArgs,
               .result = kType,
               .call = TruncateFunction<kType>,
               .reads_clock = true,
               .category = kCategory,
               .description = "A temporal cut down to a unit, with components put in anew."},
  };
}

template <graph::DurationUnit kUnit>
Function DifferenceFunction(std::string_view name, std::string_view description) {
  return {.name = name,
          .min_args = 2,
          .max_args = 2,
          .arguments = kInstantArgs,
          .result = ValueType::kDuration,
          .call = Strict<BetweenFunction<kUnit>>,
          .category = kCategory,
          .description = description};
}

std::vector<Function> MakeTable() {
  using graph::DurationUnit;
  std::vector<Function> table = {
      {.name = "duration",
       .min_args = 1,
       .max_args = 1,
       .arguments = kDurationArg,
       .result = ValueType::kDuration,
       .call = Strict<DurationFunction>,
       .category = kCategory,
       .description = "From a string in ISO 8601 or a map of amounts."},
      DifferenceFunction<DurationUnit::kAll>(
          "duration.between", "From the first to the second, in months, days and seconds."),
      DifferenceFunction<DurationUnit::kMonths>("duration.inMonths",
                                                "From the first to the second, in whole months."),
      DifferenceFunction<DurationUnit::kDays>("duration.inDays",
                                              "From the first to the second, in whole days."),
      DifferenceFunction<DurationUnit::kSeconds>("duration.inSeconds",
                                                 "From the first to the second, in seconds."),
      {.name = "datetime.fromEpoch",
       .min_args = 1,
       .max_args = 2,
       .arguments = kIntArg,
       .result = ValueType::kDateTime,
       .call = Strict<FromEpoch>,
       .category = kCategory,
       .description = "Seconds and nanoseconds since 1970-01-01T00:00Z."},
      {.name = "datetime.fromEpochMillis",
       .min_args = 1,
       .max_args = 1,
       .arguments = kIntArg,
       .result = ValueType::kDateTime,
       .call = Strict<FromEpochMillis>,
       .category = kCategory,
       .description = "Milliseconds since 1970-01-01T00:00Z."},
      {.name = "timestamp",
       .min_args = 0,
       .max_args = 0,
       .result = ValueType::kInt,
       .call = Timestamp,
       .reads_clock = true,
       .category = kCategory,
       .description = "Milliseconds from 1970-01-01T00:00Z to the start of the statement."},
  };
  const auto add = [&table](const auto& rows) {
    table.insert(table.end(), rows.begin(), rows.end());
  };
  add(OfType<ValueType::kDate>(
      {"date", "date.transaction", "date.statement", "date.realtime", "date.truncate"}));
  add(OfType<ValueType::kLocalTime>({"localtime", "localtime.transaction", "localtime.statement",
                                     "localtime.realtime", "localtime.truncate"}));
  add(OfType<ValueType::kTime>(
      {"time", "time.transaction", "time.statement", "time.realtime", "time.truncate"}));
  add(OfType<ValueType::kLocalDateTime>({"localdatetime", "localdatetime.transaction",
                                         "localdatetime.statement", "localdatetime.realtime",
                                         "localdatetime.truncate"}));
  add(OfType<ValueType::kDateTime>({"datetime", "datetime.transaction", "datetime.statement",
                                    "datetime.realtime", "datetime.truncate"}));
  return table;
}

}  // namespace

std::span<const Function> TemporalFunctions() {
  static const std::vector<Function> table = MakeTable();
  return table;
}

}  // namespace verbale::query
