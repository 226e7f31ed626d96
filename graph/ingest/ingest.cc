// From documents to the derived layer.
//
// The derived layer is a function of what is said: of each relationship, the pieces of evidence; of
// each entity, the sayings (name, aliases, properties) and who says them. Both are kept per
// document. An ingestion therefore goes through three stages, each of which touches only what the
// one before it named:
//   1. Documents: the difference between what each of them said and now says, as evidence and
//      sayings that come and go.
//   2. Relationships: what gained evidence joins it to its summary, what lost some is summarized
//      anew from what is left, and goes where nothing is.
//   3. Nodes whose sayings changed, or that gained or lost a relationship, are merged anew from all
//      sayings; without a derived relationship they go.
// The old state is read, and the new one is written in one batch of final values, never increments:
// writing it twice changes nothing.

#include "graph/ingest/ingest.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/error.h"
#include "graph/ingest/agreement.h"
#include "graph/ingest/change_text.h"
#include "graph/ingest/document_diff.h"
#include "graph/ingest/identity.h"
#include "graph/ingest/name_table.h"
#include "graph/store/format.h"
#include "graph/store/index.h"
#include "graph/store/keys.h"
#include "graph/store/merge.h"
#include "graph/store/records.h"

namespace verbale::graph::ingest {
namespace {

using store::DerivedNode;
using store::DerivedRel;
using store::DocId;
using store::EvidenceKeyParts;
using store::RecordLayer;
using store::RelKey;
using store::Space;

/// Evidence that a relationship gains and loses.
struct RelDelta {
  std::optional<Triple> triple;  ///< Known where evidence comes; else the stored record has it.
  std::map<EvidenceKeyParts, std::string> come;
  std::set<EvidenceKeyParts> gone;
};

/// What is said of a node by more documents, what by fewer, and relationships that come and go.
struct NodeDelta {
  std::map<std::uint64_t, std::string> come;  ///< digest → encoded entity
  std::map<std::uint64_t, std::set<DocId>> no_longer_by;
  bool gains_rel = false;
  std::set<RelId> lost_rels;
};

[[noreturn]] void ThrowCollision(const std::string& a, const std::string& b) {
  throw Error(ErrorCode::kAlreadyExists, "'" + a + "' and '" + b + "' have the same id")
      .WithHint("rename one of them in the gazetteer");
}

struct SayingChange {
  std::vector<Entity> come;
  std::set<std::uint64_t> gone;  ///< Digests.
};

/// A node whose derived record changed, for the indexes.
struct RewrittenNode {
  NodeId id;
  std::optional<DerivedNode> old, now;
};

struct NotedChange {
  Triple triple;
  PlannedChange change;
};

class Ingester {
 public:
  Ingester(const store::State& state, bool want_changes)
      : state_(state),
        reader_(state.reader()),
        by_name_(store::TellsByName(state.reader())),
        names_(state.names()),
        want_changes_(want_changes) {}

  Ingestion Run(std::span<const DocumentFacts> documents, std::span<const std::string> removed,
                std::span<const SourceRecord> sources) && {
    TakeDocuments(documents, removed, sources);
    for (auto& [key, delta] : rels_) FinishRel(key, delta);
    for (auto& [node, delta] : nodes_) FinishNode(node, delta);
    UpdateIndexes();
    result_.commit.new_names = names_.New();
    auto& changes = result_.commit.changes;
    std::sort(changes.rels.begin(), changes.rels.end());
    changes.rels.erase(std::unique(changes.rels.begin(), changes.rels.end()), changes.rels.end());
    if (want_changes_) DescribeChanges();
    return std::move(result_);
  }

 private:
  store::Batch& batch() { return result_.commit.batch; }

  // ---- 1. Documents ---------------------------------------------------------------------------

