// Equality, comparison, equivalence, hash and total order of values.
//
// Three relations look alike and are not. `=` knows null and NaN (Equals, three-valued); `<` only
// compares what is comparable (Compare); grouping and sorting need a relation without holes
// (Equivalent, Hash, TotalOrder), in which null and NaN are values like others. Recursion is
// bounded by Value::kMaxNesting, which every list and map keeps.

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "graph/value.h"

namespace verbale::graph {
namespace {

__extension__ using Int128 = __int128;

constexpr double kTwoTo63 = 9223372036854775808.0;

// Compares without rounding: above 2^53 a double cannot hold every integer.
std::partial_ordering CompareIntDouble(std::int64_t i, double d) {
  if (std::isnan(d)) return std::partial_ordering::unordered;
  if (d >= kTwoTo63) return std::partial_ordering::less;
  if (d < -kTwoTo63) return std::partial_ordering::greater;
  const double whole = std::trunc(d);
  const auto as_int = static_cast<std::int64_t>(whole);
  if (i != as_int) return i <=> as_int;
  return 0.0 <=> d - whole;
}

std::partial_ordering Reverse(std::partial_ordering order) { return 0 <=> order; }

std::partial_ordering CompareNumbers(const Value& a, const Value& b) {
  if (a.is_int()) {
    return b.is_int() ? std::partial_ordering(a.as_int() <=> b.as_int())
                      : CompareIntDouble(a.as_int(), b.as_double());
  }
  return b.is_int() ? Reverse(CompareIntDouble(b.as_int(), a.as_double()))
                    : a.as_double() <=> b.as_double();
}

// A point in time first, then the offset from west to east, then the zone's name.
std::strong_ordering OrderTimes(const Time& a, const Time& b) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  const auto instant = (a.nanos - a.offset * kSecond) <=> (b.nanos - b.offset * kSecond);
  return instant != 0 ? instant : a.offset <=> b.offset;
}

std::strong_ordering OrderDateTimes(const DateTime& a, const DateTime& b) {
  if (const auto order = a.seconds <=> b.seconds; order != 0) return order;
  if (const auto order = a.nanos <=> b.nanos; order != 0) return order;
  if (const auto order = a.offset <=> b.offset; order != 0) return order;
  return a.zone <=> b.zone;
}

// By average length (a month is a twelfth of 365.2425 days), then part by part so that only equal
// durations tie.
std::strong_ordering OrderDurations(const Duration& a, const Duration& b) {
  const auto length = [](const Duration& d) {
    return Int128{d.months} * 2'629'746 + Int128{d.days} * 86'400 + d.seconds;
  };
  if (length(a) != length(b)) {
    return length(a) < length(b) ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  if (const auto order = a.nanos <=> b.nanos; order != 0) return order;
  if (const auto order = a.months <=> b.months; order != 0) return order;
  return a.days <=> b.days;
}

// Order within one temporal type; both have it.
std::strong_ordering OrderTemporals(const Value& a, const Value& b) {
  switch (a.type()) {
    case ValueType::kDate:
      return a.as_date() <=> b.as_date();
    case ValueType::kLocalTime:
      return a.as_local_time() <=> b.as_local_time();
    case ValueType::kTime:
      return OrderTimes(a.as_time(), b.as_time());
    case ValueType::kLocalDateTime:
      return a.as_local_date_time() <=> b.as_local_date_time();
    case ValueType::kDateTime:
      return OrderDateTimes(a.as_date_time(), b.as_date_time());
    default:
      return OrderDurations(a.as_duration(), b.as_duration());
  }
}

std::strong_ordering OrderPaths(const Path& a, const Path& b) {
  const std::size_t common = std::min(a.rels.size(), b.rels.size());
  for (std::size_t i = 0; i <= common; ++i) {
    if (const auto order = a.nodes[i].id <=> b.nodes[i].id; order != 0) return order;
    if (i == common) break;
    if (const auto order = a.rels[i].id <=> b.rels[i].id; order != 0) return order;
  }
  return a.rels.size() <=> b.rels.size();
}

// ---- Equals ---------------------------------------------------------------------------------

std::optional<bool> ListsEqual(const List& a, const List& b) {
  if (a.size() != b.size()) return false;
  bool unknown = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::optional<bool> equal = Equals(a[i], b[i]);
    if (!equal) {
      unknown = true;
    } else if (!*equal) {
      return false;
    }
  }
  if (unknown) return std::nullopt;
  return true;
}

std::optional<bool> MapsEqual(const Map& a, const Map& b) {
  const auto same_key = [](const auto& x, const auto& y) { return x.first == y.first; };
  if (!std::equal(a.begin(), a.end(), b.begin(), b.end(), same_key)) return false;
  bool unknown = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::optional<bool> equal = Equals(a[i].second, b[i].second);
    if (!equal) {
      unknown = true;
    } else if (!*equal) {
      return false;
    }
  }
  if (unknown) return std::nullopt;
  return true;
}

