#include "graph/formats/json_parts.h"

#include <algorithm>
#include <cmath>

namespace verbale::graph::formats {

Json PlainJson(const Value& value) {
  switch (value.type()) {
    case ValueType::kNull:
      return nullptr;
    case ValueType::kBool:
      return value.as_bool();
    case ValueType::kInt:
      return value.as_int();
    case ValueType::kDouble:
      return std::isfinite(value.as_double()) ? Json(value.as_double()) : Json(nullptr);
    case ValueType::kList: {
      Json json = Json::array();
      for (const Value& item : value.as_list()) json.push_back(PlainJson(item));
      return json;
    }
    default:
      return CleanText(PlainText(value));
  }
}

Json NodeAttributes(const View& view, NodeRef node) {
  Json json = Json::object();
  for (const auto& [key, value] : PropertiesOf(view, node.no))
    json[CleanText(key)] = PlainJson(value);
  const std::vector<std::string> labels = LabelsOf(view, node.no);
  json["name"] = CleanText(NameOf(view, node));
  json["label"] = labels.empty() ? "" : CleanText(labels.front());
  json["labels"] = Json::array();
  for (const std::string& label : labels) json["labels"].push_back(CleanText(label));
  return json;
}

Json RelAttributes(const View& view, RelRef rel, bool evidence) {
  Json json = Json::object();
  for (const auto& [key, value] : PropertiesOf(view, rel.no))
    json[CleanText(key)] = PlainJson(value);
  json["label"] = CleanText(view.catalog().TypeName(view.Ends(rel.no).type));
  json["weight"] = std::max(view.Support(rel.no), 1u);
  if (evidence) json["evidence"] = CleanText(EvidenceText(view.Evidence(rel.no)));
  return json;
}

std::string Line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace verbale::graph::formats
