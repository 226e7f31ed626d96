#pragma once

// Nodes by the value of one property, made for one statement where no index is there.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "query/execute/context.h"

namespace verbale::query {

class ValueTable {
 public:
  /// Of all nodes, or those with `label`, as they are now.
  void Build(const ExecContext& ctx, std::optional<graph::LabelId> label, graph::KeyId key);
  void Clear() { is_built_ = false; }
  bool is_built() const { return is_built_; }
  /// Appends the nodes whose value equals `value`, ascending.
  void Find(const graph::View& view, const graph::Value& value,
            std::vector<graph::NodeNo>& found) const;

 private:
  std::size_t BucketOf(std::uint64_t hash) const { return (hash * 0x9E3779B97F4A7C15u) >> shift_; }

  bool is_built_ = false;
  graph::KeyId key_;
  unsigned shift_ = 63;
  std::vector<std::uint32_t> starts_;  ///< By bucket: where it begins in nodes_; one more.
  std::vector<graph::NodeNo> nodes_;
};

}  // namespace verbale::query
