#include "extract/json_line.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "extract/text/decode.h"
#include "graph/error.h"

namespace verbale::extract {

using graph::Value;
using graph::ValueType;

namespace {

bool IsEscaped(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

void AppendEscaped(char c, std::string& out) {
  constexpr std::string_view kControls = "\b\f\n\r\t\"\\";
  constexpr std::string_view kNames = "bfnrt\"\\";
  const std::size_t known = kControls.find(c);
  if (known != std::string_view::npos) {
    (out += '\\') += kNames[known];
  } else {
    out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
  }
}

void AppendMap(const graph::Map& values, std::string& out) {
  JsonLine map(out);
  for (const auto& [key, value] : values) AppendJson(value, map.Key(key));
  map.End();
}

}  // namespace

void AppendJson(std::string_view text, std::string& out) {
  if (!IsUtf8(text)) {
    constexpr auto kReplace = nlohmann::json::error_handler_t::replace;
    out += nlohmann::json(text).dump(-1, ' ', false, kReplace);
    return;
  }
  out += '"';
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!IsEscaped(text[at])) continue;
    out.append(text, from, at - from);
    AppendEscaped(text[at], out);
    from = at + 1;
  }
  out.append(text, from);
  out += '"';
}

void AppendJson(const Value& value, std::string& out) {
  switch (value.type()) {
    case ValueType::kNull:
      out += "null";
      return;
    case ValueType::kBool:
      out += value.as_bool() ? "true" : "false";
      return;
    case ValueType::kInt:
      out += std::to_string(value.as_int());
      return;
    case ValueType::kDouble:
      out += nlohmann::json(value.as_double()).dump();
      return;
    case ValueType::kString:
      AppendJson(value.as_string(), out);
      return;
    case ValueType::kList:
      out += '[';
      for (const Value& item : value.as_list()) {
        if (out.back() != '[') out += ',';
        AppendJson(item, out);
      }
      out += ']';
      return;
    case ValueType::kMap:
      AppendMap(value.as_map(), out);
      return;
    default:
      throw Error(ErrorCode::kInternal,
                  fmt::format("a reader of documents gave an attribute of type {}",
                              graph::TypeName(value.type())));
  }
}

std::string& JsonLine::Key(std::string_view key) {
  if (out_.back() != '{') out_ += ',';
  AppendJson(key, out_);
  return out_ += ':';
}

void JsonLine::Add(std::string_view key, const graph::Map& values) { AppendMap(values, Key(key)); }

}  // namespace verbale::extract
