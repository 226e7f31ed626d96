#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "graph/snapshot/gathered.h"
#include "graph/snapshot/names.h"
#include "graph/snapshot/snapshot.h"

namespace verbale::graph::snapshot {

/// Takes nodes and relationships in any order and lays them out. The result depends on what came,
/// not on its order nor on the numbers of the names. One thread.
class SnapshotBuilder {
 public:
  /// The catalog is borrowed and must have all names by the time of Build.
  explicit SnapshotBuilder(const NameCatalog& names) : names_(names) {}

  /// Returns the row by which this node is spoken of until Build. Labels ascending.
  std::uint32_t AddNode(NodeId id, std::span<const LabelId> labels);
  /// The ends are rows of nodes. `support`: pieces of evidence.
  std::uint32_t AddRel(RelId id, std::uint32_t source, TypeId type, std::uint32_t target,
                       std::uint32_t support);
  /// Relationships get `first` and the ids that follow it, in the order of the layout, those with
  /// the same ends as they came, in place of those that they came with.
  void NumberRelIds(RelId first);
  /// Not null; each key once.
  void SetNodeProperty(std::uint32_t row, KeyId key, const Value& value);
  void SetRelProperty(std::uint32_t row, KeyId key, const Value& value);

  std::shared_ptr<const Snapshot> Build() &&;

 private:
  // What stands by relationship number, while it grows.
  struct RelArrays {
    std::vector<std::int64_t> ids;  // Minus the number; only where they came with the rows.
    std::vector<NodeNo> targets;
    std::vector<std::uint32_t> support;
  };
  // The values of one key by final number.
  struct Ordered {
    std::vector<std::uint32_t> numbers;  // Empty where every number has a value.
    std::vector<std::uint32_t> at;       // Of each of them: its place among the gathered values.
  };

  static Ordered Order(const GatheredValues& gathered, std::span<const std::uint32_t> number_of);

  void NumberNodes();
  void MakeRuns(const std::vector<std::uint32_t>& by_rank,
                const std::vector<std::uint32_t>& rank_of_set,
                const std::vector<const std::vector<LabelId>*>& sets);
  void NumberRels();
  void MakeType(TypeBlock& block, const GatheredRows& rows, RelArrays& arrays);
  std::vector<std::uint64_t> BySource(const GatheredRows& rows, Starts& starts) const;
  void MakeIncoming(TypeBlock& block) const;
  /// Of a row, as it came.
  RelId IdOfRel(std::uint32_t row) const {
    return rel_ids_.empty() ? RelId{first_came_.value + row} : rel_ids_[row];
  }
  void MakeNodeColumns();
  void MakeRelColumns();

  const NameCatalog& names_;
  std::shared_ptr<Snapshot> out_ = std::make_shared<Snapshot>();

  std::map<std::vector<LabelId>, std::uint32_t> label_sets_;
  std::vector<NodeId> node_ids_;
  std::vector<std::uint32_t> node_sets_;   // By row: number in label_sets_.
  std::vector<GatheredValues> node_keys_;  // By KeyId.
  std::vector<std::uint32_t> node_no_;     // By row, once nodes are numbered.

  RelId first_came_;            // Of the first row.
  std::vector<RelId> rel_ids_;  // Empty as long as each follows on that of the row before.
  std::vector<std::uint32_t> rel_sources_, rel_targets_;
  std::vector<std::uint32_t> rel_support_;  // Empty as long as all are 0.
  std::vector<GatheredRows> rels_of_type_;  // By TypeId.
  std::vector<GatheredValues> rel_keys_;
  std::vector<std::uint32_t> rel_no_;
  std::optional<RelId> first_rel_id_;
};

}  // namespace verbale::graph::snapshot
