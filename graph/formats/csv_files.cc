// CSV in several files, for programs that import a graph so: nodes and relationships apart.
//
// neo4j-csv is what `neo4j-admin database import` reads: headers in files of their own, typed
// columns, lists and labels with ';' between, no line ends in a field. gephi-csv is a pair of
// tables that Gephi, spreadsheets and R take as they are; its cells are kept from being formulas.

#include <algorithm>
#include <ostream>
#include <set>

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

// An empty list cannot be said in CSV; nothing comes nearest.
std::string Field(const Value& value, CsvCells cells) {
  const std::string text = ListText(value);
  return text.empty() && value.type() == ValueType::kList ? "" : CsvCell(text, cells);
}

std::string LabelsField(const std::vector<std::string>& labels, CsvCells cells) {
  return labels.empty() ? "" : CsvCell(Joined(labels), cells);
}

/// The columns of the properties of all nodes, or of all relationships.
class Columns {
 public:
  explicit Columns(PropertyTypes types) : types_(std::move(types)) {}

  void Note(const Properties& properties) {
    for (const auto& [name, value] : properties) {
      if (value.type() == ValueType::kList) lists_.insert(name);
    }
  }
  std::string TypedHeads() const {
    std::string out;
    for (const auto& [name, type] : types_) {
      const std::string typed(lists_.count(name) != 0 ? "string[]" : type.type);
      out += ',' + CsvCell(name + ':' + typed, CsvCells::kAsTheyAre);
    }
    return out;
  }
  std::string PlainHeads() const {
    std::string out;
    for (const auto& [name, type] : types_) out += ',' + CsvCell(name, CsvCells::kNoFormulas);
    return out;
  }
  std::string Row(const Properties& properties, CsvCells cells) const {
    std::string out;
    for (const auto& [name, type] : types_) {
      const auto at = std::find_if(properties.begin(), properties.end(),
                                   [&, key = &name](const auto& one) { return one.first == *key; });
      out += ',';
      if (at != properties.end()) out += Field(at->second, cells);
    }
    return out;
  }

 private:
  PropertyTypes types_;
  std::set<std::string> lists_;
};

class Writer {
 public:
  Writer(const View& view, const FormatOptions& options, const OpenFile& open)
      : view_(view),
        options_(options),
        open_(open),
        contents_(Collect(view, options.selection)),
        node_columns_(NodePropertyTypes(view, contents_)),
        rel_columns_(RelPropertyTypes(view, contents_)) {
    for (const NodeRef node : contents_.nodes) node_columns_.Note(PropertiesOf(view, node.no));
    for (const RelRef rel : contents_.rels) rel_columns_.Note(PropertiesOf(view, rel.no));
  }

  void WriteNeo4j() {
    const CsvCells as_is = CsvCells::kAsTheyAre;
    open_("nodes-header.csv") << ":ID" << node_columns_.TypedHeads() << ",:LABEL\n";
    std::ostream& nodes = open_("nodes.csv");
    for (const NodeRef node : contents_.nodes) {
      nodes << Id(node) << node_columns_.Row(PropertiesOf(view_, node.no), as_is) << ','
            << LabelsField(LabelsOf(view_, node.no), as_is) << '\n';
    }
    open_("relationships-header.csv") << ":START_ID" << rel_columns_.TypedHeads()
                                      << EvidenceHead(":string") << ",:END_ID,:TYPE\n";
    std::ostream& rels = open_("relationships.csv");
    for (const RelRef rel : contents_.rels) {
      const RelEnds ends = view_.Ends(rel.no);
      rels << IdOf(ends.source) << rel_columns_.Row(PropertiesOf(view_, rel.no), as_is)
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
    nodes << "Id,Label,Labels" << node_columns_.PlainHeads() << '\n';
    for (const NodeRef node : contents_.nodes) {
      nodes << Id(node) << ',' << CsvCell(NameOf(view_, node), safe) << ','
            << LabelsField(LabelsOf(view_, node.no), safe)
            << node_columns_.Row(PropertiesOf(view_, node.no), safe) << '\n';
    }
    std::ostream& edges = open_("edges.csv");
    edges << "Source,Target,Type,Kind,Id,Label,Weight" << EvidenceHead("")
          << rel_columns_.PlainHeads() << '\n';
    for (const RelRef rel : contents_.rels) {
      const RelEnds ends = view_.Ends(rel.no);
      const std::string type = CsvCell(view_.catalog().TypeName(ends.type), safe);
      edges << IdOf(ends.source) << ',' << IdOf(ends.target) << ",Directed," << type << ','
            << Id(rel) << ',' << type << ',' << std::max(view_.Support(rel.no), 1u)
            << EvidenceCell(rel.no, safe) << rel_columns_.Row(PropertiesOf(view_, rel.no), safe)
            << '\n';
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
  const Contents contents_;
  Columns node_columns_;
  Columns rel_columns_;
};

}  // namespace

void WriteNeo4jCsv(const View& view, const FormatOptions& options, const OpenFile& open) {
  Writer(view, options, open).WriteNeo4j();
}

void WriteGephiCsv(const View& view, const FormatOptions& options, const OpenFile& open) {
  Writer(view, options, open).WriteGephi();
}

}  // namespace verbale::graph::formats
