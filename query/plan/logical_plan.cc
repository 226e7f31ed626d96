#include "query/plan/logical_plan.h"

#include <algorithm>
#include <utility>

namespace verbale::query {
namespace {

template <typename... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <typename... F>
Overloaded(F...) -> Overloaded<F...>;

void VisitProperties(std::vector<BoundProperty>& properties,
                     const std::function<void(BoundExprPtr&)>& visit) {
  for (BoundProperty& property : properties) visit(property.value);
}

void VisitItems(std::vector<BoundItem>& items, const std::function<void(BoundExprPtr&)>& visit) {
  for (BoundItem& item : items) visit(item.value);
}

void VisitCreate(LogicalCreate& op, const std::function<void(BoundExprPtr&)>& visit) {
  for (CreateNode& node : op.nodes) {
    VisitProperties(node.properties, visit);
    visit(node.property_map);
  }
  for (CreateRel& rel : op.rels) {
    VisitProperties(rel.properties, visit);
    visit(rel.property_map);
  }
}

void VisitSetItems(std::vector<BoundSetItem>& items,
                   const std::function<void(BoundExprPtr&)>& visit) {
  for (BoundSetItem& item : items) {
    visit(item.target);
    visit(item.key_value);
    visit(item.value);
  }
}

void VisitOp(LogicalOp& any, const std::function<void(BoundExprPtr&)>& visit) {  // one switch
  const auto visit_all = [&visit](std::vector<BoundExprPtr>& exprs) {
    for (BoundExprPtr& expr : exprs) visit(expr);
  };
  std::visit(Overloaded{
                 [&](LogicalIndexSeek& op) { visit(op.value); },
                 [&](LogicalVarExpand& op) { visit(op.element_where); },
                 [&](LogicalShortestPath& op) {
                   visit(op.element_where);
                   visit(op.where);
                 },
                 [&](LogicalCountWalks& op) {
                   for (CountHop& hop : op.hops) {
                     visit_all(hop.predicates);
                     visit_all(hop.rel_predicates);
                   }
                 },
                 [&](LogicalFilter& op) { visit_all(op.predicates); },
                 [&](LogicalProject& op) { VisitItems(op.items, visit); },
                 [&](LogicalAggregate& op) {
                   visit_all(op.where);
                   VisitItems(op.groups, visit);
                   for (BoundAggregate& aggregate : op.aggregates) visit_all(aggregate.args);
                 },
                 [&](LogicalSort& op) {
                   for (BoundSortKey& key : op.keys) visit(key.value);
                   visit(op.limit);
                   visit(op.skip);
                 },
                 [&](LogicalSkip& op) { visit(op.count); },
                 [&](LogicalLimit& op) { visit(op.count); },
                 [&](LogicalUnwind& op) { visit(op.list); },
                 [&](LogicalApply& op) { visit(op.batch_rows); },
                 [&](LogicalCall& op) { visit_all(op.args); },
                 [&](LogicalLoadCsv& op) {
                   visit(op.source);
                   visit(op.field_terminator);
                 },
                 [&](LogicalCreate& op) { VisitCreate(op, visit); },
                 [&](LogicalMerge& op) {
                   VisitCreate(op.create, visit);
                   VisitSetItems(op.on_create, visit);
                   VisitSetItems(op.on_match, visit);
                 },
                 [&](LogicalSet& op) { VisitSetItems(op.items, visit); },
                 [&](LogicalRemoveLabels& op) { VisitSetItems(op.items, visit); },
                 [&](LogicalDelete& op) { visit_all(op.targets); },
                 [&](LogicalForeach& op) { visit(op.list); },
                 [](auto&) {},
             },
             any);
}

/// What an operator makes where it makes nodes and relationships; else nullptr.
const LogicalCreate* MadeBy(const LogicalOp& any) {
  if (const auto* merge = std::get_if<LogicalMerge>(&any)) return &merge->create;
  return std::get_if<LogicalCreate>(&any);
}

/// Slots that an operator names beside its expressions.
std::vector<Slot> SlotReads(const LogicalOp& any) {  // one switch
  std::vector<Slot> reads;
  const auto add = [&reads](Slot slot) { reads.push_back(slot); };
  const auto add_all = [&reads](const std::vector<Slot>& slots) {
    reads.insert(reads.end(), slots.begin(), slots.end());
  };
  const auto walk = [&](const auto& op) {
    add(op.from);
    if (op.into) add(op.to);
    add_all(op.distinct_from);
  };
  std::visit(Overloaded{
                 [&](const LogicalRelEnds& op) {
                   add(op.rel);
                   if (op.from_bound) add(op.from);
                   if (op.to_bound) add(op.to);
                 },
                 [&](const LogicalExpand& op) { walk(op); },
                 [&](const LogicalVarExpand& op) { walk(op); },
                 [&](const LogicalRelListWalk& op) {
                   walk(op);
                   add(op.rel);
                 },
                 [&](const LogicalRepeat& op) { walk(op); },
                 [&](const LogicalShortestPath& op) {
                   add(op.from);
                   add(op.to);
                 },
                 [&](const LogicalSelectPaths& op) {
                   add(op.from);
                   add(op.to);
                   add_all(op.rels);
                 },
                 [&](const LogicalIntersect& op) {
                   for (const LogicalExpand* step : {&op.first, &op.second}) {
                     add(step->from);
                     add_all(step->distinct_from);
                   }
                 },
                 [&](const LogicalCountWalks& op) {
                   if (!op.from_all) add(op.from);
                 },
                 [&](const LogicalPath& op) { add_all(op.parts); },
                 [&](const LogicalDistinct& op) { add_all(op.slots); },
                 [&](const LogicalUnion& op) {
                   for (const std::vector<Slot>& branch : op.branches) add_all(branch);
                 },
                 [&](const LogicalCreate& op) {
                   for (const CreateRel& rel : op.rels) {
                     add(rel.source);
                     add(rel.target);
                   }
                 },
                 [&](const LogicalMerge& op) {
                   for (const CreateRel& rel : op.create.rels) {
                     add(rel.source);
                     add(rel.target);
                   }
                 },
                 [](const auto&) {},
             },
             any);
  return reads;
}

/// What a tree reads from outside, and what it writes.
struct TreeUse {
  std::vector<Slot> reads;
  std::vector<Slot> writes;

