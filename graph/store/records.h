#pragma once

// Values of the keys that keys.h draws. Each begins with a version byte and is checked when it is
// decoded: bytes that mean nothing are Error(kCorruption), never another record. Byte by byte in
// docs/storage-format.md.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/fact.h"
#include "graph/ids.h"
#include "graph/store/keys.h"
#include "graph/store/store.h"
#include "graph/store/write_set.h"
#include "graph/view.h"

namespace verbale::graph::store {

/// What documents make of an entity. Label and name are its full identity, of which NodeId is the
/// hash.
struct DerivedNode {
  LabelId label;
  std::string name;
  Properties properties;  ///< `id`, `name` and `aliases` among them.
};

/// What people wrote over a node, or the node that they created.
struct ManualNode {
  bool created = false;
  bool deleted = false;                 ///< A tombstone over a derived node.
  std::string author;                   ///< Of the last change.
  std::vector<LabelId> labels_added;    ///< Ascending.
  std::vector<LabelId> labels_removed;  ///< Ascending.
  Properties properties;                ///< Null hides the derived one.
};

/// One relationship for each source, type and target that documents assert. Those three are its
/// full identity, of which RelId is the hash.
struct DerivedRel {
  TypeId type;
  NodeId target;
  std::uint32_t support = 0;  ///< Pieces of evidence, at least one.
  Properties properties;
};

/// What people wrote over a relationship, or the relationship that they created.
struct ManualRel {
  bool created = false;
  bool deleted = false;
  std::string author;
  TypeId type;
  NodeId target;
  Properties properties;
};

/// A reading that is not asserted; its ends are in its key.
struct ReadingRecord {
  std::string type;
  EvidenceRecord evidence;
};

/// What one document proves and says, so that it can be taken back without looking further. Both
/// ascending.
struct DocStatements {
  std::vector<EvidenceKeyParts> evidence;  ///< All of that document.
  std::vector<SayingParts> sayings;
};

// Records with catalog numbers.
std::string Encode(const DerivedNode& node);
std::string Encode(const ManualNode& node);
std::string Encode(const DerivedRel& rel);
std::string Encode(const ManualRel& rel);
void AppendRecord(std::string& out, const ManualRel& rel);  ///< Likewise, behind what is there.
std::string Encode(const DocStatements& statements);
std::string Encode(const Counters& counters);
std::string Encode(const Changes& changes);
std::string Encode(const SchemaItem& item);
DerivedNode DecodeDerivedNode(std::string_view bytes);
ManualNode DecodeManualNode(std::string_view bytes);
DerivedRel DecodeDerivedRel(std::string_view bytes);
ManualRel DecodeManualRel(std::string_view bytes);
/// `document` is that of the key.
DocStatements DecodeDocStatements(std::string_view bytes, DocId document);
Counters DecodeCounters(std::string_view bytes);
Changes DecodeChanges(std::string_view bytes);
SchemaItem DecodeSchemaItem(std::string_view bytes);

// Records that name everything in full, so that their digest depends on their content alone.
/// Without document and path, which are the document's.
std::string Encode(const EvidenceRecord& evidence);
std::string Encode(const ReadingRecord& reading);
std::string Encode(const Entity& entity);
std::string Encode(const DocumentRecord& document);
std::string Encode(const std::vector<SectionRecord>& sections);
EvidenceRecord DecodeEvidence(std::string_view bytes);
ReadingRecord DecodeReading(std::string_view bytes);
Entity DecodeEntity(std::string_view bytes);
DocumentRecord DecodeDocument(std::string_view bytes);
std::vector<SectionRecord> DecodeSections(std::string_view bytes);

}  // namespace verbale::graph::store
