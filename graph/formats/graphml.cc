// GraphML (http://graphml.graphdrawing.org/specification.html) in the dialects that its readers
// really read: strict follows the schema; gephi has its label attribute on edges; cytoscape has
// `interaction` and no list types; yed has its graphics. All have nodes first, typed keys, and flat
// lists; what the type of a key does not keep stands in strict ones beside it, as `exact`.

#include <array>
#include <ostream>

#include <fmt/format.h>

#include "graph/formats/property_types.h"

namespace verbale::graph::formats {
namespace {

constexpr std::array<std::string_view, 8> kReserved = {
    "label", "labels", "interaction", "weight", "evidence", "url", "description", kExactName};

class Writer {
 public:
  Writer(const View& view, const FormatOptions& options, std::ostream& out)
      : view_(view), options_(options), out_(out), contents_(view, options.selection) {
    if (!strict()) contents_.node_types.erase("name");  // has a key of its own
  }

  void Write() {
    out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"\n"
            "         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n";
    if (yed()) out_ << "         xmlns:y=\"http://www.yworks.com/xml/graphml\"\n";
    out_ << "         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
            "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";
    WriteKeys();
    out_ << "  <graph id=\"G\" edgedefault=\"directed\">\n";
    for (const NodeRef node : contents_.nodes) WriteNode(node);
    for (const RelRef rel : contents_.rels) WriteRel(rel);
    out_ << "  </graph>\n</graphml>\n";
  }

 private:
  bool strict() const { return options_.dialect == Dialect::kStrict; }
  bool yed() const { return options_.dialect == Dialect::kYed; }

  // Types that GraphML has no word for are told in the description.
  void Key(std::string_view id, std::string_view domain, std::string_view name,
           std::string_view type, std::string_view exact = "") {
    out_ << fmt::format("  <key id=\"{}\" for=\"{}\" attr.name=\"{}\" attr.type=\"{}\"",
                        XmlText(id), domain, XmlText(name), type);
    if (exact.empty() || exact == type || !strict()) {
      out_ << "/>\n";
    } else {
      out_ << "><desc>" << exact << "</desc></key>\n";
    }
  }

  // The schema wants ids without spaces: properties are numbered in the order of their names.
  void PropertyKeys(std::string_view prefix, std::string_view domain, const PropertyTypes& types) {
    for (const auto& [name, type] : types) {
      Key(fmt::format("{}{}", prefix, type.number), domain, AttributeName(name, kReserved),
          type.type, type.exact);
    }
  }

  void PropertyData(std::string_view prefix, const PropertyTypes& types,
                    const Properties& properties) {
    for (const auto& [name, value] : properties) {
      const auto type = types.find(name);
      if (type != types.end()) {
        Data(fmt::format("{}{}", prefix, type->second.number), PlainText(value));
      }
    }
  }

  /// For `import`: what the declared types do not keep.
  void ExactData(std::string_view key, const PropertyTypes& types, const Properties& properties) {
    const std::string exact = ExactText(types, properties);
    if (!exact.empty()) Data(key, exact);
  }

  void WriteKeys() {
    Key("label", "node", "label", "string");
    if (!strict()) Key("name", "node", "name", "string");
    Key("labels", "node", "labels", "string");
    PropertyKeys("n", "node", contents_.node_types);
    if (strict() && contents_.has_inexact_nodes) Key("exact", "node", kExactName, "string");
    Key("elabel", "edge", "label", "string");
    Key("interaction", "edge", "interaction", "string");
    Key("weight", "edge", "weight", "double");
    if (options_.evidence) Key("evidence", "edge", "evidence", "string");
    PropertyKeys("e", "edge", contents_.rel_types);
    if (strict() && contents_.has_inexact_rels) Key("eexact", "edge", kExactName, "string");
    if (yed()) {
      out_ << "  <key id=\"d0\" for=\"node\" yfiles.type=\"nodegraphics\"/>\n"
              "  <key id=\"d1\" for=\"edge\" yfiles.type=\"edgegraphics\"/>\n";
      Key("d2", "edge", "description", "string");  // yEd shows it when an edge is pointed at
    }
  }

  void Data(std::string_view key, std::string_view text) {
    out_ << "<data key=\"" << XmlText(key) << "\">" << XmlText(text) << "</data>";
  }

  void WriteNode(NodeRef node) {
    const std::string name = NameOf(view_, node);
    std::string labels;
    for (const std::string& label : LabelsOf(view_, node.no)) labels += ":" + label;
    out_ << "    <node id=\"" << Id(node) << "\">";
    Data("label", name);
    if (!strict()) Data("name", name);
    Data("labels", labels);
    const Properties properties = PropertiesOf(view_, node.no);
    PropertyData("n", contents_.node_types, properties);
    if (strict() && contents_.has_inexact_nodes) {
      ExactData("exact", contents_.node_types, properties);
    }
    if (yed()) {
      out_ << "<data key=\"d0\"><y:ShapeNode><y:NodeLabel>" << XmlText(name)
           << "</y:NodeLabel><y:Shape type=\"roundrectangle\"/></y:ShapeNode></data>";
    }
    out_ << "</node>\n";
  }

  void WriteRel(RelRef rel) {
    const RelEnds ends = view_.Ends(rel.no);
    const std::string type(view_.catalog().TypeName(ends.type));
    out_ << "    <edge id=\"" << Id(rel) << "\" source=\""
         << Id({ends.source, view_.Id(ends.source)}) << "\" target=\""
         << Id({ends.target, view_.Id(ends.target)}) << "\"";
    if (options_.dialect == Dialect::kGephi) out_ << " label=\"" << XmlText(type) << "\"";
    out_ << ">";
    Data("elabel", type);
    Data("interaction", type);
    const auto support = view_.Support(rel.no);
    Data("weight", fmt::format("{}", support == 0 ? 1 : support));
    if (options_.evidence) {
      const std::string quotes = EvidenceText(view_.Evidence(rel.no));
      if (!quotes.empty()) Data("evidence", quotes);
      if (!quotes.empty() && yed()) Data("d2", quotes);
    }
    const Properties properties = PropertiesOf(view_, rel.no);
    PropertyData("e", contents_.rel_types, properties);
    if (strict() && contents_.has_inexact_rels) {
      ExactData("eexact", contents_.rel_types, properties);
    }
    if (yed()) {
      out_ << "<data key=\"d1\"><y:PolyLineEdge><y:Arrows source=\"none\" "
              "target=\"standard\"/><y:EdgeLabel>"
           << XmlText(type) << "</y:EdgeLabel></y:PolyLineEdge></data>";
    }
    out_ << "</edge>\n";
  }

  const View& view_;
  const FormatOptions& options_;
  std::ostream& out_;
  DeclaredContents contents_;
};

}  // namespace

void WriteGraphMl(const View& view, const FormatOptions& options, std::ostream& out) {
  Writer(view, options, out).Write();
}

}  // namespace verbale::graph::formats
