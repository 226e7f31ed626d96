// Which relationships made a row. Every operator that walks has a slot for what it walked along;
// those slots are carried to the end. Where rows are joined into groups, so are they:
//
//   … > Aggregate g, f        →  … > Aggregate g, f, collect([r1, r2])
//   … > Distinct a            →  … > Aggregate a, collect([r1, r2])
//   [branch | branch] Union   →  [branch > Project [r1] AS w | branch > Project [r2] AS w] Union …,
//   w
//   Filter EXISTS { p }       →  Filter EXISTS { p } > Project COLLECT { p RETURN [r1, r2] LIMIT 1
//   } AS w
//
// Of a subquery, what made it true: of EXISTS the first row, of COUNT and COLLECT all rows.

#include <algorithm>

#include "query/functions/registry.h"
#include "query/optimize/optimize.h"

namespace verbale::query {
namespace {

class WhyTracker {
 public:
  explicit WhyTracker(LogicalPlan& plan) : plan_(plan) {}

  /// The slots that tell, in rows of `node`, which relationships made them.
  std::vector<Slot> Track(LogicalPtr& node) {
    if (auto* op = std::get_if<LogicalUnion>(&node->op)) return TrackUnion(*node, *op);
    std::vector<Slot> slots;
    if (!node->inputs.empty()) slots = Track(node->inputs.front());
    if (auto* optional = std::get_if<LogicalOptional>(&node->op)) {
      TrackInner(*node, optional->slots, slots);
    } else if (auto* apply = std::get_if<LogicalApply>(&node->op)) {
      TrackInner(*node, apply->slots, slots);
    } else if (auto* aggregate = std::get_if<LogicalAggregate>(&node->op)) {
      TrackSubqueries(node, slots);
      if (slots.empty()) return slots;
      return {AddCollect(*aggregate, slots)};
    } else if (auto* distinct = std::get_if<LogicalDistinct>(&node->op)) {
      if (slots.empty()) return slots;
      LogicalAggregate grouping;
      for (const Slot slot : distinct->slots) grouping.groups.push_back({MakeSlotExpr(slot), slot});
      const Slot why = AddCollect(grouping, slots);
      node->op = std::move(grouping);
      return {why};
    }
    AddOwn(*node, slots);
    TrackSubqueries(node, slots);
    return slots;
  }

 private:
  static void Append(const std::vector<Slot>& from, std::vector<Slot>& to) {
    to.insert(to.end(), from.begin(), from.end());
  }

  static void CollectWrites(const LogicalNode& node, std::vector<Slot>& slots) {
    Append(WritesOf(node), slots);
    for (const LogicalPtr& input : node.inputs) CollectWrites(*input, slots);
  }

  static bool Has(const std::vector<Slot>& slots, Slot slot) {
    return std::find(slots.begin(), slots.end(), slot) != slots.end();
  }

  /// What the inner plan of `node` walked along goes on among what it hands `outward`; what it was
  /// given, a relationship that is bound outside, stays as it is.
  void TrackInner(LogicalNode& node, std::vector<Slot>& outward, std::vector<Slot>& slots) {
    const std::vector<Slot> inner = Track(node.inputs[1]);
    std::vector<Slot> written;
    CollectWrites(*node.inputs[1], written);
    for (const Slot slot : inner) {
      if (Has(written, slot) && !Has(outward, slot)) outward.push_back(slot);
    }
    Append(inner, slots);
  }

  /// Subqueries that are evaluated once a row.
  static void FindSubqueries(const BoundExprPtr& expr, std::vector<BoundExprPtr>& found) {
    if (!expr) return;
    if (expr->subquery) found.push_back(expr);
    const bool binds_slots = expr->kind == BoundKind::kListComprehension ||
                             expr->kind == BoundKind::kQuantifier ||
                             expr->kind == BoundKind::kReduce;
    if (binds_slots) return;
    for (const BoundExprPtr& arg : expr->args) FindSubqueries(arg, found);
  }

