#pragma once

// What was written since the Snapshot was laid out: patches over its nodes and relationships, and
// the created ones, numbered from its end. A Delta is copied in constant time (its parts share
// pages), so a committed state, a running transaction and each of its savepoints are copies; a
// patch, like a page, is changed in place only in the epoch in which it was made.

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "graph/snapshot/changed_degrees.h"
#include "graph/snapshot/node_index.h"
#include "graph/snapshot/paged_map.h"
#include "graph/store/store.h"
#include "graph/store/write_set.h"
#include "graph/view.h"

namespace verbale::graph::snapshot {

/// The relationships of one type at one node in one direction, in place of those of the Snapshot.
/// While it is being written, new entries stand unordered at the end and dead ones are still there;
/// Settle puts it in order.
struct AdjacencyPatch {
  Epoch epoch = 0;
  std::vector<NodeNo> nodes;
  std::vector<RelNo> rels;
  std::size_t ordered = 0;  ///< So many entries in front are in order.
  bool has_dead = false;    ///< Some entry's relationship was deleted.

  bool settled() const { return ordered == nodes.size() && !has_dead; }
};

struct NodePatch {
  Epoch epoch = 0;
  bool created = false;  ///< Not in the Snapshot: `id` and `labels` are set.
  bool deleted = false;
  bool labels_changed = false;  ///< `labels` stand in place of those of the Snapshot.
  NodeId id;
  std::vector<LabelId> labels;  ///< Ascending.
  /// Ascending by key. Over those of the Snapshot; null takes one away.
  store::Properties properties;
};

struct RelPatch {
  Epoch epoch = 0;
  bool created = false;  ///< Not in the Snapshot: `id` and `ends` are set.
  bool deleted = false;
  RelId id;
  RelEnds ends;
  std::uint32_t support = 0;     ///< In place of that of the Snapshot.
  store::Properties properties;  ///< As in NodePatch.
};

/// How the members of one label differ from those of the Snapshot.
struct LabelChange {
  PagedBits added;  ///< Existing nodes that have the label now, and not in the Snapshot.
  std::int64_t count = 0;
};

/// How the relationships of one type differ from those of the Snapshot.
struct TypeChange {
  std::int64_t count = 0;
  bool has_created = false;  ///< Some were created; they may be gone again.
  bool has_loops = false;    ///< One of those leads from a node to itself.
  /// By Direction: labels that the ends of all created ones had when they were created. Ascending.
  std::array<std::vector<LabelId>, 2> end_labels;
};

/// The adjacency of one type in one direction, where it was written.
struct AdjacencyChange {
  SharedBits touched;  ///< Nodes that have a patch; so that asking for the others is quick.
  PagedMap<std::shared_ptr<AdjacencyPatch>> patches;
  ChangedDegrees degrees;  ///< Of the same nodes, without dead entries.

  const AdjacencyPatch* Find(NodeNo node) const {
    return touched.Has(node.value) ? patches.Find(node.value)->get() : nullptr;
  }
};

struct Delta {
  Epoch epoch = 0;  ///< In which it is written, or was last.
  std::uint32_t node_limit = 0;
  std::uint32_t rel_limit = 0;
  std::uint64_t node_count = 0;
  std::uint64_t rel_count = 0;
  std::uint64_t patches = 0;  ///< Of nodes, of relationships and of adjacency.

  PagedMap<std::shared_ptr<NodePatch>> nodes;
  SharedBits touched;  ///< Nodes that have a patch; so that asking for the others is quick.
  PagedMap<std::shared_ptr<RelPatch>> rels;
  std::vector<LabelChange> labels;   ///< By LabelId, as far as there are changes.
  std::vector<LabelId> labels_lost;  ///< That some node does not have any more. Ascending.
  std::vector<TypeChange> types;     ///< By TypeId, as far as there are changes.
  std::array<std::vector<AdjacencyChange>, 2> adjacency;  ///< By Direction and TypeId, likewise.

  AddedIndex created_nodes;  ///< By id.
  AddedIndex created_rels;   ///< By id.
  store::ManualIds next_ids;
  std::shared_ptr<const std::vector<SchemaItem>> schema;  ///< Sorted by name. Shared with copies.
  std::vector<NodeIndex> indexes;
};

/// What was written in this direction and type; nullptr: nothing.
inline const AdjacencyChange* FindChange(const Delta& delta, Direction direction, TypeId type) {
  const std::vector<AdjacencyChange>& types = delta.adjacency[static_cast<std::size_t>(direction)];
  return type.value < types.size() ? &types[type.value] : nullptr;
}

/// The value that a patch has for `key`: nullptr where it says nothing of it.
const Value* FindPatched(const store::Properties& properties, KeyId key);

}  // namespace verbale::graph::snapshot
