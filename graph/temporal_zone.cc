// Offsets and places. The date library answers one question only: which offset a place had at a
// time. It reads the system's time zone data, which lists changes up to 2037; a later year is
// answered by a year of 2010 to 2037 with the same calendar, since rules speak of "the last
// Sunday".

#include <array>
#include <chrono>
#include <stdexcept>

#include <date/tz.h>

#include "graph/error.h"
#include "graph/temporal.h"

namespace verbale::graph {
namespace {

constexpr std::int64_t kLastListedYear = 2037;
constexpr std::int32_t kMaxOffset = 18 * 3600;

// 0 … 9, else -1.
int Digit(char c) { return c >= '0' && c <= '9' ? c - '0' : -1; }

// Two digits at `at`, or -1.
int TwoDigits(std::string_view text, std::size_t at) {
  if (at + 2 > text.size() || Digit(text[at]) < 0 || Digit(text[at + 1]) < 0) return -1;
  return Digit(text[at]) * 10 + Digit(text[at + 1]);
}

[[noreturn]] void ThrowZone(std::string_view text) {
  throw Error(ErrorCode::kInvalidArgument, "no such time zone: '" + std::string(text) + "'");
}

// What follows a sign: hh, hhmm, hh:mm, hhmmss, hh:mm:ss.
std::int32_t ParseOffset(std::string_view text) {
  std::array<int, 3> parts = {0, 0, 0};
  std::size_t at = 1;
  const bool extended = text.find(':') != std::string_view::npos;
  for (std::size_t i = 0; i < parts.size() && at < text.size(); ++i) {
    if (i > 0 && extended) {
      if (text[at] != ':') ThrowZone(text);
      ++at;
    }
    parts[i] = TwoDigits(text, at);
    if (parts[i] < 0 || (i > 0 && parts[i] > 59)) ThrowZone(text);
    at += 2;
  }
  if (at != text.size() || text.size() < 3) ThrowZone(text);
  const std::int32_t seconds = parts[0] * 3600 + parts[1] * 60 + parts[2];
  if (seconds > kMaxOffset) ThrowZone(text);
  return text[0] == '-' ? -seconds : seconds;
}

const date::time_zone* Locate(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    ThrowZone(name);
  }
}

// The same second in a year that the zone data lists and that has the same calendar.
std::int64_t InListedYears(std::int64_t seconds) {
  const LocalDateTime t{seconds, 0};
  const std::int64_t year = ToCivil(DateOf(t)).year;
  if (year <= kLastListedYear) return seconds;
  const auto new_year = [](std::int64_t y) { return ToDate(CivilDate{y, 1, 1}); };
  std::int64_t like = kLastListedYear;
  while (IsLeapYear(like) != IsLeapYear(year) ||
         ToWeek(new_year(like)).day != ToWeek(new_year(year)).day) {
    --like;
  }
  return seconds + (new_year(like).days - new_year(year).days) * kSecondsPerDay;
}

std::int32_t Seconds(std::chrono::seconds offset) {
  return static_cast<std::int32_t>(offset.count());
}

}  // namespace

Zone ParseZone(std::string_view text) {
  if (text == "Z" || text == "z") return {};
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) return {"", ParseOffset(text)};
  const std::string name(text);
  Locate(name);
  return {name, 0};
}

std::string ToString(const Zone& zone) {
  return zone.name.empty() ? OffsetToString(zone.offset) : zone.name;
}

DateTime InZone(const LocalDateTime& local, const Zone& zone) {
  if (zone.name.empty()) return {local.seconds - zone.offset, local.nanos, zone.offset, ""};
  const std::chrono::seconds since_epoch(InListedYears(local.seconds));
  const date::local_info info = Locate(zone.name)->get_info(date::local_seconds(since_epoch));
  const std::int32_t before = Seconds(info.first.offset);
  const bool skipped = info.result == date::local_info::nonexistent;
  return {local.seconds - before, local.nanos, skipped ? Seconds(info.second.offset) : before,
          zone.name};
}

DateTime AtInstant(std::int64_t seconds, std::int32_t nanos, const Zone& zone) {
  if (zone.name.empty()) return {seconds, nanos, zone.offset, ""};
  const std::chrono::seconds since_epoch(InListedYears(seconds));
  const date::sys_info info = Locate(zone.name)->get_info(date::sys_seconds(since_epoch));
  return {seconds, nanos, Seconds(info.offset), zone.name};
}

Zone ZoneOf(const DateTime& t) { return {t.zone, t.zone.empty() ? t.offset : 0}; }

LocalDateTime Local(const DateTime& t) { return {t.seconds + t.offset, t.nanos}; }

}  // namespace verbale::graph
