#pragma once

// Operators that write. Each takes all its incoming rows before it writes for the first, so that no
// clause sees half of its own work or of a later clause.

#include <string>
#include <vector>

#include "query/bind/bound.h"

namespace verbale::query {

struct CreateNode {
  Slot slot;
  std::vector<std::string> labels;
  std::vector<BoundProperty> properties;
  BoundExprPtr property_map;
};
struct CreateRel {
  Slot slot;
  std::string type;
  Slot source;
  Slot target;
  std::vector<BoundProperty> properties;
  BoundExprPtr property_map;
  ByteSpan span;  ///< Of the path that it stands in.
};

/// For every incoming row, the nodes and then the relationships.
struct LogicalCreate {
  std::vector<CreateNode> nodes;
  std::vector<CreateRel> rels;
};

/// For every incoming row: the rows of the inner plan (the pattern as a MATCH), or, where there are
/// none, what `create` makes.
struct LogicalMerge {
  LogicalCreate create;
  std::vector<BoundSetItem> on_create;
  std::vector<BoundSetItem> on_match;
  std::vector<Slot> slots;  ///< What the pattern binds.
};

struct LogicalSet {
  std::vector<BoundSetItem> items;
};
struct LogicalRemoveLabels {
  std::vector<BoundSetItem> items;
};
struct LogicalDelete {
  bool detach = false;
  std::vector<BoundExprPtr> targets;
};

/// For every element of the list of every incoming row, the inner plan.
struct LogicalForeach {
  Slot slot;
  BoundExprPtr list;
};

/// An index or constraint is made or dropped. A leaf.
struct LogicalSchema {
  BoundSchemaCommand command;
};

}  // namespace verbale::query