  void TakeDocuments(std::span<const DocumentFacts> documents, std::span<const std::string> removed,
                     std::span<const SourceRecord> sources) {
    std::set<std::string_view> symbols;
    for (const DocumentFacts& facts : documents) {
      if (symbols.insert(facts.document.symbol).second) continue;
      throw Error(ErrorCode::kInvalidArgument,
                  "two documents have the symbol '" + facts.document.symbol + "'");
    }
    std::set<std::string_view> gone;
    for (const std::string& symbol : removed) {
      if (!symbols.contains(symbol) && gone.insert(symbol).second) RemoveDocument(symbol);
    }
    for (const DocumentFacts& facts : documents) PutDocument(facts);
    for (const SourceRecord& source : sources) {
      const DocId document = DocIdOf(source.symbol);
      const bool stays = !gone.contains(source.symbol) && StoredDocument(document, source.symbol);
      if (!symbols.contains(source.symbol) && !stays) continue;
      batch().Put(Space::kDocs, DocKey(document, store::DocPart::kSource), source.root);
    }
  }

  std::optional<DocumentRecord> StoredDocument(DocId document, const std::string& symbol) const {
    const auto bytes = reader_.Get(Space::kDocs, DocKey(document, store::DocPart::kRecord));
    if (!bytes) return std::nullopt;
    DocumentRecord record = store::DecodeDocument(*bytes);
    if (record.symbol != symbol) ThrowCollision(record.symbol, symbol);
    return record;
  }

  void RemoveDocument(const std::string& symbol) {
    const DocId document = DocIdOf(symbol);
    if (!StoredDocument(document, symbol)) return;
    TakeDifference(document, StoredStatements(reader_, document), {});
    batch().Delete(Space::kDocs, DocKey(document, store::DocPart::kRecord));
    batch().Delete(Space::kDocs, DocKey(document, store::DocPart::kSections));
    batch().Delete(Space::kDocs, DocKey(document, store::DocPart::kSource));
    batch().Delete(Space::kDocFacts, store::DocStatementsKey(document));
    batch().Delete(Space::kDocFacts, store::DocTextKey(document));
    ++result_.report.documents_removed;
  }

  void PutDocument(const DocumentFacts& facts) {
    const DocId document = DocIdOf(facts.document.symbol);
    const std::optional<DocumentRecord> old = StoredDocument(document, facts.document.symbol);
    Statements now = StatementsOf(facts, by_name_);
    batch().Put(Space::kDocFacts, store::DocStatementsKey(document), store::Encode(ListOf(now)));
    TakeDifference(document, old ? StoredStatements(reader_, document) : Statements{},
                   std::move(now));
    batch().Put(Space::kDocs, DocKey(document, store::DocPart::kRecord),
                store::Encode(facts.document));
    batch().Put(Space::kDocs, DocKey(document, store::DocPart::kSections),
                store::Encode(facts.sections));
    batch().Put(Space::kDocFacts, store::DocTextKey(document), facts.text);
    ++(old ? result_.report.documents_replaced : result_.report.documents_added);
    if (want_changes_) new_documents_[document] = facts.document;
  }

  void TakeDifference(DocId document, const Statements& old, Statements now) {
    for (const auto& [key, unused] : old.evidence) {
      if (now.evidence.contains(key)) continue;
      rels_[key.rel].gone.insert(key);
      batch().Delete(Space::kEvidence, EvidenceKey(key));
    }
    for (auto& [key, bytes] : now.evidence) {
      if (old.evidence.contains(key)) continue;
      RelDelta& delta = rels_[key.rel];
      const Triple& triple = now.triples.at(key.rel.rel);
      if (delta.triple && *delta.triple != triple) ThrowCollision(delta.triple->type, triple.type);
      delta.triple = triple;
      batch().Put(Space::kEvidence, EvidenceKey(key), bytes);
      delta.come.emplace(key, std::move(bytes));
    }
    for (const auto& [key, unused] : old.readings) {
      if (!now.readings.contains(key)) batch().Delete(Space::kDocFacts, key);
    }
    for (auto& [key, bytes] : now.readings) {
      if (!old.readings.contains(key)) batch().Put(Space::kDocFacts, key, std::move(bytes));
    }
    for (const auto& [key, unused] : old.sayings) {
      if (now.sayings.contains(key)) continue;
      nodes_[key.node].no_longer_by[key.digest].insert(document);
      batch().Delete(Space::kEvidence, SaidByKey(key.node, key.digest, document));
    }
    for (auto& [key, bytes] : now.sayings) {
      if (old.sayings.contains(key)) continue;
      NodeDelta& delta = nodes_[key.node];
      delta.come.try_emplace(key.digest, std::move(bytes));
      batch().Put(Space::kEvidence, SaidByKey(key.node, key.digest, document), {});
    }
  }

