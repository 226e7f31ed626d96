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

AdjacencyPatch& GraphState::EditAdjacency(NodeNo node, Direction direction, TypeId type) {
  NodePatch& patch = Edit(node);
  std::shared_ptr<AdjacencyPatch>* slot = nullptr;
  for (auto& a : patch.adjacency) {
    if (a->type == type && a->direction == direction) slot = &a;
  }
  if (slot && (*slot)->epoch == delta_.epoch) return **slot;
  std::shared_ptr<AdjacencyPatch> own;
  if (slot) {
    own = std::make_shared<AdjacencyPatch>(**slot);
  } else {
    own = std::make_shared<AdjacencyPatch>();
    own->direction = direction;
    own->type = type;
    const Adjacency base = base_->Neighbours(node, direction, type);
    own->nodes.assign(base.nodes.begin(), base.nodes.end());
    own->rels.reserve(base.size());
    for (std::size_t i = 0; i < base.size(); ++i) own->rels.push_back(base.rel(i));
    own->ordered = base.size();
  }
  own->epoch = delta_.epoch;
  if (slot) {
    *slot = own;
  } else {
    patch.adjacency.push_back(own);
  }
  return *own;
}

void GraphState::AddEntry(NodeNo node, Direction direction, TypeId type, NodeNo other, RelNo rel) {
  AdjacencyPatch& patch = EditAdjacency(node, direction, type);
  const bool was_settled = patch.settled();
  // A created relationship has the largest number, so only the neighbour decides.
  const bool in_order = was_settled && (patch.nodes.empty() || patch.nodes.back() <= other);
  patch.nodes.push_back(other);
  patch.rels.push_back(rel);
  if (in_order) {
    ++patch.ordered;
  } else if (was_settled) {
    MarkUnsettled(node, direction, type);
  }
}

void GraphState::MarkDead(NodeNo node, Direction direction, TypeId type) {
  AdjacencyPatch& patch = EditAdjacency(node, direction, type);
  if (patch.settled()) MarkUnsettled(node, direction, type);
  patch.has_dead = true;
}

void GraphState::MarkUnsettled(NodeNo node, Direction direction, TypeId type) {
  for (const auto& a : Patch(node)->adjacency) {
    if (a->type == type && a->direction == direction) unsettled_.push_back(a);
  }
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
  labels.insert(std::lower_bound(labels.begin(), labels.end(), label), label);
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

void GraphState::CountRel(TypeId type, int change) {
  if (type.value >= delta_.rel_types.size()) delta_.rel_types.resize(type.value + 1);
  delta_.rel_types[type.value] += change;
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
