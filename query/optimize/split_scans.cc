// NodeScan a > … > Aggregate g, count(*) AS n
// →  NodeScan a > … > Aggregate g, count(*) AS m > Parts > Aggregate g, sum(m) AS n
// NodeScan a > … > Top k  →  NodeScan a > … > Top k > Parts > Top k
// NodeScan a > … > Distinct x  →  NodeScan a > … > Distinct x > Parts > Distinct x
//
// NodeScan a > … > Expand (a)-->(b) > Aggregate count(DISTINCT b.k)
// →  NodeScan a > … > DistinctExpand (a)-->(b) > Parts > Aggregate count(DISTINCT b.k)
//
// NodeScan b > CountWalks any (b)<--(a) > Aggregate count(DISTINCT b.k)
// →  NodeScan b > CountWalks any (b)<--(a) > Parts > Aggregate count(DISTINCT b.k)
//
// NodeScan a > Filter a.k > Aggregate a.l, collect(a.m)
// →  NodeScan a > Filter a.k > Project a.l AS x, a.m AS y > Parts > Aggregate x, collect(y)
//
// So that several threads can share the scan, each part of it goes through the operators by itself,
// and what the parts give is put together. Preconditions: the scan is of the one row with which the
// plan starts, and nothing writes; the operators on the way make of a row what they make of it
// alone; the aggregates of the parts can be put together by other aggregates: counts, sums,
// averages, least and largest values. Sums are exact until the whole is rounded, so the parts do
// not show. Of the third kind: all aggregates are such that rows count once however often they
// come, nothing but that node is read, and there are a few of it at most among the rows that are
// expected. The kind after it gives each node once anyway. Of the last kind: not more rows are
// expected than are kept; they come in the order of the parts.

#include <algorithm>

#include "query/functions/registry.h"
#include "query/optimize/optimize.h"
#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

/// Fewer nodes and relationships are not worth a thread.
constexpr std::uint64_t kFew = 50'000;
/// A node is met so often that most rows can be left out in the parts.
constexpr std::uint64_t kOften = 16;
/// More rows are not kept until all parts have ended.
constexpr double kMostRows = 500'000;

/// Whether it makes of each row the same, whichever rows are beside it.
bool IsByRow(LogicalNode& node) {
  if (node.inputs.size() != 1) return false;
  const auto* aggregate = std::get_if<LogicalAggregate>(&node.op);
  const auto* walks = std::get_if<LogicalCountWalks>(&node.op);
  const auto* meet = std::get_if<LogicalIntersect>(&node.op);
  const bool by_row = std::holds_alternative<LogicalFilter>(node.op) ||
                      std::holds_alternative<LogicalProject>(node.op) ||
                      std::holds_alternative<LogicalExpand>(node.op) || meet != nullptr ||
                      (walks != nullptr && walks->each_row) ||
                      (aggregate != nullptr && aggregate->alone && aggregate->alone->empty());
  bool deterministic = true;
  ForEachExpr(node, [&](BoundExprPtr& expr) { deterministic &= IsDeterministic(expr); });
  return by_row && deterministic;
}

/// Whether `node` stands on a scan of the whole graph, with nothing but operators by row between.
bool StandsOnScan(LogicalNode& node, const LogicalNode* start) {
  LogicalNode* at = node.inputs.front().get();
  while (IsByRow(*at)) at = at->inputs.front().get();
  const bool is_scan = std::holds_alternative<LogicalNodeScan>(at->op) ||
                       std::holds_alternative<LogicalRelScan>(at->op);
  return is_scan && at->inputs.front().get() == start;
}

DividedAggregate InParts(const BoundAggregate& aggregate) {
  if (aggregate.distinct) return {};
  if (aggregate.function == nullptr) return {nullptr, Divided(*FindAggregate("count")).whole};
  return Divided(*aggregate.function);
}

