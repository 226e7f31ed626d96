// JSON Lines as `export --format jsonl` writes them: a node or a relationship a line. The evidence
// that stands beside a relationship is not imported: it is proof of what a document says, and the
// document is not here (`load` brings in documents).

#include <deque>
#include <limits>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "graph/error.h"
#include "graph/ingest/id_table.h"
#include "graph/ingest/import.h"
#include "graph/ingest/import_file.h"
#include "graph/temporal.h"

namespace verbale::graph::ingest {
namespace {

using Json = nlohmann::ordered_json;

Error Bad(const std::string& what) { return Error(ErrorCode::kInvalidArgument, what); }

const std::string& Text(const Json& object, const char* name) {
  const auto at = object.find(name);
  if (at == object.end() || !at->is_string()) {
    throw Bad("a text '" + std::string(name) + "' is expected");
  }
  return at->get_ref<const std::string&>();
}

Value Typed(const std::string& type, const std::string& text) {
  if (type == "Date") return Value(ParseDate(text));
  if (type == "LocalTime") return Value(ParseLocalTime(text));
  if (type == "Time") return Value(ParseTime(text));
  if (type == "LocalDateTime") return Value(ParseLocalDateTime(text));
  if (type == "ZonedDateTime") return Value(ParseDateTime(text));
  if (type == "Duration") return Value(ParseDuration(text));
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (type == "Float" && text == "Infinity") return Value(kInfinity);
  if (type == "Float" && text == "-Infinity") return Value(-kInfinity);
  if (type == "Float" && text == "NaN") return Value(std::numeric_limits<double>::quiet_NaN());
  throw Bad("a value has the type '" + type + "', which is not known");
}

Value ScalarOf(const Json& json) {
  if (json.is_boolean()) return Value(json.get<bool>());
  if (json.is_number_unsigned() &&
      json.get<std::uint64_t>() > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
    throw Bad("an integer has more than 64 bits");
  }
  if (json.is_number_integer()) return Value(json.get<std::int64_t>());
  if (json.is_number_float()) return Value(json.get<double>());
  if (json.is_string()) return Value(json.get_ref<const std::string&>());
  if (json.is_object() && json.contains("$type")) {
    return Typed(Text(json, "$type"), Text(json, "_value"));
  }
  throw Bad("a property is a boolean, a number, a text, a time or a list of those");
}

Value ValueOf(const Json& json) {
  if (!json.is_array()) return ScalarOf(json);
  List list;
  for (const Json& item : json) list.push_back(ScalarOf(item));
  return Value(std::move(list));
}

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
    const std::string& type = Text(json, "type");
    if (type == "node") return Node(json);
    if (type == "relationship") return Relationship(json);
    throw Bad("'" + type + "' is neither node nor relationship");
  }

  void Properties(const Json& json) {
    properties_.clear();
    const auto at = json.find("properties");
    if (at == json.end()) return;
    if (!at->is_object()) throw Bad("'properties' is an object");
    for (const auto& [name, item] : at->items()) {
      if (!item.is_null()) properties_.emplace_back(sink_.Key(name), ValueOf(item));
    }
  }

  void Node(const Json& json) {
    const std::string& id = Text(json, "id");
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
    const std::string& id = Text(*at, "id");
    if (const auto row = ids_.Find(0, id)) return *row;
    throw Bad("there is no node with the id '" + id + "' before this line");
  }

  void Relationship(const Json& json) {
    const std::uint32_t start = End(json, "start"), end = End(json, "end");
    const std::string& type = Text(json, "label");
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