  // ---- 2. Relationships -----------------------------------------------------------------------

  void FinishRel(RelKey key, RelDelta& delta) {
    const std::string record_key = RelRecordKey(key, RecordLayer::kDerived);
    const auto old_bytes = reader_.Get(Space::kRels, record_key);
    std::optional<DerivedRel> old;
    if (old_bytes) old = store::DecodeDerivedRel(*old_bytes);
    const Triple triple =
        old ? Triple{key.source, names_.TypeName(old->type), old->target} : delta.triple.value();
    if (delta.triple && *delta.triple != triple) ThrowCollision(delta.triple->type, triple.type);
    result_.commit.changes.rels.push_back(key);

    const TypeId type = names_.Type(triple.type);
    const std::string out = store::AdjacencyKey(key.source, type, triple.target, key.rel);
    const std::string in = store::AdjacencyKey(triple.target, type, key.source, key.rel);
    const std::optional<DerivedRel> now = RelAfter(key, {type, triple.target, 0, {}}, old, delta);
    if (!now) {
      batch().Delete(Space::kRels, record_key);
      batch().Delete(Space::kOut, out);
      batch().Delete(Space::kIn, in);
      nodes_[key.source].lost_rels.insert(key.rel);
      nodes_[triple.target].lost_rels.insert(key.rel);
    } else if (std::string bytes = store::Encode(*now); bytes != old_bytes) {
      batch().Put(Space::kRels, record_key, std::move(bytes));
    }
    if (now && !old) {
      batch().Put(Space::kOut, out, {});
      batch().Put(Space::kIn, in, {});
      nodes_[key.source].gains_rel = true;
      nodes_[triple.target].gains_rel = true;
    }
    if (want_changes_) NoteChange(triple, old, now, delta);
  }

  // The record with all evidence that is left; nullopt where there is none. Evidence that only
  // comes joins what the old record sums up; where some went, the sum is made anew.
  std::optional<DerivedRel> RelAfter(RelKey key, DerivedRel rel,
                                     const std::optional<DerivedRel>& old, const RelDelta& delta) {
    EvidenceSummary summary;
    if (old && delta.gone.empty()) {
      rel.support = old->support;
      summary = EvidenceSummary(names_.Named(old->properties));
    } else if (old) {
      const std::string prefix = store::EvidencePrefix(key);
      for (auto cursor = reader_.Scan(Space::kEvidence, prefix); cursor->Valid(); cursor->Next()) {
        if (delta.gone.contains(store::ParseEvidenceKey(cursor->key()))) continue;
        summary.Add(store::DecodeEvidence(cursor->value()));
        ++rel.support;
      }
    }
    for (const auto& [unused, bytes] : delta.come) {
      summary.Add(store::DecodeEvidence(bytes));
      ++rel.support;
    }
    if (rel.support == 0) return std::nullopt;
    rel.properties = names_.Numbered(std::move(summary).Take());
    return rel;
  }

  // ---- 3. Nodes -------------------------------------------------------------------------------

