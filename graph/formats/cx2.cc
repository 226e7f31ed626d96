// CX2, which NDEx and Cytoscape exchange: numbers for ids, every attribute declared before use, and
// a closing status without which a reader takes the file for broken off.

#include <array>
#include <map>
#include <ostream>

#include "graph/formats/json_parts.h"
#include "graph/formats/property_types.h"

namespace verbale::graph::formats {
namespace {

constexpr std::array<std::string_view, 5> kReserved = {"name", "labels", "interaction", "weight",
                                                       "evidence"};
std::string Shown(const std::string& name) { return CleanText(AttributeName(name, kReserved)); }

Json TypedJson(const Value& value, std::string_view type) {
  if (type == "string") return CleanText(PlainText(value));
  return PlainJson(value);
}

class Writer {
 public:
  Writer(const View& view, const FormatOptions& options, std::ostream& out)
      : view_(view), options_(options), out_(out), contents_(view, options.selection) {
    contents_.node_types.erase("name");  // has an attribute of its own
  }

  void Write() {
    const std::size_t nodes = contents_.nodes.size();
    const std::size_t edges = contents_.rels.size();
    out_ << "[" << Line({{"CXVersion", "2.0"}, {"hasFragments", false}}) << ",\n"
         << Line({{"metaData",
                   {{{"name", "attributeDeclarations"}, {"elementCount", 1}},
                    {{"name", "networkAttributes"}, {"elementCount", 1}},
                    {{"name", "nodes"}, {"elementCount", nodes}},
                    {{"name", "edges"}, {"elementCount", edges}}}}})
         << ",\n"
         << Line({{"attributeDeclarations", Json::array({Declarations()})}}) << ",\n"
         << Line({{"networkAttributes", Json::array({{{"name", Title()}}})}}) << ",\n";
    WriteNodes();
    WriteEdges();
    out_ << Line({{"status", Json::array({{{"success", true}}})}}) << "]\n";
  }

 private:
  std::string Title() const {
    return CleanText(options_.title.empty() ? "verbale" : options_.title);
  }

  Json Declarations() const {
    Json nodes = {{"name", {{"d", "string"}}}, {"labels", {{"d", "list_of_string"}}}};
    for (const auto& [name, type] : contents_.node_types) nodes[Shown(name)] = {{"d", type.type}};
    Json edges = {{"interaction", {{"d", "string"}}}, {"weight", {{"d", "long"}}}};
    if (options_.evidence) edges["evidence"] = {{"d", "string"}};
    for (const auto& [name, type] : contents_.rel_types) edges[Shown(name)] = {{"d", type.type}};
    return {
        {"networkAttributes", {{"name", {{"d", "string"}}}}}, {"nodes", nodes}, {"edges", edges}};
  }

  void AddProperties(const PropertyTypes& types, const Properties& properties, Json& json) const {
    for (const auto& [name, value] : properties) {
      const auto type = types.find(name);
      if (type == types.end()) continue;
      Json typed = TypedJson(value, type->second.type);
      if (!typed.is_null()) json[Shown(name)] = std::move(typed);
    }
  }

  void WriteNodes() {
    out_ << "{\"nodes\": [";
    const char* comma = "\n";
    for (const NodeRef node : contents_.nodes) {
      Json values = {{"name", CleanText(NameOf(view_, node))}, {"labels", Json::array()}};
      for (const auto& label : LabelsOf(view_, node.no)) {
        values["labels"].push_back(CleanText(label));
      }
      AddProperties(contents_.node_types, PropertiesOf(view_, node.no), values);
      const std::size_t number = numbers_.size();
      numbers_.emplace(node.no, number);
      out_ << comma << Line({{"id", number}, {"v", std::move(values)}});
      comma = ",\n";
    }
    out_ << "]},\n";
  }

  void WriteEdges() {
    out_ << "{\"edges\": [";
    const char* comma = "\n";
    std::size_t number = 0;
    for (const RelRef rel : contents_.rels) {
      const RelEnds ends = view_.Ends(rel.no);
      Json values = {{"interaction", CleanText(view_.catalog().TypeName(ends.type))},
                     {"weight", std::max(view_.Support(rel.no), 1u)}};
      if (options_.evidence) {
        values["evidence"] = CleanText(EvidenceText(view_.Evidence(rel.no)));
      }
      AddProperties(contents_.rel_types, PropertiesOf(view_, rel.no), values);
      out_ << comma
           << Line({{"id", number++},
                    {"s", numbers_.at(ends.source)},
                    {"t", numbers_.at(ends.target)},
                    {"v", std::move(values)}});
      comma = ",\n";
    }
    out_ << "]},\n";
  }

  const View& view_;
  const FormatOptions& options_;
  std::ostream& out_;
  DeclaredContents contents_;
  std::map<NodeNo, std::size_t> numbers_;
};

}  // namespace

void WriteCx2(const View& view, const FormatOptions& options, std::ostream& out) {
  Writer(view, options, out).Write();
}

}  // namespace verbale::graph::formats
