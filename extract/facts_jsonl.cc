#include "extract/facts_jsonl.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <istream>
#include <limits>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "extract/base64.h"
#include "extract/json_line.h"
#include "extract/text/decode.h"
#include "graph/ascii.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

using graph::DocumentFacts;
using graph::Value;
using graph::ValueType;
using Json = nlohmann::ordered_json;

constexpr std::string_view kFormat = "verbale-facts/1";

// ---- Values of attributes and properties.

// nullopt for what no attribute can be: a number beyond 64 bits, or nesting that only an attack
// has.
std::optional<Value> FromJson(const Json& json, int depth = 0) {
  constexpr int kDeepest = 32;
  if (depth > kDeepest) return std::nullopt;
  switch (json.type()) {
    case Json::value_t::null:
      return Value();
    case Json::value_t::boolean:
      return Value(json.get<bool>());
    case Json::value_t::number_unsigned:
      if (json.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
      return Value(json.get<std::int64_t>());
    case Json::value_t::number_integer:
      return Value(json.get<std::int64_t>());
    case Json::value_t::number_float:
      return Value(json.get<double>());
    case Json::value_t::string:
      return Value(json.get<std::string>());
    case Json::value_t::array: {
      graph::List list;
      for (const Json& item : json) {
        auto value = FromJson(item, depth + 1);
        if (!value) return std::nullopt;
        list.push_back(*std::move(value));
      }
      return Value(std::move(list));
    }
    case Json::value_t::object: {
      graph::Map map;
      for (const auto& [key, item] : json.items()) {
        auto value = FromJson(item, depth + 1);
        if (!value) return std::nullopt;
        map.emplace_back(key, *std::move(value));
      }
      return Value::OfMap(std::move(map));
    }
    default:
      return std::nullopt;
  }
}

// ---- Writing.

void AppendSection(const graph::SectionRecord& section, std::string& out) {
  JsonLine json(out);
  json.Add("key", section.key);
  json.Add("author", section.author);
  json.Add("language", section.language);
  json.Add("date", section.date);
  json.Add("start", section.span.begin);
  json.Add("end", section.span.end);
  json.End();
}

void AppendEntity(const graph::Entity& entity, std::string& out) {
  const auto append_text = [](const std::string& text, std::string& to) { AppendJson(text, to); };
  JsonLine json(out);
  json.Add("id", entity.id);
  json.Add("label", entity.label);
  json.Add("name", entity.name);
  json.AddList("aliases", entity.aliases, append_text);
  json.Add("properties", entity.properties);
  json.End();
}

void AppendDocument(const DocumentFacts& facts, std::string& out) {
  const auto& document = facts.document;
  JsonLine json(out);
  // The five keys that every line has, so that a reader of facts alone needs no other case.
  json.Add("record", "document");
  json.Add("format", kFormat);
  json.Add("document", document.symbol);
  json.Add("section", "");
  json.Add("subject", document.symbol);
  json.Add("relation", "DOCUMENT");
  json.Add("object", "");
  json.Add("title", document.title);
  json.Add("date", document.date);
  json.Add("language", document.language);
  json.Add("path", document.path);
  json.Add("source_format", document.format);
  json.Add("hash", document.hash);
  json.Add("pack", document.pack);
  json.Add("bytes", document.bytes);
  json.Add("sentences", document.sentences);
  json.Add("replaced", document.replaced);
  json.AddList("sections", facts.sections, AppendSection);
  json.AddList("entities", facts.entities, AppendEntity);
  if (IsUtf8(facts.text)) {
    json.Add("text", facts.text);
  } else {
    json.Add("text_base64", EncodeBase64(facts.text));
  }
  json.End();
}

void AppendFact(const DocumentFacts& facts, const graph::Fact& fact, std::string& out) {
  const auto& subject = facts.entities[fact.subject];
  const auto& object = facts.entities[fact.object];
  const auto& evidence = fact.evidence;
  JsonLine json(out);
  json.Add("record", evidence.modality == graph::Modality::kAsserted ? "fact" : "reading");
  json.Add("document", facts.document.symbol);
  json.Add("section", evidence.section);
  json.Add("subject", subject.name);
  json.Add("subject_label", subject.label);
  json.Add("subject_id", subject.id);
  json.Add("relation", RelationOf(fact));
  json.Add("object", object.name);
  json.Add("object_label", object.label);
  json.Add("object_id", object.id);
  json.Add("attributes", evidence.attributes);
  json.Add("modality", graph::Name(evidence.modality));
  json.Add("type", fact.type);
  json.Add("sentence", evidence.sentence);
  json.Add("date", evidence.date);
  json.Add("path", facts.document.path);
  json.Add("start", evidence.span.begin);
  json.Add("end", evidence.span.end);
  json.Add("rule", evidence.rule);
  json.End();
}

// ---- Reading. A missing or mistyped key is an error that names it.

class Record {
 public:
  Record(Json json, const std::string& file, std::size_t line)
      : json_(std::move(json)), file_(file), line_(line) {}

  [[noreturn]] void Fail(const std::string& what) const {
    TextPosition position;
    position.file = file_;
    position.line = line_;
    position.column = 1;
    throw Error(ErrorCode::kSemantic, what, position);
  }

  const Json& At(const char* key) const {
    const auto at = json_.find(key);
    if (at == json_.end()) Fail(fmt::format("the record has no '{}'", key));
    return *at;
  }
  std::string Text(const char* key) const {
    if (!At(key).is_string()) Fail(fmt::format("'{}' is not a string", key));
    return At(key).get<std::string>();
  }
  std::uint64_t Count(const char* key) const {
    if (!At(key).is_number_unsigned()) Fail(fmt::format("'{}' is not a whole number from 0", key));
    return At(key).get<std::uint64_t>();
  }
  std::vector<std::string> Texts(const char* key) const {
    std::vector<std::string> texts;
    for (const Record& item : List(key)) {
      if (!item.json_.is_string())
        Fail(fmt::format("'{}' holds something that is not a string", key));
      texts.push_back(item.json_.get<std::string>());
    }
    return texts;
  }
  std::vector<Record> List(const char* key) const {
    if (!At(key).is_array()) Fail(fmt::format("'{}' is not an array", key));
    std::vector<Record> list;
    for (const Json& item : At(key)) list.emplace_back(item, file_, line_);
    return list;
  }
  graph::Attributes Attributes(const char* key) const {
    if (!At(key).is_object()) Fail(fmt::format("'{}' is not an object", key));
    const auto value = FromJson(At(key));
    if (!value) Fail(fmt::format("'{}' holds a number beyond 64 bits, or is nested too deep", key));
    return value->as_map();
  }
  bool Has(const char* key) const { return json_.contains(key); }
  ByteSpan SpanIn(std::string_view text) const {
    const ByteSpan span{Count("start"), Count("end")};
    if (span.end < span.begin) Fail("'end' lies before 'start'");
    if (span.end > text.size()) Fail("'end' lies behind the end of the text");
    return span;
  }

 private:
  Json json_;
  const std::string& file_;
  std::size_t line_;
};

DocumentFacts ReadDocument(const Record& record) {
  if (record.Text("format") != kFormat) {
    record.Fail(fmt::format("format '{}' is not known here; this program reads {}",
                            record.Text("format"), kFormat));
  }
  DocumentFacts facts;
  auto& document = facts.document;
  document.symbol = record.Text("document");
  document.title = record.Text("title");
  document.date = record.Text("date");
  document.language = record.Text("language");
  document.path = record.Text("path");
  document.format = record.Text("source_format");
  document.hash = record.Text("hash");
  document.pack = record.Text("pack");
  document.bytes = record.Count("bytes");
  document.sentences = record.Count("sentences");
  document.replaced = record.Count("replaced");
  if (record.Has("text_base64")) {
    const auto text = DecodeBase64(record.Text("text_base64"));
    if (!text) record.Fail("'text_base64' is not Base64");
    facts.text = *text;
  } else {
    facts.text = record.Text("text");
  }
  for (const Record& section : record.List("sections")) {
    facts.sections.push_back({section.Text("key"), section.Text("author"), section.Text("language"),
                              section.Text("date"), section.SpanIn(facts.text)});
  }
  for (const Record& entity : record.List("entities")) {
    facts.entities.push_back({entity.Text("label"), entity.Text("name"), entity.Text("id"),
                              entity.Texts("aliases"), entity.Attributes("properties")});
  }
  return facts;
}

using EntityNumbers = std::map<std::string, std::uint32_t>;

graph::Fact ReadFact(const Record& record, const DocumentFacts& facts,
                     const EntityNumbers& numbers) {
  const auto entity = [&](const char* key) {
    const auto at = numbers.find(record.Text(key));
    if (at == numbers.end()) record.Fail(fmt::format("'{}' names no entity of the document", key));
    return at->second;
  };
  if (record.Text("document") != facts.document.symbol) {
    record.Fail(fmt::format("a fact of '{}' among those of '{}'", record.Text("document"),
                            facts.document.symbol));
  }
  graph::Fact fact;
  fact.subject = entity("subject_id");
  fact.type = record.Text("type");
  fact.object = entity("object_id");
  auto& evidence = fact.evidence;
  evidence.document = facts.document.symbol;
  evidence.section = record.Text("section");
  evidence.date = record.Text("date");
  evidence.path = facts.document.path;
  evidence.span = record.SpanIn(facts.text);
  evidence.sentence = record.Text("sentence");
  evidence.rule = record.Text("rule");
  try {
    evidence.modality = graph::ModalityFromName(record.Text("modality"));
  } catch (const Error& error) {
    record.Fail(error.what());
  }
  evidence.attributes = record.Attributes("attributes");
  return fact;
}

Record ParseLine(const std::string& line, const std::string& file, std::size_t number) {
  TextPosition position;
  position.file = file;
  position.line = number;
  position.column = 1;
  try {
    Json json = Json::parse(line);
    Record record(json, file, number);
    if (!json.is_object()) record.Fail("the line is not a JSON object");
    return record;
  } catch (const Json::parse_error& error) {
    position.column = error.byte;
    throw Error(ErrorCode::kSyntax, "the line is not JSON", position);
  } catch (const Json::out_of_range&) {
    throw Error(ErrorCode::kSyntax, "a number is too large", position);
  }
}

}  // namespace

