#pragma once

// A Store of plain maps, for tests of what stands on it: applies write sets as their contract says,
// and refuses those that break it.

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "graph/store/store.h"

namespace verbale::graph {

class MapStore final : public store::Store {
 public:
  MapStore() : state_(std::make_shared<MapState>()) {
    state_->ids = {NodeId{kManualIdBit}, RelId{kManualIdBit}};
  }

  std::shared_ptr<const store::State> Pin() const override { return state_; }
  bool read_only() const override { return false; }

  std::uint64_t Apply(const store::WriteSet& writes) override {
    if (fails_) throw std::runtime_error("the disk is full");
    auto next = std::make_shared<MapState>(*state_);
    Append(next->all_names.labels, writes.labels);
    Append(next->all_names.types, writes.types);
    Append(next->all_names.keys, writes.keys);
    for (const auto& write : writes.nodes) next->Write(write);
    for (const auto& write : writes.rels) next->Write(write);
    for (const auto& name : writes.schema_dropped) next->Drop(name);
    for (const auto& item : writes.schema_created) next->Create(item);
    ++next->number;
    last_ = writes;
    state_ = std::move(next);
    return state_->number;
  }

  /// Puts a thing there as an ingest would.
  void AddDerived(const store::StoredNode& node) { Edit().nodes[node.id] = node; }
  void AddDerived(const store::StoredRel& rel) { Edit().rels[{rel.source, rel.id}] = rel; }
  void AddNames(const store::Names& names) { Edit().all_names = names; }

  const store::WriteSet& last() const { return last_; }
  void set_fails(bool fails) { fails_ = fails; }

 private:
  struct MapState final : store::State {
    std::uint64_t number = 0;
    store::Names all_names;
    std::vector<SchemaItem> items;
    store::ManualIds ids;
    std::map<NodeId, store::StoredNode> nodes;
    std::map<store::RelKey, store::StoredRel> rels;

    std::uint64_t sequence() const override { return number; }
    const store::Names& names() const override { return all_names; }
    const std::vector<SchemaItem>& schema() const override { return items; }
    store::ManualIds manual_ids() const override { return ids; }
    void ForEachNode(const std::function<void(const store::StoredNode&)>& visit) const override {
      for (const auto& [id, node] : nodes) visit(node);
    }
    void ForEachRel(const std::function<void(const store::StoredRel&)>& visit) const override {
      for (const auto& [key, rel] : rels) visit(rel);
    }
    std::optional<store::StoredNode> Node(NodeId id) const override {
      const auto at = nodes.find(id);
      return at != nodes.end() ? std::optional(at->second) : std::nullopt;
    }
    std::optional<store::StoredRel> Rel(store::RelKey key) const override {
      const auto at = rels.find(key);
      return at != rels.end() ? std::optional(at->second) : std::nullopt;
    }
    std::vector<EvidenceRecord> Evidence(store::RelKey key) const override {
      std::vector<EvidenceRecord> records(rels.at(key).support);
      for (std::size_t i = 0; i < records.size(); ++i) {
        records[i].document = std::to_string(i);
        records[i].modality = i == 0 ? Modality::kHoped : Modality::kAsserted;
      }
      return records;
    }
    std::optional<store::Changes> ChangesSince(std::uint64_t) const override { return {}; }

    void Write(const store::NodeWrite& write) {
      if (write.kind == store::WriteKind::kDelete) {
        if (nodes.erase(write.id) != 1) throw std::runtime_error("deletes an unknown node");
        return;
      }
      const bool is_new = nodes.count(write.id) == 0;
      if (is_new != (write.kind == store::WriteKind::kCreate)) throw std::runtime_error("kind");
      auto& node = nodes[write.id];
      node.id = write.id;
      if (is_new && write.id < ids.node) throw std::runtime_error("id used twice");
      if (is_new) ids.node = NodeId{write.id.value + 1};
      std::erase_if(node.labels, [&](LabelId l) {
        return std::find(write.labels_removed.begin(), write.labels_removed.end(), l) !=
               write.labels_removed.end();
      });
      Append(node.labels, write.labels_added);
      std::sort(node.labels.begin(), node.labels.end());
      Merge(node.properties, write.properties);
    }
    void Write(const store::RelWrite& write) {
      const store::RelKey key{write.source, write.id};
      if (write.kind == store::WriteKind::kDelete) {
        if (rels.erase(key) != 1) throw std::runtime_error("deletes an unknown relationship");
        return;
      }
      const bool is_new = rels.count(key) == 0;
      if (is_new != (write.kind == store::WriteKind::kCreate)) throw std::runtime_error("kind");
      auto& rel = rels[key];
      if (is_new) rel = {write.id, write.source, write.target, write.type, 0, {}};
      if (is_new) ids.rel = RelId{write.id.value + 1};
      Merge(rel.properties, write.properties);
    }
    void Drop(const std::string& name) {
      std::erase_if(items, [&](const SchemaItem& item) { return item.name == name; });
    }
    void Create(const SchemaItem& item) {
      items.push_back(item);
      std::sort(items.begin(), items.end(),
                [](const SchemaItem& a, const SchemaItem& b) { return a.name < b.name; });
    }
    static void Merge(store::Properties& properties, const store::Properties& changes) {
      for (const auto& [key, value] : changes) {
        std::erase_if(properties, [k = key](const auto& p) { return p.first == k; });
        if (!value.is_null()) properties.emplace_back(key, value);
      }
      std::sort(properties.begin(), properties.end(),
                [](const auto& a, const auto& b) { return a.first < b.first; });
    }
  };

  template <typename T>
  static void Append(std::vector<T>& to, const std::vector<T>& from) {
    to.insert(to.end(), from.begin(), from.end());
  }
  MapState& Edit() {
    state_ = std::make_shared<MapState>(*state_);
    ++state_->number;
    return *state_;
  }

  std::shared_ptr<MapState> state_;  // Shared with those who pinned it.
  store::WriteSet last_;
  bool fails_ = false;
};

}  // namespace verbale::graph