  void FinishNode(NodeId node, const NodeDelta& delta) {
    const std::string record_key = NodeKey(node, RecordLayer::kDerived);
    const auto old_bytes = reader_.Get(Space::kNodes, record_key);
    const SayingChange change = ChangeSayings(node, delta);
    const bool used = IsUsed(node, old_bytes.has_value(), delta);
    const bool same_sayings = change.come.empty() && change.gone.empty();
    if (same_sayings && used == old_bytes.has_value()) return;
    std::optional<std::string> bytes;
    std::optional<DerivedNode> now;
    if (used) {
      const Entity entity = MergeEntities(SayingsAfter(node, change));
      now = DerivedNode{names_.Label(entity.label), entity.name,
                        names_.Numbered(NodeProperties(entity))};
      bytes = store::Encode(*now);
    }
    if (bytes == old_bytes) return;
    if (bytes) {
      batch().Put(Space::kNodes, record_key, *bytes);
    } else {
      batch().Delete(Space::kNodes, record_key);
    }
    result_.commit.changes.nodes.push_back(node);
    std::optional<DerivedNode> old;
    if (old_bytes) old = store::DecodeDerivedNode(*old_bytes);
    if (old.has_value() != now.has_value()) NoteManualRels(node);
    if (!state_.schema().empty()) {
      rewritten_.push_back({node, std::move(old), std::move(now)});
    }
  }

  // Whether a derived relationship has this node as an end.
  bool IsUsed(NodeId node, bool was_used, const NodeDelta& delta) const {
    if (delta.gains_rel) return true;
    if (!was_used || delta.lost_rels.empty()) return was_used;
    for (const Space space : {Space::kOut, Space::kIn}) {
      auto cursor = reader_.Scan(space, store::NodePrefix(node));
      for (; cursor->Valid(); cursor->Next()) {
        const RelId rel = store::ParseAdjacencyKey(cursor->key()).rel;
        if (rel.value < kManualIdBit && !delta.lost_rels.contains(rel)) return true;
      }
    }
    return false;
  }

  // What nobody said before, and what nobody says any more. Writes both.
  SayingChange ChangeSayings(NodeId node, const NodeDelta& delta) {
    SayingChange change;
    for (const auto& [digest, documents] : delta.no_longer_by) {
      if (delta.come.contains(digest) || IsSaidByOthers(node, digest, documents)) continue;
      batch().Delete(Space::kEvidence, store::SayingKey(node, digest));
      change.gone.insert(digest);
    }
    for (const auto& [digest, bytes] : delta.come) {
      std::string key = store::SayingKey(node, digest);
      if (reader_.Get(Space::kEvidence, key)) continue;
      batch().Put(Space::kEvidence, std::move(key), bytes);
      change.come.push_back(store::DecodeEntity(bytes));
    }
    return change;
  }

  std::vector<Entity> SayingsAfter(NodeId node, const SayingChange& change) {
    std::vector<Entity> sayings = change.come;
    const std::string prefix = store::SayingPrefix(node);
    for (auto cursor = reader_.Scan(Space::kEvidence, prefix); cursor->Valid(); cursor->Next()) {
      if (change.gone.contains(store::ParseSayingKey(cursor->key()).digest)) continue;
      sayings.push_back(store::DecodeEntity(cursor->value()));
    }
    if (sayings.empty()) {
      throw Error(ErrorCode::kCorruption, "what documents say of a node is missing");
    }
    for (const Entity& entity : sayings) {
      const Entity& first = sayings.front();
      const bool alike = by_name_ ? first.name == entity.name : first.id == entity.id;
      if (!alike || first.label != entity.label) ThrowCollision(first.name, entity.name);
    }
    return sayings;
  }

  bool IsSaidByOthers(NodeId node, std::uint64_t digest, const std::set<DocId>& documents) const {
    auto cursor = reader_.Scan(Space::kEvidence, store::SaidByPrefix(node, digest));
    for (; cursor->Valid(); cursor->Next()) {
      if (!documents.contains(store::ParseSaidByKey(cursor->key()))) return true;
    }
    return false;
  }

  // Relationships that people tied to a node come and go with it.
  void NoteManualRels(NodeId node) {
    for (const Space space : {Space::kOut, Space::kIn}) {
      auto cursor = reader_.Scan(space, store::NodePrefix(node));
      for (; cursor->Valid(); cursor->Next()) {
        const store::AdjacencyParts parts = store::ParseAdjacencyKey(cursor->key());
        if (parts.rel.value < kManualIdBit) continue;
        result_.commit.changes.rels.push_back(
            {space == Space::kOut ? parts.near : parts.far, parts.rel});
      }
    }
  }

