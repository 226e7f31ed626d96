#include "graph/formats/property_types.h"

namespace verbale::graph::formats {
namespace {

std::string_view TypeOf(const Value& value) {
  switch (value.type()) {
    case ValueType::kBool:
      return "boolean";
    case ValueType::kInt:
      return "long";
    case ValueType::kDouble:
      return "double";
    default:
      return "string";
  }
}

bool IsNumber(std::string_view type) { return type == "long" || type == "double"; }

void Widen(PropertyTypes& types, const Properties& properties) {
  for (const auto& [name, value] : properties) {
    const std::string_view type = TypeOf(value);
    std::string_view& known = types.emplace(name, PropertyType{type, 0}).first->second.type;
    if (known != type) known = IsNumber(known) && IsNumber(type) ? "double" : "string";
  }
}

PropertyTypes Numbered(PropertyTypes types) {
  std::size_t number = 0;
  for (auto& [name, type] : types) type.number = number++;
  return types;
}

}  // namespace

PropertyTypes NodePropertyTypes(const View& view, const Contents& contents) {
  PropertyTypes types;
  for (const NodeRef node : contents.nodes) Widen(types, PropertiesOf(view, node.no));
  return Numbered(std::move(types));
}

PropertyTypes RelPropertyTypes(const View& view, const Contents& contents) {
  PropertyTypes types;
  for (const RelRef rel : contents.rels) Widen(types, PropertiesOf(view, rel.no));
  return Numbered(std::move(types));
}

}  // namespace verbale::graph::formats
