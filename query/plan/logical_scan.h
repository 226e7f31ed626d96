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

/// For every incoming row, the nodes with `label` whose `key` equals `value`, which reads incoming
/// slots only. Where no index covers it when it runs, it scans.
struct LogicalIndexSeek {
  Slot node;
  std::string label;
  std::string key;
  BoundExprPtr value;
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
