// GEXF 1.3 as Gephi reads it. The type of a relationship is its `kind`, which keeps parallel ones
// apart, and its label. A relationship with a date is there from that date on (a spell), and the
// graph is then a dynamic one with a timeline. NetworkX before its version 3 knows GEXF to 1.2
// only, which has no `kind`; a dialect is written for it.

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "graph/ascii.h"
#include "graph/formats/property_types.h"

namespace verbale::graph::formats {
namespace {

// The first day of an ISO date of any precision, "2015-07" → "2015-07-01"; empty for other text.
std::string FirstDay(std::string_view date) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  if (date.size() != 4 && date.size() != 7 && date.size() != 10) return "";
  for (std::size_t i = 0; i < date.size(); ++i) {
    if (kShape[i] == 'd' ? !IsDigit(date[i]) : date[i] != '-') return "";
  }
  return std::string(date) + std::string(std::string_view("-01-01").substr(date.size() - 4));
}

class Writer {
 public:
  Writer(const View& view, const FormatOptions& options, std::ostream& out)
      : view_(view), options_(options), out_(out), contents_(view, options.selection) {
    starts_.reserve(contents_.rels.size());
    for (const RelRef rel : contents_.rels) starts_.push_back(FirstDay(DateOf(view, rel.no)));
  }

  void Write() {
    const bool dynamic = std::any_of(starts_.begin(), starts_.end(),
                                     [](const std::string& start) { return !start.empty(); });
    out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<gexf "
         << (old() ? "xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\""
                   : "xmlns=\"http://gexf.net/1.3\" version=\"1.3\"")
         << ">\n"
         << fmt::format(
                "  <graph mode=\"{}\" defaultedgetype=\"directed\" idtype=\"string\" "
                "timeformat=\"date\"{}>\n",
                dynamic ? "dynamic" : "static", old() ? "" : " timerepresentation=\"interval\"");
    Attributes("node", "labels", contents_.node_types);
    Attributes("edge", "evidence", contents_.rel_types);
    out_ << "    <nodes>\n";
    for (const NodeRef node : contents_.nodes) WriteNode(node);
    out_ << "    </nodes>\n    <edges>\n";
    for (std::size_t i = 0; i < starts_.size(); ++i) WriteRel(contents_.rels[i], starts_[i]);
    out_ << "    </edges>\n  </graph>\n</gexf>\n";
  }

 private:
  bool old() const { return options_.dialect == Dialect::kNetworkX; }

  // `own` is the attribute that the format adds to the properties.
  void Attributes(std::string_view domain, std::string_view own, const PropertyTypes& types) {
    out_ << "    <attributes class=\"" << domain << "\" mode=\"static\">\n"
         << "      <attribute id=\"" << own << "\" title=\"" << own << "\" type=\"string\"/>\n";
    for (const auto& [name, type] : types) {
      out_ << fmt::format("      <attribute id=\"{}\" title=\"{}\" type=\"{}\"/>\n", type.number,
                          XmlText(name), type.type);
    }
    out_ << "    </attributes>\n";
  }

  void Value(std::string_view id, std::string_view text) {
    out_ << "<attvalue for=\"" << id << "\" value=\"" << XmlText(text) << "\"/>";
  }
  void Values(const PropertyTypes& types, const Properties& properties) {
    for (const auto& [name, value] : properties) {
      Value(std::to_string(types.at(name).number), PlainText(value));
    }
  }

  void WriteNode(NodeRef node) {
    std::string labels;
    for (const std::string& label : LabelsOf(view_, node.no)) labels += ":" + label;
    out_ << "      <node id=\"" << Id(node) << "\" label=\"" << XmlText(NameOf(view_, node))
         << "\"><attvalues>";
    Value("labels", labels);
    Values(contents_.node_types, PropertiesOf(view_, node.no));
    out_ << "</attvalues></node>\n";
  }

  void WriteRel(RelRef rel, const std::string& start) {
    const RelEnds ends = view_.Ends(rel.no);
    const std::string type = XmlText(view_.catalog().TypeName(ends.type));
    out_ << fmt::format(
        "      <edge id=\"{}\" source=\"{}\" target=\"{}\"{} label=\"{}\" "
        "weight=\"{}\"><attvalues>",
        Id(rel), Id({ends.source, view_.Id(ends.source)}), Id({ends.target, view_.Id(ends.target)}),
        old() ? "" : " kind=\"" + type + "\"", type, std::max(view_.Support(rel.no), 1u));
    if (options_.evidence) {
      const std::string quotes = EvidenceText(view_.Evidence(rel.no));
      if (!quotes.empty()) Value("evidence", quotes);
    }
    Values(contents_.rel_types, PropertiesOf(view_, rel.no));
    out_ << "</attvalues>";
    if (!start.empty()) out_ << "<spells><spell start=\"" << start << "\"/></spells>";
    out_ << "</edge>\n";
  }

  const View& view_;
  const FormatOptions& options_;
  std::ostream& out_;
  const DeclaredContents contents_;
  std::vector<std::string> starts_;  // Beside contents_.rels; empty where there is no date.
};

}  // namespace

void WriteGexf(const View& view, const FormatOptions& options, std::ostream& out) {
  Writer(view, options, out).Write();
}

}  // namespace verbale::graph::formats