/// The aggregation goes on over the parts: `aggregate` gets new slots for what it gives.
LogicalAggregate SplitAggregate(LogicalAggregate& aggregate, LogicalPlan& plan) {
  LogicalAggregate whole;
  whole.alone = aggregate.alone;  // Rows of different parts differ as well.
  whole.told_apart = aggregate.told_apart;
  std::vector<BoundAggregate> others;
  for (BoundItem& group : aggregate.groups) {
    const Slot slot = plan.NewSlot(SlotKind::kValue);
    whole.groups.push_back({MakeSlotExpr(slot), group.slot});
    group.slot = slot;
  }
  for (BoundAggregate& item : aggregate.aggregates) {
    const DividedAggregate divided = InParts(item);
    BoundAggregate joined;
    joined.function = divided.whole;
    item.function = divided.part;
    joined.slot = item.slot;
    joined.span = item.span;
    item.slot = plan.NewSlot(SlotKind::kValue);
    joined.args = {MakeSlotExpr(item.slot)};
    if (divided.other_part != nullptr) {
      BoundAggregate other = item;
      other.function = divided.other_part;
      other.slot = plan.NewSlot(SlotKind::kValue);
      joined.args.push_back(MakeSlotExpr(other.slot));
      others.push_back(std::move(other));
    }
    whole.aggregates.push_back(std::move(joined));
  }
  for (BoundAggregate& other : others) aggregate.aggregates.push_back(std::move(other));
  return whole;
}

bool CanSplit(const LogicalAggregate& aggregate) {
  if (aggregate.by_node) return false;  // Each part would have most of the groups.
  return std::all_of(aggregate.aggregates.begin(), aggregate.aggregates.end(),
                     [](const BoundAggregate& item) { return InParts(item).whole != nullptr; });
}

/// The node that alone is read by an aggregation for which repeated rows are nothing.
std::optional<Slot> OnlyDistinctNode(const LogicalNode& node, const LogicalAggregate& aggregate,
                                     const LogicalPlan& plan) {
  const std::vector<Slot> reads = ReadsOf(node, plan);
  const bool ignores_repeats =
      std::all_of(aggregate.aggregates.begin(), aggregate.aggregates.end(), IgnoresRepeats);
  if (reads.empty() || !ignores_repeats || plan.slots[reads[0].value].kind != SlotKind::kNode) {
    return std::nullopt;
  }
  const bool is_one =
      std::all_of(reads.begin(), reads.end(), [&](Slot slot) { return slot == reads[0]; });
  return is_one ? std::optional(reads[0]) : std::nullopt;
}

/// The step to `slot` below, where its relationships are many times as many as their ends.
LogicalExpand* StepMetOften(LogicalNode& node, Slot slot, const graph::View& view) {
  LogicalNode* at = node.inputs.front().get();
  while (std::holds_alternative<LogicalFilter>(at->op)) at = at->inputs.front().get();
  auto* step = std::get_if<LogicalExpand>(&at->op);
  if (step == nullptr || step->to != slot || !step->to_label) return nullptr;
  const auto label = view.catalog().FindLabel(*step->to_label);
  return label && view.RelCount() / kOften > view.NodeCount(*label) ? step : nullptr;
}

/// Whether the step can give each end once by itself.
bool CanGiveOnce(const LogicalExpand& step) {
  return step.arrow != Arrow::kBoth && !step.into && !step.optional && step.distinct_from.empty();
}

/// Whether each node is asked for steps, so that the parts give it once.
bool AreEndsAsked(const LogicalNode& node) {
  const auto* walks = std::get_if<LogicalCountWalks>(&node.inputs.front()->op);
  return walks != nullptr && walks->any;
}

/// Whether a bit a node tells the rows apart, which is less than to do so twice.
bool IsOfNode(const LogicalDistinct& distinct, const LogicalPlan& plan) {
  return distinct.slots.size() == 1 &&
         plan.slots[distinct.slots.front().value].kind == SlotKind::kNode;
}

