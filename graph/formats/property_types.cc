#include "graph/formats/property_types.h"

#include <algorithm>
#include <array>

namespace verbale::graph::formats {
namespace {

struct TypeWords {
  std::string_view scalar, list;
};

TypeWords WordsOf(ValueType type) {
  switch (type) {
    case ValueType::kBool:
      return {"boolean", "boolean[]"};
    case ValueType::kInt:
      return {"long", "long[]"};
    case ValueType::kDouble:
      return {"double", "double[]"};
    case ValueType::kDate:
      return {"date", "date[]"};
    case ValueType::kLocalTime:
      return {"localtime", "localtime[]"};
    case ValueType::kTime:
      return {"time", "time[]"};
    case ValueType::kLocalDateTime:
      return {"localdatetime", "localdatetime[]"};
    case ValueType::kDateTime:
      return {"datetime", "datetime[]"};
    case ValueType::kDuration:
      return {"duration", "duration[]"};
    default:
      return {"string", "string[]"};
  }
}

constexpr std::string_view kEmptyList = "[]";  // Agrees with every list.

bool IsList(std::string_view type) { return type.ends_with("[]"); }

std::string_view Wider(std::string_view a, std::string_view b) {
  if (a == b) return a;
  if (IsList(a) || IsList(b)) {
    if (a == kEmptyList && IsList(b)) return b;
    if (b == kEmptyList && IsList(a)) return a;
    return a.starts_with("double") && b == "long[]" ? a : "string[]";
  }
  const bool numbers = (a == "long" || a == "double") && (b == "long" || b == "double");
  return numbers ? "double" : "string";
}

std::string_view ExactType(const Value& value) {
  if (!value.is_list()) return WordsOf(value.type()).scalar;
  std::string_view type = kEmptyList;
  for (const Value& item : value.as_list()) type = Wider(type, WordsOf(item.type()).list);
  return type;
}

void Widen(PropertyTypes& types, const Properties& properties) {
  for (const auto& [name, value] : properties) {
    const std::string_view type = ExactType(value);
    std::string_view& known = types.emplace(name, PropertyType{{}, type, 0}).first->second.exact;
    known = Wider(known, type);
  }
}

void Finish(PropertyTypes& types) {
  constexpr std::array<std::string_view, 3> kPlain = {"boolean", "long", "double"};
  std::size_t number = 0;
  for (auto& [name, type] : types) {
    if (type.exact == kEmptyList) type.exact = "string[]";
    const bool plain = std::find(kPlain.begin(), kPlain.end(), type.exact) != kPlain.end();
    type.type = plain ? type.exact : "string";
    type.number = number++;
  }
}

}  // namespace

DeclaredContents::DeclaredContents(const View& view, const Selection* selection)
    : Contents(Collect(view, selection)) {
  for (const NodeRef node : nodes) Widen(node_types, PropertiesOf(view, node.no));
  for (const RelRef rel : rels) Widen(rel_types, PropertiesOf(view, rel.no));
  Finish(node_types);
  Finish(rel_types);
}

std::string AttributeName(const std::string& property, std::span<const std::string_view> reserved) {
  const bool taken = std::find(reserved.begin(), reserved.end(), property) != reserved.end();
  return taken ? std::string(kPropertyPrefix) + property : property;
}

}  // namespace verbale::graph::formats