// ---- Hash -----------------------------------------------------------------------------------

std::uint64_t Mix(std::uint64_t h) {
  h ^= h >> 32;
  h *= 0xD6E8FEB86659FD93u;
  h ^= h >> 32;
  h *= 0xD6E8FEB86659FD93u;
  h ^= h >> 32;
  return h;
}

std::uint64_t Combine(std::uint64_t h, std::uint64_t more) {
  return Mix(h * 0x9E3779B97F4A7C15u + more + 1);
}

std::uint64_t HashBytes(std::string_view s) {
  std::uint64_t h = s.size();
  for (std::size_t at = 0; at < s.size(); at += 8) {
    std::uint64_t word = 0;
    const std::string_view part = s.substr(at, 8);
    if constexpr (std::endian::native == std::endian::little) {
      std::memcpy(&word, part.data(), part.size());
    } else {
      for (std::size_t i = 0; i < part.size(); ++i) {
        word |= std::uint64_t{static_cast<unsigned char>(part[i])} << (8 * i);
      }
    }
    h = Combine(h, word);
  }
  return h;
}

// Equal numbers hash alike whichever type they have: whole doubles hash as the integer.
std::uint64_t HashNumber(const Value& v) {
  if (v.is_int()) return Mix(static_cast<std::uint64_t>(v.as_int()));
  const double d = v.as_double();
  if (std::isnan(d)) return Mix(0x7FF8000000000000u);
  if (d >= -kTwoTo63 && d < kTwoTo63 && std::trunc(d) == d) {
    return Mix(static_cast<std::uint64_t>(static_cast<std::int64_t>(d)));
  }
  return Mix(std::bit_cast<std::uint64_t>(d));
}

std::uint64_t HashTemporal(const Value& v) {
  const auto bits = [](std::int64_t i) { return static_cast<std::uint64_t>(i); };
  switch (v.type()) {
    case ValueType::kDate:
      return Mix(bits(v.as_date().days));
    case ValueType::kLocalTime:
      return Mix(bits(v.as_local_time().nanos));
    case ValueType::kTime:
      return Combine(bits(v.as_time().nanos), bits(v.as_time().offset));
    case ValueType::kLocalDateTime:
      return Combine(bits(v.as_local_date_time().seconds), bits(v.as_local_date_time().nanos));
    case ValueType::kDateTime: {
      const DateTime& t = v.as_date_time();
      return Combine(Combine(Combine(bits(t.seconds), bits(t.nanos)), bits(t.offset)),
                     HashBytes(t.zone));
    }
    default: {
      const Duration& d = v.as_duration();
      return Combine(Combine(Combine(bits(d.months), bits(d.days)), bits(d.seconds)),
                     bits(d.nanos));
    }
  }
}

std::uint64_t HashContent(const Value& v) {
  std::uint64_t h = 0;
  switch (v.type()) {
    case ValueType::kNull:
      return 0;
    case ValueType::kBool:
      return v.as_bool() ? 1 : 2;
    case ValueType::kInt:
    case ValueType::kDouble:
      return HashNumber(v);
    case ValueType::kString:
      return HashBytes(v.as_string());
    case ValueType::kList:
      for (const Value& element : v.as_list()) h = Combine(h, Hash(element));
      return h;
    case ValueType::kMap:
      for (const auto& [key, value] : v.as_map())
        h = Combine(Combine(h, HashBytes(key)), Hash(value));
      return h;
    case ValueType::kNode:
      return v.as_node().id.value;
    case ValueType::kRelationship:
      return v.as_rel().id.value;
    case ValueType::kPath:
      h = v.as_path().nodes.front().id.value;
      for (const RelRef& rel : v.as_path().rels) h = Combine(h, rel.id.value);
      return h;
    default:
      return HashTemporal(v);
  }
}

