// A script of openCypher that makes the graph again. Nodes are found by a label `_Made` and a
// property `_id` while relationships are made; a statement behind them takes both away. Where the
// graph has such names itself, others are taken, and nodes that were there before the script ran
// keep what they have. Indexes and constraints come last. One statement a line.

#include <algorithm>
#include <cmath>
#include <ostream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "graph/formats/parts.h"
#include "graph/formats/schema_text.h"
#include "graph/value_text.h"

namespace verbale::graph::formats {
namespace {

std::string StringLiteral(std::string_view text) {
  std::string out;
  AppendCypherString(out, IsUtf8(text) ? std::string(text) : CleanText(text));
  return out;
}

std::string DoubleLiteral(double number) {
  if (std::isnan(number)) return "(0.0 / 0.0)";
  if (std::isinf(number)) return number > 0 ? "(1.0 / 0.0)" : "(-1.0 / 0.0)";
  return FloatText(number);
}

std::string Literal(const Value& value) {
  switch (value.type()) {
    case ValueType::kNull:
      return "null";
    case ValueType::kBool:
    case ValueType::kInt:
      return formats::PlainText(value);
    case ValueType::kDouble:
      return DoubleLiteral(value.as_double());
    case ValueType::kString:
      return StringLiteral(value.as_string());
    case ValueType::kList: {
      std::string out;
      for (const Value& item : value.as_list()) out += (out.empty() ? "" : ", ") + Literal(item);
      return "[" + out + "]";
    }
    default:
      return fmt::format("{}('{}')", TemporalFunction(value.type()), TemporalText(value));
  }
}

std::string PropertyMap(const Properties& properties) {
  std::string out;
  for (const auto& [key, value] : properties) {
    out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", BackquotedName(key), Literal(value));
  }
  return out;
}

/// `name`, with as many underscores behind it as it takes for `taken` not to have it.
std::string FreeName(std::string name, const std::vector<std::string_view>& taken) {
  while (std::find(taken.begin(), taken.end(), name) != taken.end()) name += '_';
  return name;
}

}  // namespace

void WriteCypher(const View& view, const FormatOptions& options, std::ostream& out) {
  const Contents contents = Collect(view, options.selection);
  const std::string label = FreeName("_Made", LabelNames(view.catalog()));
  const std::string key = FreeName("_id", KeyNames(view.catalog()));
  for (const NodeRef node : contents.nodes) {
    std::string labels;
    for (const std::string& own : LabelsOf(view, node.no)) labels += ":" + BackquotedName(own);
    const std::string properties = PropertyMap(PropertiesOf(view, node.no));
    out << fmt::format("CREATE ({}:{} {{{}: '{}'{}{}}});\n", labels, label, key, Id(node),
                       properties.empty() ? "" : ", ", properties);
  }
  for (const RelRef rel : contents.rels) {
    const RelEnds ends = view.Ends(rel.no);
    const std::string properties = PropertyMap(PropertiesOf(view, rel.no));
    out << fmt::format(
        "MATCH (a:{0} {{{1}: '{2}'}}), (b:{0} {{{1}: '{3}'}}) CREATE (a)-[:{4}{5}]->(b);\n", label,
        key, Id({ends.source, view.Id(ends.source)}), Id({ends.target, view.Id(ends.target)}),
        BackquotedName(view.catalog().TypeName(ends.type)),
        properties.empty() ? "" : " {" + properties + "}");
  }
  if (!contents.nodes.empty()) {
    out << fmt::format("MATCH (n:{0}) REMOVE n.{1}, n:{0};\n", label, key);
  }
  if (options.selection != nullptr) return;
  for (const SchemaItem& item : view.Schema()) out << SchemaStatement(item) << ";\n";
}

}  // namespace verbale::graph::formats
