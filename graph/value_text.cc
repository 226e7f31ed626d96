#include "graph/value_text.h"

#include <array>
#include <charconv>
#include <cmath>

#include "graph/error.h"

namespace verbale::graph {
namespace {

void AppendDouble(std::string& out, double d) {
  if (std::isnan(d)) return void(out += "NaN");
  if (std::isinf(d)) return void(out += d > 0 ? "Infinity" : "-Infinity");
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), d).ptr;
  const std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
  out += text;
  if (text.find_first_of(".e") == std::string_view::npos) out += ".0";
}

template <typename T>
void AppendTemporal(std::string& out, std::string_view type, const T& value) {
  out += type;
  out += "(\"";
  out += ToString(value);
  out += "\")";
}

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

void AppendName(std::string& out, std::string_view name) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  bool plain = !name.empty() && is_letter(name.front());
  for (const char c : name) plain = plain && (is_letter(c) || (c >= '0' && c <= '9'));
  if (!plain) return AppendQuoted(out, name);
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
      return AppendDouble(out, value.as_double());
    case ValueType::kString:
      return AppendQuoted(out, value.as_string());
    case ValueType::kList:
      return AppendList(out, value.as_list());
    case ValueType::kMap:
      return AppendMap(out, value.as_map());
    case ValueType::kDate:
      return AppendTemporal(out, "date", value.as_date());
    case ValueType::kLocalTime:
      return AppendTemporal(out, "localtime", value.as_local_time());
    case ValueType::kTime:
      return AppendTemporal(out, "time", value.as_time());
    case ValueType::kLocalDateTime:
      return AppendTemporal(out, "localdatetime", value.as_local_date_time());
    case ValueType::kDateTime:
      return AppendTemporal(out, "datetime", value.as_date_time());
    case ValueType::kDuration:
      return AppendTemporal(out, "duration", value.as_duration());
    case ValueType::kNode:
    case ValueType::kRelationship:
    case ValueType::kPath:
      break;
  }
  throw Error(ErrorCode::kInvalidArgument,
              "a " + std::string(TypeName(value.type())) + " has no place in a dump");
}

std::string PlainText(const Value& value) {
  if (value.is_string()) return std::string(value.as_string());
  std::string text;
  AppendText(text, value);
  return text;
}

}  // namespace verbale::graph
