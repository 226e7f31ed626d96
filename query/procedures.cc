#include "query/procedures.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "query/functions/registry.h"
#include "query/procedures/algorithms.h"

namespace verbale::query {
namespace {

using graph::Value;
using Rows = std::vector<std::vector<Value>>;

Value Texts(const std::vector<std::string>& texts) {
  graph::List list;
  for (const std::string& text : texts) list.emplace_back(text);
  return Value(std::move(list));
}

Rows SortedNames(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  Rows rows;
  for (const std::string& name : names) rows.push_back({Value(name)});
  return rows;
}

/// Labels that a node has; a label that was once used is none.
Rows Labels(const graph::View& view, std::span<const Value>) {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < view.catalog().LabelCount(); ++i) {
    const graph::LabelId label{i};
    if (view.NodeCount(label) > 0) names.emplace_back(view.catalog().LabelName(label));
  }
  return SortedNames(std::move(names));
}

Rows RelationshipTypes(const graph::View& view, std::span<const Value>) {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < view.catalog().TypeCount(); ++i) {
    const graph::TypeId type{i};
    if (view.RelCount(type) > 0) names.emplace_back(view.catalog().TypeName(type));
  }
  return SortedNames(std::move(names));
}

Rows PropertyKeys(const graph::View& view, std::span<const Value>) {
  const auto names = graph::KeyNames(view.catalog());
  return SortedNames({names.begin(), names.end()});
}

/// One map a label with its count, one map a kind of relationship with the labels of its ends.
Rows SchemaVisualization(const graph::View& view, std::span<const Value>) {
  graph::List nodes;
  for (const auto& row : Labels(view, {})) {
    const graph::LabelId label = *view.catalog().FindLabel(row[0].as_string());
    nodes.push_back(Value::OfMap(
        {{"name", row[0]}, {"count", Value(static_cast<std::int64_t>(view.NodeCount(label)))}}));
  }
  std::set<std::vector<std::string_view>> kinds;
  for (std::uint32_t i = 0; i < view.RelLimit(); ++i) {
    const graph::RelNo rel{i};
    if (!view.Exists(rel)) continue;
    const graph::RelEnds ends = view.Ends(rel);
    const std::string_view type = view.catalog().TypeName(ends.type);
    const auto targets = graph::LabelNames(view, ends.target);
    for (const std::string_view from : graph::LabelNames(view, ends.source)) {
      for (const std::string_view to : targets) kinds.insert({from, type, to});
    }
  }
  graph::List rels;
  for (const auto& kind : kinds) {
    rels.push_back(
        Value::OfMap({{"from", Value(kind[0])}, {"type", Value(kind[1])}, {"to", Value(kind[2])}}));
  }
  return {{Value(std::move(nodes)), Value(std::move(rels))}};
}

Rows Components(const graph::View&, std::span<const Value>) {
  return {{Value("Verbale"), Texts({VERBALE_VERSION}), Value("community")}};
}

Rows Databases(const graph::View&, std::span<const Value>) {
  return {{Value("verbale"), Value("online"), Value(true)}};
}

