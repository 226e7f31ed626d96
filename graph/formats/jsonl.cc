// JSON Lines: a node or a relationship a line, in the shape of Neo4j's apoc.export.json, with the
// evidence beside each relationship, and behind them indexes and constraints.

#include <ostream>

#include "graph/formats/json_values.h"
#include "graph/formats/parts.h"
#include "graph/formats/schema_text.h"

namespace verbale::graph::formats {
namespace {

Json PropertiesJson(const Properties& properties) {
  Json json = Json::object();
  for (const auto& [key, value] : properties) json[key] = TypedJson(value);
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

Json SchemaJson(const SchemaItem& item) {
  Json json = {{"type", "schema"},    {"kind", kSchemaKinds[static_cast<std::size_t>(item.kind)]},
               {"name", item.name},   {"on", item.on_relationship ? "relationship" : "node"},
               {"label", item.label}, {"properties", item.keys}};
  if (item.kind == SchemaKind::kType) json["value_type"] = item.value_type;
  return json;
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
  if (options.selection != nullptr) return;
  for (const SchemaItem& item : view.Schema()) WriteLine(SchemaJson(item), out);
}

}  // namespace verbale::graph::formats
