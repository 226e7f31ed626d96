#include "graph/value_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

#include <fmt/format.h>

#include "graph/ascii.h"
#include "graph/error.h"

namespace verbale::graph {
namespace {

void AppendList(std::string& out, const List& list) {
  out += '[';
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i != 0) out += ", ";
    AppendText(out, list[i]);
  }
  out += ']';
}

void AppendMap(std::string& out, const Map& map) {
  out += '{';
  for (std::size_t i = 0; i < map.size(); ++i) {
    if (i != 0) out += ", ";
    AppendName(out, map[i].first);
    out += ": ";
    AppendText(out, map[i].second);
  }
  out += '}';
}

}  // namespace

// Unicode, table 3-7.
std::size_t Utf8Size(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t size = lead < 0xC2   ? 0
                           : lead < 0xE0 ? 2
                           : lead < 0xF0 ? 3
                           : lead < 0xF5 ? 4
                                         : 0;
  if (size == 0 || at + size > text.size()) return 0;
  const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < low || byte(1) > high) return 0;
  for (std::size_t i = 2; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  return size;
}

bool IsUtf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t eight = 0;  // ASCII, mostly
    if (at + sizeof eight <= text.size()) {
      std::memcpy(&eight, text.data() + at, sizeof eight);
      if ((eight & 0x8080808080808080U) == 0) {
        at += sizeof eight;
        continue;
      }
    }
    const std::size_t size = Utf8Size(text, at);
    if (size == 0) return false;
    at += size;
  }
  return true;
}

void AppendQuoted(std::string& out, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\u00";
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

bool IsPlainName(std::string_view name) {
  return !name.empty() && !IsDigit(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) { return IsAlnum(c) || c == '_'; });
}

void AppendName(std::string& out, std::string_view name) {
  if (!IsPlainName(name)) return AppendQuoted(out, name);
  out += name;
}

void AppendText(std::string& out, const Value& value) {
  switch (value.type()) {
    case ValueType::kNull:
      return void(out += "null");
    case ValueType::kBool:
      return void(out += value.as_bool() ? "true" : "false");
    case ValueType::kInt:
      return void(out += std::to_string(value.as_int()));
    case ValueType::kDouble:
      return void(out += FloatText(value.as_double()));
    case ValueType::kString:
      return AppendQuoted(out, value.as_string());
    case ValueType::kList:
      return AppendList(out, value.as_list());
    case ValueType::kMap:
      return AppendMap(out, value.as_map());
    case ValueType::kDate:
    case ValueType::kLocalTime:
    case ValueType::kTime:
    case ValueType::kLocalDateTime:
    case ValueType::kDateTime:
    case ValueType::kDuration:
      out += TemporalFunction(value.type());
      out += "(\"" + TemporalText(value) + "\")";
      return;
    case ValueType::kNode:
    case ValueType::kRelationship:
    case ValueType::kPath:
      break;
  }
  throw Error(ErrorCode::kInvalidArgument,
              "a " + std::string(TypeName(value.type())) + " has no place in a dump");
}

std::string FloatText(double d) {
  if (std::isnan(d)) return "NaN";
  if (std::isinf(d)) return d < 0 ? "-Infinity" : "Infinity";
  std::array<char, 32> buffer{};
  const double size = std::fabs(d);
  const bool plain = d == 0 || (size >= 1e-3 && size < 1e7);
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), d,
                                 plain ? std::chars_format::fixed : std::chars_format::scientific);
  std::string text(buffer.data(), end.ptr);
  if (plain) return text.find('.') == std::string::npos ? text + ".0" : text;
  // "1.5e+07" is written 1.5E7.
  const std::size_t e = text.find('e');
  std::string digits = text.substr(0, e);
  if (digits.find('.') == std::string::npos) digits += ".0";
  int exponent = 0;
  const std::size_t sign = text[e + 1] == '+' ? 1 : 0;
  std::from_chars(text.data() + e + 1 + sign, text.data() + text.size(), exponent);
  return digits + "E" + std::to_string(exponent);
}

std::string TemporalText(const Value& value) {
  switch (value.type()) {
    case ValueType::kDate:
      return ToString(value.as_date());
    case ValueType::kLocalTime:
      return ToString(value.as_local_time());
    case ValueType::kTime:
      return ToString(value.as_time());
    case ValueType::kLocalDateTime:
      return ToString(value.as_local_date_time());
    case ValueType::kDateTime:
      return ToString(value.as_date_time());
    case ValueType::kDuration:
      return ToString(value.as_duration());
    default:
      break;
  }
  throw Error(ErrorCode::kInvalidArgument,
              "a " + std::string(TypeName(value.type())) + " is no temporal value");
}

std::string_view TemporalFunction(ValueType type) {
  switch (type) {
    case ValueType::kDate:
      return "date";
    case ValueType::kLocalTime:
      return "localtime";
    case ValueType::kTime:
      return "time";
    case ValueType::kLocalDateTime:
      return "localdatetime";
    case ValueType::kDateTime:
      return "datetime";
    default:
      return "duration";
  }
}

void AppendCypherString(std::string& out, std::string_view text) {
  out += '\'';
  for (const char c : text) {
    switch (c) {
      case '\'':
      case '\\':
        out += '\\';
        out += c;
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
          out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '\'';
}

void AppendBackquoted(std::string& out, std::string_view name) {
  out += '`';
  for (const char c : name) out.append(c == '`' ? 2 : 1, c);
  out += '`';
}

std::string DisplayText(const Value& value) {
  if (value.is_string()) return std::string(value.as_string());
  std::string text;
  AppendText(text, value);
  return text;
}

}  // namespace verbale::graph
