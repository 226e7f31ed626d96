#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "graph/snapshot/delta.h"
#include "graph/snapshot/names.h"
#include "graph/snapshot/snapshot.h"
#include "graph/store/store.h"
#include "graph/view.h"

namespace verbale::graph::snapshot {

/// One state of the graph: a Snapshot with a Delta over it. Copying takes time that depends on
/// neither. The reading half is what View promises; the writing half keeps the parts of the Delta
/// consistent with one another, and leaves rules (constraints, value types) to its caller.
///
/// A copy that nobody writes may be read by any number of threads while others are written.
class GraphState {
 public:
  /// `base` as it is, with the schema and ids of `pinned`. `epoch`: not below those in which the
  /// tables of `names` were written.
  GraphState(std::shared_ptr<const Snapshot> base, NameCatalog names,
             std::shared_ptr<const store::State> pinned, Epoch epoch);

  NameCatalog names;
  /// What evidence is read from. Shared with other states of the same sequence.
  std::shared_ptr<const store::State> pinned;

  // Reading, as in View.
  const Snapshot& base() const { return *base_; }
  const Delta& delta() const { return delta_; }
  std::uint64_t NodeCount(LabelId label) const;
  std::uint64_t RelCount(TypeId type) const;
  bool Exists(NodeNo node) const;
  bool Exists(RelNo rel) const;
  std::size_t ScanNodes(std::optional<LabelId> label, NodeNo from, std::span<NodeNo> out) const;
  bool HasLabel(NodeNo node, LabelId label) const;
  std::vector<LabelId> Labels(NodeNo node) const;
  NodeId Id(NodeNo node) const;
  RelId Id(RelNo rel) const;
  std::optional<NodeNo> Find(NodeId id) const;
  std::optional<RelNo> Find(RelId id) const;
  Adjacency Neighbours(NodeNo node, Direction direction, TypeId type) const {
    if (const AdjacencyChange* change = FindChange(delta_, direction, type)) [[unlikely]] {
      if (const AdjacencyPatch* a = change->Find(node)) return {a->nodes, a->rels.data(), RelNo{}};
    }
    return base_->Neighbours(node, direction, type);
  }
  AdjacencyTable Table(const View& view, Direction direction, TypeId type) const {
    const AdjacencyChange* change = FindChange(delta_, direction, type);
    AdjacencyTable::Arrays arrays = base_->Table(direction, type);
    if (change) {
      arrays.changed = change->touched.words();
      arrays.changed_degrees = change->degrees.pages();
    }
    return {view, direction, type, arrays};
  }
  std::size_t ScanRels(TypeId type, RelNo from, std::span<RelNo> out) const;
  void NodesOf(std::span<const RelNo> rels, Direction direction, std::span<NodeNo> out) const;
  bool AllHaveLabel(TypeId type, Direction direction, LabelId label) const;
  bool MayHaveLoops(TypeId type) const;
  /// Also of a relationship that was deleted since the Snapshot.
  RelEnds Ends(RelNo rel) const;
  Value Property(NodeNo node, KeyId key) const;
  Value Property(RelNo rel, KeyId key) const;
  void Properties(std::span<const NodeNo> nodes, KeyId key, PropertyVector& out) const;
  void Properties(std::span<const RelNo> rels, KeyId key, PropertyVector& out) const;
  std::optional<PackedProperty> Packed(NodeNo first, std::uint32_t count, KeyId key) const;
  std::optional<PackedProperty> Packed(RelNo first, std::uint32_t count, KeyId key) const;
  store::Properties Properties(NodeNo node) const;
  store::Properties Properties(RelNo rel) const;
  std::uint32_t Support(RelNo rel) const;
  std::vector<EvidenceRecord> Evidence(RelNo rel) const;
  std::optional<std::vector<NodeNo>> Lookup(LabelId label, KeyId key, const Value& value) const;
  bool IsConnected(NodeNo node) const;

  // Writing, in the epoch of the Delta. Nodes and relationships must exist.

  /// Begins a new epoch, larger than all before: from here on this state is changed, and copies of
  /// it that were made before are not.
  void StartEpoch(Epoch epoch) { delta_.epoch = epoch; }
  /// The Delta goes back to that of `saved`; names stay.
  void Restore(const GraphState& saved) {
    delta_ = saved.delta_;
    unsettled_.clear();
  }

  NodeNo CreateNode(std::span<const LabelId> labels);
  RelNo CreateRel(NodeNo source, TypeId type, NodeNo target);
  /// What others created: with the id that it has.
  NodeNo AddNode(NodeId id, std::span<const LabelId> labels);
  RelNo AddRel(RelId id, const RelEnds& ends, std::uint32_t support);
  void SetSupport(RelNo rel, std::uint32_t support);
  void Set(NodeNo node, KeyId key, const Value& value);
  void Set(RelNo rel, KeyId key, const Value& value);
  void AddLabel(NodeNo node, LabelId label);
  void RemoveLabel(NodeNo node, LabelId label);
  void Delete(NodeNo node);
  void Delete(RelNo rel);
  void SetSchema(std::vector<SchemaItem> items);
  /// The ids that the next created things get.
  void SetNextIds(const store::ManualIds& ids) { delta_.next_ids = ids; }
  /// Puts the adjacency that was written in order. Needed before it is read, and before the state
  /// is copied or shared.
  void Settle() {
    if (!unsettled_.empty()) SettleAll();
  }

 private:
  const NodePatch* Patch(NodeNo node) const {
    return delta_.touched.Has(node.value) ? delta_.nodes.Find(node.value)->get() : nullptr;
  }
  const RelPatch* Patch(RelNo rel) const {
    const auto* slot = delta_.rels.Find(rel.value);
    return slot ? slot->get() : nullptr;
  }
  bool InBase(NodeNo node) const { return node.value < base_->node_count(); }
  bool InBase(RelNo rel) const { return rel.value < base_->rel_count(); }
  bool BaseHasLabel(NodeNo node, LabelId label) const;
  const NodeIndex* FindIndex(LabelId label, KeyId key) const;

  NodePatch& Edit(NodeNo node);
  RelPatch& Edit(RelNo rel);
  AdjacencyChange& Change(Direction direction, TypeId type);
  std::shared_ptr<AdjacencyPatch>& EditAdjacency(NodeNo node, Direction direction, TypeId type);
  void AddEntry(NodeNo node, Direction direction, TypeId type, NodeNo other, RelNo rel);
  void MarkDead(NodeNo node, Direction direction, TypeId type);
  void SettleAll();
  void CountLabel(NodeNo node, LabelId label, bool on);
  TypeChange& Change(TypeId type);
  void CountRel(TypeId type, int change);
  void NoteCreated(const RelEnds& ends);
  NodeIndex MakeIndex(LabelId label, KeyId key) const;
  void AddToIndexes(NodeNo node, LabelId label, KeyId key, const Value& value);

  std::shared_ptr<const Snapshot> base_;  // Shared with all states that are laid over it.
  Delta delta_;
  // Adjacency that was written since the last Settle; owned by the patches of the current epoch.
  std::vector<std::shared_ptr<AdjacencyPatch>> unsettled_;
};

}  // namespace verbale::graph::snapshot
