#include <algorithm>
#include <mutex>
#include <span>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "graph/error.h"
#include "graph/store/coding.h"
#include "graph/store/index.h"
#include "graph/store/keys.h"
#include "graph/store/merge.h"
#include "graph/store/records.h"
#include "graph/store/store.h"

namespace verbale::graph::store {
namespace {

/// The records of one node or relationship in both layers.
template <typename Derived, typename Manual>
struct Layers {
  std::optional<Derived> derived;
  std::optional<Manual> manual;
};
using NodeLayers = Layers<DerivedNode, ManualNode>;
using RelLayers = Layers<DerivedRel, ManualRel>;

void Take(NodeLayers& layers, RecordLayer layer, std::string_view bytes) {
  if (layer == RecordLayer::kDerived) {
    layers.derived = DecodeDerivedNode(bytes);
  } else {
    layers.manual = DecodeManualNode(bytes);
  }
}

void Take(RelLayers& layers, RecordLayer layer, std::string_view bytes) {
  if (layer == RecordLayer::kDerived) {
    layers.derived = DecodeDerivedRel(bytes);
  } else {
    layers.manual = DecodeManualRel(bytes);
  }
}

/// In which layers there may be a record of a thing with this id.
std::span<const RecordLayer> LayersOf(std::uint64_t id) {
  static constexpr RecordLayer kBoth[] = {RecordLayer::kManual, RecordLayer::kDerived};
  return std::span(kBoth).first(id >= kManualIdBit ? 1 : 2);
}

bool IsManual(NodeId node) { return node.value >= kManualIdBit; }

}  // namespace

/// What was looked up before in this state, where looking again would be slow.
struct State::Memo {
  struct Source {
    std::string symbol, path;
  };
  std::mutex mutex;  // guards what follows
  std::unordered_map<DocId, Source> documents;
  std::optional<std::unordered_set<NodeId>> deleted;  // derived nodes below a tombstone
};

State::State(std::shared_ptr<const Reader> reader, std::shared_ptr<const Names> names,
             std::shared_ptr<const std::vector<SchemaItem>> schema, const Counters& counters)
    : reader_(std::move(reader)),
      names_(std::move(names)),
      schema_(std::move(schema)),
      counters_(counters),
      memo_(std::make_unique<Memo>()) {}

State::~State() = default;

void State::ForEachNode(const std::function<void(const StoredNode&)>& visit) const {
  NodeId current;
  NodeLayers layers;
  const auto flush = [&] {
    if (const auto node = Merge(current, std::move(layers.derived), std::move(layers.manual)))
      visit(*node);
    layers = {};
  };
  for (auto cursor = reader_->Walk(Space::kNodes); cursor->Valid(); cursor->Next()) {
    const NodeKeyParts parts = ParseNodeKey(cursor->key());
    if (parts.node != current) flush();
    current = parts.node;
    Take(layers, parts.layer, cursor->value());
  }
  flush();
}

void State::ForEachRel(const std::function<void(const StoredRel&)>& visit) const {
  // An end of a derived relationship is missing only where a person deleted it; an end of a manual
  // one, where it is derived and documents no longer make it.
  const auto missing = [this](NodeId node, bool manual_rel) {
    if (IsManual(node)) return false;
    return manual_rel ? !Node(node).has_value() : IsDeleted(node);
  };
  RelKey current;
  RelLayers layers;
  const auto flush = [&] {
    const bool manual = !layers.derived.has_value();
    const auto rel = Merge(current, std::move(layers.derived), std::move(layers.manual));
    layers = {};
    if (!rel || missing(rel->source, manual) || missing(rel->target, manual)) return;
    visit(*rel);
  };
  for (auto cursor = reader_->Walk(Space::kRels); cursor->Valid(); cursor->Next()) {
    const RelKeyParts parts = ParseRelKey(cursor->key());
    if (parts.rel != current) flush();
    current = parts.rel;
    Take(layers, parts.layer, cursor->value());
  }
  flush();
}

bool State::IsDeleted(NodeId node) const {
  const std::scoped_lock lock(memo_->mutex);
  if (!memo_->deleted) {
    memo_->deleted.emplace();
    for (auto cursor = reader_->Walk(Space::kNodes); cursor->Valid(); cursor->Next()) {
      const NodeKeyParts parts = ParseNodeKey(cursor->key());
      if (parts.layer == RecordLayer::kManual && DecodeManualNode(cursor->value()).deleted) {
        memo_->deleted->insert(parts.node);
      }
    }
  }
  return memo_->deleted->contains(node);
}

std::optional<StoredNode> State::Node(NodeId id) const {
  NodeLayers layers;
  for (const RecordLayer layer : LayersOf(id.value)) {
    if (const auto bytes = reader_->Get(Space::kNodes, NodeKey(id, layer)))
      Take(layers, layer, *bytes);
  }
  return Merge(id, layers.derived, layers.manual);
}

std::optional<StoredRel> State::Rel(RelKey key) const {
  RelLayers layers;
  for (const RecordLayer layer : LayersOf(key.rel.value)) {
    if (const auto bytes = reader_->Get(Space::kRels, RelRecordKey(key, layer)))
      Take(layers, layer, *bytes);
  }
  auto rel = Merge(key, layers.derived, layers.manual);
  if (rel && (!Node(rel->source) || !Node(rel->target))) return std::nullopt;
  return rel;
}

std::vector<EvidenceRecord> State::Evidence(RelKey key) const {
  std::vector<EvidenceRecord> evidence;
  for (auto cursor = reader_->Scan(Space::kEvidence, EvidencePrefix(key)); cursor->Valid();
       cursor->Next()) {
    const EvidenceKeyParts parts = ParseEvidenceKey(cursor->key());
    EvidenceRecord record = DecodeEvidence(cursor->value());
    const std::scoped_lock lock(memo_->mutex);
    auto [it, is_new] = memo_->documents.try_emplace(parts.document);
    if (is_new) {
      const auto bytes = reader_->Get(Space::kDocs, DocKey(parts.document, DocPart::kRecord));
      if (!bytes) {
        memo_->documents.erase(it);
        throw Error(ErrorCode::kCorruption, "evidence of a document that is not there");
      }
      DocumentRecord document = DecodeDocument(*bytes);
      it->second = {std::move(document.symbol), std::move(document.path)};
    }
    record.document = it->second.symbol;
    record.path = it->second.path;
    evidence.push_back(std::move(record));
  }
  const auto place = [](const EvidenceRecord& e) {
    return std::tuple(e.date.empty(), std::string_view(e.date), std::string_view(e.document),
                      e.span, std::string_view(e.rule));
  };
  // Stable: what is left equal stays in the order of the digests.
  std::stable_sort(evidence.begin(), evidence.end(),
                   [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return evidence;
}

std::optional<Changes> State::ChangesSince(std::uint64_t since, std::uint64_t history) const {
  Changes all;
  all.history_before = history;
  if (since > sequence()) return std::nullopt;
  if (since == sequence() && history != this->history()) return std::nullopt;
  for (std::uint64_t at = since + 1; at <= sequence(); ++at) {
    const auto bytes = reader_->Get(Space::kChanges, ChangesKey(at));
    if (!bytes) return std::nullopt;
    const Changes changes = DecodeChanges(*bytes);
    if (at == since + 1 && changes.history_before != history) return std::nullopt;
    all.nodes.insert(all.nodes.end(), changes.nodes.begin(), changes.nodes.end());
    all.rels.insert(all.rels.end(), changes.rels.begin(), changes.rels.end());
    all.schema = all.schema || changes.schema;
  }
  const auto unique = [](auto& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  };
  unique(all.nodes);
  unique(all.rels);
  return all;
}

std::optional<std::vector<NodeId>> State::Lookup(LabelId label, KeyId key,
                                                 const Value& value) const {
  if (!Indexes(*schema_, *names_).Covers(label, key)) return std::nullopt;
  std::vector<NodeId> nodes;
  if (value.is_null() || value.is_map()) return nodes;
  const std::string prefix = IndexPrefix(label, key, value);
  for (auto cursor = reader_->Scan(Space::kIndex, prefix); cursor->Valid(); cursor->Next()) {
    ByteReader node(cursor->key().substr(prefix.size()), "index key");
    nodes.push_back(NodeId{node.U64()});
  }
  return nodes;
}

}  // namespace verbale::graph::store
