#include "graph/store/coding.h"

#include <array>
#include <bit>
#include <limits>

#include "graph/error.h"

namespace verbale::graph::store {
namespace {

constexpr std::int32_t kNanosPerSecond = 1'000'000'000;
constexpr std::int64_t kNanosPerDay = std::int64_t{86'400} * kNanosPerSecond;

std::uint64_t ZigZag(std::int64_t v) {
  return (static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63);
}
std::int64_t UnZigZag(std::uint64_t v) {
  return static_cast<std::int64_t>((v >> 1) ^ (~(v & 1) + 1));
}

void AppendSigned(std::string& out, std::int64_t v) { AppendVarint(out, ZigZag(v)); }

void AppendTemporal(std::string& out, const Value& value) {
  switch (value.type()) {
    case ValueType::kDate:
      AppendSigned(out, value.as_date().days);
      return;
    case ValueType::kLocalTime:
      AppendSigned(out, value.as_local_time().nanos);
      return;
    case ValueType::kTime:
      AppendSigned(out, value.as_time().nanos);
      AppendSigned(out, value.as_time().offset);
      return;
    case ValueType::kLocalDateTime:
      AppendSigned(out, value.as_local_date_time().seconds);
      AppendSigned(out, value.as_local_date_time().nanos);
      return;
    case ValueType::kDateTime: {
      const DateTime& t = value.as_date_time();
      AppendSigned(out, t.seconds);
      AppendSigned(out, t.nanos);
      AppendSigned(out, t.offset);
      AppendString(out, t.zone);
      return;
    }
    default: {
      const Duration& d = value.as_duration();
      AppendSigned(out, d.months);
      AppendSigned(out, d.days);
      AppendSigned(out, d.seconds);
      AppendSigned(out, d.nanos);
      return;
    }
  }
}

void AppendValueAt(std::string& out, const Value& value, int depth) {
  if (depth > kMaxValueDepth) {
    throw Error(ErrorCode::kInvalidArgument, "a value is nested too deeply to be stored");
  }
  AppendU8(out, static_cast<std::uint8_t>(value.type()));
  switch (value.type()) {
    case ValueType::kNull:
      return;
    case ValueType::kBool:
      AppendU8(out, value.as_bool() ? 1 : 0);
      return;
    case ValueType::kInt:
      AppendSigned(out, value.as_int());
      return;
    case ValueType::kDouble:
      AppendU64(out, std::bit_cast<std::uint64_t>(value.as_double()));
      return;
    case ValueType::kString:
      AppendString(out, value.as_string());
      return;
    case ValueType::kList:
      AppendVarint(out, value.as_list().size());
      for (const Value& item : value.as_list()) AppendValueAt(out, item, depth + 1);
      return;
    case ValueType::kMap:
      AppendVarint(out, value.as_map().size());
      for (const auto& [key, item] : value.as_map()) {
        AppendString(out, key);
        AppendValueAt(out, item, depth + 1);
      }
      return;
    case ValueType::kNode:
    case ValueType::kRelationship:
    case ValueType::kPath:
      throw Error(ErrorCode::kInvalidArgument,
                  "a " + std::string(TypeName(value.type())) + " cannot be stored as a property");
    default:
      AppendTemporal(out, value);
  }
}

}  // namespace

void AppendU8(std::string& out, std::uint8_t v) { out.push_back(static_cast<char>(v)); }

namespace {

/// The largest digit first. Compilers make one instruction of it.
template <typename Unsigned>
void AppendBigEndian(std::string& out, Unsigned v) {
  std::array<char, sizeof v> bytes;
  for (std::size_t i = 0; i < sizeof v; ++i) {
    bytes[i] = static_cast<char>(v >> (8 * (sizeof v - 1 - i)));
  }
  out.append(bytes.data(), bytes.size());
}

}  // namespace

void AppendU32(std::string& out, std::uint32_t v) { AppendBigEndian(out, v); }

void AppendU64(std::string& out, std::uint64_t v) { AppendBigEndian(out, v); }

void AppendVarint(std::string& out, std::uint64_t v) {
  while (v >= 0x80) {
    out.push_back(static_cast<char>(v | 0x80));
    v >>= 7;
  }
  out.push_back(static_cast<char>(v));
}

void AppendString(std::string& out, std::string_view s) {
  AppendVarint(out, s.size());
  out.append(s);
}

void AppendValue(std::string& out, const Value& value) { AppendValueAt(out, value, 0); }

void ByteReader::Fail(std::string_view why) const {
  throw Error(ErrorCode::kCorruption, "damaged " + std::string(what_) + ": " + std::string(why));
}

std::string_view ByteReader::Bytes(std::size_t size) {
  if (size > bytes_.size()) Fail("it ends too early");
  const std::string_view taken = bytes_.substr(0, size);
  bytes_.remove_prefix(size);
  return taken;
}

std::uint8_t ByteReader::U8() { return static_cast<std::uint8_t>(Bytes(1)[0]); }

std::uint32_t ByteReader::U32() {
  std::uint32_t v = 0;
  for (const char c : Bytes(4)) v = v << 8 | static_cast<std::uint8_t>(c);
  return v;
}

std::uint64_t ByteReader::U64() {
  std::uint64_t v = 0;
  for (const char c : Bytes(8)) v = v << 8 | static_cast<std::uint8_t>(c);
  return v;
}

std::uint64_t ByteReader::Varint() {
  std::uint64_t v = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const std::uint8_t byte = U8();
    if (shift == 63 && byte > 1) break;
    v |= std::uint64_t{byte & 0x7Fu} << shift;
    if (byte < 0x80) return v;
  }
  Fail("a number is too long");
}

std::uint32_t ByteReader::Varint32() {
  const std::uint64_t v = Varint();
  if (v > std::numeric_limits<std::uint32_t>::max()) Fail("a number is too large");
  return static_cast<std::uint32_t>(v);
}

std::size_t ByteReader::Count() {
  const std::uint64_t v = Varint();
  if (v > bytes_.size()) Fail("it ends too early");
  return v;
}

std::string_view ByteReader::String() { return Bytes(Count()); }

std::int64_t ByteReader::Signed() { return UnZigZag(Varint()); }

void ByteReader::ExpectEnd() const {
  if (!bytes_.empty()) Fail("bytes are left over");
}

graph::Value ByteReader::Value(int depth) {
  if (depth > kMaxValueDepth) Fail("a value is nested too deeply");
  const std::uint8_t type = U8();
  if (type > static_cast<std::uint8_t>(ValueType::kDuration)) Fail("unknown type of value");
  switch (static_cast<ValueType>(type)) {
    case ValueType::kNull:
      return {};
    case ValueType::kBool: {
      const std::uint8_t b = U8();
      if (b > 1) Fail("a truth value is neither true nor false");
      return graph::Value(b == 1);
    }
    case ValueType::kInt:
      return graph::Value(Signed());
    case ValueType::kDouble:
      return graph::Value(std::bit_cast<double>(U64()));
    case ValueType::kString:
      return graph::Value(String());
    case ValueType::kList: {
      List list(Count());
      for (graph::Value& item : list) item = Value(depth + 1);
      return graph::Value(std::move(list));
    }
    case ValueType::kMap: {
      Map map(Count());
      for (auto& [key, item] : map) {
        key = String();
        item = Value(depth + 1);
      }
      return graph::Value::OfMap(std::move(map));
    }
    default:
      return Temporal(static_cast<ValueType>(type));
  }
}

graph::Value ByteReader::Temporal(ValueType type) {
  const auto offset = [this] {
    const std::int64_t v = Signed();
    if (v < -kNanosPerSecond || v > kNanosPerSecond) Fail("an offset is out of range");
    return static_cast<std::int32_t>(v);
  };
  const auto fraction = [this] {
    const std::int64_t v = Signed();
    if (v < 0 || v >= kNanosPerSecond) Fail("nanoseconds are out of range");
    return static_cast<std::int32_t>(v);
  };
  const auto time_of_day = [this] {
    const std::int64_t v = Signed();
    if (v < 0 || v >= kNanosPerDay) Fail("a time of day is out of range");
    return v;
  };
  // Fields of a braced list are read in order.
  switch (type) {
    case ValueType::kDate:
      return graph::Value(Date{Signed()});
    case ValueType::kLocalTime:
      return graph::Value(LocalTime{time_of_day()});
    case ValueType::kTime:
      return graph::Value(Time{time_of_day(), offset()});
    case ValueType::kLocalDateTime:
      return graph::Value(LocalDateTime{Signed(), fraction()});
    case ValueType::kDateTime:
      return graph::Value(DateTime{Signed(), fraction(), offset(), std::string(String())});
    default:
      return graph::Value(Duration{Signed(), Signed(), Signed(), fraction()});
  }
}

}  // namespace verbale::graph::store
