#pragma once

// The logical plan: what optimize/ rewrites and execute/ runs. A tree of operators, each of which
// takes rows from its inputs and gives rows; rows are values by slot. Operators of a MATCH stand in
// a chain: a scan gives its nodes once for every incoming row.
//
// The operators are declared by family: logical_scan.h, logical_expand.h, logical_rows.h,
// logical_write.h.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "query/bind/bound.h"
#include "query/plan/logical_expand.h"
#include "query/plan/logical_rows.h"
#include "query/plan/logical_scan.h"
#include "query/plan/logical_write.h"

namespace verbale::query {

using LogicalOp = std::variant<
    // Leaves and scans.
    LogicalStart, LogicalNodeScan, LogicalRelScan, LogicalIndexSeek, LogicalRelEnds,
    // Walking.
    LogicalExpand, LogicalVarExpand, LogicalRelListWalk, LogicalRepeat, LogicalShortestPath,
    LogicalSelectPaths, LogicalIntersect, LogicalCountWalks, LogicalPath,
    // Rows.
    LogicalFilter, LogicalProject, LogicalAggregate, LogicalParts, LogicalDistinct, LogicalSort,
    LogicalSkip, LogicalLimit, LogicalUnwind, LogicalUnion, LogicalOptional, LogicalApply,
    LogicalCall, LogicalLoadCsv,
    // Writing.
    LogicalCreate, LogicalMerge, LogicalSet, LogicalRemoveLabels, LogicalDelete, LogicalForeach,
    LogicalSchema>;

struct LogicalNode;
using LogicalPtr = std::unique_ptr<LogicalNode>;

/// An operator with its inputs. Where there are two, the first gives the rows and the second is the
/// inner plan, whose LogicalStart takes rows of the first.
struct LogicalNode {
  LogicalOp op;
  std::vector<LogicalPtr> inputs;
  double rows = 0;  ///< Estimated.
};

/// The plan of a subquery expression.
struct Subplan {
  LogicalPtr root;
  std::vector<Slot> reads;  ///< Outer slots that it needs.
  Slot output = kNoSlot;    ///< COLLECT: the slot of its column.
  /// Where it is a slot, many outer rows may go through the plan at once, numbered in this slot.
  Slot row = kNoSlot;
  bool is_step = false;  ///< EXISTS or COUNT of nothing but one step from an outer node.
};

/// What a plan relies on, of the relationships of some types as long as it is used.
struct GraphFact {
  std::optional<LabelExpr> types;
  Arrow arrow = Arrow::kOut;
  std::optional<std::string> label;  ///< All ends have it; absent: none leads to its own start.
};

struct LogicalPlan {
  LogicalPtr root;
  std::vector<BoundColumn> columns;  ///< Empty where the statement returns nothing.
  /// Shared key: the expression in the bound query owns the subquery.
  std::map<const BoundSubquery*, Subplan> subplans;
  std::vector<SlotInfo> slots;  ///< Those of the statement, then those that planning added.
  bool writes = false;
  std::vector<GraphFact> facts;

  Slot NewSlot(SlotKind kind);
};

LogicalPtr MakeNode(LogicalOp op, LogicalPtr input = nullptr);
LogicalPtr MakeNode(LogicalOp op, LogicalPtr input, LogicalPtr inner);

/// Slots that the operator itself reads, without its inputs.
std::vector<Slot> ReadsOf(const LogicalNode& node, const LogicalPlan& plan);
/// Slots that the operator itself gives a value to.
std::vector<Slot> WritesOf(const LogicalNode& node);
/// The expressions of the operator itself. The pointers may be replaced.
void ForEachExpr(LogicalNode& node, const std::function<void(BoundExprPtr&)>& visit);
/// Whether it is a property of what a slot of nodes or relationships holds, which cannot fail.
bool IsPlainProperty(const BoundExpr& expr, const LogicalPlan& plan);
/// Whether it is true, false or null whatever the row has: comparisons and tests of plain reads,
/// and what AND, OR and NOT make of them.
bool CannotFail(const BoundExpr& expr, const LogicalPlan& plan);
/// All of them; nullptr for none.
BoundExprPtr MakeConjunction(std::vector<BoundExprPtr> parts);
/// What all() or none() asks of each element, as a condition on `element`; nullptr where
/// `condition` is neither, or a query inside may read the element.
BoundExprPtr OfEachElement(const BoundExpr& condition, Slot element);

/// Outer slots that an expression reads.
void CollectReads(const BoundExprPtr& expr, const LogicalPlan& plan, std::vector<Slot>& out);
/// Outer slots that a whole inner plan reads: all reads that are not written in it.
std::vector<Slot> ReadsOfTree(const LogicalNode& root, const LogicalPlan& plan);
/// Those of a subquery: its column may be an outer slot itself, which no operator reads.
std::vector<Slot> ReadsOfSubplan(const Subplan& subplan, const LogicalPlan& plan);

/// The plan in one line, for goldens: operators from the first to the last, joined by " > ".
std::string PlanLine(const LogicalPlan& plan);
/// Name and arguments of one operator, as EXPLAIN shows them.
std::string OperatorName(const LogicalNode& node);
std::string OperatorArguments(const LogicalNode& node, const LogicalPlan& plan);
/// The tree for EXPLAIN, without figures of a run.
PlanNode ToPlanNode(const LogicalNode& node, const LogicalPlan& plan);

}  // namespace verbale::query
