#include <cstdlib>
#include <iterator>

#include <fmt/format.h>

#include "graph/temporal.h"

namespace verbale::graph {
namespace {

using Out = std::back_insert_iterator<std::string>;

// ".5", ".000000001", or nothing.
void AppendFraction(std::string& out, std::int64_t nanos) {
  if (nanos == 0) return;
  fmt::format_to(Out(out), ".{:09}", nanos);
  out.erase(out.find_last_not_of('0') + 1);
}

// Years of more than four digits have a sign in ISO 8601.
void AppendDate(std::string& out, Date date) {
  const CivilDate civil = ToCivil(date);
  if (civil.year > 9999) out += '+';
  if (civil.year < 0) out += '-';
  fmt::format_to(Out(out), "{:04}-{:02}-{:02}", std::abs(civil.year), civil.month, civil.day);
}

// Seconds only where there are any.
void AppendTime(std::string& out, LocalTime t) {
  const std::int64_t seconds = t.nanos / kNanosPerSecond;
  const std::int64_t nanos = t.nanos % kNanosPerSecond;
  fmt::format_to(Out(out), "{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
  if (seconds % 60 == 0 && nanos == 0) return;
  fmt::format_to(Out(out), ":{:02}", seconds % 60);
  AppendFraction(out, nanos);
}

void AppendPart(std::string& out, std::int64_t amount, char unit) {
  if (amount != 0) fmt::format_to(Out(out), "{}{}", amount, unit);
}

}  // namespace

std::string OffsetToString(std::int32_t offset) {
  if (offset == 0) return "Z";
  const std::int32_t seconds = std::abs(offset);
  std::string out =
      fmt::format("{}{:02}:{:02}", offset < 0 ? '-' : '+', seconds / 3600, seconds / 60 % 60);
  if (seconds % 60 != 0) fmt::format_to(Out(out), ":{:02}", seconds % 60);
  return out;
}

std::string ToString(Date date) {
  std::string out;
  AppendDate(out, date);
  return out;
}

std::string ToString(LocalTime t) {
  std::string out;
  AppendTime(out, t);
  return out;
}

std::string ToString(Time t) { return ToString(LocalTime{t.nanos}) + OffsetToString(t.offset); }

std::string ToString(const LocalDateTime& t) {
  std::string out;
  AppendDate(out, DateOf(t));
  out += 'T';
  AppendTime(out, TimeOf(t));
  return out;
}

std::string ToString(const DateTime& t) {
  std::string out = ToString(Local(t)) + OffsetToString(t.offset);
  if (!t.zone.empty()) out += '[' + t.zone + ']';
  return out;
}

std::string ToString(const Duration& d) {
  std::string out = "P";
  AppendPart(out, d.months / 12, 'Y');
  AppendPart(out, d.months % 12, 'M');
  AppendPart(out, d.days, 'D');
  // Sign and size of the time are shown together: -60.001 s is -1M-0.001S.
  const bool negative = d.seconds < 0;
  const std::int64_t nanos = negative && d.nanos > 0 ? kNanosPerSecond - d.nanos : d.nanos;
  const std::int64_t seconds = negative && d.nanos > 0 ? d.seconds + 1 : d.seconds;
  if (seconds != 0 || nanos != 0) {
    out += 'T';
    AppendPart(out, seconds / 3600, 'H');
    AppendPart(out, seconds / 60 % 60, 'M');
    const std::int64_t rest = seconds % 60;
    if (rest != 0 || nanos != 0) {
      fmt::format_to(Out(out), "{}{}", negative && rest <= 0 ? "-" : "", std::abs(rest));
      AppendFraction(out, nanos);
      out += 'S';
    }
  }
  return out == "P" ? "PT0S" : out;
}

}  // namespace verbale::graph