Rows SchemaItems(const graph::View& view, bool constraints) {
  static constexpr std::string_view kTypes[] = {"RANGE", "UNIQUENESS", "PROPERTY_EXISTENCE",
                                                "PROPERTY_TYPE"};
  std::vector<graph::SchemaItem> items = view.Schema();
  std::sort(items.begin(), items.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  Rows rows;
  for (const graph::SchemaItem& item : items) {
    if ((item.kind != graph::SchemaKind::kIndex) != constraints) continue;
    rows.push_back({Value(item.name), Value(kTypes[static_cast<std::size_t>(item.kind)]),
                    Value(item.on_relationship ? "RELATIONSHIP" : "NODE"), Texts({item.label}),
                    Texts(item.keys)});
    if (constraints) {
      rows.back().push_back(item.value_type.empty() ? Value() : Value(item.value_type));
    }
  }
  return rows;
}

Rows Functions(const graph::View&, std::span<const Value>) {
  Rows rows;
  for (const Function* function : AllFunctions()) {
    rows.push_back({Value(function->name), Value(function->category), Value(function->description),
                    Value(false)});
  }
  for (const AggregateFunction& function : AllAggregates()) {
    rows.push_back(
        {Value(function.name), Value("Aggregating"), Value(function.description), Value(true)});
  }
  std::sort(rows.begin(), rows.end(),
            [](const auto& a, const auto& b) { return a[0].as_string() < b[0].as_string(); });
  return rows;
}

/// What documents say without asserting it.
Rows Readings(const graph::Graph& graph) {
  const auto text = [](const std::string& s) { return s.empty() ? Value() : Value(s); };
  Rows rows;
  graph.ForEachReading([&](const graph::Entity& subject, const std::string& type,
                           const graph::Entity& object, const graph::EvidenceRecord& evidence) {
    rows.push_back({Value(subject.name), Value(type), Value(object.name),
                    Value(graph::Name(evidence.modality)), Value(evidence.document),
                    text(evidence.section), Value(evidence.sentence),
                    Value(static_cast<std::int64_t>(evidence.span.begin)),
                    Value(static_cast<std::int64_t>(evidence.span.end)), Value(evidence.rule)});
  });
  return rows;
}

}  // namespace

void AddBuiltInProcedures(CurrentGraph graph, ProcedureCatalog& catalog) {
  const auto add = [&catalog](std::string signature, std::string description, auto call) {
    catalog.Add({std::move(signature), std::move(description), false, std::move(call)});
  };
  for (Procedure& procedure : AlgorithmProcedures()) catalog.Add(std::move(procedure));
  add("db.labels() :: (label :: STRING)", "Labels of the graph.", Labels);
  add("db.relationshipTypes() :: (relationshipType :: STRING)", "Relationship types of the graph.",
      RelationshipTypes);
  add("db.propertyKeys() :: (propertyKey :: STRING)", "Property keys of the graph.", PropertyKeys);
  add("db.schema.visualization() :: (nodes :: LIST OF MAP, relationships :: LIST OF MAP)",
      "Labels, and which of them are joined by which relationship types.", SchemaVisualization);
  add("db.readings() :: (subject :: STRING, type :: STRING, object :: STRING, modality :: STRING, "
      "document :: STRING, section :: STRING?, sentence :: STRING, start :: INTEGER, "
      "end :: INTEGER, rule :: STRING)",
      "What documents say without asserting it: wishes, plans, denials.",
      [graph = std::move(graph)](const graph::View&, std::span<const Value>) {
        return Readings(graph());
      });
  add("dbms.components() :: (name :: STRING, versions :: LIST OF STRING, edition :: STRING)",
      "Name and version of the program.", Components);
  add("show.databases() :: (name :: STRING, currentStatus :: STRING, default :: BOOLEAN)",
      "The graph that is open.", Databases);
  add("show.indexes() :: (name :: STRING, type :: STRING, entityType :: STRING, "
      "labelsOrTypes :: LIST OF STRING, properties :: LIST OF STRING)",
      "Indexes of the graph.",
      [](const graph::View& view, std::span<const Value>) { return SchemaItems(view, false); });
  add("show.constraints() :: (name :: STRING, type :: STRING, entityType :: STRING, "
      "labelsOrTypes :: LIST OF STRING, properties :: LIST OF STRING, propertyType :: STRING?)",
      "Constraints of the graph.",
      [](const graph::View& view, std::span<const Value>) { return SchemaItems(view, true); });
  add("show.functions() :: (name :: STRING, category :: STRING, description :: STRING, "
      "aggregating :: BOOLEAN)",
      "Functions of the language.", Functions);
  add("show.procedures() :: (name :: STRING, description :: STRING, signature :: STRING)",
      "Procedures of this session.", [&catalog](const graph::View&, std::span<const Value>) {
        Rows rows;
        for (const ProcedureEntry* entry : catalog.All()) {
          if (entry->name.starts_with("show.")) continue;
          rows.push_back({Value(entry->name), Value(entry->procedure.description),
                          Value(entry->procedure.signature)});
        }
        return rows;
      });
}

}  // namespace verbale::query