// ---- Total order ----------------------------------------------------------------------------

// Place of each ValueType among the others, in the order of the enumeration.
constexpr std::array<std::uint8_t, 16> kRank = {
    14,  // null
    12,  // boolean
    13,  // integer
    13,  // float
    11,  // string
    3,   // list
    0,   // map
    7,   // date
    9,   // local time
    8,   // time
    6,   // local date-time
    5,   // date-time
    10,  // duration
    1,   // node
    2,   // relationship
    4,   // path
};

std::uint8_t Rank(const Value& v) { return kRank[static_cast<std::size_t>(v.type())]; }

std::strong_ordering OrderNumbers(const Value& a, const Value& b) {
  const std::partial_ordering order = CompareNumbers(a, b);
  if (order == std::partial_ordering::less) return std::strong_ordering::less;
  if (order == std::partial_ordering::greater) return std::strong_ordering::greater;
  if (order == std::partial_ordering::equivalent) return std::strong_ordering::equal;
  const auto is_nan = [](const Value& v) { return v.is_double() && std::isnan(v.as_double()); };
  return is_nan(a) <=> is_nan(b);
}

std::strong_ordering OrderLists(const List& a, const List& b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (const auto order = TotalOrder(a[i], b[i]); order != 0) return order;
  }
  return a.size() <=> b.size();
}

// Smaller maps first, then by their keys, then by their values.
std::strong_ordering OrderMaps(const Map& a, const Map& b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (const auto order = a[i].first <=> b[i].first; order != 0) return order;
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (const auto order = TotalOrder(a[i].second, b[i].second); order != 0) return order;
  }
  return std::strong_ordering::equal;
}

}  // namespace

std::optional<bool> Equals(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return std::nullopt;
  if (a.is_number() && b.is_number()) return CompareNumbers(a, b) == 0;
  if (a.type() != b.type()) return false;
  if (a.is_list()) return ListsEqual(a.as_list(), b.as_list());
  if (a.is_map()) return MapsEqual(a.as_map(), b.as_map());
  return TotalOrder(a, b) == 0;
}

std::optional<std::partial_ordering> Compare(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return std::nullopt;
  if (a.is_number() && b.is_number()) return CompareNumbers(a, b);
  if (a.type() != b.type()) return std::nullopt;
  switch (a.type()) {
    case ValueType::kBool:
    case ValueType::kString:
    case ValueType::kDate:
    case ValueType::kLocalTime:
    case ValueType::kTime:
    case ValueType::kLocalDateTime:
    case ValueType::kDateTime:
      return TotalOrder(a, b);
    case ValueType::kDuration:
      // How long a month or a day is depends on when it starts, so only equal ones are known.
      if (a.as_duration() == b.as_duration()) return std::partial_ordering::equivalent;
      return std::nullopt;
    case ValueType::kList:
      break;
    default:
      return std::nullopt;
  }
  const List& x = a.as_list();
  const List& y = b.as_list();
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
    if (Equals(x[i], y[i]) != true) return Compare(x[i], y[i]);
  }
  return x.size() <=> y.size();
}

bool Equivalent(const Value& a, const Value& b) { return TotalOrder(a, b) == 0; }

std::uint64_t Hash(const Value& v) { return Combine(Rank(v), HashContent(v)); }

std::strong_ordering TotalOrder(const Value& a, const Value& b) {
  if (const auto order = Rank(a) <=> Rank(b); order != 0) return order;
  switch (a.type()) {
    case ValueType::kNull:
      return std::strong_ordering::equal;
    case ValueType::kBool:
      return a.as_bool() <=> b.as_bool();
    case ValueType::kInt:
    case ValueType::kDouble:
      return OrderNumbers(a, b);
    case ValueType::kString:
      return a.as_string() <=> b.as_string();
    case ValueType::kList:
      return OrderLists(a.as_list(), b.as_list());
    case ValueType::kMap:
      return OrderMaps(a.as_map(), b.as_map());
    case ValueType::kNode:
      return a.as_node().id <=> b.as_node().id;
    case ValueType::kRelationship:
      return a.as_rel().id <=> b.as_rel().id;
    case ValueType::kPath:
      return OrderPaths(a.as_path(), b.as_path());
    default:
      return OrderTemporals(a, b);
  }
}

}  // namespace verbale::graph
