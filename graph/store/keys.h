#pragma once

// Keys, drawn once. Numbers are big-endian, so that keys order as what they hold; each key begins
// with the name of its partition, shown in [brackets]. A digest is the first 8 bytes of a SHA-256.
//
//   meta       [] name
//   catalog    [] kind 1 · number 4                       names: kind 0 label, 1 type, 2 key
//              [] kind 3 · name of the item               schema items
//   nodes      [node 8] layer 1                           layer 0 derived, 1 manual
//   out        [source 8] type 4 · target 8 · rel 8
//   in         [target 8] type 4 · source 8 · rel 8
//   rels       [source 8] rel 8 · layer 1
//   evidence   [source 8] 0 · rel 8 · document 8 · begin 8 · end 8 · digest 8   a proof
//              [node 8] 1 · digest 8                      what documents say of the node itself
//              [node 8] 2 · digest 8 · document 8         which documents say it
//   docs       [document 8] part 1                        part 0 record, 1 sections, 2 source
//   docfacts   [document 8] 0                             which proofs and sayings are its own
//              [document 8] 1 · begin 8 · end 8 · subject 8 · object 8 · digest 8   a reading
//              [document 8] 2                             the bytes of the document
//   index      [label 4 · key 4] value … · node 8
//   changes    [] sequence 8
//
// `document` is the digest of the document's symbol.

#include <cstdint>
#include <string>
#include <string_view>

#include "graph/ids.h"
#include "graph/span.h"
#include "graph/store/engine.h"
#include "graph/store/store.h"
#include "graph/value.h"

namespace verbale::graph::store {

/// Identity of a document: digest of its symbol.
using DocId = TypedId<struct DocIdTag, std::uint64_t>;

/// Which of the two layers a record is in. Written to disk: do not renumber.
enum class RecordLayer : std::uint8_t { kDerived = 0, kManual = 1 };

enum class CatalogKind : std::uint8_t { kLabel = 0, kType = 1, kKey = 2, kSchema = 3 };
enum class DocPart : std::uint8_t { kRecord = 0, kSections = 1, kSource = 2 };

/// The part of `key` that names its partition.
std::string_view Partition(Space space, std::string_view key);

std::string CatalogKey(CatalogKind kind, std::uint32_t number);
std::string SchemaKey(std::string_view name);

std::string NodePrefix(NodeId node);  ///< Of nodes, out, in, rels and evidence alike.
std::string NodeKey(NodeId node, RecordLayer layer);
std::string RelPrefix(RelKey rel);
std::string RelRecordKey(RelKey rel, RecordLayer layer);
void AppendRelRecordKey(std::string& out, RelKey rel, RecordLayer layer);
/// `near` is where the key lies: the source in kOut, the target in kIn.
std::string AdjacencyKey(NodeId near, TypeId type, NodeId far, RelId rel);
void AppendAdjacencyKey(std::string& out, NodeId near, TypeId type, NodeId far, RelId rel);

struct NodeKeyParts {
  NodeId node;
  RecordLayer layer = RecordLayer::kDerived;
};
NodeKeyParts ParseNodeKey(std::string_view key);
struct RelKeyParts {
  RelKey rel;
  RecordLayer layer = RecordLayer::kDerived;
};
RelKeyParts ParseRelKey(std::string_view key);
struct AdjacencyParts {
  NodeId near;
  TypeId type;
  NodeId far;
  RelId rel;
};
AdjacencyParts ParseAdjacencyKey(std::string_view key);

/// One piece of evidence.
struct EvidenceKeyParts {
  RelKey rel;
  DocId document;
  ByteSpan span;
  std::uint64_t digest = 0;
  auto operator<=>(const EvidenceKeyParts&) const = default;
};
std::string EvidencePrefix(RelKey rel);
std::string EvidencePrefix(NodeId source);  ///< Evidence of all relationships of one source.
std::string EvidenceKey(const EvidenceKeyParts& parts);
/// Whether a key of kEvidence is that of a piece of evidence.
bool IsProof(std::string_view key);
EvidenceKeyParts ParseEvidenceKey(std::string_view key);
/// What a document says of a node itself: its name, aliases and properties.
std::string SayingPrefix(NodeId node);
std::string SayingKey(NodeId node, std::uint64_t digest);
bool IsSaying(std::string_view key);  ///< Of a key of kEvidence.
struct SayingParts {
  NodeId node;
  std::uint64_t digest = 0;
  auto operator<=>(const SayingParts&) const = default;
};
SayingParts ParseSayingKey(std::string_view key);
std::string SaidByPrefix(NodeId node, std::uint64_t digest);
std::string SaidByKey(NodeId node, std::uint64_t digest, DocId document);
DocId ParseSaidByKey(std::string_view key);
SayingParts ParseSaidByParts(std::string_view key);  ///< What is said; ParseSaidByKey: by whom.

/// A reading that is not asserted.
struct ReadingKeyParts {
  DocId document;
  ByteSpan span;
  NodeId subject;
  NodeId object;
  std::uint64_t digest = 0;
};
std::string ReadingPrefix(DocId document);
std::string ReadingKey(const ReadingKeyParts& parts);
ReadingKeyParts ParseReadingKey(std::string_view key);

std::string DocPrefix(DocId document);  ///< Of docs and docfacts alike.
std::string DocKey(DocId document, DocPart part);
struct DocKeyParts {
  DocId document;
  DocPart part = DocPart::kRecord;
};
DocKeyParts ParseDocKey(std::string_view key);
/// Of the list of everything that the document proves and says.
std::string DocStatementsKey(DocId document);
/// Of the bytes. They lie apart from the records, so that listing documents does not read them.
std::string DocTextKey(DocId document);

std::string IndexPrefix(LabelId label, KeyId key);
std::string IndexPrefix(LabelId label, KeyId key, const Value& value);
std::string IndexKey(LabelId label, KeyId key, const Value& value, NodeId node);

std::string ChangesKey(std::uint64_t sequence);

}  // namespace verbale::graph::store
