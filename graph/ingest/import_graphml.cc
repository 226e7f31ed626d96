// GraphML as export writes it, and as NetworkX, igraph, Gephi, yEd and APOC do.
//
// A file that declares an attribute `labels` for nodes keeps labels and properties apart: ":A:B"
// are the labels, and `label` of a node, `interaction`, `weight` and `evidence` of an edge are only
// for display. In any other file every attribute is a property, and the id of a node is one, too.
// The type of an edge is its `label`, else its `interaction`, else RELATED.

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <pugixml.hpp>

#include "graph/error.h"
#include "graph/formats/property_types.h"
#include "graph/ingest/id_table.h"
#include "graph/ingest/import.h"
#include "graph/ingest/import_column.h"
#include "graph/ingest/import_file.h"
#include "graph/ingest/json_values.h"

namespace verbale::graph::ingest {
namespace {

/// What is wrong with an element.
struct BadElement {
  std::string what;
};

constexpr std::array<std::string_view, 5> kEntities = {"amp", "lt", "gt", "quot", "apos"};
/// What stands between these means itself.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kVerbatim = {
    {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}, {"<!DOCTYPE", ">"}}};

/// All that is written in an element, in as many pieces as it may be.
std::string TextOf(const pugi::xml_node& element) {
  std::string text;
  for (const pugi::xml_node& piece : element.children()) text += piece.value();
  return text;
}

std::string_view LocalName(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);  // npos + 1 is 0
}

/// An attribute that a file declares.
struct Key {
  ImportColumn column;
  std::string domain;  ///< "node", "edge", "all", …
  std::optional<std::string> preset;
};

/// Elements by kind, in the order of the file, from whatever graphs they stand in.
class Elements : public pugi::xml_tree_walker {
 public:
  std::vector<pugi::xml_node> keys, nodes, edges, hyperedges;

  bool for_each(pugi::xml_node& node) override {
    const std::string_view name = LocalName(node);
    if (name == "key") keys.push_back(node);
    if (name == "node") nodes.push_back(node);
    if (name == "edge") edges.push_back(node);
    if (name == "hyperedge") hyperedges.push_back(node);
    return true;
  }
};

class GraphMlImport {
 public:
  GraphMlImport(const ImportFile& file, ImportSink& sink) : file_(file), sink_(sink) {}

  void Run() {
    sink_.NoteInput(file_.text());
    RefuseEntities();
    pugi::xml_document document;
    const auto result = document.load_buffer(file_.text().data(), file_.text().size(),
                                             pugi::parse_default | pugi::parse_ws_pcdata);
    if (!result) {
      throw Error(ErrorCode::kInvalidArgument,
                  "this is not XML: " + std::string(result.description()), At(result.offset));
    }
    if (LocalName(document.document_element()) != "graphml") {
      throw Error(ErrorCode::kInvalidArgument, "this is not GraphML", At(0));
    }
    Elements elements;
    document.traverse(elements);
    for (const auto& key : elements.keys) Take(key, [&] { DeclareKey(key); });
    for (const auto& node : elements.nodes) Take(node, [&] { Node(node); });
    for (const auto& edge : elements.edges) Take(edge, [&] { Edge(edge); });
    for (const auto& edge : elements.hyperedges) {
      Take(edge, [] { throw BadElement{"a hyperedge is no relationship"}; });
    }
  }

 private:
  /// Entities that a document type declares are not read, and would be taken for text.
  void RefuseEntities() const {
    const std::string_view text = file_.text();
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return;  // UTF-16, as bytes.
    for (std::size_t at = 0; (at = text.find_first_of("&<", at)) != std::string_view::npos; ++at) {
      if (text[at] == '<') {
        for (const auto& [begin, end] : kVerbatim) {
          if (!text.substr(at).starts_with(begin)) continue;
          at = std::min(text.find(end, at), text.size() - 1);
          break;
        }
        continue;
      }
      const std::string_view name = text.substr(at + 1, text.find_first_of("; \n<", at) - at - 1);
      if (name.starts_with('#')) continue;
      if (std::find(kEntities.begin(), kEntities.end(), name) != kEntities.end()) continue;
      throw Error(ErrorCode::kInvalidArgument,
                  "'&" + std::string(name) + ";' is an entity that is not known",
                  At(static_cast<std::ptrdiff_t>(at)))
          .WithHint("entities of a document type are not read: write the text itself");
    }
  }

  template <typename Work>
  void Take(const pugi::xml_node& element, const Work& work) {
    try {
      work();
    } catch (const BadElement& bad) {
      sink_.ReportBad({At(element.offset_debug()), bad.what});
    }
  }

