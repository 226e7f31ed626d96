// Filter p.k > 1 > Project p.k AS x  →  Project p.k AS k > Filter k > 1 > Project k AS x
//
// A property that several operators of a chain read is fetched once, below the lowest of them; what
// stands above carries it along. Preconditions: nothing writes, so it is the same everywhere; the
// operators are those of one chain, through which a new slot passes.
//
// What filters right above a scan compare with something that no row changes is left where it is:
// scans give rows side by side, and those are compared as they lie, without being fetched. So is
// what an aggregation adds up as it lies, or reads of nodes once a group.

#include <algorithm>
#include <map>

#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

using Read = std::pair<Slot, std::string>;

const Slot* NodeOf(const BoundExpr& expr) {
  const bool is_read = expr.kind == BoundKind::kProperty && expr.args[0]->kind == BoundKind::kSlot;
  return is_read ? &expr.args[0]->slot : nullptr;
}

/// Whether it asks of a property of what a scan below gives whether it is something that is the
/// same in every row.
bool IsAskedAsItLies(const BoundExpr& expr) {
  if (expr.kind == BoundKind::kAnd || expr.kind == BoundKind::kOr || expr.kind == BoundKind::kNot) {
    return std::all_of(expr.args.begin(), expr.args.end(),
                       [](const BoundExprPtr& arg) { return IsAskedAsItLies(*arg); });
  }
  const bool is_question = expr.kind == BoundKind::kCompare ||
                           (expr.kind == BoundKind::kBinary && expr.binary >= BinaryOp::kIn);
  const auto is_fixed = [](const BoundExpr& value) {
    return value.kind == BoundKind::kConstant || value.kind == BoundKind::kParameter;
  };
  if (!is_question || NodeOf(*expr.args[0]) == nullptr) return false;
  const BoundExpr& other = *expr.args[1];
  return is_fixed(other) || (other.kind == BoundKind::kList &&
                             std::all_of(other.args.begin(), other.args.end(),
                                         [&](const auto& element) { return is_fixed(*element); }));
}

/// Filters right above a scan.
bool StandsOnScan(const LogicalNode& node) {
  const LogicalNode* at = &node;
  while (std::holds_alternative<LogicalFilter>(at->op) ||
         (at != &node && std::holds_alternative<LogicalProject>(at->op))) {
    at = at->inputs.front().get();
  }
  return at != &node && (std::holds_alternative<LogicalNodeScan>(at->op) ||
                         std::holds_alternative<LogicalRelScan>(at->op));
}

/// The expressions of `node` of which reads may be shared.
template <typename Visit>
void ForEachSharing(LogicalNode& node, const Visit& visit) {
  const auto* aggregate = std::get_if<LogicalAggregate>(&node.op);
  if (aggregate != nullptr && (aggregate->of_scan || aggregate->by_node)) return;
  const bool stands_on_scan = StandsOnScan(node);
  ForEachExpr(node, [&](BoundExprPtr& expr) {
    if (!stands_on_scan || !IsAskedAsItLies(*expr)) visit(expr);
  });
}

void CountReads(const BoundExprPtr& expr, std::map<Read, std::size_t>& counts) {
  if (!expr) return;
  if (const Slot* slot = NodeOf(*expr)) ++counts[{*slot, expr->name}];
  for (const BoundExprPtr& arg : expr->args) CountReads(arg, counts);
}

/// The expression with the slot in place of each read; itself where there is none.
BoundExprPtr Replaced(const BoundExprPtr& expr, const Read& read, Slot slot) {
  if (!expr) return expr;
  const Slot* node = NodeOf(*expr);
  if (node != nullptr && *node == read.first && expr->name == read.second) {
    return MakeSlotExpr(slot, expr->span);
  }
  std::shared_ptr<BoundExpr> copy;
  for (std::size_t i = 0; i < expr->args.size(); ++i) {
    BoundExprPtr arg = Replaced(expr->args[i], read, slot);
    if (arg == expr->args[i]) continue;
    if (!copy) copy = std::make_shared<BoundExpr>(*expr);
    copy->args[i] = std::move(arg);
  }
  return copy ? copy : expr;
}

/// Whether rows go through it with all their slots, or end in it.
bool IsOfChain(const LogicalNode& node) {
  return std::holds_alternative<LogicalFilter>(node.op) ||
         std::holds_alternative<LogicalProject>(node.op) ||
         std::holds_alternative<LogicalExpand>(node.op);
}

/// Operators one behind the other, the highest first, through which slots pass.
std::vector<LogicalPtr*> ChainFrom(LogicalPtr& top) {
  std::vector<LogicalPtr*> chain = {&top};
  while (IsOfChain(**chain.back()) || chain.size() == 1) {
    if ((*chain.back())->inputs.size() != 1) break;
    LogicalPtr& below = (*chain.back())->inputs.front();
    if (!IsOfChain(*below)) break;
    chain.push_back(&below);
  }
  return chain;
}

bool Reads(LogicalNode& node, const Read& read) {
  std::map<Read, std::size_t> counts;
  ForEachSharing(node, [&counts](BoundExprPtr& expr) { CountReads(expr, counts); });
  return counts.count(read) != 0;
}

void Share(LogicalPlan& plan, LogicalPtr& top) {
  std::map<Read, std::size_t> counts;
  for (LogicalPtr* node : ChainFrom(top)) {
    ForEachSharing(**node, [&counts](BoundExprPtr& expr) { CountReads(expr, counts); });
  }
  for (const auto& [read, count] : counts) {
    const SlotKind kind = plan.slots[read.first.value].kind;
    if (count < 2 || (kind != SlotKind::kNode && kind != SlotKind::kRel)) continue;
    const std::vector<LogicalPtr*> chain = ChainFrom(top);  // Longer by what was put in.
    const auto lowest = std::find_if(chain.rbegin(), chain.rend(),
                                     [&](LogicalPtr* node) { return Reads(**node, read); });
    const Slot slot = plan.NewSlot(SlotKind::kValue);
    BoundExprPtr value;
    for (auto node = lowest; node != chain.rend(); ++node) {
      ForEachSharing(***node, [&](BoundExprPtr& expr) { expr = Replaced(expr, read, slot); });
    }
    auto property = std::make_shared<BoundExpr>();
    property->kind = BoundKind::kProperty;
    property->name = read.second;
    property->args = {MakeSlotExpr(read.first)};
    LogicalPtr& below = (**lowest)->inputs.front();
    below = MakeNode(LogicalProject{{{std::move(property), slot}}}, std::move(below));
  }
}

}  // namespace

void ShareReads(LogicalPlan& plan, LogicalPtr& root, const graph::View&) {
  if (plan.writes) return;
  RewriteTree(root, [&plan](LogicalPtr& node) {
    const bool ends_chain = std::holds_alternative<LogicalAggregate>(node->op) ||
                            std::holds_alternative<LogicalSort>(node->op);
    if (ends_chain) Share(plan, node);
  });
}

}  // namespace verbale::query