  // Once all names have their numbers.
  void UpdateIndexes() {
    if (rewritten_.empty()) return;
    const store::Indexes indexes(state_.schema(), names_.All());
    for (const RewrittenNode& node : rewritten_) {
      std::optional<store::ManualNode> manual;
      if (const auto bytes = reader_.Get(Space::kNodes, NodeKey(node.id, RecordLayer::kManual))) {
        manual = store::DecodeManualNode(*bytes);
      }
      indexes.Update(Merge(node.id, node.old, manual), Merge(node.id, node.now, manual), batch());
    }
  }

  // ---- Changes, for people --------------------------------------------------------------------

  void NoteChange(const Triple& triple, const std::optional<DerivedRel>& old,
                  const std::optional<DerivedRel>& now, const RelDelta& delta) {
    PlannedChange change;
    change.type = triple.type;
    if (!now) {
      change.kind = PlannedChange::Kind::kVanishes;
      for (const EvidenceKeyParts& key : delta.gone) {
        const auto bytes = reader_.Get(Space::kEvidence, EvidenceKey(key));
        if (bytes) change.evidence.push_back(Attributed(key, *bytes));
      }
    } else {
      change.kind = old ? PlannedChange::Kind::kChanges : PlannedChange::Kind::kAppears;
      for (const auto& [key, bytes] : delta.come) change.evidence.push_back(Attributed(key, bytes));
      if (old) change.what = DescribeDifference(*old, *now, names_);
    }
    noted_.push_back({triple, std::move(change)});
  }

  EvidenceRecord Attributed(const EvidenceKeyParts& key, std::string_view bytes) {
    EvidenceRecord evidence = store::DecodeEvidence(bytes);
    auto [it, is_new] = new_documents_.try_emplace(key.document);
    if (is_new) {
      const auto record = reader_.Get(Space::kDocs, DocKey(key.document, store::DocPart::kRecord));
      if (record) it->second = store::DecodeDocument(*record);
    }
    evidence.document = it->second.symbol;
    evidence.path = it->second.path;
    return evidence;
  }

  std::string NameOf(NodeId node) {
    const auto delta = nodes_.find(node);
    if (delta != nodes_.end() && !delta->second.come.empty()) {
      return store::DecodeEntity(delta->second.come.begin()->second).name;
    }
    const auto bytes = reader_.Get(Space::kNodes, NodeKey(node, RecordLayer::kDerived));
    return bytes ? store::DecodeDerivedNode(*bytes).name : std::string();
  }

  void DescribeChanges() {
    auto& changes = result_.report.changes;
    for (NotedChange& noted : noted_) {
      noted.change.subject = NameOf(noted.triple.source);
      noted.change.object = NameOf(noted.triple.target);
      changes.push_back(std::move(noted.change));
    }
    std::sort(changes.begin(), changes.end(), [](const PlannedChange& a, const PlannedChange& b) {
      return std::tie(a.kind, a.subject, a.type, a.object) <
             std::tie(b.kind, b.subject, b.type, b.object);
    });
  }

  const store::State& state_;
  const store::Reader& reader_;
  const bool by_name_;  ///< Nodes: see NodeIdOf.
  NameTable names_;
  const bool want_changes_;
  std::map<RelKey, RelDelta> rels_;
  std::map<NodeId, NodeDelta> nodes_;
  std::vector<RewrittenNode> rewritten_;
  std::vector<NotedChange> noted_;
  std::map<DocId, DocumentRecord> new_documents_;  // those that were looked at, for their symbols
  Ingestion result_;
};

}  // namespace

Ingestion MakeIngestion(const store::State& state, std::span<const DocumentFacts> documents,
                        std::span<const std::string> removed, std::span<const SourceRecord> sources,
                        bool want_changes) {
  return Ingester(state, want_changes).Run(documents, removed, sources);
}

}  // namespace verbale::graph::ingest
