// NodeScan (a:A) > Expand (a)-[r:T]->(b:B)  →  RelScan (a:A)-[r:T]->(b:B)
//
// Relationships of a type stand side by side, and most start at nodes of one label: reading them in
// that order asks nothing of each node; where either direction will do, they are read twice.
// Preconditions: the step opens a new node; no relationship was matched before that it may not be;
// nothing writes (a scan of relationships would also see those of a node that the statement has
// deleted and not yet disconnected); and the label lets most of the relationships through, since
// all of them are looked at.
//
// RelScan (a:A)-[r:T]-(b:A) > Filter r.k > Aggregate r.l, count(*) AS n
// →  RelScan (a:A)-[r:T]->(b:A) > Filter r.k > Aggregate r.l, count(*) AS m > Project m * 2 AS n
//
// Where either direction will do, each relationship comes twice. Preconditions: none is a loop, all
// ends have the labels, nothing above reads an end, and the aggregates are counts, or do not change
// with repeated rows.

#include <algorithm>
#include <utility>

#include "query/functions/registry.h"
#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

/// So many times more relationships are looked at than there are nodes to begin with: no more.
constexpr std::uint64_t kMostRelsForNode = 64;
/// Each type is looked for in every part of a scan.
constexpr std::size_t kMostTypes = 64;

bool IsWorthIt(const LogicalExpand& expand, const LogicalNodeScan& scan, const graph::View& view) {
  const std::vector<graph::TypeId> types = TypesOf(view, expand.types);
  if (types.empty() || types.size() > kMostTypes) return false;
  if (!scan.label) return true;
  const auto label = view.catalog().FindLabel(*scan.label);
  if (!label) return false;
  const auto all_have = [&](graph::Direction side, Arrow other) {
    return expand.arrow == other ||
           std::all_of(types.begin(), types.end(),
                       [&](graph::TypeId type) { return view.AllHaveLabel(type, side, *label); });
  };
  std::uint64_t rels = 0;
  for (const graph::TypeId type : types) rels += view.RelCount(type);
  return (all_have(graph::Direction::kOut, Arrow::kIn) &&
          all_have(graph::Direction::kIn, Arrow::kOut)) ||
         rels / kMostRelsForNode < view.NodeCount(*label);
}

/// Whether every relationship of the scan comes once either way.
bool ComesTwice(const LogicalRelScan& scan, LogicalPlan& plan, const graph::View& view) {
  if (scan.arrow != Arrow::kBoth || !RelyOn({scan.types, Arrow::kOut, {}}, plan, view)) {
    return false;
  }
  const auto all_have = [&](const std::optional<std::string>& label) {
    return !label || RelyOn({scan.types, Arrow::kBoth, label}, plan, view);
  };
  return all_have(scan.from_label) && (scan.to_label == scan.from_label || all_have(scan.to_label));
}

bool OnlyCounts(const BoundAggregate& aggregate, const LogicalRelScan& scan) {
  if (aggregate.distinct) return false;
  if (aggregate.function != nullptr && aggregate.function->name != "count") return false;
  if (aggregate.args.empty()) return true;
  const BoundExpr& arg = *aggregate.args[0];
  return arg.kind == BoundKind::kSlot &&
         (arg.slot == scan.rel || arg.slot == scan.from || arg.slot == scan.to);
}

BoundExprPtr Twice(Slot slot) {
  auto two = std::make_shared<BoundExpr>();
  two->value = graph::Value(std::int64_t{2});
  auto twice = std::make_shared<BoundExpr>();
  twice->kind = BoundKind::kBinary;
  twice->binary = BinaryOp::kMultiply;
  twice->args = {MakeSlotExpr(slot), std::move(two)};
  return twice;
}

/// The counts of a scan either way, which are made of one way.
void ScanOneWay(LogicalPtr& node, LogicalPlan& plan, const graph::View& view) {
  auto* aggregate = std::get_if<LogicalAggregate>(&node->op);
  if (aggregate == nullptr) return;
  LogicalNode* below = node->inputs.front().get();
  std::vector<Slot> reads;
  for (; std::holds_alternative<LogicalFilter>(below->op); below = below->inputs.front().get()) {
    const std::vector<Slot> of_filter = ReadsOf(*below, plan);
    reads.insert(reads.end(), of_filter.begin(), of_filter.end());
  }
  auto* scan = std::get_if<LogicalRelScan>(&below->op);
  if (scan == nullptr) return;
  for (const BoundItem& group : aggregate->groups) CollectReads(group.value, plan, reads);
  bool counts = false;
  for (const BoundAggregate& item : aggregate->aggregates) {
    if (OnlyCounts(item, *scan)) {
      counts = true;
      continue;
    }
    if (!IgnoresRepeats(item)) return;
    for (const BoundExprPtr& arg : item.args) CollectReads(arg, plan, reads);
  }
  const bool reads_end = std::any_of(reads.begin(), reads.end(), [scan](Slot slot) {
    return slot == scan->from || slot == scan->to;
  });
  if (!counts || reads_end || !ComesTwice(*scan, plan, view)) return;
  LogicalProject doubled;
  for (BoundAggregate& item : aggregate->aggregates) {
    if (!OnlyCounts(item, *scan)) continue;
    const Slot once = plan.NewSlot(SlotKind::kValue);
    doubled.items.push_back({Twice(once), std::exchange(item.slot, once)});
  }
  scan->arrow = Arrow::kOut;
  node = MakeNode(std::move(doubled), std::move(node));
}

}  // namespace

void ScanRels(LogicalPlan& plan, LogicalPtr& root, const graph::View& view) {
  if (plan.writes) return;
  RewriteTree(root, [&view](LogicalPtr& node) {
    const auto* expand = std::get_if<LogicalExpand>(&node->op);
    if (expand == nullptr || expand->into || expand->optional || expand->from == expand->to ||
        !expand->distinct_from.empty()) {
      return;
    }
    LogicalNode& below = *node->inputs.front();
    const auto* scan = std::get_if<LogicalNodeScan>(&below.op);
    if (scan == nullptr || scan->node != expand->from || !IsWorthIt(*expand, *scan, view)) return;
    LogicalRelScan op{expand->from,  expand->rel, expand->to,      expand->arrow,
                      expand->types, scan->label, expand->to_label};
    LogicalPtr input = std::move(below.inputs.front());
    node = MakeNode(std::move(op), std::move(input));
  });
  RewriteTree(root, [&](LogicalPtr& node) { ScanOneWay(node, plan, view); });
}

}  // namespace verbale::query
