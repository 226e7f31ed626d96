#include "query/plan/plan_pattern.h"

#include <algorithm>
#include <utility>

#include "graph/error.h"
#include "query/functions/registry.h"

namespace verbale::query {
namespace {

BoundExprPtr MakeHasLabels(Slot slot, const LabelExpr& labels) {
  auto expr = std::make_shared<BoundExpr>();
  expr->kind = BoundKind::kHasLabels;
  expr->span = labels.span;
  expr->args.push_back(MakeSlotExpr(slot));
  expr->labels = labels;
  return expr;
}

BoundExprPtr MakeCompare(CompareOp op, BoundExprPtr a, BoundExprPtr b) {
  auto expr = std::make_shared<BoundExpr>();
  expr->kind = BoundKind::kCompare;
  expr->compare = op;
  expr->args = {std::move(a), std::move(b)};
  return expr;
}

bool HasSubquery(const BoundExprPtr& expr) {
  return expr && (expr->kind == BoundKind::kSubquery ||
                  std::any_of(expr->args.begin(), expr->args.end(), HasSubquery));
}

/// A label that every node must have, to scan by.
std::optional<std::string> ScanLabel(const std::optional<LabelExpr>& labels) {
  if (!labels) return std::nullopt;
  if (labels->op == LabelOp::kName) return labels->name;
  if (labels->op != LabelOp::kAnd) return std::nullopt;
  for (const LabelExpr& operand : labels->operands) {
    if (operand.op == LabelOp::kName) return operand.name;
  }
  return std::nullopt;
}

bool AsksNothing(const BoundNode& node) {
  return !node.labels && node.properties.empty() && !node.property_map && !node.where;
}

/// A group of one relationship between nodes that nobody sees and of which nothing is asked:
/// nothing but a relationship of variable length.
std::optional<BoundRel> AsRelOfLength(const BoundGroup& group) {
  if (group.path.steps.size() != 1 || group.lists.size() != 1) return std::nullopt;
  const BoundStep& step = group.path.steps.front();
  if (step.group || step.rel.bound || step.rel.length || step.rel.property_map ||
      group.lists.front().first != step.rel.slot || !AsksNothing(group.path.start) ||
      !AsksNothing(step.node) || step.node.slot == group.path.start.slot) {
    return std::nullopt;
  }
  BoundRel rel = step.rel;
  rel.element_slot = rel.slot;
  rel.slot = group.lists.front().second;
  rel.length = group.length;
  std::vector<BoundExprPtr> where;
  if (rel.where) where.push_back(rel.where);
  if (group.where) where.push_back(group.where);
  rel.where = MakeConjunction(std::move(where));
  return rel;
}

/// So many steps at most are written out.
constexpr std::uint64_t kMostSteps = 4;

/// Relationships of one length, which nobody sees: the steps by themselves.
std::vector<BoundStep> WrittenOut(const BoundStep& step, LogicalPlan& plan) {
  const BoundRel& rel = step.rel;
  if (!rel.length || rel.bound || rel.where || rel.length->min == 0 ||
      rel.length->min > kMostSteps || rel.length->max != rel.length->min ||
      !plan.slots[rel.slot.value].name.empty()) {
    return {step};
  }
  std::vector<BoundStep> steps(rel.length->min, step);
  for (BoundStep& one : steps) {
    one.rel.slot = plan.NewSlot(SlotKind::kRel);
    one.rel.length.reset();
    one.rel.element_slot = kNoSlot;
    if (&one == &steps.back()) continue;
    one.node = BoundNode();
    one.node.slot = plan.NewSlot(SlotKind::kNode);
  }
  return steps;
}

/// Groups of one relationship, and lengths that are a number of steps, as what they are.
BoundPattern Simplified(BoundPattern pattern, LogicalPlan& plan) {
  for (BoundPath& path : pattern.paths) {
    std::vector<BoundStep> steps;
    const bool is_seen = path.slot != kNoSlot || path.selector != PathSelector::kAll;
    for (BoundStep& step : path.steps) {
      if (const auto rel = step.group ? AsRelOfLength(*step.group) : std::nullopt) {
        step.rel = *rel;
        step.group = nullptr;
      }
      const bool is_kept = step.group || is_seen;
      const auto written = is_kept ? std::vector<BoundStep>{step} : WrittenOut(step, plan);
      steps.insert(steps.end(), written.begin(), written.end());
    }
    path.steps = std::move(steps);
  }
  return pattern;
}

bool ReadsSlot(const BoundExprPtr& expr, Slot slot) {
  if (!expr || slot == kNoSlot) return false;
  if (expr->kind == BoundKind::kSlot) return expr->slot == slot;
  return std::any_of(expr->args.begin(), expr->args.end(),
                     [slot](const BoundExprPtr& arg) { return ReadsSlot(arg, slot); });
}

/// Whether it is the list of the path's relationships.
bool IsRelList(const BoundExpr& list, const BoundPath& path, Slot rel) {
  if (list.kind == BoundKind::kSlot) return list.slot == rel;
  return list.kind == BoundKind::kCall && list.function == FindFunction("relationships") &&
         path.slot != kNoSlot && list.args[0]->kind == BoundKind::kSlot &&
         list.args[0]->slot == path.slot;
}

/// all() or none() over the relationships of a path, as a condition on each of them; nullptr where
/// `condition` is nothing like that, or the condition reads the path itself.
BoundExprPtr OfEachStep(const BoundExprPtr& condition, const BoundPath& path,
                        const LogicalShortestPath& op) {
  const BoundExprPtr each = OfEachElement(*condition, op.element);
  if (!each || !IsRelList(*condition->args[0], path, op.rel)) return nullptr;
  return ReadsSlot(each, op.rel) || ReadsSlot(each, path.slot) ? nullptr : each;
}

}  // namespace

BoundExprPtr MakePropertyEquals(Slot slot, const BoundProperty& property) {
  auto key = std::make_shared<BoundExpr>();
  key->kind = BoundKind::kProperty;
  key->name = property.key;
  key->args.push_back(MakeSlotExpr(slot));
  return MakeCompare(CompareOp::kEqual, std::move(key), property.value);
}

LogicalPtr AddFilter(const BoundExprPtr& filter, LogicalPtr input) {
  if (!filter) return input;
  if (filter->kind == BoundKind::kAnd) {
    return MakeNode(LogicalFilter{filter->args}, std::move(input));
  }
  return MakeNode(LogicalFilter{{filter}}, std::move(input));
}

LogicalPtr PatternPlanner::Plan(const BoundPattern& given, LogicalPtr input) {
  const BoundPattern pattern = Simplified(given, plan_);
  seen_.clear();
  taken_.clear();
  std::vector<Slot> bound_rels;
  for (const BoundPath& path : pattern.paths) {
    for (const BoundStep& step : path.steps) {
      if (!step.group && step.rel.bound) bound_rels.push_back(step.rel.slot);
    }
  }
  for (std::size_t i = 0; i < bound_rels.size(); ++i) {
    if (plan_.slots[bound_rels[i].value].kind == SlotKind::kRel) {
      for (std::size_t k = 0; k < i; ++k) {
        if (plan_.slots[bound_rels[k].value].kind != SlotKind::kRel) continue;
        input = AddFilter(MakeCompare(CompareOp::kNotEqual, MakeSlotExpr(bound_rels[i]),
                                      MakeSlotExpr(bound_rels[k])),
                          std::move(input));
      }
    }
  }
  taken_ = std::move(bound_rels);
  where_ = WaitFor(pattern.where);
  input = PlanPaths(pattern, std::move(input));
  return AddFilter(MakeConjunction(std::exchange(where_, {})), std::move(input));
}

// The conjuncts wait for what they read, so that none is asked of paths that is of their ends. Left
// are those that are not the same each time, and those of which it is not known yet what they read.
std::vector<BoundExprPtr> PatternPlanner::WaitFor(const BoundExprPtr& where) {
  std::vector<BoundExprPtr> rest;
  if (!where) return rest;
  const std::vector<BoundExprPtr> all =
      where->kind == BoundKind::kAnd ? where->args : std::vector<BoundExprPtr>{where};
  for (const BoundExprPtr& part : all) {
    const bool can_wait = IsDeterministic(part) && !HasSubquery(part);
    (can_wait ? waiting_ : rest).push_back(part);
  }
  return rest;
}

// Those with a selector last: what is inside of them can wait for nothing.
LogicalPtr PatternPlanner::PlanPaths(const BoundPattern& pattern, LogicalPtr input) {
  for (const BoundPath& path : pattern.paths) Expect(path);
  for (const bool selected : {false, true}) {
    for (const BoundPath& path : pattern.paths) {
      if ((path.selector != PathSelector::kAll) == selected)
        input = PlanPath(path, std::move(input));
    }
  }
  coming_.clear();
  return FilterWaiting(std::move(input));
}

void PatternPlanner::Expect(const BoundPath& path) {
  const auto expect = [&](const auto& element) {
    if (!element.bound) coming_.insert(element.slot);
  };
  expect(path.start);
  for (const BoundStep& step : path.steps) {
    expect(step.node);
    if (!step.group) {
      expect(step.rel);
    } else {
      for (const auto& [inner, list] : step.group->lists) coming_.insert(list);
    }
  }
  if (path.slot != kNoSlot) coming_.insert(path.slot);
}

bool PatternPlanner::IsKnown(const BoundExprPtr& expr) const {
  std::vector<Slot> reads;
  CollectReads(expr, plan_, reads);
  return std::none_of(reads.begin(), reads.end(),
                      [&](Slot slot) { return coming_.count(slot) != 0; });
}

// Conditions that read what comes later wait for it.
LogicalPtr PatternPlanner::Filter(std::vector<BoundExprPtr> predicates, LogicalPtr input) {
  const auto known = std::stable_partition(predicates.begin(), predicates.end(),
                                           [&](const auto& expr) { return IsKnown(expr); });
  waiting_.insert(waiting_.end(), known, predicates.end());
  predicates.erase(known, predicates.end());
  if (predicates.empty()) return input;
  return MakeNode(LogicalFilter{std::move(predicates)}, std::move(input));
}

LogicalPtr PatternPlanner::FilterWaiting(LogicalPtr input) {
  return Filter(std::exchange(waiting_, {}), std::move(input));
}

LogicalPtr PatternPlanner::PlanPath(const BoundPath& path, LogicalPtr input) {
  parts_.clear();
  if (path.selector == PathSelector::kAll) {
    input = PlanSteps(path, std::move(input));
  } else {
    input = PlanSelected(path, std::move(input));
  }
  if (path.slot == kNoSlot || path.where) return input;
  coming_.erase(path.slot);
  return MakeNode(LogicalPath{path.slot, std::move(parts_)}, std::move(input));
}

LogicalPtr PatternPlanner::PlanSteps(const BoundPath& path, LogicalPtr input) {
  // From a relationship that is there already, both ends follow.
  const bool from_rel = !path.steps.empty() && !path.steps[0].group && path.steps[0].rel.bound &&
                        !path.steps[0].rel.length && !Has(path.start);
  if (!from_rel) input = PlanNode(path.start, std::move(input));
  parts_.push_back(path.start.slot);
  Slot from = path.start.slot;
  for (const BoundStep& step : path.steps) {
    input = PlanStep(step, from, std::move(input));
    if (from_rel && from == path.start.slot && seen_.insert(from).second) {
      input = NodeFilters(path.start, std::move(input));
    }
    from = step.node.slot;
    parts_.push_back(from);
  }
  return input;
}

// The node; of a variable that may hold anything, its labels, which something else has not.
BoundExprPtr PatternPlanner::OfNode(Slot slot) const {
  BoundExprPtr node = MakeSlotExpr(slot);
  if (plan_.slots[slot.value].kind == SlotKind::kNode) return node;
  auto labels = std::make_shared<BoundExpr>();
  labels->kind = BoundKind::kCall;
  labels->function = FindFunction("labels");
  labels->name = "labels";
  labels->args.push_back(std::move(node));
  return labels;
}

LogicalPtr PatternPlanner::PlanNode(const BoundNode& node, LogicalPtr input) {
  const bool has = Has(node);
  if (!has) input = MakeNode(LogicalNodeScan{node.slot, ScanLabel(node.labels)}, std::move(input));
  seen_.insert(node.slot);
  coming_.erase(node.slot);
  if (has && node.bound) {
    // A bound variable may be null, and a null matches nothing.
    auto not_null = std::make_shared<BoundExpr>();
    not_null->kind = BoundKind::kIsNotNull;
    not_null->args.push_back(OfNode(node.slot));
    input = AddFilter(not_null, std::move(input));
  }
  return NodeFilters(node, std::move(input));
}

LogicalPtr PatternPlanner::NodeFilters(const BoundNode& node, LogicalPtr input) {
  std::vector<BoundExprPtr> predicates;
  if (node.labels) predicates.push_back(MakeHasLabels(node.slot, *node.labels));
  for (const BoundProperty& property : node.properties) {
    predicates.push_back(MakePropertyEquals(node.slot, property));
  }
  if (node.where) predicates.push_back(node.where);
  return Filter(std::move(predicates), std::move(input));
}

LogicalPtr PatternPlanner::RelFilters(const BoundRel& rel, LogicalPtr input) {
  std::vector<BoundExprPtr> predicates;
  for (const BoundProperty& property : rel.properties) {
    predicates.push_back(MakePropertyEquals(rel.slot, property));
  }
  if (rel.where) predicates.push_back(rel.where);
  return Filter(std::move(predicates), std::move(input));
}

BoundExprPtr PatternPlanner::ElementWhere(const BoundRel& rel, Slot& element) {
  element = rel.element_slot;
  if (element == kNoSlot) element = plan_.NewSlot(SlotKind::kRel);
  std::vector<BoundExprPtr> predicates;
  for (const BoundProperty& property : rel.properties) {
    predicates.push_back(MakePropertyEquals(element, property));
  }
  if (rel.where) predicates.push_back(rel.where);
  const auto known = std::stable_partition(predicates.begin(), predicates.end(),
                                           [&](const auto& expr) { return IsKnown(expr); });
  if (known != predicates.end()) {
    auto all = std::make_shared<BoundExpr>();
    all->kind = BoundKind::kQuantifier;
    all->quantifier = QuantifierKind::kAll;
    all->slot = element;
    all->args = {MakeSlotExpr(rel.slot), MakeConjunction({known, predicates.end()})};
    waiting_.push_back(std::move(all));
  }
  predicates.erase(known, predicates.end());
  return MakeConjunction(std::move(predicates));
}

LogicalPtr PatternPlanner::PlanStep(const BoundStep& step, Slot from, LogicalPtr input) {
  const BoundNode& to = step.node;
  if (step.group) {
    Slot part = kNoSlot;
    input = PlanGroup(*step.group, from, to, std::move(input), part);
    parts_.push_back(part);
    seen_.insert(to.slot);
    coming_.erase(to.slot);
    for (const auto& [inner, list] : step.group->lists) coming_.erase(list);
    return NodeFilters(to, std::move(input));
  }
  const BoundRel& rel = step.rel;
  parts_.push_back(rel.slot);
  if (rel.bound) return PlanBoundRel(rel, from, to, std::move(input));
  const bool into = Has(to);
  if (rel.length) {
    LogicalVarExpand op;
    op.from = from;
    op.rel = rel.slot;
    op.to = to.slot;
    op.arrow = rel.arrow;
    op.types = rel.types;
    op.length = *rel.length;
    op.into = into;
    op.element_where = ElementWhere(rel, op.element);
    op.distinct_from = taken_;
    coming_.erase(rel.slot);
    input = MakeNode(std::move(op), std::move(input));
  } else {
    LogicalExpand op;
    op.from = from;
    op.rel = rel.slot;
    op.to = to.slot;
    op.arrow = rel.arrow;
    op.types = rel.types;
    op.into = into;
    op.distinct_from = taken_;
    coming_.erase(rel.slot);
    coming_.erase(to.slot);
    input = RelFilters(rel, MakeNode(std::move(op), std::move(input)));
  }
  taken_.push_back(rel.slot);
  seen_.insert(to.slot);
  coming_.erase(to.slot);
  return NodeFilters(to, std::move(input));
}

LogicalPtr PatternPlanner::PlanBoundRel(const BoundRel& rel, Slot from, const BoundNode& to,
                                        LogicalPtr input) {
  if (rel.length) {
    LogicalRelListWalk op;
    op.from = from;
    op.rel = rel.slot;
    op.to = to.slot;
    op.arrow = rel.arrow;
    op.types = rel.types;
    op.length = *rel.length;
    op.into = Has(to);
    for (const Slot slot : taken_) {
      if (slot != rel.slot) op.distinct_from.push_back(slot);
    }
    input = MakeNode(std::move(op), std::move(input));
  } else {
    LogicalRelEnds op;
    op.rel = rel.slot;
    op.from = from;
    op.to = to.slot;
    op.arrow = rel.arrow;
    op.from_bound = seen_.count(from) != 0;
    op.to_bound = Has(to) || (to.slot == from && op.from_bound);
    coming_.erase(from);
    coming_.erase(to.slot);
    input = MakeNode(op, std::move(input));
    if (rel.types) input = AddFilter(MakeHasLabels(rel.slot, *rel.types), std::move(input));
    input = RelFilters(rel, std::move(input));
  }
  seen_.insert(to.slot);
  coming_.erase(to.slot);
  return NodeFilters(to, std::move(input));
}

LogicalPtr PatternPlanner::PlanGroup(const BoundGroup& group, Slot from, const BoundNode& to,
                                     LogicalPtr input, Slot& path_part) {
  PatternPlanner inside(plan_);
  inside.Expect(group.path);
  inside.seen_.insert(group.path.start.slot);
  LogicalPtr body = inside.PlanSteps(group.path, MakeNode(LogicalStart{}));
  inside.coming_.clear();
  body = AddFilter(group.where, inside.FilterWaiting(std::move(body)));
  LogicalRepeat op;
  op.from = from;
  op.to = to.slot;
  op.into = Has(to);
  op.inner_from = group.path.start.slot;
  op.inner_to = group.path.steps.empty() ? op.inner_from : group.path.steps.back().node.slot;
  op.inner_rels = inside.taken_;
  op.lists = group.lists;
  op.trace.assign(inside.parts_.begin() + 1, inside.parts_.end());
  op.length = group.length;
  op.distinct_from = taken_;
  op.path = plan_.NewSlot(SlotKind::kPath);
  path_part = op.path;
  for (const Slot rel : op.inner_rels) {
    for (const auto& [inner, list] : group.lists) {
      if (inner == rel) taken_.push_back(list);
    }
  }
  return MakeNode(std::move(op), std::move(input), std::move(body));
}

LogicalPtr PatternPlanner::PlanSelected(const BoundPath& path, LogicalPtr input) {
  const bool one_step = path.steps.size() == 1 && !path.steps[0].group &&
                        path.steps[0].rel.length && !path.steps[0].rel.bound;
  const bool shortest =
      path.selector == PathSelector::kShortestPath ||
      path.selector == PathSelector::kAllShortestPaths ||
      path.selector == PathSelector::kAllShortest ||
      ((path.selector == PathSelector::kShortest || path.selector == PathSelector::kAny ||
        path.selector == PathSelector::kShortestGroups) &&
       path.count == 1);
  if (one_step && shortest && !path.where) return PlanShortest(path, std::move(input));
  input = FilterWaiting(std::move(input));
  PatternPlanner inside(plan_);
  inside.seen_ = seen_;
  inside.Expect(path);
  LogicalPtr body = inside.PlanSteps(path, MakeNode(LogicalStart{}));
  if (path.where && path.slot != kNoSlot) {
    body = MakeNode(LogicalPath{path.slot, inside.parts_}, std::move(body));
  }
  inside.coming_.clear();
  body = AddFilter(path.where, inside.FilterWaiting(std::move(body)));
  LogicalSelectPaths op;
  op.selector = path.selector;
  op.count = path.count;
  op.from = path.start.slot;
  op.to = path.steps.empty() ? path.start.slot : path.steps.back().node.slot;
  for (std::size_t i = 1; i + 1 < inside.parts_.size(); i += 2) {
    op.rels.push_back(inside.parts_[i]);
  }
  body = MakeNode(std::move(op), std::move(body));
  LogicalApply apply;
  for (const LogicalNode* node = body.get(); node != nullptr;
       node = node->inputs.empty() ? nullptr : node->inputs.front().get()) {
    for (const Slot slot : WritesOf(*node)) apply.slots.push_back(slot);
  }
  parts_ = std::move(inside.parts_);
  seen_ = std::move(inside.seen_);
  for (const Slot slot : apply.slots) coming_.erase(slot);
  return MakeNode(std::move(apply), std::move(input), std::move(body));
}

LogicalPtr PatternPlanner::PlanShortest(const BoundPath& path, LogicalPtr input) {
  const BoundStep& step = path.steps[0];
  input = PlanNode(path.start, std::move(input));
  input = FilterWaiting(PlanNode(step.node, std::move(input)));
  LogicalShortestPath op;
  op.from = path.start.slot;
  op.rel = step.rel.slot;
  op.to = step.node.slot;
  op.arrow = step.rel.arrow;
  op.types = step.rel.types;
  op.length = *step.rel.length;
  op.all = path.selector == PathSelector::kAllShortest ||
           path.selector == PathSelector::kAllShortestPaths ||
           path.selector == PathSelector::kShortestGroups;
  op.element_where = ElementWhere(step.rel, op.element);
  coming_.erase(op.rel);
  if (path.selector == PathSelector::kShortestPath ||
      path.selector == PathSelector::kAllShortestPaths) {
    TakeConditions(path, op);
  }
  parts_ = {op.from, op.rel, op.to};
  return MakeNode(std::move(op), std::move(input));
}

// shortestPath looks for the shortest path for which the WHERE is true. What reads the path or its
// relationships is asked while searching; what all relationships must fulfil, of each step, where
// the search leaves the others out.
void PatternPlanner::TakeConditions(const BoundPath& path, LogicalShortestPath& op) {
  std::set<Slot> later = coming_;
  later.erase(path.slot);
  std::vector<BoundExprPtr> whole, steps;
  if (op.element_where) steps.push_back(op.element_where);
  const auto take = [&](const BoundExprPtr& condition) {
    std::vector<Slot> reads;
    CollectReads(condition, plan_, reads);
    const auto has = [&](Slot slot) { return std::count(reads.begin(), reads.end(), slot) > 0; };
    const bool about_path = has(op.rel) || (path.slot != kNoSlot && has(path.slot));
    const bool known =
        std::none_of(reads.begin(), reads.end(), [&](Slot slot) { return later.count(slot) != 0; });
    if (!about_path || !known) return false;
    BoundExprPtr step = OfEachStep(condition, path, op);
    (step ? steps : whole).push_back(step ? step : condition);
    return true;
  };
  std::erase_if(where_, take);
  std::erase_if(waiting_, take);
  op.element_where = MakeConjunction(std::move(steps));
  op.where = MakeConjunction(std::move(whole));
  op.path = path.slot;
}

}  // namespace verbale::query
