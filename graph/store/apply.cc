#include "graph/store/apply.h"

#include <algorithm>

#include "graph/store/index.h"
#include "graph/store/keys.h"
#include "graph/store/merge.h"
#include "graph/store/pending.h"
#include "graph/store/records.h"

namespace verbale::graph::store {
namespace {

template <typename Record, typename Decode>
std::optional<Record> ReadRecord(const Reader& reader, Space space, const std::string& key,
                                 Decode decode) {
  const std::optional<std::string> bytes = reader.Get(space, key);
  if (!bytes) return std::nullopt;
  return decode(*bytes);
}

void Insert(std::vector<LabelId>& labels, LabelId label) {
  const auto it = std::lower_bound(labels.begin(), labels.end(), label);
  if (it == labels.end() || *it != label) labels.insert(it, label);
}

bool Erase(std::vector<LabelId>& labels, LabelId label) {
  const auto it = std::lower_bound(labels.begin(), labels.end(), label);
  if (it == labels.end() || *it != label) return false;
  labels.erase(it);
  return true;
}

/// What is written over `base`, after `writes` came on top of `over`. A null stays only where it
/// hides something.
Properties WriteOver(const Properties& base, const Properties& over, const Properties& writes) {
  const auto has = [](const Properties& in, KeyId key) {
    return std::any_of(in.begin(), in.end(), [key](const auto& p) { return p.first == key; });
  };
  Properties merged;
  for (const auto& property : over) {
    if (!has(writes, property.first)) merged.push_back(property);
  }
  for (const auto& property : writes) {
    if (!property.second.is_null() || has(base, property.first)) merged.push_back(property);
  }
  std::sort(merged.begin(), merged.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  return merged;
}

class CommitMaker {
 public:
  CommitMaker(const State& state, const WriteSet& writes) : state_(state), writes_(writes) {
    commit_.new_names = {writes.labels, writes.types, writes.keys};
    names_ = Extended(state.names(), commit_.new_names);
  }

  Commit Make() && {
    ApplySchema();
    const Indexes indexes(schema_, names_);
    ManualIds ids = state_.manual_ids();
    for (const NodeWrite& node : writes_.nodes) {
      ApplyNode(node, indexes);
      if (node.id.value >= ids.node.value) ids.node = NodeId{node.id.value + 1};
    }
    for (const RelWrite& rel : writes_.rels) {
      ApplyRel(rel);
      if (rel.id.value >= ids.rel.value) ids.rel = RelId{rel.id.value + 1};
    }
    if (ids.node != state_.manual_ids().node || ids.rel != state_.manual_ids().rel) {
      commit_.manual_ids = ids;
    }
    std::sort(commit_.changes.nodes.begin(), commit_.changes.nodes.end());
    std::sort(commit_.changes.rels.begin(), commit_.changes.rels.end());
    return std::move(commit_);
  }

 private:
  void ApplySchema() {
    schema_ = state_.schema();
    commit_.schema_dropped = writes_.schema_dropped;
    commit_.schema_created = writes_.schema_created;
    if (writes_.schema_dropped.empty() && writes_.schema_created.empty()) return;
    commit_.changes.schema = true;
    const Indexes before(schema_, names_);
    std::erase_if(schema_, [this](const SchemaItem& item) {
      return std::find(writes_.schema_dropped.begin(), writes_.schema_dropped.end(), item.name) !=
             writes_.schema_dropped.end();
    });
    schema_.insert(schema_.end(), writes_.schema_created.begin(), writes_.schema_created.end());
    const Indexes after(schema_, names_);
    if (before.empty() && after.empty()) return;
    state_.ForEachNode([&](const StoredNode& node) { after.Rebuild(before, node, commit_.batch); });
  }

  void ApplyNode(const NodeWrite& write, const Indexes& indexes) {
    commit_.changes.nodes.push_back(write.id);
    const std::string key = NodeKey(write.id, RecordLayer::kManual);
    std::optional<DerivedNode> derived;
    std::optional<ManualNode> before;
    if (write.kind != WriteKind::kCreate) {
      const Reader& reader = state_.reader();
      before = ReadRecord<ManualNode>(reader, Space::kNodes, key, DecodeManualNode);
      if (write.id.value < kManualIdBit) {
        derived = ReadRecord<DerivedNode>(
            reader, Space::kNodes, NodeKey(write.id, RecordLayer::kDerived), DecodeDerivedNode);
      }
    }
    ManualNode after = before.value_or(ManualNode{});
    switch (write.kind) {
      case WriteKind::kCreate:
        after.created = true;
        after.labels_added = write.labels_added;
        after.properties = write.properties;
        break;
      case WriteKind::kChange:
        ChangeNode(write, derived, after);
        break;
      case WriteKind::kDelete:
        after = ManualNode{};
        after.deleted = true;
        break;
    }
    after.author = writes_.author;
    const bool needs_no_tombstone = after.deleted && !derived;
    if (needs_no_tombstone) {
      commit_.batch.Delete(Space::kNodes, key);
    } else {
      commit_.batch.Put(Space::kNodes, key, Encode(after));
    }
    if (indexes.empty()) return;
    indexes.Update(Merge(write.id, derived, before), Merge(write.id, derived, after),
                   commit_.batch);
  }

  static void ChangeNode(const NodeWrite& write, const std::optional<DerivedNode>& derived,
                         ManualNode& node) {
    for (const LabelId label : write.labels_added) {
      const bool was_hidden = Erase(node.labels_removed, label);
      if (!was_hidden && !(derived && derived->label == label)) Insert(node.labels_added, label);
    }
    for (const LabelId label : write.labels_removed) {
      Erase(node.labels_added, label);
      if (derived && derived->label == label) Insert(node.labels_removed, label);
    }
    node.properties =
        WriteOver(derived ? derived->properties : Properties{}, node.properties, write.properties);
  }

  void ApplyRel(const RelWrite& write) {
    const RelKey rel{write.source, write.id};
    commit_.changes.rels.push_back(rel);
    const std::string key = RelRecordKey(rel, RecordLayer::kManual);
    const std::string out = AdjacencyKey(write.source, write.type, write.target, write.id);
    const std::string in = AdjacencyKey(write.target, write.type, write.source, write.id);
    const bool derived = write.id.value < kManualIdBit;
    if (write.kind == WriteKind::kDelete && !derived) {
      commit_.batch.Delete(Space::kRels, key);
      commit_.batch.Delete(Space::kOut, out);
      commit_.batch.Delete(Space::kIn, in);
      return;
    }
    ManualRel record;
    if (write.kind == WriteKind::kChange) {
      record = ReadRecord<ManualRel>(state_.reader(), Space::kRels, key, DecodeManualRel)
                   .value_or(ManualRel{});
    }
    record.author = writes_.author;
    record.type = write.type;
    record.target = write.target;
    if (write.kind == WriteKind::kDelete) {
      record.deleted = true;
    } else {
      record.properties = WriteOver(derived ? DerivedProperties(rel) : Properties{},
                                    record.properties, write.properties);
    }
    if (write.kind == WriteKind::kCreate) {
      record.created = true;
      commit_.batch.Put(Space::kOut, out, {});
      commit_.batch.Put(Space::kIn, in, {});
    }
    commit_.batch.Put(Space::kRels, key, Encode(record));
  }

  Properties DerivedProperties(RelKey rel) const {
    auto record = ReadRecord<DerivedRel>(
        state_.reader(), Space::kRels, RelRecordKey(rel, RecordLayer::kDerived), DecodeDerivedRel);
    return record ? std::move(record->properties) : Properties{};
  }

  const State& state_;
  const WriteSet& writes_;
  Names names_;
  std::vector<SchemaItem> schema_;
  Commit commit_;
};

}  // namespace

Commit MakeCommit(const State& state, const WriteSet& writes) {
  return CommitMaker(state, writes).Make();
}

}  // namespace verbale::graph::store
