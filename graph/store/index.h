#pragma once

// Entries of declared indexes: (label, key, value, node) for each node that has the label and the
// key. An index or uniqueness constraint on several keys has entries for the first.

#include <optional>
#include <vector>

#include "graph/store/engine.h"
#include "graph/store/store.h"

namespace verbale::graph::store {

class Indexes {
 public:
  /// Of those schema items that name labels and keys of `names`. Others cannot have entries yet.
  Indexes(const std::vector<SchemaItem>& schema, const Names& names);

  bool empty() const { return covered_.empty(); }
  bool Covers(LabelId label, KeyId key) const;
  /// Turns the entries of `before` into those of `after`.
  void Update(const std::optional<StoredNode>& before, const std::optional<StoredNode>& after,
              Batch& batch) const;
  /// Turns the entries of `node` under the indexes `before` into those under these.
  void Rebuild(const Indexes& before, const StoredNode& node, Batch& batch) const;
  /// Keys of the entries that `node` should have, ascending.
  std::vector<std::string> Entries(const std::optional<StoredNode>& node) const;

 private:
  static void Turn(const std::vector<std::string>& old_keys,
                   const std::vector<std::string>& new_keys, Batch& batch);

  std::vector<std::pair<LabelId, KeyId>> covered_;  // ascending, each once
};

}  // namespace verbale::graph::store
