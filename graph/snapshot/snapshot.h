#pragma once

// One state of the graph as flat arrays, made for walking.
//
// Nodes are numbered in runs, one for each set of labels that occurs; runs are in the order of
// their label names, and within a run nodes are in the order of their ids. So a label is a few
// ranges, and a property of a run is one column.
//
// Relationships of a type are numbered consecutively, by source, then target, then id. So the
// relationships that leave a node in a type are consecutive, and their numbers need no array. The
// relationships that enter a node are listed beside, by target, then source, then number:
//
//     out  starts   of source s (from first_source on): the first of its numbers
//          marks    of every 32nd number: its source
//          targets  by number
//     in   starts   of target t (from first_target on): the first of its entries
//          sources  by entry        numbers  by entry
//
// `starts` covers only the range of nodes in which the type occurs, which is narrow since nodes
// stand in runs by label. The source of a number is found among them, near its mark.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "graph/snapshot/block_guard.h"
#include "graph/snapshot/column.h"
#include "graph/snapshot/dictionary.h"
#include "graph/snapshot/flat_array.h"
#include "graph/snapshot/hash_rows.h"
#include "graph/snapshot/packed_ints.h"
#include "graph/view.h"

namespace verbale::graph::snapshot {

/// Nodes [first, first + count) with the same labels.
struct Run {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::vector<LabelId> labels;  ///< Ascending by number.
  Columns columns;              ///< Row 0 is node `first`.
};

/// For nodes [first, first + starts.size() - 1): where the entries of each begin.
struct Starts {
  std::uint32_t first = 0;
  FlatArray<std::uint32_t> starts;

  /// Begin and end of the entries of `node`.
  std::pair<std::uint32_t, std::uint32_t> Range(NodeNo node) const {
    const std::uint32_t i = node.value - first;  // Wraps below `first`, and so is too large.
    if (i + std::size_t{1} >= starts.size()) return {0, 0};
    return {starts[i], starts[i + 1]};
  }
};

/// Whether something was done already; doing it twice does no harm. A copy begins with the answer
/// of the original.
class DoneFlag {
 public:
  DoneFlag() = default;
  DoneFlag(const DoneFlag& other) : is_set_(other.is_set()) {}
  DoneFlag& operator=(const DoneFlag& other) {
    is_set_.store(other.is_set(), std::memory_order_relaxed);
    return *this;
  }
  bool is_set() const { return is_set_.load(std::memory_order_relaxed); }
  void Set() { is_set_.store(true, std::memory_order_relaxed); }

 private:
  std::atomic<bool> is_set_{false};
};

/// Relationships [first, first + count), of one type.
struct TypeBlock {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  Starts out;  ///< Entries are relationship numbers minus `first`.
  /// Of every kMarkEvery-th number: its source, minus out.first.
  FlatArray<std::uint32_t> source_marks;
  Starts in;  ///< Entries index in_sources and in_rels.
  FlatArray<NodeNo> in_sources;
  FlatArray<RelNo> in_rels;
  bool may_have_loops = true;   ///< False: none leads from a node to itself.
  Columns columns;              ///< Row 0 is relationship `first`.
  mutable DoneFlag is_touched;  ///< The adjacency, in both directions.

  static constexpr std::uint32_t kMarkEvery = 32;

  /// Behind the last number.
  std::uint32_t End() const { return first + count; }
  /// The sources of `rel` and those that follow it, as many as there is room for.
  void SourcesFrom(RelNo rel, std::span<NodeNo> out) const;
  void FillSources(std::uint32_t source, std::uint32_t entry, std::span<NodeNo> out) const;
};

/// The look-up of an index, kept with the Snapshot.
struct KeptIndex {
  LabelId label;
  KeyId key;
  HashRows rows;  ///< By hash of the value.
};

/// All that a Snapshot consists of. A copy shares the memory. Arrays may lie in a file: whoever
/// reads them touches them first (flat_array.h); the functions of Snapshot do.
struct SnapshotParts {
  // By node number.
  PackedInts node_ids;  ///< Minus the number: ids that were given one after the other are alike.
  PackedInts run_of;
  // By relationship number.
  PackedInts rel_ids;  ///< Likewise.
  FlatArray<NodeNo> targets;
  FlatArray<std::uint32_t> support;  ///< Pieces of evidence; empty where none has any.

