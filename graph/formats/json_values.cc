#include "graph/formats/json_values.h"

#include "graph/formats/parts.h"

namespace verbale::graph::formats {
namespace {

std::string_view TemporalType(ValueType type) {
  switch (type) {
    case ValueType::kDate:
      return "Date";
    case ValueType::kLocalTime:
      return "LocalTime";
    case ValueType::kTime:
      return "Time";
    case ValueType::kLocalDateTime:
      return "LocalDateTime";
    case ValueType::kDateTime:
      return "ZonedDateTime";
    default:
      return "Duration";
  }
}

// Infinity and NaN are no JSON numbers.
Json DoubleJson(double number) {
  if (number == number && number - number == 0) return number;
  const char* text = number != number ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
  return {{"$type", "Float"}, {"_value", text}};
}

Json ListJson(const List& list) {
  Json json = Json::array();
  for (const Value& item : list) json.push_back(TypedJson(item));
  return json;
}

}  // namespace

Json TypedJson(const Value& value) {
  switch (value.type()) {
    case ValueType::kNull:
      return nullptr;
    case ValueType::kBool:
      return value.as_bool();
    case ValueType::kInt:
      return value.as_int();
    case ValueType::kDouble:
      return DoubleJson(value.as_double());
    case ValueType::kString:
      return std::string(value.as_string());
    case ValueType::kList:
      return ListJson(value.as_list());
    case ValueType::kMap:
      return MapJson(value.as_map());
    default:
      return {{"$type", TemporalType(value.type())}, {"_value", PlainText(value)}};
  }
}

Json MapJson(const Map& map) {
  Json json = Json::object();
  for (const auto& [key, item] : map) json[key] = TypedJson(item);
  return json;
}

}  // namespace verbale::graph::formats
