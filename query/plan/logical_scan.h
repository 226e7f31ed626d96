#pragma once

// Operators that bring nodes and relationships into rows.

#include <optional>
#include <string>

#include "query/bind/bound.h"

namespace verbale::query {

/// The leaf: one row without slots; in an inner plan, the rows of the outer one.
struct LogicalStart {};

/// For every incoming row, every node; with a label, those that have it. Ascending by number.
struct LogicalNodeScan {
  Slot node;
  std::optional<std::string> label;
};

/// For every incoming row, every relationship with its ends, in no order of nodes.
struct LogicalRelScan {
  Slot from;
  Slot rel;
  Slot to;
  Arrow arrow = Arrow::kOut;  ///< Not kBoth.
  std::optional<LabelExpr> types;
  std::optional<std::string> from_label;
  std::optional<std::string> to_label;
};

/// For every incoming row, the nodes with `label` whose `key` equals `value`, which reads incoming
/// slots only. Where no index covers it when it runs, it scans; for many rows it makes a table of
/// its own.
struct LogicalIndexSeek {
  Slot node;
  std::optional<std::string> label;  ///< Absent: any node; then there is no index.
  std::string key;
  BoundExprPtr value;
  bool has_index = true;
  /// `value` is a list, of which one element is wanted; where it is none, all nodes are given.
  bool any_of = false;
};

/// The ends of a relationship that incoming rows hold; nothing for a null. With kBoth, both ways
/// round (a loop once).
struct LogicalRelEnds {
  Slot rel;
  Slot from;
  Slot to;
  Arrow arrow = Arrow::kOut;
  bool from_bound = false;  ///< `from` has a value already, which must be the same.
  bool to_bound = false;
};

}  // namespace verbale::query
