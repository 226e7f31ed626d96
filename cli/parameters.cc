#include "cli/parameters.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/command_line.h"
#include "cli/inputs.h"

namespace verbale::cli {
namespace {

graph::Value FromJson(const nlohmann::json& json) {
  using Kind = nlohmann::json::value_t;
  switch (json.type()) {
    case Kind::boolean:
      return graph::Value(json.get<bool>());
    case Kind::number_integer:
      return graph::Value(json.get<std::int64_t>());
    case Kind::number_unsigned:
      if (json.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max()) {
        throw Error(ErrorCode::kInvalidArgument,
                    fmt::format("{} does not fit into an integer of 64 bits", json.dump()));
      }
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

[[noreturn]] void FailFile(const std::string& path, std::string_view text, std::size_t offset,
                           std::string_view what) {
  const TextPosition at = LocateInText(text, std::min(offset, text.size()), 1);
  FailUsage(fmt::format("{}:{}:{}: {}", path, at.line, at.column, what));
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
  const std::string text = ReadInput({"", path, path});
  const auto check_depth = [](int depth, nlohmann::json::parse_event_t, const nlohmann::json&) {
    // One more than a value has: the object around the parameters.
    if (depth > static_cast<int>(graph::Value::kMaxNesting) + 1) {
      throw Error(ErrorCode::kLimitExceeded,
                  fmt::format("lists and maps stand more than {} levels deep in one another",
                              graph::Value::kMaxNesting));
    }
    return true;
  };
  nlohmann::json json;
  try {
    json = nlohmann::json::parse(text, check_depth);
  } catch (const nlohmann::json::parse_error& error) {
    FailFile(path, text, error.byte == 0 ? 0 : error.byte - 1, "this is no JSON");
  } catch (const nlohmann::json::out_of_range&) {
    FailFile(path, text, 0, "a number is larger than any float");
  }
  if (!json.is_object()) FailFile(path, text, 0, "an object is needed: {\"name\": value, …}");
  query::Parameters parameters;
  for (const auto& [name, value] : json.items()) {
    try {
      parameters.emplace_back(name, FromJson(value));
    } catch (const Error& error) {
      FailUsage(fmt::format("{}: ${}: {}", path, name, error.what()));
    }
  }
  return parameters;
}

std::string ProblemOfParameter(const std::string& given) {
  const std::size_t equals = given.find('=');
  if (equals != std::string::npos && equals != 0) return {};
  return fmt::format("-P takes name=value, not '{}'", given);
}

std::pair<std::string, graph::Value> ReadParameter(const std::string& given) {
  const std::size_t equals = given.find('=');
  return {given.substr(0, equals), ParameterValue(given.substr(equals + 1))};
}

void AddParameters(const std::vector<std::string>& given, query::Parameters& into) {
  std::set<std::string> seen;
  for (const std::string& one : given) {
    auto parameter = ReadParameter(one);
    if (!seen.insert(parameter.first).second) {
      FailUsage(fmt::format("-P {} is given twice", parameter.first));
    }
    std::erase_if(into, [&](const auto& old) { return old.first == parameter.first; });
    into.push_back(std::move(parameter));
  }
}

}  // namespace verbale::cli