  TreeUse(const LogicalNode& node, const LogicalPlan& plan) {
    for (const LogicalPtr& input : node.inputs) {
      const TreeUse below(*input, plan);
      AddReads(below.reads);
      writes.insert(writes.end(), below.writes.begin(), below.writes.end());
    }
    AddReads(ReadsOf(node, plan));
    const std::vector<Slot> own = WritesOf(node);
    writes.insert(writes.end(), own.begin(), own.end());
  }

  /// Those that nothing so far has written.
  void AddReads(const std::vector<Slot>& slots) {
    for (const Slot slot : slots) {
      const bool is_inside = std::find(writes.begin(), writes.end(), slot) != writes.end();
      const bool is_known = std::find(reads.begin(), reads.end(), slot) != reads.end();
      if (!is_inside && !is_known) reads.push_back(slot);
    }
  }
};

}  // namespace

Slot LogicalPlan::NewSlot(SlotKind kind) {
  slots.push_back({"", kind});
  return Slot{static_cast<std::uint32_t>(slots.size() - 1)};
}

LogicalPtr MakeNode(LogicalOp op, LogicalPtr input) {
  auto node = std::make_unique<LogicalNode>();
  node->op = std::move(op);
  if (input) node->inputs.push_back(std::move(input));
  return node;
}

LogicalPtr MakeNode(LogicalOp op, LogicalPtr input, LogicalPtr inner) {
  LogicalPtr node = MakeNode(std::move(op), std::move(input));
  node->inputs.push_back(std::move(inner));
  return node;
}

void ForEachExpr(LogicalNode& node, const std::function<void(BoundExprPtr&)>& visit) {
  VisitOp(node.op, [&visit](BoundExprPtr& expr) {
    if (expr) visit(expr);
  });
}

void CollectReads(const BoundExprPtr& expr, const LogicalPlan& plan, std::vector<Slot>& out) {
  if (!expr) return;
  if (expr->kind == BoundKind::kSlot) {
    if (std::find(out.begin(), out.end(), expr->slot) == out.end()) out.push_back(expr->slot);
    return;
  }
  for (const BoundExprPtr& arg : expr->args) CollectReads(arg, plan, out);
  if (expr->subquery) {
    const auto found = plan.subplans.find(expr->subquery.get());
    if (found != plan.subplans.end()) {
      out.insert(out.end(), found->second.reads.begin(), found->second.reads.end());
    }
  }
  std::erase_if(out, [&expr](Slot slot) {
    return slot == expr->second_slot ||
           (slot == expr->slot && expr->kind != BoundKind::kSlot && expr->slot != kNoSlot);
  });
}

bool IsPlainProperty(const BoundExpr& expr, const LogicalPlan& plan) {
  if (expr.kind != BoundKind::kProperty || expr.args[0]->kind != BoundKind::kSlot) return false;
  const SlotKind kind = plan.slots[expr.args[0]->slot.value].kind;
  return kind == SlotKind::kNode || kind == SlotKind::kRel;
}

namespace {

bool IsRead(const BoundExpr& expr, const LogicalPlan& plan) {
  if (expr.kind == BoundKind::kList) {
    return std::all_of(expr.args.begin(), expr.args.end(),
                       [&](const BoundExprPtr& element) { return IsRead(*element, plan); });
  }
  return expr.kind == BoundKind::kConstant || expr.kind == BoundKind::kParameter ||
         expr.kind == BoundKind::kSlot || IsPlainProperty(expr, plan);
}

/// `expr` with `to` for `from`; nullptr where a query inside may read it.
BoundExprPtr Renamed(const BoundExprPtr& expr, Slot from, Slot to) {
  if (!expr) return nullptr;
  if (expr->subquery) return nullptr;
  auto renamed = std::make_shared<BoundExpr>(*expr);
  if (renamed->kind == BoundKind::kSlot && renamed->slot == from) renamed->slot = to;
  for (BoundExprPtr& arg : renamed->args) {
    if (!arg) continue;
    arg = Renamed(arg, from, to);
    if (!arg) return nullptr;
  }
  return renamed;
}

}  // namespace

bool CannotFail(const BoundExpr& expr, const LogicalPlan& plan) {
  const auto all = [&](const auto& holds) {
    return std::all_of(expr.args.begin(), expr.args.end(),
                       [&](const BoundExprPtr& arg) { return holds(*arg, plan); });
  };
  switch (expr.kind) {
    case BoundKind::kAnd:
    case BoundKind::kOr:
    case BoundKind::kNot:
      return all(CannotFail);
    case BoundKind::kIsNull:
    case BoundKind::kIsNotNull:
    case BoundKind::kCompare:
      return all(IsRead);
    case BoundKind::kBinary:
      if (expr.binary == BinaryOp::kIn) {
        return expr.args[1]->kind == BoundKind::kList && all(IsRead);
      }
      return all(IsRead) &&
             (expr.binary == BinaryOp::kStartsWith || expr.binary == BinaryOp::kEndsWith ||
              expr.binary == BinaryOp::kContains);
    default:
      return false;
  }
}

BoundExprPtr MakeConjunction(std::vector<BoundExprPtr> parts) {
  if (parts.empty()) return nullptr;
  if (parts.size() == 1) return parts.front();
  auto expr = std::make_shared<BoundExpr>();
  expr->kind = BoundKind::kAnd;
  expr->args = std::move(parts);
  return expr;
}

BoundExprPtr OfEachElement(const BoundExpr& condition, Slot element) {
  if (condition.kind != BoundKind::kQuantifier || !condition.args[1]) return nullptr;
  const bool none = condition.quantifier == QuantifierKind::kNone;
  if (!none && condition.quantifier != QuantifierKind::kAll) return nullptr;
  BoundExprPtr each = Renamed(condition.args[1], condition.slot, element);
  if (!each || !none) return each;
  auto negated = std::make_shared<BoundExpr>();
  negated->kind = BoundKind::kNot;
  negated->span = each->span;
  negated->args.push_back(std::move(each));
  return negated;
}

std::vector<Slot> ReadsOf(const LogicalNode& node, const LogicalPlan& plan) {
  std::vector<Slot> reads = SlotReads(node.op);
  std::vector<Slot> in_exprs;
  // Reading does not change the expressions.
  ForEachExpr(const_cast<LogicalNode&>(node),
              [&](BoundExprPtr& expr) { CollectReads(expr, plan, in_exprs); });
  if (const auto* op = std::get_if<LogicalVarExpand>(&node.op)) std::erase(in_exprs, op->element);
  if (const auto* op = std::get_if<LogicalShortestPath>(&node.op)) {
    for (const Slot slot : {op->element, op->rel, op->path}) std::erase(in_exprs, slot);
  }
  if (const auto* op = std::get_if<LogicalCountWalks>(&node.op)) {
    for (const CountHop& hop : op->hops) {
      std::erase(in_exprs, hop.to);
      std::erase(in_exprs, hop.rel);
    }
  }
  reads.insert(reads.end(), in_exprs.begin(), in_exprs.end());
  if (const LogicalCreate* made = MadeBy(node.op)) {
    // SET and the ends of relationships speak of what the operator itself makes.
    for (const CreateNode& item : made->nodes) std::erase(reads, item.slot);
    for (const CreateRel& item : made->rels) std::erase(reads, item.slot);
  }
  return reads;
}

std::vector<Slot> WritesOf(const LogicalNode& node) {  // one switch
  using Slots = std::vector<Slot>;
  return std::visit(
      Overloaded{
          [](const LogicalNodeScan& op) { return Slots{op.node}; },
          [](const LogicalRelScan& op) {
            return Slots{op.from, op.rel, op.to};
          },
          [](const LogicalIndexSeek& op) { return Slots{op.node}; },
          [](const LogicalRelEnds& op) {
            Slots slots;
            if (!op.from_bound) slots.push_back(op.from);
            if (!op.to_bound) slots.push_back(op.to);
            return slots;
          },
          [](const LogicalExpand& op) {
            return op.into ? Slots{op.rel} : Slots{op.rel, op.to};
          },
          [](const LogicalVarExpand& op) {
            return op.into ? Slots{op.rel} : Slots{op.rel, op.to};
          },
          [](const LogicalRelListWalk& op) { return op.into ? Slots{} : Slots{op.to}; },
          [](const LogicalRepeat& op) {
            Slots slots;
            if (!op.into) slots.push_back(op.to);
            for (const auto& [inner, list] : op.lists) slots.push_back(list);
            if (op.path != kNoSlot) slots.push_back(op.path);
            slots.push_back(op.inner_from);
            return slots;
          },
          [](const LogicalShortestPath& op) { return Slots{op.rel}; },
          [](const LogicalIntersect& op) {
            if (op.weight != kNoSlot) return Slots{op.weight};
            return Slots{op.first.rel, op.second.rel, op.to};
          },
          [](const LogicalCountWalks& op) {
            Slots slots = {op.weight};
            if (op.is_optional()) slots.push_back(op.matched);
            for (const CountHop& hop : op.hops) slots.insert(slots.end(), {hop.to, hop.rel});
            return slots;
          },
          [](const LogicalPath& op) { return Slots{op.path}; },
          [](const LogicalProject& op) {
            Slots slots;
            for (const BoundItem& item : op.items) slots.push_back(item.slot);
            return slots;
          },
          [](const LogicalAggregate& op) {
            Slots slots;
            for (const BoundItem& item : op.groups) slots.push_back(item.slot);
            for (const BoundAggregate& item : op.aggregates) slots.push_back(item.slot);
            return slots;
          },
          [](const LogicalUnwind& op) { return Slots{op.slot}; },
          [](const LogicalUnion& op) { return op.columns; },
          [](const LogicalOptional& op) {
            Slots slots = op.slots;
            slots.push_back(op.row);
            return slots;
          },
          [](const LogicalApply& op) { return op.slots; },
          [](const LogicalCall& op) {
            Slots slots;
            for (const auto& [index, slot] : op.yields) slots.push_back(slot);
            return slots;
          },
          [](const LogicalLoadCsv& op) { return Slots{op.slot}; },
          [](const LogicalCreate& op) {
            Slots slots;
            for (const CreateNode& item : op.nodes) slots.push_back(item.slot);
            for (const CreateRel& item : op.rels) slots.push_back(item.slot);
            return slots;
          },
          [](const LogicalMerge& op) { return op.slots; },
          [](const LogicalForeach& op) { return Slots{op.slot}; },
          [](const auto&) { return Slots{}; },
      },
      node.op);
}

std::vector<Slot> ReadsOfTree(const LogicalNode& root, const LogicalPlan& plan) {
  return TreeUse(root, plan).reads;
}

std::vector<Slot> ReadsOfSubplan(const Subplan& subplan, const LogicalPlan& plan) {
  TreeUse use(*subplan.root, plan);
  if (subplan.output != kNoSlot) use.AddReads(std::vector{subplan.output});
  return std::move(use.reads);
}

}  // namespace verbale::query
