// A script of openCypher that makes the graph again. Nodes are found by a property `_id` while
// relationships are made; the last statement takes it away. One statement a line.

#include <cmath>
#include <ostream>

#include <fmt/format.h>

#include "graph/formats/parts.h"

namespace verbale::graph::formats {
namespace {

// A name in backticks, backticks in it doubled.
std::string Name(std::string_view name) {
  std::string out = "`";
  for (const char c : CleanText(name)) {
    out += c;
    if (c == '`') out += c;
  }
  return out + "`";
}

std::string StringLiteral(std::string_view text) {
  std::string out = "'";
  for (const char c : CleanText(text)) {
    switch (c) {
      case '\'':
      case '\\':
        out += '\\';
        out += c;
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += c;
    }
  }
  return out + "'";
}

std::string DoubleLiteral(double number) {
  if (std::isnan(number)) return "(0.0 / 0.0)";
  if (std::isinf(number)) return number > 0 ? "(1.0 / 0.0)" : "(-1.0 / 0.0)";
  std::string text = fmt::format("{}", number);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::string TemporalFunction(ValueType type) {
  switch (type) {
    case ValueType::kDate:
      return "date";
    case ValueType::kLocalTime:
      return "localtime";
    case ValueType::kTime:
      return "time";
    case ValueType::kLocalDateTime:
      return "localdatetime";
    case ValueType::kDateTime:
      return "datetime";
    default:
      return "duration";
  }
}

std::string Literal(const Value& value) {
  switch (value.type()) {
    case ValueType::kNull:
      return "null";
    case ValueType::kBool:
    case ValueType::kInt:
      return PlainText(value);
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
      return fmt::format("{}('{}')", TemporalFunction(value.type()), PlainText(value));
  }
}

std::string PropertyMap(const Properties& properties) {
  std::string out;
  for (const auto& [key, value] : properties) {
    out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", Name(key), Literal(value));
  }
  return out;
}

}  // namespace

void WriteCypher(const View& view, const FormatOptions& options, std::ostream& out) {
  const Contents contents = Collect(view, options.selection);
  for (const NodeRef node : contents.nodes) {
    std::string labels;
    for (const std::string& label : LabelsOf(view, node.no)) labels += ":" + Name(label);
    const std::string properties = PropertyMap(PropertiesOf(view, node.no));
    out << fmt::format("CREATE ({} {{_id: '{}'{}{}}});\n", labels, Id(node),
                       properties.empty() ? "" : ", ", properties);
  }
  for (const RelRef rel : contents.rels) {
    const RelEnds ends = view.Ends(rel.no);
    const std::string properties = PropertyMap(PropertiesOf(view, rel.no));
    out << fmt::format("MATCH (a {{_id: '{}'}}), (b {{_id: '{}'}}) CREATE (a)-[:{}{}]->(b);\n",
                       Id({ends.source, view.Id(ends.source)}),
                       Id({ends.target, view.Id(ends.target)}),
                       Name(view.catalog().TypeName(ends.type)),
                       properties.empty() ? "" : " {" + properties + "}");
  }
  if (!contents.nodes.empty()) out << "MATCH (n) REMOVE n._id;\n";
}

}  // namespace verbale::graph::formats
