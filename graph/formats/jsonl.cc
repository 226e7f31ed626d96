// JSON Lines: a node or a relationship a line, in the shape of Neo4j's apoc.export.json, with the
// evidence beside each relationship. Values that JSON has no type for are typed as in Neo4j's Query
// API: {"$type": "Date", "_value": "2015-07-14"}.

#include <ostream>

#include <nlohmann/json.hpp>

#include "graph/formats/parts.h"

namespace verbale::graph::formats {
namespace {

using Json = nlohmann::ordered_json;

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

Json ToJson(const Value& value);

// Infinity and NaN are no JSON numbers.
Json DoubleJson(double number) {
  if (number == number && number - number == 0) return number;
  const char* text = number != number ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
  return {{"$type", "Float"}, {"_value", text}};
}

Json ListJson(const List& list) {
  Json json = Json::array();
  for (const Value& item : list) json.push_back(ToJson(item));
  return json;
}

Json MapJson(const Map& map) {
  Json json = Json::object();
  for (const auto& [key, item] : map) json[key] = ToJson(item);
  return json;
}

Json ToJson(const Value& value) {
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

Json PropertiesJson(const Properties& properties) {
  Json json = Json::object();
  for (const auto& [key, value] : properties) json[key] = ToJson(value);
  return json;
}

Json EvidenceJson(const EvidenceRecord& evidence) {
  return {{"document", evidence.document},
          {"section", evidence.section},
          {"date", evidence.date},
          {"path", evidence.path},
          {"start", evidence.span.begin},
          {"end", evidence.span.end},
          {"sentence", evidence.sentence},
          {"rule", evidence.rule},
          {"modality", Name(evidence.modality)},
          {"attributes", MapJson(evidence.attributes)}};
}

Json EndJson(const View& view, NodeNo node) {
  return {{"id", Id(NodeRef{node, view.Id(node)})}, {"labels", LabelsOf(view, node)}};
}

void WriteLine(const Json& json, std::ostream& out) {
  out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace

void WriteJsonLines(const View& view, const FormatOptions& options, std::ostream& out) {
  const Contents contents = Collect(view, options.selection);
  for (const NodeRef node : contents.nodes) {
    WriteLine({{"type", "node"},
               {"id", Id(node)},
               {"labels", LabelsOf(view, node.no)},
               {"properties", PropertiesJson(PropertiesOf(view, node.no))}},
              out);
  }
  for (const RelRef rel : contents.rels) {
    const RelEnds ends = view.Ends(rel.no);
    Json json = {{"type", "relationship"},
                 {"id", Id(rel)},
                 {"label", view.catalog().TypeName(ends.type)},
                 {"start", EndJson(view, ends.source)},
                 {"end", EndJson(view, ends.target)},
                 {"properties", PropertiesJson(PropertiesOf(view, rel.no))}};
    if (options.evidence) {
      json["evidence"] = Json::array();
      for (const auto& evidence : view.Evidence(rel.no))
        json["evidence"].push_back(EvidenceJson(evidence));
    }
    WriteLine(json, out);
  }
}

}  // namespace verbale::graph::formats
