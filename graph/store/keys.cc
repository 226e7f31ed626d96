#include "graph/store/keys.h"

#include "graph/error.h"
#include "graph/store/coding.h"

namespace verbale::graph::store {
namespace {

// First byte behind the partition in kEvidence and kDocFacts. Written to disk: do not renumber.
constexpr std::uint8_t kProof = 0, kSaying = 1, kSaidBy = 2;
constexpr std::uint8_t kDocStatements = 0, kDocReading = 1, kDocText = 2;

constexpr std::size_t kKeyCapacity = 56;  // of the longest key of fixed length

/// Builds a key of fixed parts.
class KeyWriter {
 public:
  KeyWriter() { key_.reserve(kKeyCapacity); }
  KeyWriter& U8(std::uint8_t v) { return AppendU8(key_, v), *this; }
  KeyWriter& U32(std::uint32_t v) { return AppendU32(key_, v), *this; }
  KeyWriter& U64(std::uint64_t v) { return AppendU64(key_, v), *this; }
  template <typename Tag>
  KeyWriter& Id(TypedId<Tag, std::uint64_t> id) {
    return U64(id.value);
  }
  KeyWriter& Span(ByteSpan span) { return U64(span.begin).U64(span.end); }
  std::string Take() { return std::move(key_); }

 private:
  std::string key_;
};

ByteSpan ReadSpan(ByteReader& reader) {
  const std::uint64_t begin = reader.U64();
  return {begin, reader.U64()};
}

RecordLayer ReadLayer(ByteReader& reader) {
  const std::uint8_t layer = reader.U8();
  if (layer > 1) reader.Fail("unknown layer");
  return static_cast<RecordLayer>(layer);
}

void ExpectKind(ByteReader& reader, std::uint8_t kind) {
  if (reader.U8() != kind) reader.Fail("another kind was expected");
}

}  // namespace

std::string_view Partition(Space space, std::string_view key) {
  switch (space) {
    case Space::kMeta:
    case Space::kCatalog:
    case Space::kChanges:
      return {};
    default:
      return key.substr(0, 8);
  }
}

std::string CatalogKey(CatalogKind kind, std::uint32_t number) {
  return KeyWriter().U8(static_cast<std::uint8_t>(kind)).U32(number).Take();
}

std::string SchemaKey(std::string_view name) {
  return KeyWriter().U8(static_cast<std::uint8_t>(CatalogKind::kSchema)).Take() + std::string(name);
}

std::string NodePrefix(NodeId node) { return KeyWriter().Id(node).Take(); }

std::string NodeKey(NodeId node, RecordLayer layer) {
  return KeyWriter().Id(node).U8(static_cast<std::uint8_t>(layer)).Take();
}

std::string RelPrefix(RelKey rel) { return KeyWriter().Id(rel.source).Id(rel.rel).Take(); }

std::string RelRecordKey(RelKey rel, RecordLayer layer) {
  std::string key;
  key.reserve(17);
  AppendRelRecordKey(key, rel, layer);
  return key;
}

void AppendRelRecordKey(std::string& out, RelKey rel, RecordLayer layer) {
  AppendU64(out, rel.source.value);
  AppendU64(out, rel.rel.value);
  AppendU8(out, static_cast<std::uint8_t>(layer));
}

std::string AdjacencyKey(NodeId near, TypeId type, NodeId far, RelId rel) {
  std::string key;
  key.reserve(28);
  AppendAdjacencyKey(key, near, type, far, rel);
  return key;
}

void AppendAdjacencyKey(std::string& out, NodeId near, TypeId type, NodeId far, RelId rel) {
  AppendU64(out, near.value);
  AppendU32(out, type.value);
  AppendU64(out, far.value);
  AppendU64(out, rel.value);
}

NodeKeyParts ParseNodeKey(std::string_view key) {
  ByteReader reader(key, "node key");
  NodeKeyParts parts;
  parts.node = NodeId{reader.U64()};
  parts.layer = ReadLayer(reader);
  reader.ExpectEnd();
  return parts;
}

RelKeyParts ParseRelKey(std::string_view key) {
  ByteReader reader(key, "relationship key");
  RelKeyParts parts;
  parts.rel.source = NodeId{reader.U64()};
  parts.rel.rel = RelId{reader.U64()};
  parts.layer = ReadLayer(reader);
  reader.ExpectEnd();
  return parts;
}

AdjacencyParts ParseAdjacencyKey(std::string_view key) {
  ByteReader reader(key, "adjacency key");
  AdjacencyParts parts;
  parts.near = NodeId{reader.U64()};
  parts.type = TypeId{reader.U32()};
  parts.far = NodeId{reader.U64()};
  parts.rel = RelId{reader.U64()};
  reader.ExpectEnd();
  return parts;
}

std::string EvidencePrefix(NodeId source) { return KeyWriter().Id(source).U8(kProof).Take(); }

std::string EvidencePrefix(RelKey rel) {
  return KeyWriter().Id(rel.source).U8(kProof).Id(rel.rel).Take();
}

std::string EvidenceKey(const EvidenceKeyParts& parts) {
  return KeyWriter()
      .Id(parts.rel.source)
      .U8(kProof)
      .Id(parts.rel.rel)
      .Id(parts.document)
      .Span(parts.span)
      .U64(parts.digest)
      .Take();
}

bool IsProof(std::string_view key) { return key.size() > 8 && key[8] == char{kProof}; }

EvidenceKeyParts ParseEvidenceKey(std::string_view key) {
  ByteReader reader(key, "evidence key");
  EvidenceKeyParts parts;
  parts.rel.source = NodeId{reader.U64()};
  ExpectKind(reader, kProof);
  parts.rel.rel = RelId{reader.U64()};
  parts.document = DocId{reader.U64()};
  parts.span = ReadSpan(reader);
  parts.digest = reader.U64();
  reader.ExpectEnd();
  return parts;
}

std::string SayingPrefix(NodeId node) { return KeyWriter().Id(node).U8(kSaying).Take(); }

std::string SayingKey(NodeId node, std::uint64_t digest) {
  return KeyWriter().Id(node).U8(kSaying).U64(digest).Take();
}

bool IsSaying(std::string_view key) { return key.size() > 8 && key[8] == char{kSaying}; }

SayingParts ParseSayingKey(std::string_view key) {
  ByteReader reader(key, "saying key");
  SayingParts parts;
  parts.node = NodeId{reader.U64()};
  ExpectKind(reader, kSaying);
  parts.digest = reader.U64();
  reader.ExpectEnd();
  return parts;
}

std::string SaidByPrefix(NodeId node, std::uint64_t digest) {
  return KeyWriter().Id(node).U8(kSaidBy).U64(digest).Take();
}

std::string SaidByKey(NodeId node, std::uint64_t digest, DocId document) {
  return KeyWriter().Id(node).U8(kSaidBy).U64(digest).Id(document).Take();
}

DocId ParseSaidByKey(std::string_view key) {
  ByteReader reader(key, "said-by key");
  reader.U64();
  ExpectKind(reader, kSaidBy);
  reader.U64();
  const DocId document{reader.U64()};
  reader.ExpectEnd();
  return document;
}

SayingParts ParseSaidByParts(std::string_view key) {
  ByteReader reader(key, "said-by key");
  SayingParts parts;
  parts.node = NodeId{reader.U64()};
  ExpectKind(reader, kSaidBy);
  parts.digest = reader.U64();
  return parts;
}

std::string ReadingPrefix(DocId document) {
  return KeyWriter().Id(document).U8(kDocReading).Take();
}

std::string ReadingKey(const ReadingKeyParts& parts) {
  return KeyWriter()
      .Id(parts.document)
      .U8(kDocReading)
      .Span(parts.span)
      .Id(parts.subject)
      .Id(parts.object)
      .U64(parts.digest)
      .Take();
}

ReadingKeyParts ParseReadingKey(std::string_view key) {
  ByteReader reader(key, "reading key");
  ReadingKeyParts parts;
  parts.document = DocId{reader.U64()};
  ExpectKind(reader, kDocReading);
  parts.span = ReadSpan(reader);
  parts.subject = NodeId{reader.U64()};
  parts.object = NodeId{reader.U64()};
  parts.digest = reader.U64();
  reader.ExpectEnd();
  return parts;
}

std::string DocPrefix(DocId document) { return KeyWriter().Id(document).Take(); }

std::string DocKey(DocId document, DocPart part) {
  return KeyWriter().Id(document).U8(static_cast<std::uint8_t>(part)).Take();
}

DocKeyParts ParseDocKey(std::string_view key) {
  ByteReader reader(key, "document key");
  DocKeyParts parts;
  parts.document = DocId{reader.U64()};
  const std::uint8_t part = reader.U8();
  if (part > static_cast<std::uint8_t>(DocPart::kSource)) reader.Fail("unknown part");
  parts.part = static_cast<DocPart>(part);
  reader.ExpectEnd();
  return parts;
}

std::string DocStatementsKey(DocId document) {
  return KeyWriter().Id(document).U8(kDocStatements).Take();
}

std::string DocTextKey(DocId document) { return KeyWriter().Id(document).U8(kDocText).Take(); }

std::string IndexPrefix(LabelId label, KeyId key) {
  return KeyWriter().U32(label.value).U32(key.value).Take();
}

std::string IndexPrefix(LabelId label, KeyId key, const Value& value) {
  std::string out = IndexPrefix(label, key);
  AppendOrdered(out, value);
  return out;
}

std::string IndexKey(LabelId label, KeyId key, const Value& value, NodeId node) {
  std::string out = IndexPrefix(label, key, value);
  AppendU64(out, node.value);
  return out;
}

std::string ChangesKey(std::uint64_t sequence) { return KeyWriter().U64(sequence).Take(); }

}  // namespace verbale::graph::store
