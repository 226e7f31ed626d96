#pragma once

// Patterns to operators. Private to plan/.

#include <set>
#include <vector>

#include "query/plan/logical_plan.h"

namespace verbale::query {

/// Plans the patterns of one MATCH (or MERGE) behind an input.
class PatternPlanner {
 public:
  explicit PatternPlanner(LogicalPlan& plan) : plan_(plan) {}

  LogicalPtr Plan(const BoundPattern& pattern, LogicalPtr input);

 private:
  LogicalPtr PlanPath(const BoundPath& path, LogicalPtr input);
  LogicalPtr PlanSteps(const BoundPath& path, LogicalPtr input);
  LogicalPtr PlanSelected(const BoundPath& path, LogicalPtr input);
  LogicalPtr PlanShortest(const BoundPath& path, LogicalPtr input);
  void TakeConditions(const BoundPath& path, LogicalShortestPath& op);
  LogicalPtr PlanNode(const BoundNode& node, LogicalPtr input);
  LogicalPtr PlanStep(const BoundStep& step, Slot from, LogicalPtr input);
  LogicalPtr PlanBoundRel(const BoundRel& rel, Slot from, const BoundNode& to, LogicalPtr input);
  LogicalPtr PlanGroup(const BoundGroup& group, Slot from, const BoundNode& to, LogicalPtr input,
                       Slot& path_part);
  LogicalPtr NodeFilters(const BoundNode& node, LogicalPtr input);
  LogicalPtr RelFilters(const BoundRel& rel, LogicalPtr input);
  BoundExprPtr ElementWhere(const BoundRel& rel, Slot& element);
  LogicalPtr PlanPaths(const BoundPattern& pattern, LogicalPtr input);
  LogicalPtr Filter(std::vector<BoundExprPtr> predicates, LogicalPtr input);
  LogicalPtr FilterWaiting(LogicalPtr input);
  std::vector<BoundExprPtr> WaitFor(const BoundExprPtr& where);
  BoundExprPtr OfNode(Slot slot) const;
  void Expect(const BoundPath& path);
  bool IsKnown(const BoundExprPtr& expr) const;

  bool Has(const BoundNode& node) const { return node.bound || seen_.count(node.slot) != 0; }

  LogicalPlan& plan_;
  std::vector<BoundExprPtr> where_;    ///< Conjuncts of the pattern's WHERE that nobody took yet.
  std::set<Slot> coming_;              ///< What the operators so far have not bound yet.
  std::vector<BoundExprPtr> waiting_;  ///< Conditions that read such.
  std::set<Slot> seen_;                ///< Nodes that the operators so far have bound.
  std::vector<Slot> taken_;            ///< Relationships, and lists of them, matched so far.
  std::vector<Slot> parts_;            ///< Of the path that is being planned.
};

/// `filter` behind `input`, its conjuncts apart; `input` where it is nullptr.
LogicalPtr AddFilter(const BoundExprPtr& filter, LogicalPtr input);
BoundExprPtr MakePropertyEquals(Slot slot, const BoundProperty& property);

}  // namespace verbale::query
