#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "graph/snapshot/state.h"
#include "graph/view.h"

namespace verbale::graph::snapshot {

/// The reading half of View (or of a Transaction, which is one) over a state of its own.
template <typename Interface>
class StateReader : public Interface {
 public:
  explicit StateReader(GraphState state) : state_(std::move(state)) {}

  const GraphState& state() const { return state_; }

  const Catalog& catalog() const override { return state_.names; }
  std::uint64_t NodeCount() const override { return state_.delta().node_count; }
  std::uint64_t NodeCount(LabelId label) const override { return state_.NodeCount(label); }
  std::uint64_t RelCount() const override { return state_.delta().rel_count; }
  std::uint64_t RelCount(TypeId type) const override { return state_.RelCount(type); }

  std::uint32_t NodeLimit() const override { return state_.delta().node_limit; }
  bool Exists(NodeNo node) const override { return state_.Exists(node); }
  std::size_t ScanNodes(std::optional<LabelId> label, NodeNo from,
                        std::span<NodeNo> out) const override {
    return state_.ScanNodes(label, from, out);
  }
  bool HasLabel(NodeNo node, LabelId label) const override { return state_.HasLabel(node, label); }
  std::vector<LabelId> Labels(NodeNo node) const override { return state_.Labels(node); }
  NodeId Id(NodeNo node) const override { return state_.Id(node); }
  std::optional<NodeNo> Find(NodeId id) const override { return state_.Find(id); }
  Value Property(NodeNo node, KeyId key) const override { return state_.Property(node, key); }
  void Properties(std::span<const NodeNo> nodes, KeyId key, PropertyVector& out) const override {
    state_.Properties(nodes, key, out);
  }
  std::optional<PackedProperty> Packed(NodeNo first, std::uint32_t count,
                                       KeyId key) const override {
    return state_.Packed(first, count, key);
  }
  std::vector<std::pair<KeyId, Value>> Properties(NodeNo node) const override {
    return state_.Properties(node);
  }

  std::uint32_t RelLimit() const override { return state_.delta().rel_limit; }
  bool Exists(RelNo rel) const override { return state_.Exists(rel); }
  Adjacency Neighbours(NodeNo node, Direction direction, TypeId type) const override {
    return state_.Neighbours(node, direction, type);
  }
  AdjacencyTable Table(Direction direction, TypeId type) const override {
    return state_.Table(*this, direction, type);
  }
  std::size_t ScanRels(TypeId type, RelNo from, std::span<RelNo> out) const override {
    return state_.ScanRels(type, from, out);
  }
  void NodesOf(std::span<const RelNo> rels, Direction direction,
               std::span<NodeNo> out) const override {
    state_.NodesOf(rels, direction, out);
  }
  bool AllHaveLabel(TypeId type, Direction direction, LabelId label) const override {
    return state_.AllHaveLabel(type, direction, label);
  }
  bool MayHaveLoops(TypeId type) const override { return state_.MayHaveLoops(type); }
  RelEnds Ends(RelNo rel) const override { return state_.Ends(rel); }
  RelId Id(RelNo rel) const override { return state_.Id(rel); }
  std::optional<RelNo> Find(RelId id) const override { return state_.Find(id); }
  Value Property(RelNo rel, KeyId key) const override { return state_.Property(rel, key); }
  void Properties(std::span<const RelNo> rels, KeyId key, PropertyVector& out) const override {
    state_.Properties(rels, key, out);
  }
  std::optional<PackedProperty> Packed(RelNo first, std::uint32_t count, KeyId key) const override {
    return state_.Packed(first, count, key);
  }
  std::vector<std::pair<KeyId, Value>> Properties(RelNo rel) const override {
    return state_.Properties(rel);
  }

  std::uint32_t Support(RelNo rel) const override { return state_.Support(rel); }
  std::vector<EvidenceRecord> Evidence(RelNo rel) const override { return state_.Evidence(rel); }

  std::vector<SchemaItem> Schema() const override { return *state_.delta().schema; }
  std::optional<std::vector<NodeNo>> Lookup(LabelId label, KeyId key,
                                            const Value& value) const override {
    return state_.Lookup(label, key, value);
  }

 protected:
  mutable GraphState state_;  // Mutable only for Settle, which changes no answer.
};

/// A committed state. Any number of threads.
using CommittedView = StateReader<View>;

}  // namespace verbale::graph::snapshot