/// Leaves one row for each node in `slot`.
void MakeDistinct(LogicalPtr& node, Slot slot, LogicalExpand& step) {
  if (std::holds_alternative<LogicalExpand>(node->op) && CanGiveOnce(step)) {
    step.distinct_ends = true;
  } else {
    node = MakeNode(LogicalDistinct{{slot}}, std::move(node));
  }
}

/// What the aggregation reads is read before the parts are put together.
void ReadInParts(LogicalAggregate& aggregate, LogicalPtr& below, LogicalPlan& plan) {
  if (aggregate.by_node) return;  // Read once a group.
  LogicalProject read;
  const auto take = [&](BoundExprPtr& expr) {
    if (!IsPlainProperty(*expr, plan)) return;
    const Slot slot = plan.NewSlot(SlotKind::kValue);
    read.items.push_back({expr, slot});
    expr = MakeSlotExpr(slot);
  };
  for (BoundItem& group : aggregate.groups) take(group.value);
  for (BoundAggregate& item : aggregate.aggregates) {
    for (BoundExprPtr& arg : item.args) take(arg);
  }
  if (!read.items.empty()) below = MakeNode(std::move(read), std::move(below));
}

LogicalPtr MakeParts(LogicalPtr node, LogicalOp whole) {
  LogicalPtr parts = MakeNode(LogicalParts{}, std::move(node));
  return MakeNode(std::move(whole), std::move(parts));
}

/// The highest operator of the main line that can be split.
void SplitBelow(LogicalPlan& plan, LogicalPtr& node, const LogicalNode* start,
                const graph::View& view) {
  if (node->inputs.empty() || std::holds_alternative<LogicalUnion>(node->op)) return;
  auto* aggregate = std::get_if<LogicalAggregate>(&node->op);
  auto* sort = std::get_if<LogicalSort>(&node->op);
  if (sort != nullptr && sort->limit && StandsOnScan(*node, start)) {
    LogicalSort whole = *sort;
    sort->of_parts = true;
    node = MakeParts(std::move(node), std::move(whole));
  } else if (const auto* distinct = std::get_if<LogicalDistinct>(&node->op);
             distinct != nullptr && !IsOfNode(*distinct, plan) && StandsOnScan(*node, start)) {
    LogicalDistinct whole = *distinct;
    node = MakeParts(std::move(node), std::move(whole));
  } else if (aggregate != nullptr && CanSplit(*aggregate) && StandsOnScan(*node, start)) {
    LogicalAggregate whole = SplitAggregate(*aggregate, plan);
    node = MakeParts(std::move(node), std::move(whole));
  } else if (aggregate != nullptr && !CanSplit(*aggregate) && StandsOnScan(*node, start)) {
    const std::optional<Slot> slot = OnlyDistinctNode(*node, *aggregate, plan);
    LogicalExpand* step = slot ? StepMetOften(*node, *slot, view) : nullptr;
    LogicalPtr& below = node->inputs.front();
    if (std::holds_alternative<LogicalRelScan>(below->op) && !slot) return;
    EstimateRows(plan, view);
    if (step == nullptr && !(slot && AreEndsAsked(*node)) && below->rows > kMostRows) return;
    if (step != nullptr) MakeDistinct(below, *slot, *step);
    ReadInParts(*aggregate, below, plan);
    below = MakeNode(LogicalParts{}, std::move(below));
  } else {
    SplitBelow(plan, node->inputs.front(), start, view);
  }
}

}  // namespace

void SplitScans(LogicalPlan& plan, LogicalPtr& root, const graph::View& view) {
  if (&root != &plan.root || plan.writes) return;
  if (view.NodeCount() + view.RelCount() < kFew) return;
  const LogicalNode* start = root.get();
  while (!start->inputs.empty()) start = start->inputs.front().get();
  if (std::holds_alternative<LogicalStart>(start->op)) SplitBelow(plan, root, start, view);
}

}  // namespace verbale::query
