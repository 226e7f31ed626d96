#pragma once

// Nodes by the value of one property, made for one statement where no index is there. What the
// statement then writes is added to a second table, so that MERGE of many rows looks at each node
// once; what stands in a table may have changed since, and is looked at again when it is found.

#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "query/execute/context.h"

namespace verbale::query {

class ValueTable {
 public:
  /// Of all nodes, or those with `label`. From now on the context notes which nodes are written.
  void Build(ExecContext& ctx, std::optional<graph::LabelId> label, graph::KeyId key);
  void Clear(ExecContext& ctx);
  bool is_built() const { return is_built_; }
  /// Appends the nodes whose value equals `value` now, ascending.
  void Find(ExecContext& ctx, const graph::Value& value, std::vector<graph::NodeNo>& found);

 private:
  /// Adds what was written since the last time.
  void CatchUp(ExecContext& ctx);
  bool IsThere(const graph::View& view, graph::NodeNo node) const;
  bool Has(const graph::View& view, graph::NodeNo node, const graph::Value& value) const;
  void Hold(ExecContext& ctx, std::size_t bytes);
  std::size_t BucketOf(std::uint64_t hash) const { return (hash * 0x9E3779B97F4A7C15u) >> shift_; }

  bool is_built_ = false;
  std::optional<graph::LabelId> label_;
  graph::KeyId key_;
  unsigned shift_ = 63;
  std::vector<std::uint32_t> starts_;  ///< By bucket: where it begins in nodes_; one more.
  std::vector<graph::NodeNo> nodes_;
  std::set<std::pair<std::uint64_t, graph::NodeNo>> written_;  ///< With the hash of their value.
  std::size_t seen_ = 0;  ///< Of the nodes that the context noted.
  std::size_t held_ = 0;
};

}  // namespace verbale::query