  std::vector<Run> runs;
  std::vector<std::vector<std::uint32_t>> label_runs;  ///< By LabelId.
  std::vector<TypeBlock> types;                        ///< By TypeId.
  std::vector<std::uint32_t> types_by_first;           ///< Types that occur, by their `first`.
  // By KeyId; shared with the columns. nullptr where no value needs one.
  std::vector<std::shared_ptr<const Dictionary>> node_dictionaries;
  std::vector<std::shared_ptr<const Dictionary>> rel_dictionaries;
  HashRows nodes_by_id;
  std::vector<KeptIndex> indexes;           ///< What was declared when it was kept.
  std::shared_ptr<const BlockGuard> guard;  ///< Over all arrays; nullptr where nothing is mapped.
};

/// Immutable once built; any number of threads. Numbers out of range are the caller's mistake,
/// except where it is said.
class Snapshot : public SnapshotParts {
 public:
  /// The one without nodes.
  static const std::shared_ptr<const Snapshot>& Empty();

  std::uint32_t node_count() const { return static_cast<std::uint32_t>(node_ids.size()); }
  std::uint32_t rel_count() const { return static_cast<std::uint32_t>(rel_ids.size()); }

  const Run& RunOf(NodeNo node) const {
    run_of.Touch(node.value);
    return runs[static_cast<std::size_t>(run_of[node.value])];
  }
  NodeId Id(NodeNo node) const {
    node_ids.Touch(node.value);
    return NodeId{static_cast<std::uint64_t>(node_ids[node.value]) + node.value};
  }
  RelId Id(RelNo rel) const {
    rel_ids.Touch(rel.value);
    return RelId{static_cast<std::uint64_t>(rel_ids[rel.value]) + rel.value};
  }
  /// Runs that have `label`, ascending.
  std::span<const std::uint32_t> RunsOf(LabelId label) const;
  std::uint64_t CountOf(LabelId label) const;
  std::uint64_t CountOf(TypeId type) const {
    return type.value < types.size() ? types[type.value].count : 0;
  }
  std::optional<NodeNo> Find(NodeId id) const;
  std::optional<RelNo> Find(RelId id) const;

  /// Empty for nodes and types that are not there.
  Adjacency Neighbours(NodeNo node, Direction direction, TypeId type) const {
    if (type.value >= types.size()) return {};
    const TypeBlock& block = types[type.value];
    if (!block.is_touched.is_set()) [[unlikely]]
      TouchAdjacency(block);
    if (direction == Direction::kOut) {
      const auto [begin, end] = block.out.Range(node);
      const std::uint32_t first = block.first + begin;
      return {{targets.data() + first, end - begin}, nullptr, RelNo{first}};
    }
    const auto [begin, end] = block.in.Range(node);
    return {{block.in_sources.data() + begin, end - begin}, block.in_rels.data() + begin, RelNo{}};
  }
  /// The same for all nodes.
  AdjacencyTable::Arrays Table(Direction direction, TypeId type) const;
  /// Whether all relationships of `type` have an end in this direction with `label`; decided by
  /// where they end at most, so false may be wrong.
  bool AllHaveLabel(TypeId type, Direction direction, LabelId label) const;
  TypeId TypeOf(RelNo rel) const;
  const TypeBlock& BlockOf(RelNo rel) const { return types[TypeOf(rel).value]; }
  std::uint32_t SupportOf(RelNo rel) const {
    if (support.empty()) return 0;
    support.Touch(rel.value);
    return support[rel.value];
  }
  RelEnds Ends(RelNo rel) const;
  /// The nodes from which (kOut) or to which (kIn) `rel` and those that follow it lead, as many as
  /// there is room for; all of one type.
  void NodesOf(RelNo rel, Direction direction, std::span<NodeNo> out) const;

  /// Gives the columns their dictionaries.
  void ConnectDictionaries();
  /// Of an index that was kept; nullptr where there is none.
  const HashRows* FindIndex(LabelId label, KeyId key) const;

 private:
  void TouchAdjacency(const TypeBlock& block) const;

  mutable std::once_flag rels_by_id_made_;  // Few programs ask, so it is made when one does.
  mutable HashRows rels_by_id_;
};

}  // namespace verbale::graph::snapshot
