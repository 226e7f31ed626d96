#include "graph/formats/property_types.h"

#include <algorithm>
#include <array>

#include "graph/formats/json_values.h"

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

/// Whether it can be written as a text on one line, and read again.
bool IsPlainText(std::string_view text) {
  return text.find_first_of("\r\n\t") == std::string_view::npos && CleanText(text) == text;
}

/// Whether a reader gives `value` back where it is declared as `type`.
bool IsKept(const Value& value, std::string_view type) {
  if (value.is_string()) return type == "string" && IsPlainText(value.as_string());
  if (!value.is_list()) return WordsOf(value.type()).scalar == type;
  const List& list = value.as_list();
  if (!list.empty() && list[0].is_string() && list[0].as_string().empty()) return false;
  return IsList(type) && std::all_of(list.begin(), list.end(), [type](const Value& item) {
           if (WordsOf(item.type()).list != type) return false;
           return !item.is_string() || (IsPlainText(item.as_string()) &&
                                        item.as_string().find(';') == std::string_view::npos);
         });
}

/// Says whether something is not kept, or was taken in before `types` got wider.
bool Widen(PropertyTypes& types, const Properties& properties) {
  bool is_inexact = false;
  for (const auto& [name, value] : properties) {
    const std::string_view type = ExactType(value);
    const auto [known, is_new] = types.emplace(name, PropertyType{{}, type, 0});
    const std::string_view wider = Wider(known->second.exact, type);
    is_inexact |= wider != known->second.exact && known->second.exact != kEmptyList;
    known->second.exact = wider;
    is_inexact |= !IsKept(value, wider);
  }
  return is_inexact;
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
  for (const NodeRef node : nodes) {
    has_inexact_nodes |= Widen(node_types, PropertiesOf(view, node.no));
  }
  for (const RelRef rel : rels) has_inexact_rels |= Widen(rel_types, PropertiesOf(view, rel.no));
  Finish(node_types);
  Finish(rel_types);
}

std::string ExactText(const PropertyTypes& types, const Properties& properties) {
  Json exact = Json::object();
  for (const auto& [name, value] : properties) {
    const auto type = types.find(name);
    if (type == types.end() || !IsKept(value, type->second.exact)) exact[name] = TypedJson(value);
  }
  // In ASCII: what is cleaned of control characters and of line ends loses nothing.
  return exact.empty() ? "" : exact.dump(-1, ' ', true, Json::error_handler_t::replace);
}

std::string AttributeName(const std::string& property, std::span<const std::string_view> reserved) {
  const bool taken = std::find(reserved.begin(), reserved.end(), property) != reserved.end();
  return taken ? std::string(kPropertyPrefix) + property : property;
}

}  // namespace verbale::graph::formats
