#include "graph/ingest/json_values.h"

#include <limits>
#include <utility>

#include "graph/error.h"
#include "graph/temporal.h"

namespace verbale::graph::ingest {
namespace {

Error Bad(const std::string& what) { return Error(ErrorCode::kInvalidArgument, what); }

Value Typed(const std::string& type, const std::string& text) {
  if (type == "Date") return Value(ParseDate(text));
  if (type == "LocalTime") return Value(ParseLocalTime(text));
  if (type == "Time") return Value(ParseTime(text));
  if (type == "LocalDateTime") return Value(ParseLocalDateTime(text));
  if (type == "ZonedDateTime") return Value(ParseDateTime(text));
  if (type == "Duration") return Value(ParseDuration(text));
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (type == "Float" && text == "Infinity") return Value(kInfinity);
  if (type == "Float" && text == "-Infinity") return Value(-kInfinity);
  if (type == "Float" && text == "NaN") return Value(std::numeric_limits<double>::quiet_NaN());
  throw Bad("a value has the type '" + type + "', which is not known");
}

Value ScalarOf(const Json& json) {
  if (json.is_boolean()) return Value(json.get<bool>());
  if (json.is_number_unsigned() &&
      json.get<std::uint64_t>() > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
    throw Bad("an integer has more than 64 bits");
  }
  if (json.is_number_integer()) return Value(json.get<std::int64_t>());
  if (json.is_number_float()) return Value(json.get<double>());
  if (json.is_string()) return Value(json.get_ref<const std::string&>());
  if (json.is_object() && json.contains("$type")) {
    return Typed(TextIn(json, "$type"), TextIn(json, "_value"));
  }
  throw Bad("a property is a boolean, a number, a text, a time or a list of those");
}

}  // namespace

const std::string& TextIn(const Json& object, const char* name) {
  const auto at = object.find(name);
  if (at == object.end() || !at->is_string()) {
    throw Bad("a text '" + std::string(name) + "' is expected");
  }
  return at->get_ref<const std::string&>();
}

Value ValueOfJson(const Json& json) {
  if (!json.is_array()) return ScalarOf(json);
  List list;
  for (const Json& item : json) list.push_back(ScalarOf(item));
  return Value(std::move(list));
}

std::vector<std::pair<std::string, Value>> ValuesInText(std::string_view text) {
  std::vector<std::pair<std::string, Value>> values;
  try {
    const Json json = Json::parse(text);
    if (!json.is_object()) throw Bad("an object is expected");
    for (const auto& [name, item] : json.items()) values.emplace_back(name, ValueOfJson(item));
  } catch (const Json::exception&) {
    throw Bad("this is not JSON");
  }
  return values;
}

}  // namespace verbale::graph::ingest
