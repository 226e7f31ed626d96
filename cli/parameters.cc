#include "cli/parameters.h"

#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace verbale::cli {
namespace {

graph::Value FromJson(const nlohmann::json& json) {
  using Kind = nlohmann::json::value_t;
  switch (json.type()) {
    case Kind::boolean:
      return graph::Value(json.get<bool>());
    case Kind::number_integer:
    case Kind::number_unsigned:
      return graph::Value(json.get<std::int64_t>());
    case Kind::number_float:
      return graph::Value(json.get<double>());
    case Kind::string:
      return graph::Value(json.get<std::string>());
    case Kind::array: {
      graph::List list;
      for (const auto& item : json) list.push_back(FromJson(item));
      return graph::Value(std::move(list));
    }
    case Kind::object: {
      graph::Map map;
      for (const auto& [key, value] : json.items()) map.emplace_back(key, FromJson(value));
      return graph::Value::OfMap(std::move(map));
    }
    default:
      return {};
  }
}

}  // namespace

graph::Value ParameterValue(std::string_view text) {
  try {
    return query::ParseLiteral(text);
  } catch (const Error&) {
    return graph::Value(text);
  }
}

query::Parameters ReadParameterFile(const std::string& path) {
  std::ifstream in(path);
  const auto json = nlohmann::json::parse(in, nullptr, false);
  if (!json.is_object()) {
    throw Error(ErrorCode::kInvalidArgument,
                fmt::format("'{}' is not a file with one JSON object", path));
  }
  query::Parameters parameters;
  for (const auto& [name, value] : json.items()) parameters.emplace_back(name, FromJson(value));
  return parameters;
}

std::pair<std::string, graph::Value> ReadParameter(const std::string& given) {
  const std::size_t equals = given.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw Error(ErrorCode::kInvalidArgument, fmt::format("-P takes name=value, not '{}'", given));
  }
  return {given.substr(0, equals), ParameterValue(given.substr(equals + 1))};
}

}  // namespace verbale::cli
