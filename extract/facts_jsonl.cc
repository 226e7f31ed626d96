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

#include "graph/ascii.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

using graph::DocumentFacts;
using graph::Value;
using graph::ValueType;
using Json = nlohmann::ordered_json;

constexpr std::string_view kFormat = "verbale-facts/1";

// ---- Base64 (RFC 4648), for texts that are not valid UTF-8 and so cannot stand in JSON.

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string EncodeBase64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t n = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      word = word << 8 | (i < n ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      out += i <= n ? kBase64[word >> (18 - 6 * i) & 63u] : '=';
    }
  }
  return out;
}

std::optional<std::string> DecodeBase64(std::string_view text) {
  std::string out;
  std::uint32_t word = 0;
  unsigned bits = 0;
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  for (const char c : text) {
    const std::size_t digit = kBase64.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    word = word << 6 | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>(word >> bits & 0xFFu);
    }
  }
  return out;
}

// ---- Values of attributes and properties.

Json ToJson(const Value& value) {
  switch (value.type()) {
    case ValueType::kNull:
      return nullptr;
    case ValueType::kBool:
      return value.as_bool();
    case ValueType::kInt:
      return value.as_int();
    case ValueType::kDouble:
      return value.as_double();
    case ValueType::kString:
      return std::string(value.as_string());
    case ValueType::kList: {
      Json list = Json::array();
      for (const Value& item : value.as_list()) list.push_back(ToJson(item));
      return list;
    }
    case ValueType::kMap: {
      Json map = Json::object();
      for (const auto& [key, item] : value.as_map()) map[key] = ToJson(item);
      return map;
    }
    default:
      throw Error(ErrorCode::kInternal,
                  fmt::format("a reader of documents gave an attribute of type {}",
                              graph::TypeName(value.type())));
  }
}

Json ToJson(const graph::Attributes& attributes) {
  Json map = Json::object();
  for (const auto& [key, value] : attributes) map[key] = ToJson(value);
  return map;
}

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

bool IsUtf8(const std::string& text) {
  try {
    static_cast<void>(Json(text).dump());
    return true;
  } catch (const Json::type_error&) {  // 316: invalid UTF-8
    return false;
  }
}

Json SectionJson(const graph::SectionRecord& section) {
  return {{"key", section.key},   {"author", section.author},    {"language", section.language},
          {"date", section.date}, {"start", section.span.begin}, {"end", section.span.end}};
}

Json EntityJson(const graph::Entity& entity) {
  return {{"id", entity.id},
          {"label", entity.label},
          {"name", entity.name},
          {"aliases", entity.aliases},
          {"properties", ToJson(entity.properties)}};
}

Json DocumentJson(const DocumentFacts& facts) {
  const auto& document = facts.document;
  // The five keys that every line has, so that a reader of facts alone needs no other case.
  Json json = {{"record", "document"}, {"format", kFormat},          {"document", document.symbol},
               {"section", ""},        {"subject", document.symbol}, {"relation", "DOCUMENT"},
               {"object", ""}};
  json["title"] = document.title;
  json["date"] = document.date;
  json["language"] = document.language;
  json["path"] = document.path;
  json["source_format"] = document.format;
  json["hash"] = document.hash;
  json["pack"] = document.pack;
  json["bytes"] = document.bytes;
  json["sentences"] = document.sentences;
  json["replaced"] = document.replaced;
  json["sections"] = Json::array();
  for (const auto& section : facts.sections) json["sections"].push_back(SectionJson(section));
  json["entities"] = Json::array();
  for (const auto& entity : facts.entities) json["entities"].push_back(EntityJson(entity));
  if (IsUtf8(facts.text)) {
    json["text"] = facts.text;
  } else {
    json["text_base64"] = EncodeBase64(facts.text);
  }
  return json;
}

Json FactJson(const DocumentFacts& facts, const graph::Fact& fact) {
  const auto& subject = facts.entities[fact.subject];
  const auto& object = facts.entities[fact.object];
  const auto& evidence = fact.evidence;
  return {{"record", evidence.modality == graph::Modality::kAsserted ? "fact" : "reading"},
          {"document", facts.document.symbol},
          {"section", evidence.section},
          {"subject", subject.name},
          {"subject_label", subject.label},
          {"subject_id", subject.id},
          {"relation", RelationOf(fact)},
          {"object", object.name},
          {"object_label", object.label},
          {"object_id", object.id},
          {"attributes", ToJson(evidence.attributes)},
          {"modality", graph::Name(evidence.modality)},
          {"type", fact.type},
          {"sentence", evidence.sentence},
          {"date", evidence.date},
          {"path", facts.document.path},
          {"start", evidence.span.begin},
          {"end", evidence.span.end},
          {"rule", evidence.rule}};
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
  out += DocumentJson(facts).dump();
  out += '\n';
  const auto replace = Json::error_handler_t::replace;
  for (const auto& fact : facts.facts) {
    out += FactJson(facts, fact).dump(-1, ' ', false, replace);
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
    if (entity.id != graph::EntityId(entity.label, entity.name)) {
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
