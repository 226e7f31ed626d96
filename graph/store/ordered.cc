// Order-preserving bytes of values, for index keys.
//
// A tag in the order of the types, then the content so that bytes compare as TotalOrder does.
// Signed numbers are shifted to unsigned. A number, integer or not, is its nearest double in
// sortable form, then the integer's distance from that double: rounding keeps order, and the
// distance decides between integers that round to the same double (and that double itself). Strings
// escape zero bytes, so that their end (two zero bytes) sorts before any continuation.

#include <bit>
#include <cmath>

#include "graph/error.h"
#include "graph/store/coding.h"

namespace verbale::graph::store {
namespace {

__extension__ using Int128 = __int128;

// Written to disk: do not renumber. 0 ends a list.
enum class Tag : std::uint8_t {
  kList = 4,
  kDateTime = 6,
  kLocalDateTime = 7,
  kDate = 8,
  kTime = 9,
  kLocalTime = 10,
  kDuration = 11,
  kString = 12,
  kBool = 13,
  kNumber = 14,
  kNull = 15,
};

constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;
constexpr double kTwoTo63 = 9223372036854775808.0;

void AppendTag(std::string& out, Tag tag) { AppendU8(out, static_cast<std::uint8_t>(tag)); }

void AppendSortable(std::string& out, std::int64_t v) {
  AppendU64(out, static_cast<std::uint64_t>(v) ^ kSignBit);
}

void AppendSortable(std::string& out, double d) {
  if (std::isnan(d)) return AppendU64(out, ~std::uint64_t{0});
  const auto bits = std::bit_cast<std::uint64_t>(d == 0 ? 0.0 : d);
  AppendU64(out, (bits & kSignBit) != 0 ? ~bits : bits | kSignBit);
}

void AppendNumber(std::string& out, const Value& value) {
  if (value.is_double()) {
    AppendSortable(out, value.as_double());
    AppendSortable(out, std::int64_t{0});
    return;
  }
  const std::int64_t i = value.as_int();
  const auto nearest = static_cast<double>(i);
  AppendSortable(out, nearest);
  // 2^63 itself is no int64: the distance is taken in two steps.
  AppendSortable(
      out, nearest == kTwoTo63 ? (i - INT64_MAX) - 1 : i - static_cast<std::int64_t>(nearest));
}

void AppendEscaped(std::string& out, std::string_view s) {
  for (const char c : s) {
    out.push_back(c);
    if (c == '\0') out.push_back('\xFF');
  }
  out.append(2, '\0');
}

void AppendTemporal(std::string& out, const Value& value) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  switch (value.type()) {
    case ValueType::kDate:
      AppendTag(out, Tag::kDate);
      return AppendSortable(out, value.as_date().days);
    case ValueType::kLocalTime:
      AppendTag(out, Tag::kLocalTime);
      return AppendSortable(out, value.as_local_time().nanos);
    case ValueType::kTime: {
      const Time t = value.as_time();
      AppendTag(out, Tag::kTime);
      AppendSortable(out, t.nanos - t.offset * kSecond);
      return AppendSortable(out, std::int64_t{t.offset});
    }
    case ValueType::kLocalDateTime:
      AppendTag(out, Tag::kLocalDateTime);
      AppendSortable(out, value.as_local_date_time().seconds);
      return AppendSortable(out, std::int64_t{value.as_local_date_time().nanos});
    case ValueType::kDateTime: {
      const DateTime& t = value.as_date_time();
      AppendTag(out, Tag::kDateTime);
      AppendSortable(out, t.seconds);
      AppendSortable(out, std::int64_t{t.nanos});
      AppendSortable(out, std::int64_t{t.offset});
      return AppendEscaped(out, t.zone);
    }
    default: {
      const Duration& d = value.as_duration();
      AppendTag(out, Tag::kDuration);
      const Int128 seconds = Int128{d.months} * 2'629'746 + Int128{d.days} * 86'400 + d.seconds;
      AppendSortable(out, static_cast<std::int64_t>(seconds >> 64));
      AppendU64(out, static_cast<std::uint64_t>(seconds));
      AppendSortable(out, std::int64_t{d.nanos});
      AppendSortable(out, d.months);
      return AppendSortable(out, d.days);
    }
  }
}

}  // namespace

void AppendOrdered(std::string& out, const Value& value) {
  switch (value.type()) {
    case ValueType::kNull:
      return AppendTag(out, Tag::kNull);
    case ValueType::kBool:
      AppendTag(out, Tag::kBool);
      return AppendU8(out, value.as_bool() ? 1 : 0);
    case ValueType::kInt:
    case ValueType::kDouble:
      AppendTag(out, Tag::kNumber);
      return AppendNumber(out, value);
    case ValueType::kString:
      AppendTag(out, Tag::kString);
      return AppendEscaped(out, value.as_string());
    case ValueType::kList:
      AppendTag(out, Tag::kList);
      for (const Value& item : value.as_list()) AppendOrdered(out, item);
      return AppendU8(out, 0);
    case ValueType::kMap:
    case ValueType::kNode:
    case ValueType::kRelationship:
    case ValueType::kPath:
      throw Error(ErrorCode::kInvalidArgument,
                  "a " + std::string(TypeName(value.type())) + " cannot be indexed");
    default:
      return AppendTemporal(out, value);
  }
}

}  // namespace verbale::graph::store
