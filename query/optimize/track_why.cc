// Which relationships made a row. Every operator that walks has a slot for what it walked along;
// those slots are carried to the end. Where rows are joined into groups, so are they:
//
//   … > Aggregate g, f        →  … > Aggregate g, f, collect([r1, r2])
//   … > Distinct a            →  … > Aggregate a, collect([r1, r2])
//   [branch | branch] Union   →  [branch > Project [r1] AS w | branch > Project [r2] AS w] Union …,
//   w

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
