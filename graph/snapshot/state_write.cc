// Writing a state: patches in the Delta, and what is counted and indexed from them.

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>

#include "graph/error.h"
#include "graph/snapshot/state.h"

namespace verbale::graph::snapshot {
namespace {

constexpr std::uint32_t kMaxNumber = std::numeric_limits<std::uint32_t>::max() - 1;

void PutProperty(store::Properties& properties, KeyId key, const Value& value, bool keep_null) {
  const auto at = std::lower_bound(properties.begin(), properties.end(), key,
                                   [](const auto& entry, KeyId k) { return entry.first < k; });
  const bool found = at != properties.end() && at->first == key;
  if (value.is_null() && !keep_null) {
    if (found) properties.erase(at);
  } else if (found) {
    at->second = value;
  } else {
    properties.emplace(at, key, value);
  }
}

void Insert(std::vector<LabelId>& labels, LabelId label) {
  const auto at = std::lower_bound(labels.begin(), labels.end(), label);
  if (at == labels.end() || *at != label) labels.insert(at, label);
}

/// Orders the entries by neighbour, then number, and drops those that `is_dead`.
template <typename IsDead>
void Order(AdjacencyPatch& patch, const IsDead& is_dead) {
  std::vector<std::pair<NodeNo, RelNo>> entries;
  entries.reserve(patch.nodes.size());
  std::size_t ordered = 0;
  for (std::size_t i = 0; i < patch.nodes.size(); ++i) {
    if (i == patch.ordered) ordered = entries.size();
    if (patch.has_dead && is_dead(patch.rels[i])) continue;
    entries.emplace_back(patch.nodes[i], patch.rels[i]);
  }
  if (patch.ordered == patch.nodes.size()) ordered = entries.size();
  const auto middle = entries.begin() + static_cast<std::ptrdiff_t>(ordered);
  std::sort(middle, entries.end());
  std::inplace_merge(entries.begin(), middle, entries.end());
  patch.nodes.clear();
  patch.rels.clear();
  for (const auto& [node, rel] : entries) {
    patch.nodes.push_back(node);
    patch.rels.push_back(rel);
  }
  patch.ordered = entries.size();
  patch.has_dead = false;
}

}  // namespace

GraphState::GraphState(std::shared_ptr<const Snapshot> base, NameCatalog all_names,
                       std::shared_ptr<const store::State> state, Epoch epoch)
    : names(std::move(all_names)), pinned(std::move(state)), base_(std::move(base)) {
  delta_.epoch = epoch;
  delta_.node_limit = base_->node_count();
  delta_.rel_limit = base_->rel_count();
  delta_.node_count = base_->node_count();
  delta_.rel_count = base_->rel_count();
  delta_.next_ids = pinned->manual_ids();
  SetSchema(pinned->schema());
}

NodePatch& GraphState::Edit(NodeNo node) {
  std::shared_ptr<NodePatch>& slot = delta_.nodes.Edit(node.value, delta_.epoch);
  if (!slot || slot->epoch != delta_.epoch) {
    if (!slot) {
      ++delta_.patches;
      delta_.touched.Put(node.value, delta_.epoch);
    }
    slot = slot ? std::make_shared<NodePatch>(*slot) : std::make_shared<NodePatch>();
    slot->epoch = delta_.epoch;
  }
  return *slot;
}

RelPatch& GraphState::Edit(RelNo rel) {
  std::shared_ptr<RelPatch>& slot = delta_.rels.Edit(rel.value, delta_.epoch);
  if (!slot || slot->epoch != delta_.epoch) {
    if (!slot) ++delta_.patches;
    if (slot) {
      slot = std::make_shared<RelPatch>(*slot);
    } else {
      slot = std::make_shared<RelPatch>();
      if (InBase(rel)) slot->support = base_->SupportOf(rel);
    }
    slot->epoch = delta_.epoch;
  }
  return *slot;
}

AdjacencyChange& GraphState::Change(Direction direction, TypeId type) {
  auto& changes = delta_.adjacency[static_cast<std::size_t>(direction)];
  if (type.value >= changes.size()) changes.resize(type.value + 1);
  return changes[type.value];
}

std::shared_ptr<AdjacencyPatch>& GraphState::EditAdjacency(NodeNo node, Direction direction,
                                                           TypeId type) {
  AdjacencyChange& change = Change(direction, type);
  std::shared_ptr<AdjacencyPatch>& slot = change.patches.Edit(node.value, delta_.epoch);
  if (slot && slot->epoch == delta_.epoch) return slot;
  if (slot) {
    slot = std::make_shared<AdjacencyPatch>(*slot);
  } else {
    slot = std::make_shared<AdjacencyPatch>();
    const Adjacency base = base_->Neighbours(node, direction, type);
    slot->nodes.assign(base.nodes.begin(), base.nodes.end());
    slot->rels.reserve(base.size());
    for (std::size_t i = 0; i < base.size(); ++i) slot->rels.push_back(base.rel(i));
    slot->ordered = base.size();
    change.touched.Put(node.value, delta_.epoch);
    change.degrees.Edit(node, delta_.epoch) = static_cast<std::uint32_t>(base.size());
    ++delta_.patches;
  }
  slot->epoch = delta_.epoch;
  return slot;
}

void GraphState::AddEntry(NodeNo node, Direction direction, TypeId type, NodeNo other, RelNo rel) {
  const std::shared_ptr<AdjacencyPatch>& patch = EditAdjacency(node, direction, type);
  const bool was_settled = patch->settled();
  // A created relationship has the largest number, so only the neighbour decides.
  const bool in_order = was_settled && (patch->nodes.empty() || patch->nodes.back() <= other);
  patch->nodes.push_back(other);
  patch->rels.push_back(rel);
  ++Change(direction, type).degrees.Edit(node, delta_.epoch);
  if (in_order) {
    ++patch->ordered;
  } else if (was_settled) {
    unsettled_.push_back(patch);
  }
}

void GraphState::MarkDead(NodeNo node, Direction direction, TypeId type) {
  const std::shared_ptr<AdjacencyPatch>& patch = EditAdjacency(node, direction, type);
  if (patch->settled()) unsettled_.push_back(patch);
  patch->has_dead = true;
  --Change(direction, type).degrees.Edit(node, delta_.epoch);
}

void GraphState::SettleAll() {
  for (const auto& patch : unsettled_) {
    Order(*patch, [this](RelNo rel) { return !Exists(rel); });
  }
  unsettled_.clear();
}

NodeNo GraphState::CreateNode(std::span<const LabelId> labels) {
  const NodeNo node = AddNode(delta_.next_ids.node, labels);
  ++delta_.next_ids.node.value;
  return node;
}

NodeNo GraphState::AddNode(NodeId id, std::span<const LabelId> labels) {
  if (delta_.node_limit >= kMaxNumber) {
    throw Error(ErrorCode::kLimitExceeded, "a graph can have at most 2^32 - 2 nodes");
  }
  const NodeNo node{delta_.node_limit++};
  NodePatch& patch = Edit(node);
  patch.created = true;
  patch.labels_changed = true;
  patch.id = id;
  delta_.created_nodes.Add(id.value, node.value, delta_.epoch);
  patch.labels.assign(labels.begin(), labels.end());
  std::sort(patch.labels.begin(), patch.labels.end());
  patch.labels.erase(std::unique(patch.labels.begin(), patch.labels.end()), patch.labels.end());
  for (const LabelId label : patch.labels) CountLabel(node, label, true);
  ++delta_.node_count;
  return node;
}

RelNo GraphState::CreateRel(NodeNo source, TypeId type, NodeNo target) {
  const RelNo rel = AddRel(delta_.next_ids.rel, {source, target, type}, 0);
  ++delta_.next_ids.rel.value;
  return rel;
}

RelNo GraphState::AddRel(RelId id, const RelEnds& ends, std::uint32_t support) {
  if (delta_.rel_limit >= kMaxNumber) {
    throw Error(ErrorCode::kLimitExceeded, "a graph can have at most 2^32 - 2 relationships");
  }
  const RelNo rel{delta_.rel_limit++};
  RelPatch& patch = Edit(rel);
  patch.created = true;
  patch.id = id;
  patch.ends = ends;
  patch.support = support;
  delta_.created_rels.Add(id.value, rel.value, delta_.epoch);
  AddEntry(ends.source, Direction::kOut, ends.type, ends.target, rel);
  AddEntry(ends.target, Direction::kIn, ends.type, ends.source, rel);
  CountRel(ends.type, 1);
  NoteCreated(ends);
  return rel;
}

void GraphState::SetSupport(RelNo rel, std::uint32_t support) { Edit(rel).support = support; }

void GraphState::Set(NodeNo node, KeyId key, const Value& value) {
  PutProperty(Edit(node).properties, key, value, InBase(node));
  if (value.is_null() || delta_.indexes.empty()) return;
  for (const LabelId label : Labels(node)) AddToIndexes(node, label, key, value);
}

void GraphState::Set(RelNo rel, KeyId key, const Value& value) {
  PutProperty(Edit(rel).properties, key, value, InBase(rel));
}

void GraphState::AddLabel(NodeNo node, LabelId label) {
  std::vector<LabelId> labels = Labels(node);
  Insert(labels, label);
  NodePatch& patch = Edit(node);
  patch.labels = std::move(labels);
  patch.labels_changed = true;
  CountLabel(node, label, true);
  for (const NodeIndex& index : delta_.indexes) {
    if (index.label != label) continue;
    const Value value = Property(node, index.key);
    if (!value.is_null()) AddToIndexes(node, label, index.key, value);
  }
}

void GraphState::RemoveLabel(NodeNo node, LabelId label) {
  std::vector<LabelId> labels = Labels(node);
  labels.erase(std::remove(labels.begin(), labels.end(), label), labels.end());
  NodePatch& patch = Edit(node);
  patch.labels = std::move(labels);
  patch.labels_changed = true;
  CountLabel(node, label, false);
  Insert(delta_.labels_lost, label);
}

void GraphState::Delete(NodeNo node) {
  for (const LabelId label : Labels(node)) CountLabel(node, label, false);
  Edit(node).deleted = true;
  --delta_.node_count;
}

void GraphState::Delete(RelNo rel) {
  const RelEnds ends = Ends(rel);
  Edit(rel).deleted = true;
  MarkDead(ends.source, Direction::kOut, ends.type);
  MarkDead(ends.target, Direction::kIn, ends.type);
  CountRel(ends.type, -1);
}

void GraphState::CountLabel(NodeNo node, LabelId label, bool on) {
  if (label.value >= delta_.labels.size()) delta_.labels.resize(label.value + 1);
  LabelChange& change = delta_.labels[label.value];
  change.count += on ? 1 : -1;
  if (!BaseHasLabel(node, label)) change.added.Put(node.value, on, delta_.epoch);
}

TypeChange& GraphState::Change(TypeId type) {
  if (type.value >= delta_.types.size()) delta_.types.resize(type.value + 1);
  return delta_.types[type.value];
}

/// So that questions about all relationships of a type need not look at each.
void GraphState::NoteCreated(const RelEnds& ends) {
  TypeChange& change = Change(ends.type);
  change.has_loops |= ends.source == ends.target;
  for (const Direction direction : {Direction::kOut, Direction::kIn}) {
    const NodeNo node = direction == Direction::kOut ? ends.source : ends.target;
    std::vector<LabelId>& common = change.end_labels[static_cast<std::size_t>(direction)];
    if (!change.has_created) common = Labels(node);
    std::erase_if(common, [&](LabelId label) { return !HasLabel(node, label); });
  }
  change.has_created = true;
}

void GraphState::CountRel(TypeId type, int change) {
  Change(type).count += change;
  delta_.rel_count += static_cast<std::uint64_t>(static_cast<std::int64_t>(change));
}

void GraphState::AddToIndexes(NodeNo node, LabelId label, KeyId key, const Value& value) {
  for (NodeIndex& index : delta_.indexes) {
    if (index.label == label && index.key == key) {
      index.added.Add(Hash(value), node.value, delta_.epoch);
    }
  }
}

void GraphState::SetSchema(std::vector<SchemaItem> items) {
  std::vector<NodeIndex> indexes;
  for (const SchemaItem& item : items) {
    if (item.on_relationship) continue;
    if (item.kind != SchemaKind::kIndex && item.kind != SchemaKind::kUnique) continue;
    const LabelId label{names.labels.Make(item.label, delta_.epoch)};
    for (const std::string& name : item.keys) {
      const KeyId key{names.keys.Make(name, delta_.epoch)};
      const auto same = [&](const NodeIndex& i) { return i.label == label && i.key == key; };
      if (std::any_of(indexes.begin(), indexes.end(), same)) continue;
      const NodeIndex* old = FindIndex(label, key);
      indexes.push_back(old ? *old : MakeIndex(label, key));
    }
  }
  delta_.indexes = std::move(indexes);
  delta_.schema = std::make_shared<const std::vector<SchemaItem>>(std::move(items));
}

NodeIndex GraphState::MakeIndex(LabelId label, KeyId key) const {
  NodeIndex index{label, key, std::make_shared<const BaseIndex>(base_, label, key), {}};
  for (auto no = delta_.nodes.NextFrom(0); no; no = delta_.nodes.NextFrom(*no + 1)) {
    const NodeNo node{*no};
    if (!Exists(node) || !HasLabel(node, label)) continue;
    const Value value = Property(node, key);
    if (!value.is_null()) index.added.Add(Hash(value), node.value, delta_.epoch);
  }
  return index;
}

}  // namespace verbale::graph::snapshot
