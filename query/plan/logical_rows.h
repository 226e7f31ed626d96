#pragma once

// Operators that filter, compute, order and combine rows.

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "query/bind/bound.h"

namespace verbale::query {

/// Rows for which all predicates are true.
struct LogicalFilter {
  std::vector<BoundExprPtr> predicates;
};

/// Adds the items beside what there is.
struct LogicalProject {
  std::vector<BoundItem> items;
};

/// A node that alone the groups are of: `key` tells those with the label apart that have it.
struct GroupedNode {
  Slot node;
  std::string label;
  std::string key;
};

/// Steps at a node: rows of a scan of relationships, of which those remain for which all of
/// `conditions` are true.
struct StepFold {
  Slot node;
  Slot rel;
  Slot other;
  Arrow arrow = Arrow::kOut;  ///< From `node`.
  std::optional<LabelExpr> types;
  std::optional<std::string> node_label;
  std::optional<std::string> other_label;
  std::vector<BoundExprPtr> conditions;
};

/// One row a group; without groups, one row. Only groups and aggregates remain.
struct LogicalAggregate {
  std::vector<BoundItem> groups;
  std::vector<BoundAggregate> aggregates;
  /// Indexes of groups: where none of these is null in a row, it shares its group with no other.
  std::optional<std::vector<std::size_t>> alone = {};
  /// With `alone`: as long as no two nodes with a label share the value of its key, which is looked
  /// at when there are many rows.
  std::vector<GroupedNode> told_apart = {};
  /// Stands on a scan, without groups, and reads only properties, which it adds up as they lie: of
  /// rows for which all of `where` are true.
  bool of_scan = false;
  std::vector<BoundExprPtr> where = {};
  /// Groups read this node alone: where all nodes have the key, it is the group.
  std::optional<GroupedNode> by_node = {};
  /// With `by_node`: what the input gives, which is not asked where the steps of all nodes can be
  /// looked at as they lie.
  std::optional<StepFold> fold = {};
};

/// The rows of the input, which is run in parts: its one scan gives the nodes or relationships of
/// one range of numbers after the other. Ranges do not depend on the threads that share them; rows
/// come in the order of the ranges.
struct LogicalParts {};

/// Of rows that agree in `slots`, the first; only those slots remain.
struct LogicalDistinct {
  std::vector<Slot> slots;
};

/// Stable. With `limit`, only the first rows of the order, as many as it evaluates to; with `skip`,
/// so many more.
struct LogicalSort {
  std::vector<BoundSortKey> keys;
  BoundExprPtr limit = nullptr;
  BoundExprPtr skip = nullptr;
  /// Each run is of one part, and the rows of all are put together: those that cannot be among the
  /// first of the whole may be left out.
  bool of_parts = false;
};

struct LogicalSkip {
  BoundExprPtr count;
};
struct LogicalLimit {
  BoundExprPtr count;
};

/// For every incoming row, one row an element; none for null, one for what is no list.
struct LogicalUnwind {
  BoundExprPtr list;
  Slot slot;
};

/// The rows of all inputs one after the other; columns[i] takes the values of branches[b][i].
struct LogicalUnion {
  std::vector<std::vector<Slot>> branches;
  std::vector<Slot> columns;
};

/// For every incoming row, the rows of the inner plan; where there are none, one row with nulls in
/// `slots`. The inner plan streams: its rows come in the order of those that it was given.
struct LogicalOptional {
  std::vector<Slot> slots;
  Slot row = kNoSlot;  ///< Numbers the rows that go in.
};

/// For every incoming row, the inner plan from its beginning.
struct LogicalApply {
  bool optional = false;    ///< One row of nulls in `slots` where the inner plan gives none.
  bool unit = false;        ///< The inner plan runs for what it writes; the row stays as it is.
  std::vector<Slot> slots;  ///< What the inner plan adds.
  bool in_transactions = false;
  bool independent = false;  ///< The outer rows do not depend on what the graph holds.
  BoundExprPtr batch_rows;
};

/// A procedure, once for every incoming row.
struct LogicalCall {
  const ProcedureEntry* procedure = nullptr;  ///< Borrowed from the session.
  std::vector<BoundExprPtr> args;
  std::vector<std::pair<std::uint32_t, Slot>> yields;
  bool optional = false;
  bool unit = false;  ///< The procedure has no outputs: each row stays one row.
};

/// For every incoming row, the rows of a CSV file.
struct LogicalLoadCsv {
  bool with_headers = false;
  BoundExprPtr source;
  Slot slot;
  BoundExprPtr field_terminator;
};

}  // namespace verbale::query
