#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "graph/temporal.h"
#include "graph/value.h"

namespace verbale::query {

// What the language does with temporal values, between the operators and graph/temporal.h.

/// temporal + duration, duration + temporal, duration + duration; nullopt for anything else.
std::optional<graph::Value> AddTemporals(const graph::Value& a, const graph::Value& b);
std::optional<graph::Value> SubtractTemporals(const graph::Value& a, const graph::Value& b);
/// duration * number, number * duration.
std::optional<graph::Value> MultiplyDuration(const graph::Value& a, const graph::Value& b);
std::optional<graph::Value> DivideDuration(const graph::Value& a, const graph::Value& b);

/// target.key: year, weekYear, offsetMinutes, monthsOfYear, … TypeError where the type has no such
/// component.
graph::Value TemporalComponent(const graph::Value& target, std::string_view key);

/// Date, time and zone of a temporal that is no duration.
graph::Moment MomentOf(const graph::Value& value);

/// A temporal of `type` from a map of components ({year: 2015, month: 7}, {date: d, hour: 12}).
/// `now` answers where only a zone is given.
graph::Value TemporalFromMap(graph::ValueType type, const graph::Value& map,
                             const graph::DateTime& now);
/// `moment` as `type`, with what `type` has no place for left out and what `moment` lacks at its
/// first value.
graph::Value FromMoment(graph::ValueType type, const graph::Moment& moment);
/// TYPE.truncate(unit, value, map).
graph::Value TruncateTo(graph::ValueType type, graph::TruncateUnit unit, const graph::Moment& value,
                        const graph::Value& map, const graph::DateTime& now);
/// A duration from {years: …, …, nanoseconds: …}.
graph::Value DurationFromMap(const graph::Value& map);

}  // namespace verbale::query
