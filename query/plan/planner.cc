#include "query/plan/planner.h"

#include <algorithm>
#include <utility>

#include "graph/error.h"
#include "query/bind/procedure.h"
#include "query/plan/plan_pattern.h"

namespace verbale::query {
namespace {

/// Operators of a plan run inside one another, so there is a bound to how many may be chained.
constexpr std::size_t kMaxDepth = 4000;

std::size_t DepthOf(const LogicalNode& root) {
  std::size_t depth = 0;
  for (const LogicalNode* node = &root; node != nullptr;
       node = node->inputs.empty() ? nullptr : node->inputs.front().get()) {
    ++depth;
  }
  return depth;
}

bool HasSubquery(const BoundExprPtr& expr) {
  if (!expr) return false;
  return expr->kind == BoundKind::kSubquery ||
         std::any_of(expr->args.begin(), expr->args.end(), HasSubquery);
}

/// Whether the rows come from parameters and files alone.
bool IsIndependent(LogicalNode& node) {
  const bool reads_nothing = std::holds_alternative<LogicalStart>(node.op) ||
                             std::holds_alternative<LogicalUnwind>(node.op) ||
                             std::holds_alternative<LogicalLoadCsv>(node.op) ||
                             std::holds_alternative<LogicalProject>(node.op) ||
                             std::holds_alternative<LogicalFilter>(node.op);
  bool has_subquery = false;
  ForEachExpr(node, [&](BoundExprPtr& expr) { has_subquery = has_subquery || HasSubquery(expr); });
  return reads_nothing && !has_subquery &&
         std::all_of(node.inputs.begin(), node.inputs.end(),
                     [](const LogicalPtr& input) { return IsIndependent(*input); });
}

class Planner {
 public:
  LogicalPlan Plan(const BoundStatement& statement) {
    plan_.slots = statement.slots;
    plan_.writes = statement.writes;
    if (const auto* schema = std::get_if<BoundSchemaCommand>(&statement.statement)) {
      plan_.root = MakeNode(LogicalSchema{*schema});
      plan_.writes = true;
      return std::move(plan_);
    }
    const auto& query = std::get<BoundQuery>(statement.statement);
    plan_.root = PlanQuery(query);
    plan_.columns = query.columns;
    PlanSubqueries(*plan_.root);
    return std::move(plan_);
  }

 private:
  LogicalPtr PlanQuery(const BoundQuery& query);
  LogicalPtr PlanClauses(const std::vector<BoundClause>& clauses);
  void PlanSubqueries(LogicalNode& node);
  void PlanSubqueriesOf(const BoundExprPtr& expr);
  void PlanSubqueriesOf(const BoundPath& path);

  LogicalPtr Clause(const BoundMatch& clause, LogicalPtr input);
  LogicalPtr Clause(const BoundUnwind& clause, LogicalPtr input);
  LogicalPtr Clause(const BoundProjection& clause, LogicalPtr input);
  LogicalPtr Clause(const BoundCreate& clause, LogicalPtr input);
  LogicalPtr Clause(const BoundMerge& clause, LogicalPtr input);
  LogicalPtr Clause(const BoundSet& clause, LogicalPtr input);
  LogicalPtr Clause(const BoundRemove& clause, LogicalPtr input);
  LogicalPtr Clause(const BoundDelete& clause, LogicalPtr input);
  LogicalPtr Clause(const BoundForeach& clause, LogicalPtr input);
  LogicalPtr Clause(const BoundCall& clause, LogicalPtr input);
  LogicalPtr Clause(const BoundCallSubquery& clause, LogicalPtr input);
  LogicalPtr Clause(const BoundLoadCsv& clause, LogicalPtr input);

