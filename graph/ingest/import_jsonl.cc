// JSON Lines as `export --format jsonl` writes them: a node, a relationship, an index or a
// constraint a line. The evidence
// that stands beside a relationship is not imported: it is proof of what a document says, and the
// document is not here (`load` brings in documents).

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

#include "graph/error.h"
#include "graph/formats/schema_text.h"
#include "graph/ingest/id_table.h"
#include "graph/ingest/import.h"
#include "graph/ingest/import_file.h"
#include "graph/ingest/json_values.h"

namespace verbale::graph::ingest {
namespace {

using formats::kSchemaKinds;

Error Bad(const std::string& what) { return Error(ErrorCode::kInvalidArgument, what); }

class JsonImport {
 public:
  explicit JsonImport(ImportSink& sink) : sink_(sink) {}

  void Read(const std::string& path) {
    const ImportFile& file = files_.emplace_back(path);
    sink_.NoteInput(file.text());
    std::string_view rest = file.text();
    for (std::uint32_t line = 1; !rest.empty(); ++line) {
      const std::string_view text = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(text.size() + 1, rest.size()));
      if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
      TextPosition position;
      position.file = file.path();
      position.line = line;
      position.column = position.length = 1;
      try {
        Take(Json::parse(text));
      } catch (const Json::parse_error& error) {
        position.column = error.byte;
        sink_.ReportBad({position, "this is not JSON"});
      } catch (const Json::out_of_range&) {
        sink_.ReportBad({position, "a number is too large"});
      } catch (const Error& error) {
        if (error.position().line != 0) throw;
        sink_.ReportBad({position, error.what()});
      }
    }
  }

 private:
  void Take(const Json& json) {
    if (!json.is_object()) throw Bad("an object is expected");
    const std::string& type = TextIn(json, "type");
    if (type == "node") return Node(json);
    if (type == "relationship") return Relationship(json);
    if (type == "schema") return Schema(json);
    throw Bad("'" + type + "' is neither node, relationship nor schema");
  }

  void Schema(const Json& json) {
    SchemaItem item;
    const std::string& kind = TextIn(json, "kind");
    const auto known = std::find(kSchemaKinds.begin(), kSchemaKinds.end(), kind);
    if (known == kSchemaKinds.end()) throw Bad("'" + kind + "' is no kind of schema");
    item.kind = static_cast<SchemaKind>(known - kSchemaKinds.begin());
    item.name = TextIn(json, "name");
    item.on_relationship = TextIn(json, "on") == "relationship";
    item.label = TextIn(json, "label");
    const auto keys = json.find("properties");
    if (keys == json.end() || !keys->is_array()) throw Bad("'properties' is a list of texts");
    for (const Json& key : *keys) {
      if (!key.is_string()) throw Bad("a property is named by a text");
      item.keys.push_back(key.get<std::string>());
    }
    if (item.kind == SchemaKind::kType) item.value_type = TextIn(json, "value_type");
    sink_.Declare(item);
  }

  void Properties(const Json& json) {
    properties_.clear();
    const auto at = json.find("properties");
    if (at == json.end()) return;
    if (!at->is_object()) throw Bad("'properties' is an object");
    for (const auto& [name, item] : at->items()) {
      if (!item.is_null()) properties_.emplace_back(sink_.Key(name), ValueOfJson(item));
    }
  }

  void Node(const Json& json) {
    const std::string& id = TextIn(json, "id");
    if (ids_.Find(0, id)) throw Bad("another node has the id '" + id + "'");
    std::vector<LabelId> labels;
    if (const auto at = json.find("labels"); at != json.end()) {
      if (!at->is_array()) throw Bad("'labels' is a list of texts");
      for (const Json& label : *at) {
        if (!label.is_string()) throw Bad("a label is a text");
        labels.push_back(sink_.Label(label.get_ref<const std::string&>()));
      }
    }
    Properties(json);
    std::optional<NodeId> wanted;
    if (const auto number = NumberIn(id, 'n')) wanted = NodeId{*number};
    const std::uint32_t row = sink_.AddNode(std::move(labels), properties_, wanted);
    ids_.Add(0, kept_.emplace_back(id), row);
  }

  std::uint32_t End(const Json& json, const char* name) {
    const auto at = json.find(name);
    if (at == json.end()) throw Bad("'" + std::string(name) + "' is missing");
    const std::string& id = TextIn(*at, "id");
    if (const auto row = ids_.Find(0, id)) return *row;
    throw Bad("there is no node with the id '" + id + "' before this line");
  }

  void Relationship(const Json& json) {
    const std::uint32_t start = End(json, "start"), end = End(json, "end");
    const std::string& type = TextIn(json, "label");
    std::optional<RelId> wanted;
    if (const auto id = json.find("id"); id != json.end() && id->is_string()) {
      const auto& text = id->get_ref<const std::string&>();
      if (const auto number = NumberIn(text, 'e')) wanted = RelId{*number};
      if (ids_.Find(1, text)) throw Bad("another relationship has the id '" + text + "'");
      ids_.Add(1, kept_.emplace_back(text), 0);
    }
    Properties(json);
    sink_.AddRel(start, sink_.Type(type), end, properties_, wanted);
  }

  ImportSink& sink_;
  std::deque<ImportFile> files_;
  std::deque<std::string> kept_;  // The table of ids borrows from it.
  IdTable ids_;                   // Space 0: nodes; 1: relationships.
  std::vector<std::pair<KeyId, Value>> properties_;
};

}  // namespace

void ImportJsonLines(const ImportOptions& options, ImportSink& sink) {
  JsonImport import(sink);
  for (const std::string& path : options.json_lines) import.Read(path);
}

}  // namespace verbale::graph::ingest
