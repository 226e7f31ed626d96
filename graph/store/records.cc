#include "graph/store/records.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "graph/error.h"
#include "graph/store/coding.h"

namespace verbale::graph::store {
namespace {

constexpr std::uint8_t kRecordVersion = 1;
constexpr std::uint8_t kWithHistory = 2;             // of counters and lists of changes
constexpr std::uint64_t kCreated = 1, kDeleted = 2;  // flags of manual records

std::string Begin() { return {static_cast<char>(kRecordVersion)}; }

/// Reads the version byte, which is at most `newest`.
std::uint8_t Version(ByteReader& reader, std::uint8_t newest) {
  const std::uint8_t version = reader.U8();
  if (version == 0 || version > newest) {
    reader.Fail("version " + std::to_string(version) + " of a record");
  }
  return version;
}

/// A reader behind the version byte.
ByteReader Open(std::string_view bytes, std::string_view what) {
  ByteReader reader(bytes, what);
  Version(reader, kRecordVersion);
  return reader;
}

void AppendProperties(std::string& out, const Properties& properties) {
  AppendVarint(out, properties.size());
  for (const auto& [key, value] : properties) {
    AppendVarint(out, key.value);
    AppendValue(out, value);
  }
}

Properties ReadProperties(ByteReader& reader) {
  Properties properties(reader.Count());
  std::optional<KeyId> last;
  for (auto& [key, value] : properties) {
    key = KeyId{reader.Varint32()};
    if (last && *last >= key) reader.Fail("keys do not ascend");
    last = key;
    value = reader.Value();
  }
  return properties;
}

void AppendLabels(std::string& out, const std::vector<LabelId>& labels) {
  AppendVarint(out, labels.size());
  for (const LabelId label : labels) AppendVarint(out, label.value);
}

std::vector<LabelId> ReadLabels(ByteReader& reader) {
  std::vector<LabelId> labels(reader.Count());
  for (LabelId& label : labels) label = LabelId{reader.Varint32()};
  if (!std::is_sorted(labels.begin(), labels.end())) reader.Fail("labels do not ascend");
  return labels;
}

void AppendAttributes(std::string& out, const Attributes& attributes) {
  AppendVarint(out, attributes.size());
  for (const auto& [name, value] : attributes) {
    AppendString(out, name);
    AppendValue(out, value);
  }
}

Attributes ReadAttributes(ByteReader& reader) {
  Attributes attributes(reader.Count());
  for (auto& [name, value] : attributes) {
    name = reader.String();
    value = reader.Value();
  }
  return attributes;
}

void AppendStrings(std::string& out, const std::vector<std::string>& strings) {
  AppendVarint(out, strings.size());
  for (const std::string& s : strings) AppendString(out, s);
}

std::vector<std::string> ReadStrings(ByteReader& reader) {
  std::vector<std::string> strings(reader.Count());
  for (std::string& s : strings) s = reader.String();
  return strings;
}

void AppendSpan(std::string& out, ByteSpan span) {
  AppendVarint(out, span.begin);
  AppendVarint(out, span.size());
}

ByteSpan ReadSpan(ByteReader& reader) {
  const std::uint64_t begin = reader.Varint();
  const std::uint64_t size = reader.Varint();
  if (begin + size < begin) reader.Fail("a span is out of range");
  return {begin, begin + size};
}

std::uint64_t Flags(bool created, bool deleted) {
  return (created ? kCreated : 0) | (deleted ? kDeleted : 0);
}

template <typename Record>
void ReadHeader(ByteReader& reader, Record& record) {
  const std::uint64_t flags = reader.Varint();
  if (flags > (kCreated | kDeleted)) reader.Fail("unknown flags");
  record.created = (flags & kCreated) != 0;
  record.deleted = (flags & kDeleted) != 0;
  record.author = reader.String();
}

void AppendEvidence(std::string& out, const EvidenceRecord& evidence) {
  AppendSpan(out, evidence.span);
  AppendU8(out, static_cast<std::uint8_t>(evidence.modality));
  AppendString(out, evidence.section);
  AppendString(out, evidence.date);
  AppendString(out, evidence.sentence);
  AppendString(out, evidence.rule);
  AppendAttributes(out, evidence.attributes);
}

EvidenceRecord ReadEvidence(ByteReader& reader) {
  EvidenceRecord evidence;
  evidence.span = ReadSpan(reader);
  const std::uint8_t modality = reader.U8();
  if (modality > static_cast<std::uint8_t>(Modality::kEnded)) reader.Fail("unknown modality");
  evidence.modality = static_cast<Modality>(modality);
  evidence.section = reader.String();
  evidence.date = reader.String();
  evidence.sentence = reader.String();
  evidence.rule = reader.String();
  evidence.attributes = ReadAttributes(reader);
  return evidence;
}

}  // namespace

std::string Encode(const DerivedNode& node) {
  std::string out = Begin();
  AppendVarint(out, node.label.value);
  AppendString(out, node.name);
  AppendProperties(out, node.properties);
  return out;
}

DerivedNode DecodeDerivedNode(std::string_view bytes) {
  ByteReader reader = Open(bytes, "node");
  DerivedNode node;
  node.label = LabelId{reader.Varint32()};
  node.name = reader.String();
  node.properties = ReadProperties(reader);
  reader.ExpectEnd();
  return node;
}

std::string Encode(const ManualNode& node) {
  std::string out = Begin();
  AppendVarint(out, Flags(node.created, node.deleted));
  AppendString(out, node.author);
  AppendLabels(out, node.labels_added);
  AppendLabels(out, node.labels_removed);
  AppendProperties(out, node.properties);
  return out;
}

ManualNode DecodeManualNode(std::string_view bytes) {
  ByteReader reader = Open(bytes, "manual node");
  ManualNode node;
  ReadHeader(reader, node);
  node.labels_added = ReadLabels(reader);
  node.labels_removed = ReadLabels(reader);
  node.properties = ReadProperties(reader);
  reader.ExpectEnd();
  return node;
}

std::string Encode(const DerivedRel& rel) {
  std::string out = Begin();
  AppendVarint(out, rel.type.value);
  AppendU64(out, rel.target.value);
  AppendVarint(out, rel.support);
  AppendProperties(out, rel.properties);
  return out;
}

DerivedRel DecodeDerivedRel(std::string_view bytes) {
  ByteReader reader = Open(bytes, "relationship");
  DerivedRel rel;
  rel.type = TypeId{reader.Varint32()};
  rel.target = NodeId{reader.U64()};
  rel.support = reader.Varint32();
  rel.properties = ReadProperties(reader);
  reader.ExpectEnd();
  return rel;
}

void AppendRecord(std::string& out, const ManualRel& rel) {
  AppendU8(out, kRecordVersion);
  AppendVarint(out, Flags(rel.created, rel.deleted));
  AppendString(out, rel.author);
  AppendVarint(out, rel.type.value);
  AppendU64(out, rel.target.value);
  AppendProperties(out, rel.properties);
}

std::string Encode(const ManualRel& rel) {
  std::string out;
  AppendRecord(out, rel);
  return out;
}

ManualRel DecodeManualRel(std::string_view bytes) {
  ByteReader reader = Open(bytes, "manual relationship");
  ManualRel rel;
  ReadHeader(reader, rel);
  rel.type = TypeId{reader.Varint32()};
  rel.target = NodeId{reader.U64()};
  rel.properties = ReadProperties(reader);
  reader.ExpectEnd();
  return rel;
}

std::string Encode(const DocStatements& statements) {
  std::string out = Begin();
  AppendVarint(out, statements.evidence.size());
  for (const EvidenceKeyParts& parts : statements.evidence) {
    AppendU64(out, parts.rel.source.value);
    AppendU64(out, parts.rel.rel.value);
    AppendSpan(out, parts.span);
    AppendU64(out, parts.digest);
  }
  AppendVarint(out, statements.sayings.size());
  for (const SayingParts& parts : statements.sayings) {
    AppendU64(out, parts.node.value);
    AppendU64(out, parts.digest);
  }
  return out;
}

DocStatements DecodeDocStatements(std::string_view bytes, DocId document) {
  ByteReader reader = Open(bytes, "list of a document's statements");
  DocStatements statements;
  statements.evidence.resize(reader.Count());
  for (EvidenceKeyParts& parts : statements.evidence) {
    parts.rel.source = NodeId{reader.U64()};
    parts.rel.rel = RelId{reader.U64()};
    parts.document = document;
    parts.span = ReadSpan(reader);
    parts.digest = reader.U64();
  }
  statements.sayings.resize(reader.Count());
  for (SayingParts& parts : statements.sayings) {
    parts.node = NodeId{reader.U64()};
    parts.digest = reader.U64();
  }
  reader.ExpectEnd();
  if (!std::is_sorted(statements.evidence.begin(), statements.evidence.end()) ||
      !std::is_sorted(statements.sayings.begin(), statements.sayings.end())) {
    reader.Fail("statements do not ascend");
  }
  return statements;
}

std::string Encode(const Counters& counters) {
  std::string out(1, static_cast<char>(kWithHistory));
  AppendVarint(out, counters.sequence);
  AppendU64(out, counters.manual_ids.node.value);
  AppendU64(out, counters.manual_ids.rel.value);
  AppendU64(out, counters.history);
  return out;
}

Counters DecodeCounters(std::string_view bytes) {
  ByteReader reader(bytes, "counters");
  const std::uint8_t version = Version(reader, kWithHistory);
  Counters counters;
  counters.sequence = reader.Varint();
  counters.manual_ids.node = NodeId{reader.U64()};
  counters.manual_ids.rel = RelId{reader.U64()};
  if (version >= kWithHistory) counters.history = reader.U64();
  reader.ExpectEnd();
  return counters;
}

std::string Encode(const Changes& changes) {
  std::string out(1, static_cast<char>(kWithHistory));
  AppendU8(out, changes.schema ? 1 : 0);
  AppendVarint(out, changes.nodes.size());
  for (const NodeId node : changes.nodes) AppendU64(out, node.value);
  AppendVarint(out, changes.rels.size());
  for (const RelKey& rel : changes.rels) {
    AppendU64(out, rel.source.value);
    AppendU64(out, rel.rel.value);
  }
  AppendU64(out, changes.history_before);
  return out;
}

Changes DecodeChanges(std::string_view bytes) {
  ByteReader reader(bytes, "list of changes");
  const std::uint8_t version = Version(reader, kWithHistory);
  Changes changes;
  changes.schema = reader.U8() != 0;
  changes.nodes.resize(reader.Count());
  for (NodeId& node : changes.nodes) node = NodeId{reader.U64()};
  changes.rels.resize(reader.Count());
  for (RelKey& rel : changes.rels) {
    rel.source = NodeId{reader.U64()};
    rel.rel = RelId{reader.U64()};
  }
  if (version >= kWithHistory) changes.history_before = reader.U64();
  reader.ExpectEnd();
  return changes;
}

std::string Encode(const SchemaItem& item) {
  std::string out = Begin();
  AppendString(out, item.name);
  AppendU8(out, static_cast<std::uint8_t>(item.kind));
  AppendU8(out, item.on_relationship ? 1 : 0);
  AppendString(out, item.label);
  AppendStrings(out, item.keys);
  AppendString(out, item.value_type);
  return out;
}

SchemaItem DecodeSchemaItem(std::string_view bytes) {
  ByteReader reader = Open(bytes, "schema item");
  SchemaItem item;
  item.name = reader.String();
  const std::uint8_t kind = reader.U8();
  if (kind > static_cast<std::uint8_t>(SchemaKind::kType)) reader.Fail("unknown kind");
  item.kind = static_cast<SchemaKind>(kind);
  item.on_relationship = reader.U8() != 0;
  item.label = reader.String();
  item.keys = ReadStrings(reader);
  item.value_type = reader.String();
  reader.ExpectEnd();
  return item;
}

std::string Encode(const EvidenceRecord& evidence) {
  std::string out = Begin();
  AppendEvidence(out, evidence);
  return out;
}

EvidenceRecord DecodeEvidence(std::string_view bytes) {
  ByteReader reader = Open(bytes, "evidence");
  EvidenceRecord evidence = ReadEvidence(reader);
  reader.ExpectEnd();
  return evidence;
}

std::string Encode(const ReadingRecord& reading) {
  std::string out = Begin();
  AppendString(out, reading.type);
  AppendEvidence(out, reading.evidence);
  return out;
}

ReadingRecord DecodeReading(std::string_view bytes) {
  ByteReader reader = Open(bytes, "reading");
  ReadingRecord reading;
  reading.type = reader.String();
  reading.evidence = ReadEvidence(reader);
  reader.ExpectEnd();
  return reading;
}

std::string Encode(const Entity& entity) {
  std::string out = Begin();
  AppendString(out, entity.label);
  AppendString(out, entity.name);
  AppendString(out, entity.id);
  AppendStrings(out, entity.aliases);
  AppendAttributes(out, entity.properties);
  return out;
}

Entity DecodeEntity(std::string_view bytes) {
  ByteReader reader = Open(bytes, "entity");
  Entity entity;
  entity.label = reader.String();
  entity.name = reader.String();
  entity.id = reader.String();
  entity.aliases = ReadStrings(reader);
  entity.properties = ReadAttributes(reader);
  reader.ExpectEnd();
  return entity;
}

std::string Encode(const DocumentRecord& document) {
  std::string out = Begin();
  AppendString(out, document.symbol);
  AppendString(out, document.title);
  AppendString(out, document.date);
  AppendString(out, document.language);
  AppendString(out, document.path);
  AppendString(out, document.format);
  AppendString(out, document.hash);
  AppendString(out, document.pack);
  AppendVarint(out, document.bytes);
  AppendVarint(out, document.sentences);
  AppendVarint(out, document.replaced);
  return out;
}

DocumentRecord DecodeDocument(std::string_view bytes) {
  ByteReader reader = Open(bytes, "document");
  DocumentRecord document;
  document.symbol = reader.String();
  document.title = reader.String();
  document.date = reader.String();
  document.language = reader.String();
  document.path = reader.String();
  document.format = reader.String();
  document.hash = reader.String();
  document.pack = reader.String();
  document.bytes = reader.Varint();
  document.sentences = reader.Varint();
  document.replaced = reader.Varint();
  reader.ExpectEnd();
  return document;
}

std::string Encode(const std::vector<SectionRecord>& sections) {
  std::string out = Begin();
  AppendVarint(out, sections.size());
  for (const SectionRecord& section : sections) {
    AppendString(out, section.key);
    AppendString(out, section.author);
    AppendString(out, section.language);
    AppendString(out, section.date);
    AppendSpan(out, section.span);
  }
  return out;
}

std::vector<SectionRecord> DecodeSections(std::string_view bytes) {
  ByteReader reader = Open(bytes, "list of sections");
  std::vector<SectionRecord> sections(reader.Count());
  for (SectionRecord& section : sections) {
    section.key = reader.String();
    section.author = reader.String();
    section.language = reader.String();
    section.date = reader.String();
    section.span = ReadSpan(reader);
  }
  reader.ExpectEnd();
  return sections;
}

}  // namespace verbale::graph::store
