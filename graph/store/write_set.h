#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "graph/ids.h"
#include "graph/value.h"
#include "graph/view.h"

namespace verbale::graph::store {

/// Property values by key, ascending by key, each key once.
using Properties = std::vector<std::pair<KeyId, Value>>;

/// What a write does to the thing that it names.
enum class WriteKind : std::uint8_t { kCreate, kChange, kDelete };

/// One node that a transaction touched: the difference to the state that the transaction began
/// with. A node that was created and deleted in the same transaction is left out.
struct NodeWrite {
  WriteKind kind = WriteKind::kChange;
  NodeId id;                            ///< kCreate: from ManualIds, hence with kManualIdBit.
  std::vector<LabelId> labels_added;    ///< Ascending. kCreate: all its labels.
  std::vector<LabelId> labels_removed;  ///< Ascending. kChange only.
  Properties properties;                ///< New values; null removes (kChange only).
};

/// One relationship that a transaction touched, likewise.
struct RelWrite {
  WriteKind kind = WriteKind::kChange;
  RelId id;
  NodeId source;
  NodeId target;
  TypeId type;
  Properties properties;
};

/// Everything that one transaction writes, in one durable batch, to the manual layer. Each node and
/// each relationship at most once, in any order.
struct WriteSet {
  /// Names that are new with this transaction. Their numbers follow, in this order, on those of the
  /// state that the transaction began with.
  std::vector<std::string> labels;
  std::vector<std::string> types;
  std::vector<std::string> keys;

  std::vector<NodeWrite> nodes;
  std::vector<RelWrite> rels;

  std::vector<std::string> schema_dropped;  ///< By name; applied before schema_created.
  std::vector<SchemaItem> schema_created;

  std::string author;  ///< Kept in the header of the records; never a property.

  bool empty() const {
    return labels.empty() && types.empty() && keys.empty() && nodes.empty() && rels.empty() &&
           schema_dropped.empty() && schema_created.empty();
  }
};

}  // namespace verbale::graph::store
