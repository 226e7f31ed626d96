// CSV in several files, for programs that import a graph so: nodes and relationships apart.
//
// neo4j-csv is what `neo4j-admin database import` reads: headers in files of their own, typed
// columns, lists and labels with ';' between, no line ends in a field. gephi-csv is a pair of
// tables that Gephi, spreadsheets and R take as they are; its cells are kept from being formulas.

#include <algorithm>
#include <ostream>

#include "graph/formats/csv_parts.h"
#include "graph/formats/property_types.h"

namespace verbale::graph::formats {
namespace {

std::string Joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ';';
    out += word;
  }
  return out;
}

// Items of a list with ';' between; one in an item would make two of it.
std::string ListText(const Value& value) {
  if (value.type() != ValueType::kList) return PlainText(value);
  std::vector<std::string> items;
  for (const Value& item : value.as_list()) {
    std::string text = PlainText(item);
    std::replace(text.begin(), text.end(), ';', ',');
    items.push_back(std::move(text));
  }
  return Joined(items);
}

std::string Field(const Value& value, CsvCells cells) { return CsvCell(ListText(value), cells); }

std::string LabelsField(const std::vector<std::string>& labels, CsvCells cells) {
  return labels.empty() ? "" : CsvCell(Joined(labels), cells);
}

std::string TypedHeads(const PropertyTypes& types) {
  std::string out;
  for (const auto& [name, type] : types) {
    out += ',' + CsvCell(name + ':' + std::string(type.exact), CsvCells::kAsTheyAre);
  }
  return out;
}

std::string PlainHeads(const PropertyTypes& types) {
  std::string out;
  for (const auto& [name, type] : types) out += ',' + CsvCell(name, CsvCells::kNoFormulas);
  return out;
}

// A cell for each declared property; both are in the order of names.
std::string Row(const PropertyTypes& types, const Properties& properties, CsvCells cells) {
  std::string out;
  auto next = properties.begin();
  for (const auto& [name, type] : types) {
    out += ',';
    if (next == properties.end() || next->first != name) continue;
    out += Field(next->second, cells);
    ++next;
  }
  return out;
}

// A column that neo4j-admin passes over and `import` reads.
std::string ExactHead(bool is_there) {
  return is_there ? ',' + std::string(kExactColumn) + ":IGNORE" : "";
}

std::string ExactCell(bool is_there, const PropertyTypes& types, const Properties& properties) {
  if (!is_there) return {};
  const std::string exact = ExactText(types, properties);
  return exact.empty() ? "," : ',' + CsvCell(exact, CsvCells::kAsTheyAre);
}

class Writer {
 public:
  Writer(const View& view, const FormatOptions& options, const OpenFile& open)
      : view_(view), options_(options), open_(open), contents_(view, options.selection) {}

  void WriteNeo4j() {
    const CsvCells as_is = CsvCells::kAsTheyAre;
    open_("nodes-header.csv") << ":ID" << TypedHeads(contents_.node_types)
                              << ExactHead(contents_.has_inexact_nodes) << ",:LABEL\n";
    std::ostream& nodes = open_("nodes.csv");
    for (const NodeRef node : contents_.nodes) {
      const Properties properties = PropertiesOf(view_, node.no);
      nodes << Id(node) << Row(contents_.node_types, properties, as_is)
            << ExactCell(contents_.has_inexact_nodes, contents_.node_types, properties) << ','
            << LabelsField(LabelsOf(view_, node.no), as_is) << '\n';
    }
    open_("relationships-header.csv")
        << ":START_ID" << TypedHeads(contents_.rel_types) << ExactHead(contents_.has_inexact_rels)
        << EvidenceHead(":string") << ",:END_ID,:TYPE\n";
    std::ostream& rels = open_("relationships.csv");
    for (const RelRef rel : contents_.rels) {
      const RelEnds ends = view_.Ends(rel.no);
      const Properties properties = PropertiesOf(view_, rel.no);
      rels << IdOf(ends.source) << Row(contents_.rel_types, properties, as_is)
           << ExactCell(contents_.has_inexact_rels, contents_.rel_types, properties)
           << EvidenceCell(rel.no, as_is) << ',' << IdOf(ends.target) << ','
           << CsvCell(view_.catalog().TypeName(ends.type), as_is) << '\n';
    }
    open_("import.txt") << "neo4j-admin database import full --id-type=string "
                           "--nodes=nodes-header.csv,nodes.csv "
                           "--relationships=relationships-header.csv,relationships.csv neo4j\n";
  }

  void WriteGephi() {
    const CsvCells safe = CsvCells::kNoFormulas;
    std::ostream& nodes = open_("nodes.csv");
    nodes << "Id,Label,Labels" << PlainHeads(contents_.node_types) << '\n';
    for (const NodeRef node : contents_.nodes) {
      nodes << Id(node) << ',' << CsvCell(NameOf(view_, node), safe) << ','
            << LabelsField(LabelsOf(view_, node.no), safe)
            << Row(contents_.node_types, PropertiesOf(view_, node.no), safe) << '\n';
    }
    std::ostream& edges = open_("edges.csv");
    edges << "Source,Target,Type,Kind,Id,Label,Weight" << EvidenceHead("")
          << PlainHeads(contents_.rel_types) << '\n';
    for (const RelRef rel : contents_.rels) {
      const RelEnds ends = view_.Ends(rel.no);
      const std::string type = CsvCell(view_.catalog().TypeName(ends.type), safe);
      edges << IdOf(ends.source) << ',' << IdOf(ends.target) << ",Directed," << type << ','
            << Id(rel) << ',' << type << ',' << std::max(view_.Support(rel.no), 1u)
            << EvidenceCell(rel.no, safe)
            << Row(contents_.rel_types, PropertiesOf(view_, rel.no), safe) << '\n';
    }
  }

 private:
  std::string IdOf(NodeNo node) const { return Id(NodeRef{node, view_.Id(node)}); }
  std::string EvidenceHead(const char* type) const {
    return options_.evidence ? std::string(",evidence") + type : "";
  }
  std::string EvidenceCell(RelNo rel, CsvCells cells) const {
    if (!options_.evidence) return {};
    const std::string text = EvidenceText(view_.Evidence(rel));
    return text.empty() ? "," : ',' + CsvCell(text, cells);
  }

  const View& view_;
  const FormatOptions& options_;
  const OpenFile& open_;
  const DeclaredContents contents_;
};

}  // namespace

void WriteNeo4jCsv(const View& view, const FormatOptions& options, const OpenFile& open) {
  Writer(view, options, open).WriteNeo4j();
}

void WriteGephiCsv(const View& view, const FormatOptions& options, const OpenFile& open) {
  Writer(view, options, open).WriteGephi();
}

}  // namespace verbale::graph::formats