  /// What the subqueries of `node` walked along is read again of the rows that it gives; of those
  /// that it takes, where it gives groups.
  void TrackSubqueries(LogicalPtr& node, std::vector<Slot>& slots) {
    const bool is_group = std::holds_alternative<LogicalAggregate>(node->op);
    if (plan_.writes || (!is_group && !std::holds_alternative<LogicalFilter>(node->op) &&
                         !std::holds_alternative<LogicalProject>(node->op) &&
                         !std::holds_alternative<LogicalSort>(node->op))) {
      return;
    }
    std::vector<BoundExprPtr> found;
    ForEachExpr(*node, [&](BoundExprPtr& expr) { FindSubqueries(expr, found); });
    LogicalProject project;
    for (const BoundExprPtr& expr : found) {
      if (BoundExprPtr walked = WalkedBy(*expr->subquery)) {
        project.items.push_back({std::move(walked), plan_.NewSlot(SlotKind::kValue)});
        slots.push_back(project.items.back().slot);
      }
    }
    if (project.items.empty()) return;
    LogicalPtr& below = is_group ? node->inputs.front() : node;
    below = MakeNode(std::move(project), std::move(below));
  }

  /// A list of what each row of the subquery walked along; nullptr where it walks nowhere.
  BoundExprPtr WalkedBy(const BoundSubquery& subquery) {
    Subplan subplan;
    subplan.root = CopyOf(*plan_.subplans.at(&subquery).root);
    const std::vector<Slot> walked = Track(subplan.root);
    if (walked.empty()) return nullptr;
    subplan.output = plan_.NewSlot(SlotKind::kValue);
    subplan.root =
        MakeNode(LogicalProject{{{ListExpr(walked), subplan.output}}}, std::move(subplan.root));
    if (subquery.kind == SubqueryKind::kExists) {
      auto one = std::make_shared<BoundExpr>();
      one->kind = BoundKind::kConstant;
      one->value = graph::Value(1);
      subplan.root = MakeNode(LogicalLimit{std::move(one)}, std::move(subplan.root));
    }
    subplan.reads = ReadsOfSubplan(subplan, plan_);
    const auto collect = std::make_shared<BoundSubquery>();
    collect->kind = SubqueryKind::kCollect;
    plan_.subplans.emplace(collect.get(), std::move(subplan));
    auto expr = std::make_shared<BoundExpr>();
    expr->kind = BoundKind::kSubquery;
    expr->subquery = collect;
    return expr;
  }

  static LogicalPtr CopyOf(const LogicalNode& node) {
    auto copy = std::make_unique<LogicalNode>();
    copy->op = node.op;
    for (const LogicalPtr& input : node.inputs) copy->inputs.push_back(CopyOf(*input));
    return copy;
  }

  static void AddOwn(const LogicalNode& node, std::vector<Slot>& slots) {
    if (const auto* op = std::get_if<LogicalExpand>(&node.op)) slots.push_back(op->rel);
    if (const auto* op = std::get_if<LogicalVarExpand>(&node.op)) slots.push_back(op->rel);
    if (const auto* op = std::get_if<LogicalRelEnds>(&node.op)) slots.push_back(op->rel);
    if (const auto* op = std::get_if<LogicalRelListWalk>(&node.op)) slots.push_back(op->rel);
    if (const auto* op = std::get_if<LogicalShortestPath>(&node.op)) slots.push_back(op->rel);
    if (const auto* op = std::get_if<LogicalRepeat>(&node.op)) slots.push_back(op->path);
  }

  static BoundExprPtr ListExpr(const std::vector<Slot>& slots) {
    auto expr = std::make_shared<BoundExpr>();
    expr->kind = BoundKind::kList;
    for (const Slot slot : slots) expr->args.push_back(MakeSlotExpr(slot));
    return expr;
  }

  Slot AddCollect(LogicalAggregate& aggregate, const std::vector<Slot>& slots) {
    BoundAggregate collect;
    collect.function = FindAggregate("collect");
    collect.args.push_back(ListExpr(slots));
    collect.slot = plan_.NewSlot(SlotKind::kValue);
    aggregate.aggregates.push_back(collect);
    return collect.slot;
  }

  std::vector<Slot> TrackUnion(LogicalNode& node, LogicalUnion& op) {
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      const std::vector<Slot> slots = Track(node.inputs[i]);
      const Slot why = plan_.NewSlot(SlotKind::kValue);
      node.inputs[i] =
          MakeNode(LogicalProject{{{ListExpr(slots), why}}}, std::move(node.inputs[i]));
      op.branches[i].push_back(why);
    }
    op.columns.push_back(plan_.NewSlot(SlotKind::kValue));
    return {op.columns.back()};
  }

  LogicalPlan& plan_;
};

}  // namespace

std::vector<Slot> TrackWhy(LogicalPlan& plan) { return WhyTracker(plan).Track(plan.root); }

}  // namespace verbale::query
