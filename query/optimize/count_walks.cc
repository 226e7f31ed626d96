// Expand (a)-[r]->(b) > Expand (b)-[s]->(c) > Aggregate c.k, count(*)
// →  CountWalks (a)-->(b)-->(c), n > Aggregate c.k, sum(n)
//
// Instead of a row a walk, a number a node: how many walks end there. Preconditions: one or two
// directed steps, one behind the other; above them only aggregates that count rows, and groups that
// read the last node at most; each filter in between reads the node of its step only; nobody looks
// at the relationships or the node in the middle.

#include <algorithm>

#include "query/functions/registry.h"
#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

constexpr std::size_t kMaxHops = 2;

std::vector<Slot> ReadsOfAll(const std::vector<BoundExprPtr>& exprs, const LogicalPlan& plan) {
  std::vector<Slot> reads;
  for (const BoundExprPtr& expr : exprs) CollectReads(expr, plan, reads);
  return reads;
}

bool OnlyRead(const std::vector<Slot>& reads, Slot slot) {
  return std::all_of(reads.begin(), reads.end(), [slot](Slot read) { return read == slot; });
}

/// A chain of steps below an aggregation, found from the top.
struct Chain {
  std::vector<LogicalNode*> expands;               ///< The last step first.
  std::vector<std::vector<BoundExprPtr>> filters;  ///< By step.
};

Chain FindChain(LogicalNode& aggregate, const LogicalPlan& plan) {
  Chain chain;
  LogicalNode* node = aggregate.inputs.front().get();
  while (chain.expands.size() < kMaxHops) {
    std::vector<BoundExprPtr> filters;
    while (const auto* filter = std::get_if<LogicalFilter>(&node->op)) {
      filters.insert(filters.end(), filter->predicates.begin(), filter->predicates.end());
      node = node->inputs.front().get();
    }
    const auto* expand = std::get_if<LogicalExpand>(&node->op);
    if (expand == nullptr || expand->into || expand->arrow == Arrow::kBoth) break;
    if (!OnlyRead(ReadsOfAll(filters, plan), expand->to)) break;
    if (!chain.expands.empty()) {
      const auto& later = std::get<LogicalExpand>(chain.expands.back()->op);
      if (later.from != expand->to || !OnlyRead(later.distinct_from, expand->rel)) break;
    }
    chain.expands.push_back(node);
    chain.filters.push_back(std::move(filters));
    node = node->inputs.front().get();
  }
  // The first step may not depend on relationships before it.
  while (!chain.expands.empty() &&
         !std::get<LogicalExpand>(chain.expands.back()->op).distinct_from.empty()) {
    chain.expands.pop_back();
    chain.filters.pop_back();
  }
  return chain;
}

/// Whether an aggregate counts rows: count(*), or count of what a step binds, which is never null.
bool CountsRows(const BoundAggregate& aggregate, const Chain& chain) {
  if (aggregate.distinct) return false;
  if (aggregate.function != nullptr && aggregate.function->name != "count") return false;
  if (aggregate.args.empty()) return true;
  if (aggregate.args[0]->kind != BoundKind::kSlot) return false;
  const Slot slot = aggregate.args[0]->slot;
  return std::any_of(chain.expands.begin(), chain.expands.end(), [slot](const LogicalNode* node) {
    const auto& expand = std::get<LogicalExpand>(node->op);
    return slot == expand.rel || slot == expand.to;
  });
}

bool Fits(const LogicalAggregate& aggregate, const Chain& chain, const LogicalPlan& plan) {
  if (chain.expands.empty() || aggregate.aggregates.empty()) return false;
  std::vector<Slot> reads;
  for (const BoundItem& group : aggregate.groups) CollectReads(group.value, plan, reads);
  if (!OnlyRead(reads, std::get<LogicalExpand>(chain.expands.front()->op).to)) return false;
  return std::all_of(aggregate.aggregates.begin(), aggregate.aggregates.end(),
                     [&chain](const auto& item) { return CountsRows(item, chain); });
}

void Replace(LogicalNode& node, Chain& chain, LogicalPlan& plan) {
  LogicalCountWalks walks;
  walks.from = std::get<LogicalExpand>(chain.expands.back()->op).from;
  walks.weight = plan.NewSlot(SlotKind::kValue);
  LogicalPtr below = std::move(chain.expands.back()->inputs.front());
  for (std::size_t i = chain.expands.size(); i-- > 0;) {
    auto& expand = std::get<LogicalExpand>(chain.expands[i]->op);
    walks.distinct |= !expand.distinct_from.empty();
    walks.hops.push_back({expand.arrow, std::move(expand.types), expand.to,
                          std::move(expand.to_label), std::move(chain.filters[i])});
  }
  auto weight = std::make_shared<BoundExpr>();
  weight->kind = BoundKind::kSlot;
  weight->slot = walks.weight;
  for (BoundAggregate& aggregate : std::get<LogicalAggregate>(node.op).aggregates) {
    aggregate.function = FindAggregate("sum");
    aggregate.args.assign(1, weight);
  }
  node.inputs.front() = MakeNode(std::move(walks), std::move(below));
}

}  // namespace

void CountWalks(LogicalPlan& plan, LogicalPtr& root, const graph::View&) {
  RewriteTree(root, [&plan](LogicalPtr& node) {
    const auto* aggregate = std::get_if<LogicalAggregate>(&node->op);
    if (aggregate == nullptr) return;
    Chain chain = FindChain(*node, plan);
    if (Fits(*aggregate, chain, plan)) Replace(*node, chain, plan);
  });
}

}  // namespace verbale::query