std::string RelationOf(const graph::Fact& fact) {
  if (fact.evidence.modality == graph::Modality::kAsserted) return fact.type;
  return UpperCase(graph::Name(fact.evidence.modality)) + "_" + fact.type;
}

void WriteFacts(const DocumentFacts& facts, std::string& out) {
  AppendDocument(facts, out);
  out += '\n';
  for (const auto& fact : facts.facts) {
    AppendFact(facts, fact, out);
    out += '\n';
  }
}

FactsReader::FactsReader(std::istream& in, std::string file) : in_(in), file_(std::move(file)) {}

bool FactsReader::ReadLine() {
  while (std::getline(in_, line_)) {
    ++number_;
    if (line_.find_first_not_of(" \t\r") != std::string::npos) return true;
  }
  return false;
}

std::optional<DocumentFacts> FactsReader::Next() {
  if (!pending_ && !ReadLine()) return std::nullopt;
  pending_ = false;
  const Record first = ParseLine(line_, file_, number_);
  if (first.Text("record") != "document")
    first.Fail("a fact stands before the record of its document");
  DocumentFacts facts = ReadDocument(first);
  EntityNumbers numbers;
  for (const auto& entity : facts.entities) {
    const std::string prefix = graph::EntityId(entity.label, "");
    const bool is_id = entity.id.starts_with(prefix) && entity.id.size() > prefix.size() &&
                       entity.id == graph::EntityId(entity.label, entity.id.substr(prefix.size()));
    if (!is_id) {
      first.Fail(
          fmt::format("'{}' is not the id of {} '{}'", entity.id, entity.label, entity.name));
    }
    numbers.emplace(entity.id, static_cast<std::uint32_t>(numbers.size()));
  }
  if (numbers.size() != facts.entities.size()) first.Fail("an entity stands twice in the document");
  while (ReadLine()) {
    const Record record = ParseLine(line_, file_, number_);
    if (record.Text("record") == "document") {
      pending_ = true;
      break;
    }
    facts.facts.push_back(ReadFact(record, facts, numbers));
  }
  return facts;
}

}  // namespace verbale::extract