  LogicalPlan plan_;
};

LogicalPtr Planner::PlanQuery(const BoundQuery& query) {
  if (query.branches.size() == 1) return PlanClauses(query.branches.front().clauses);
  LogicalUnion op;
  LogicalPtr node = std::make_unique<LogicalNode>();
  for (const BoundSingleQuery& branch : query.branches) {
    node->inputs.push_back(PlanClauses(branch.clauses));
    op.branches.push_back(branch.output);
  }
  for (const BoundColumn& column : query.columns) op.columns.push_back(column.slot);
  const std::vector<Slot> columns = op.columns;
  node->op = std::move(op);
  if (query.union_all) return node;
  return MakeNode(LogicalDistinct{columns}, std::move(node));
}

LogicalPtr Planner::PlanClauses(const std::vector<BoundClause>& clauses) {
  LogicalPtr plan = MakeNode(LogicalStart{});
  for (const BoundClause& clause : clauses) {
    plan = std::visit([&](const auto& node) { return Clause(node, std::move(plan)); }, clause.node);
  }
  if (DepthOf(*plan) > kMaxDepth) {
    throw Error(ErrorCode::kLimitExceeded, "the statement has too many clauses; split it");
  }
  return plan;
}

// Expressions of the inner plan may hold subqueries themselves.
void Planner::PlanSubqueries(LogicalNode& node) {
  ForEachExpr(node, [this](BoundExprPtr& expr) { PlanSubqueriesOf(expr); });
  for (const LogicalPtr& input : node.inputs) PlanSubqueries(*input);
}

void Planner::PlanSubqueriesOf(const BoundExprPtr& expr) {
  if (!expr) return;
  for (const BoundExprPtr& arg : expr->args) PlanSubqueriesOf(arg);
  const BoundSubquery* subquery = expr->subquery.get();
  if (subquery == nullptr || plan_.subplans.count(subquery) != 0) return;
  Subplan subplan;
  subplan.root = PlanQuery(*subquery->query);
  if (!subquery->query->columns.empty()) subplan.output = subquery->query->columns.front().slot;
  PlanSubqueries(*subplan.root);
  subplan.reads = ReadsOfSubplan(subplan, plan_);
  plan_.subplans.emplace(subquery, std::move(subplan));
}

// Where a condition of a pattern can stand depends on what it reads, in its subqueries, too: these
// are planned before the pattern is.
void Planner::PlanSubqueriesOf(const BoundPath& path) {
  const auto visit = [this](const auto& element) {
    for (const BoundProperty& property : element.properties) PlanSubqueriesOf(property.value);
    PlanSubqueriesOf(element.where);
  };
  visit(path.start);
  for (const BoundStep& step : path.steps) {
    if (step.group) {
      PlanSubqueriesOf(step.group->path);
      PlanSubqueriesOf(step.group->where);
    } else {
      visit(step.rel);
    }
    visit(step.node);
  }
  PlanSubqueriesOf(path.where);
}

void CollectSlots(const BoundPath& path, std::vector<Slot>& slots) {
  if (path.slot != kNoSlot) slots.push_back(path.slot);
  if (!path.start.bound) slots.push_back(path.start.slot);
  for (const BoundStep& step : path.steps) {
    if (step.group) {
      for (const auto& [inner, list] : step.group->lists) slots.push_back(list);
    } else if (!step.rel.bound) {
      slots.push_back(step.rel.slot);
    }
    if (!step.node.bound) slots.push_back(step.node.slot);
  }
}

LogicalPtr Planner::Clause(const BoundMatch& clause, LogicalPtr input) {
  for (const BoundPath& path : clause.pattern.paths) PlanSubqueriesOf(path);
  PlanSubqueriesOf(clause.pattern.where);
  PatternPlanner patterns(plan_);
  if (!clause.optional) return patterns.Plan(clause.pattern, std::move(input));
  LogicalOptional op;
  for (const BoundPath& path : clause.pattern.paths) CollectSlots(path, op.slots);
  op.row = plan_.NewSlot(SlotKind::kValue);
  LogicalPtr inner = patterns.Plan(clause.pattern, MakeNode(LogicalStart{}));
  return MakeNode(std::move(op), std::move(input), std::move(inner));
}

LogicalPtr Planner::Clause(const BoundUnwind& clause, LogicalPtr input) {
  return MakeNode(LogicalUnwind{clause.list, clause.slot}, std::move(input));
}

bool IsSlotItself(const BoundItem& item) {
  return item.value->kind == BoundKind::kSlot && item.value->slot == item.slot;
}

LogicalPtr Planner::Clause(const BoundProjection& clause, LogicalPtr input) {
  LogicalPtr plan = std::move(input);
  if (clause.aggregating) {
    plan = MakeNode(LogicalAggregate{clause.groups, clause.aggregates}, std::move(plan));
  }
  LogicalProject project;
  std::vector<Slot> slots;
  for (const BoundItem& item : clause.items) {
    slots.push_back(item.slot);
    if (!IsSlotItself(item)) project.items.push_back(item);
  }
  if (!project.items.empty()) plan = MakeNode(std::move(project), std::move(plan));
  if (clause.distinct) plan = MakeNode(LogicalDistinct{slots}, std::move(plan));
  if (!clause.order.empty()) {
    plan = MakeNode(LogicalSort{clause.order}, std::move(plan));
  }
  if (clause.skip) plan = MakeNode(LogicalSkip{clause.skip}, std::move(plan));
  if (clause.limit) plan = MakeNode(LogicalLimit{clause.limit}, std::move(plan));
  return AddFilter(clause.where, std::move(plan));
}

void CollectLabels(const LabelExpr& labels, std::vector<std::string>& names) {
  if (labels.op == LabelOp::kName) {
    names.push_back(labels.name);
    return;
  }
  if (labels.op != LabelOp::kAnd) {
    throw Error(ErrorCode::kSemantic, "what is created needs plain labels");
  }
  for (const LabelExpr& operand : labels.operands) CollectLabels(operand, names);
}

/// What a pattern makes. `seen` are nodes that are there, and grows.
void AddPath(const BoundPath& path, std::vector<Slot>& seen, LogicalCreate& create,
             std::vector<Slot>& parts) {
  const auto add_node = [&](const BoundNode& node) {
    parts.push_back(node.slot);
    if (node.bound || std::find(seen.begin(), seen.end(), node.slot) != seen.end()) return;
    seen.push_back(node.slot);
    CreateNode made{node.slot, {}, node.properties, node.property_map};
    if (node.labels) CollectLabels(*node.labels, made.labels);
    create.nodes.push_back(std::move(made));
  };
  add_node(path.start);
  Slot from = path.start.slot;
  for (const BoundStep& step : path.steps) {
    parts.push_back(step.rel.slot);
    add_node(step.node);
    const bool turned = step.rel.arrow == Arrow::kIn;
    std::vector<std::string> types;
    if (step.rel.types) CollectLabels(*step.rel.types, types);
    if (types.size() != 1) {
      throw Error(ErrorCode::kSemantic, "a relationship that is created needs one type");
    }
    create.rels.push_back({step.rel.slot, types.front(), turned ? step.node.slot : from,
                           turned ? from : step.node.slot, step.rel.properties,
                           step.rel.property_map, path.span});
    from = step.node.slot;
  }
}

LogicalPtr Planner::Clause(const BoundCreate& clause, LogicalPtr input) {
  LogicalCreate create;
  std::vector<Slot> seen;
  std::vector<LogicalPath> paths;
  for (const BoundPath& path : clause.paths) {
    std::vector<Slot> parts;
    AddPath(path, seen, create, parts);
    if (path.slot != kNoSlot) paths.push_back({path.slot, std::move(parts)});
  }
  LogicalPtr plan = MakeNode(std::move(create), std::move(input));
  for (LogicalPath& path : paths) plan = MakeNode(std::move(path), std::move(plan));
  return plan;
}

LogicalPtr Planner::Clause(const BoundMerge& clause, LogicalPtr input) {
  LogicalMerge merge;
  std::vector<Slot> seen;
  std::vector<Slot> parts;
  AddPath(clause.path, seen, merge.create, parts);
  merge.on_create = clause.on_create;
  merge.on_match = clause.on_match;
  BoundPattern pattern;
  pattern.paths.push_back(clause.path);
  pattern.paths.front().slot = kNoSlot;
  CollectSlots(pattern.paths.front(), merge.slots);
  LogicalPtr inner = PatternPlanner(plan_).Plan(pattern, MakeNode(LogicalStart{}));
  LogicalPtr plan = MakeNode(std::move(merge), std::move(input), std::move(inner));
  if (clause.path.slot == kNoSlot) return plan;
  return MakeNode(LogicalPath{clause.path.slot, std::move(parts)}, std::move(plan));
}

LogicalPtr Planner::Clause(const BoundSet& clause, LogicalPtr input) {
  return MakeNode(LogicalSet{clause.items}, std::move(input));
}

LogicalPtr Planner::Clause(const BoundRemove& clause, LogicalPtr input) {
  return MakeNode(LogicalRemoveLabels{clause.items}, std::move(input));
}

LogicalPtr Planner::Clause(const BoundDelete& clause, LogicalPtr input) {
  return MakeNode(LogicalDelete{clause.detach, clause.targets}, std::move(input));
}

LogicalPtr Planner::Clause(const BoundForeach& clause, LogicalPtr input) {
  LogicalPtr inner = PlanClauses(clause.body);
  return MakeNode(LogicalForeach{clause.slot, clause.list}, std::move(input), std::move(inner));
}

LogicalPtr Planner::Clause(const BoundCall& clause, LogicalPtr input) {
  LogicalCall op;
  op.procedure = clause.procedure;
  op.args = clause.args;
  op.yields = clause.yields;
  op.optional = clause.optional;
  op.unit = clause.procedure->outputs.empty();
  return AddFilter(clause.where, MakeNode(std::move(op), std::move(input)));
}

LogicalPtr Planner::Clause(const BoundCallSubquery& clause, LogicalPtr input) {
  LogicalApply op;
  op.optional = clause.optional;
  op.unit = clause.unit;
  op.in_transactions = clause.in_transactions;
  op.batch_rows = clause.batch_rows;
  for (const BoundColumn& column : clause.query->columns) op.slots.push_back(column.slot);
  op.independent = IsIndependent(*input);
  LogicalPtr inner = PlanQuery(*clause.query);
  return MakeNode(std::move(op), std::move(input), std::move(inner));
}

LogicalPtr Planner::Clause(const BoundLoadCsv& clause, LogicalPtr input) {
  return MakeNode(
      LogicalLoadCsv{clause.with_headers, clause.source, clause.slot, clause.field_terminator},
      std::move(input));
}

}  // namespace

LogicalPlan MakePlan(const BoundStatement& statement) { return Planner().Plan(statement); }

}  // namespace verbale::query