  TextPosition At(std::ptrdiff_t offset) const {
    const auto end = static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0));
    TextPosition position = LocateInText(file_.text(), std::min(end, file_.text().size()), 1);
    position.file = file_.path();
    return position;
  }

  void DeclareKey(const pugi::xml_node& element) {
    const std::string name = element.attribute("attr.name").value();
    if (name.empty()) {  // graphics of an editor
      nameless_.insert(element.attribute("id").value());
      return;
    }
    const std::string exact = element.child_value("desc");
    Key key;
    key.domain = element.attribute("for").as_string("all");
    key.column =
        ColumnOf(exact.empty() ? element.attribute("attr.type").as_string("string") : exact);
    key.column.name = name;
    if (const auto preset = element.child("default")) key.preset = TextOf(preset);
    if (name == "labels" && key.domain != "edge") has_labels_ = true;
    keys_.insert_or_assign(element.attribute("id").value(), std::move(key));
  }

  /// A type that is not known is text.
  static ImportColumn ColumnOf(const std::string& type) {
    try {
      return ParseColumn("x:" + type, false);
    } catch (const Error&) {
      return ParseColumn("x:string", false);
    }
  }

  /// What an element has, by the names that the file declares.
  using NamedData = std::map<std::string, std::pair<const Key*, std::string>>;

  bool IsExact(const std::string& name, const std::string& text) const {
    return has_labels_ && name == formats::kExactName && text.starts_with('{');
  }

  NamedData Data(const pugi::xml_node& element, std::string_view domain) const {
    NamedData data;
    const auto is_of = [domain](const Key& key) {
      return key.domain == domain || key.domain == "all";
    };
    for (const auto& [id, key] : keys_) {
      if (is_of(key) && key.preset) data[key.column.name] = {&key, *key.preset};
    }
    for (const pugi::xml_node& child : element.children()) {
      if (LocalName(child) != "data") continue;
      const std::string id = child.attribute("key").value();
      const auto key = keys_.find(id);
      if (key == keys_.end() && !nameless_.contains(id)) {
        throw BadElement{"no key has the id '" + id + "'"};
      }
      if (key == keys_.end() || !is_of(key->second)) continue;
      data[key->second.column.name] = {&key->second, TextOf(child)};
    }
    return data;
  }

  void SetProperty(std::string name, const Key* key, const std::string& text) {
    if (has_labels_ && name.starts_with(formats::kPropertyPrefix)) {
      name.erase(0, formats::kPropertyPrefix.size());
    }
    try {
      Value value = ParseField(key->column, {text, true, 0}, ';');
      if (!value.is_null()) properties_.emplace_back(sink_.Key(name), std::move(value));
    } catch (const Error& error) {
      throw BadElement{name + ": " + error.what()};
    }
  }

  /// What our own files say of properties that the declared types do not keep: in place of those.
  void TakeExact(const std::string& text) {
    try {
      for (auto& [name, value] : ValuesInText(text)) {
        const KeyId key = sink_.Key(name);
        std::erase_if(properties_, [key](const auto& property) { return property.first == key; });
        properties_.emplace_back(key, std::move(value));
      }
    } catch (const Error& error) {
      throw BadElement{"exact: " + std::string(error.what())};
    }
  }

  std::vector<LabelId> Labels(std::string_view text) {
    std::vector<LabelId> labels;
    while (!text.empty()) {
      text.remove_prefix(text.front() == ':' ? 1 : 0);
      const std::string_view label = text.substr(0, text.find(':'));
      if (!label.empty()) labels.push_back(sink_.Label(label));
      text.remove_prefix(label.size());
    }
    return labels;
  }

  void Node(const pugi::xml_node& element) {
    const std::string id = element.attribute("id").value();
    if (id.empty()) throw BadElement{"a node has no id"};
    if (ids_.Find(0, id)) throw BadElement{"another node has the id '" + id + "'"};
    std::vector<LabelId> labels;
    std::string exact;
    properties_.clear();
    const auto data = Data(element, "node");
    for (const auto& [name, entry] : data) {
      if (has_labels_ && name == "labels") {
        labels = Labels(entry.second);
      } else if (IsExact(name, entry.second)) {
        exact = entry.second;
      } else if (!has_labels_ || name != "label") {
        SetProperty(name, entry.first, entry.second);
      }
    }
    if (!exact.empty()) TakeExact(exact);
    if (!has_labels_ && !data.contains("id")) properties_.emplace_back(sink_.Key("id"), Value(id));
    std::optional<NodeId> wanted;
    if (const auto number = NumberIn(id, 'n')) wanted = NodeId{*number};
    const std::uint32_t row = sink_.AddNode(std::move(labels), properties_, wanted);
    ids_.Add(0, kept_.emplace_back(id), row);
  }

  std::uint32_t End(const pugi::xml_node& element, const char* name) {
    const std::string id = element.attribute(name).value();
    if (const auto row = ids_.Find(0, id)) return *row;
    throw BadElement{"there is no node with the id '" + id + "'"};
  }

  void Edge(const pugi::xml_node& element) {
    const std::uint32_t source = End(element, "source"), target = End(element, "target");
    std::string type = element.attribute("label").value(), interaction;
    properties_.clear();
    std::string exact;
    for (const auto& [name, entry] : Data(element, "edge")) {
      if (name == "label") {
        type = entry.second;
      } else if (name == "interaction") {
        interaction = entry.second;
      } else if (IsExact(name, entry.second)) {
        exact = entry.second;
      } else if (!has_labels_ || (name != "weight" && name != "evidence")) {
        SetProperty(name, entry.first, entry.second);
      }
    }
    if (!exact.empty()) TakeExact(exact);
    if (type.empty()) type = interaction.empty() ? "RELATED" : interaction;
    std::optional<RelId> wanted;
    if (const auto number = NumberIn(element.attribute("id").value(), 'e')) wanted = RelId{*number};
    sink_.AddRel(source, sink_.Type(type), target, properties_, wanted);
  }

  const ImportFile& file_;
  ImportSink& sink_;
  std::map<std::string, Key> keys_;
  std::set<std::string> nameless_;  // Ids of keys that name no attribute.
  bool has_labels_ = false;
  std::deque<std::string> kept_;  // The table of ids borrows from it.
  IdTable ids_;
  std::vector<std::pair<KeyId, Value>> properties_;
};

}  // namespace

void ImportGraphMl(const ImportOptions& options, ImportSink& sink) {
  for (const std::string& path : options.graphml) {
    const ImportFile file(path);
    GraphMlImport(file, sink).Run();
  }
}

}  // namespace verbale::graph::ingest
