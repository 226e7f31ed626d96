// Taking up what others committed to the store. It lists which nodes and relationships may have
// changed; each of these is read and written over the old state, in an order in which both ends of
// a relationship are there as long as it is: nodes that came, relationships, nodes that went.

#include <string>
#include <utility>
#include <vector>

#include "graph/error.h"
#include "graph/snapshot/layout.h"
#include "graph/snapshot/write_diff.h"

namespace verbale::graph::snapshot {
namespace {

class Catcher {
 public:
  Catcher(GraphState& state, const store::State& now) : state_(state), now_(now) {}

  /// Leaves nodes that went for DeleteGone.
  void TakeNode(NodeId id) {
    const auto stored = now_.Node(id);
    auto node = state_.Find(id);
    if (!stored) {
      if (node) gone_.push_back(*node);
      return;
    }
    if (!node) node = state_.AddNode(id, stored->labels);
    const std::vector<LabelId> labels = state_.Labels(*node);
    for (const LabelId l : LabelsBeyond(stored->labels, labels)) state_.AddLabel(*node, l);
    for (const LabelId l : LabelsBeyond(labels, stored->labels)) state_.RemoveLabel(*node, l);
    TakeProperties(*node, stored->properties);
  }

  void TakeRel(const store::RelKey& key) {
    const auto stored = now_.Rel(key);
    auto rel = Find(key);
    if (!stored) {
      if (rel) state_.Delete(*rel);
      return;
    }
    if (!rel) {
      rel = state_.AddRel(key.rel, {End(stored->source), End(stored->target), stored->type},
                          stored->support);
    } else if (state_.Support(*rel) != stored->support) {
      state_.SetSupport(*rel, stored->support);
    }
    TakeProperties(*rel, stored->properties);
  }

  void DeleteGone() {
    for (const NodeNo node : gone_) state_.Delete(node);
  }

 private:
  template <typename Thing>
  void TakeProperties(Thing thing, const store::Properties& properties) {
    for (const auto& [key, value] : DiffProperties(state_.Properties(thing), properties)) {
      state_.Set(thing, key, value);
    }
  }

  /// By the relationships of its source, as long as they are few: looking up by id first needs all
  /// ids of the graph in a table.
  std::optional<RelNo> Find(const store::RelKey& key) {
    const auto source = state_.Find(key.source);
    if (!source) return std::nullopt;
    for (std::uint32_t type = 0; type < state_.names.TypeCount(); ++type) {
      const Adjacency rels = state_.Neighbours(*source, Direction::kOut, TypeId{type});
      looked_at_ += rels.size();
      if (looked_at_ > kMostLookedAt) return state_.Find(key.rel);
      for (std::size_t i = 0; i < rels.size(); ++i) {
        const RelNo rel = rels.rel(i);
        if (state_.Id(rel) == key.rel && state_.Exists(rel)) return rel;
      }
    }
    return std::nullopt;
  }

  NodeNo End(NodeId id) const {
    if (const auto node = state_.Find(id)) return *node;
    throw Error(ErrorCode::kCorruption,
                "a relationship ends at node " + std::to_string(id.value) + ", which is not there");
  }

  static constexpr std::size_t kMostLookedAt = 100'000;

  GraphState& state_;
  const store::State& now_;
  std::vector<NodeNo> gone_;
  std::size_t looked_at_ = 0;
};

}  // namespace

std::optional<GraphState> CatchUp(const GraphState& old,
                                  std::shared_ptr<const store::State> pinned) {
  return CatchUp(old, old.pinned->sequence(), old.pinned->history(), std::move(pinned));
}

std::optional<GraphState> CatchUp(const GraphState& old, std::uint64_t sequence,
                                  std::uint64_t history,
                                  std::shared_ptr<const store::State> pinned) {
  const auto changes = pinned->ChangesSince(sequence, history);
  if (!changes) return std::nullopt;
  const std::uint64_t size = std::uint64_t{old.base().node_count()} + old.base().rel_count();
  if (changes->nodes.size() + changes->rels.size() > size / 8 + 64) return std::nullopt;

  return Changed(old, *changes, std::move(pinned));
}

GraphState Changed(const GraphState& old, const store::Changes& changes,
                   std::shared_ptr<const store::State> now) {
  GraphState state = old;
  state.names = NameCatalog(now->names());
  state.pinned = now;
  state.StartEpoch(old.delta().epoch + 1);
  Catcher catcher(state, *now);
  for (const NodeId node : changes.nodes) catcher.TakeNode(node);
  for (const store::RelKey& rel : changes.rels) catcher.TakeRel(rel);
  state.Settle();
  catcher.DeleteGone();
  state.SetNextIds(now->manual_ids());
  if (changes.schema) state.SetSchema(now->schema());
  return state;
}

}  // namespace verbale::graph::snapshot
