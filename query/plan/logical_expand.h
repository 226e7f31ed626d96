#pragma once

// Operators that walk along relationships.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "query/bind/bound.h"

namespace verbale::query {

/// For every incoming row, each relationship at `from` that fits. A null in `from` gives nothing.
struct LogicalExpand {
  Slot from;
  Slot rel;
  Slot to;
  Arrow arrow = Arrow::kOut;
  std::optional<LabelExpr> types;
  bool into = false;                    ///< `to` has a value already, which must be the other end.
  std::optional<std::string> to_label;  ///< The other end has this label.
  std::vector<Slot> distinct_from;  ///< Relationships and lists of them that `rel` may not be in.
  bool optional = false;            ///< A row without any gives one with nulls. Not with `into`.
  bool distinct_ends = false;       ///< Each `to` once over all rows. With nothing of the above.
};

/// Likewise along trails of `length` relationships; `rel` is the list of them, in the order of the
/// path as the pattern has it.
struct LogicalVarExpand {
  Slot from;
  Slot rel;
  Slot to;
  Arrow arrow = Arrow::kOut;
  std::optional<LabelExpr> types;
  BoundLength length;
  bool into = false;
  bool reversed = false;  ///< Walked against the pattern: the list is turned round.
  Slot element = kNoSlot;
  BoundExprPtr element_where;  ///< Reads `element`, each relationship in turn.
  std::vector<Slot> distinct_from;
  bool distinct_ends = false;  ///< Only which `to` can be reached is asked for, each once.
};

/// A pattern of variable length over a list that incoming rows hold: the list must be a trail from
/// `from`, of a length that fits.
struct LogicalRelListWalk {
  Slot from;
  Slot rel;
  Slot to;
  Arrow arrow = Arrow::kOut;
  std::optional<LabelExpr> types;
  BoundLength length;
  bool into = false;
  std::vector<Slot> distinct_from;
};

/// A quantified group. The inner plan (second input) goes once through the group: it takes rows
/// with `inner_from` and gives rows with `inner_to`, filtered by the group's WHERE.
struct LogicalRepeat {
  Slot from;
  Slot to;
  bool into = false;
  Slot inner_from;
  Slot inner_to;
  std::vector<Slot> inner_rels;              ///< No relationship twice over all repetitions.
  std::vector<std::pair<Slot, Slot>> lists;  ///< Inner slot → slot of its list.
  std::vector<Slot> trace;                   ///< Inner parts in path order, without `inner_from`.
  BoundLength length;
  std::vector<Slot> distinct_from;
  Slot path = kNoSlot;  ///< The stretch walked, as a path, where a named path needs it.
};

/// Shortest trails between two nodes that incoming rows hold.
struct LogicalShortestPath {
  Slot from;
  Slot rel;
  Slot to;
  Arrow arrow = Arrow::kOut;
  std::optional<LabelExpr> types;
  BoundLength length;
  bool all = false;  ///< All of the shortest, not one.
  Slot element = kNoSlot;
  BoundExprPtr element_where;
  /// Of whole paths: the shortest are looked for among those where it is true. Reads `rel` and,
  /// where it is not kNoSlot, the path as `path`.
  BoundExprPtr where;
  Slot path = kNoSlot;
};

/// Of all incoming rows, for each pair of ends, those that the selector takes. Stands in an inner
/// plan that runs once for each row that the pattern is matched for.
struct LogicalSelectPaths {
  PathSelector selector = PathSelector::kShortest;
  std::uint64_t count = 1;
  Slot from;
  Slot to;
  std::vector<Slot> rels;  ///< Relationships and lists whose number is the length of the path.
};

/// Both steps at once, for every incoming row: nodes `to` that `first` leads to from its `from` and
/// `second` from its own. Neither is kBoth.
struct LogicalIntersect {
  LogicalExpand first;
  LogicalExpand second;
  Slot to;
  std::optional<std::string> to_label;
  bool distinct = false;  ///< The two may not be the same relationship.
  /// Not a row for each: their number, in one row, where it is not 0. Nothing else is bound then.
  Slot weight = kNoSlot;
};

/// One step of LogicalCountWalks.
struct CountHop {
  Arrow arrow = Arrow::kOut;
  std::optional<LabelExpr> types;
  Slot to;
  std::optional<std::string> to_label;
  std::vector<BoundExprPtr> predicates;  ///< Read `to` only.
  Slot rel;
  /// Read `rel` only. Not of two steps with each_row or by_middle; with each_row only where nobody
  /// reads the end.
  std::vector<BoundExprPtr> rel_predicates;
};

/// How many walks of one or two steps from the nodes in `from` of all incoming rows end at each
/// node: a row for each end, with the number in `weight`. Only these two slots remain; where nobody
/// reads the end, it may be one row with the sum.
struct LogicalCountWalks {
  Slot from;
  std::vector<CountHop> hops;
  Slot weight;
  bool distinct = false;    ///< Both steps may not take the same relationship.
  bool leads_away = false;  ///< Of two steps: not back to the node they start at.
  /// Of two steps: rows by the node between them. With each_row it is `from`: both steps lead from
  /// there, the first one against the walk, and of neither end anything is asked.
  bool by_middle = false;
  bool from_all = false;                  ///< Not of rows: from every node once.
  std::optional<std::string> from_label;  ///< With from_all: every node with this label.
  bool each_row = false;  ///< For each incoming row by itself; its other slots remain, too.
  bool any = false;       ///< With each_row: `weight` is some number, of rows that have walks.
  /// With each_row, where nobody reads the end: a row also where there are no walks, with 1 in
  /// `weight`, as OPTIONAL MATCH has it, and the number of walks in `matched`.
  Slot matched = kNoSlot;

  bool is_optional() const { return matched != kNoSlot; }
  /// The node that rows are told apart by.
  Slot given() const { return (by_middle ? hops.front() : hops.back()).to; }
};

/// A path out of its parts.
struct LogicalPath {
  Slot path;
  std::vector<Slot> parts;  ///< Node, relationship (or list, or path of a group), node, …
};

}  // namespace verbale::query
