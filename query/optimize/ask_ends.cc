// NodeScan (a) > Filter a.k > Expand (a)-[r]->(b) > Filter r.l > Aggregate count(DISTINCT b.k)
// →  NodeScan (b) > CountWalks any (b)<-[r]-(a) a.k, r.l > Aggregate count(DISTINCT b.k)
//
// Where repeated rows are nothing, a node that is met often is met in vain but for the first time:
// each node that may be an end is asked instead whether a step leads there. Likewise from a scan of
// relationships, and below a Distinct of the node. DISTINCT of the node itself goes, since each
// comes once then.
//
// RelScan (a)-->(b) > Expand (b)-->(c) > Aggregate count(DISTINCT c.k)
// →  NodeScan (c) > CountWalks any (c)<--(b) EXISTS{(b)<--(a)} > Aggregate count(DISTINCT c.k)
//
// Likewise from a look at the steps that lead to the node before the last one; what is asked there
// cannot fail.
//
// Preconditions: the scan is of the one row with which the plan starts, and nothing writes; nothing
// but (b) is read above; each filter in between reads one of the three, and is deterministic; and
// the rows that are expected are not much fewer than the nodes that are asked. What is collected
// keeps its order.

#include <algorithm>
#include <memory>

#include "query/functions/registry.h"
#include "query/optimize/optimize.h"
#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

/// So many times fewer rows than there are nodes to ask are left as they are.
constexpr double kFewer = 2;
/// Ends are met so often that looking at a few steps of each is less.
constexpr double kOften = 16;
/// So many times fewer nodes than ends are told apart in the caches.
constexpr double kFewStarts = 16;
/// So many times more rows than ends are worth it then.
constexpr double kMore = 2;

/// The step whose ends may be asked, whatever gives it.
struct Step {
  LogicalNode* start = nullptr;  ///< What the scan stands on.
  LogicalPtr* input = nullptr;   ///< Its place.
  Slot from;
  Slot rel;
  Slot to;
  Arrow arrow = Arrow::kOut;  ///< From `from` to `to`.
  std::optional<LabelExpr> types;
  std::optional<std::string> from_label;
  std::optional<std::string> to_label;
  std::vector<BoundExprPtr> filters;  ///< Above the step and below it.
  std::unique_ptr<Step> before;       ///< That leads to `from`, where no scan gives it.
  double rows = 0;
};

void TakeFilters(LogicalPtr*& at, std::vector<BoundExprPtr>& filters) {
  while (const auto* filter = std::get_if<LogicalFilter>(&(*at)->op)) {
    filters.insert(filters.end(), filter->predicates.begin(), filter->predicates.end());
    at = &(*at)->inputs.front();
  }
}

/// What leads to `end` below `top`.
std::optional<Step> FindStep(LogicalPtr& top, Slot end) {
  Step found;
  LogicalPtr* at = &top;
  found.rows = top->rows;
  TakeFilters(at, found.filters);
  LogicalNode& step = **at;
  if (const auto* scan = std::get_if<LogicalRelScan>(&step.op)) {
    found.rel = scan->rel, found.types = scan->types, found.arrow = scan->arrow;
    found.from = scan->from, found.from_label = scan->from_label;
    found.to = scan->to, found.to_label = scan->to_label;
    if (found.from == end) {
      std::swap(found.from, found.to);
      std::swap(found.from_label, found.to_label);
      found.arrow = Turned(found.arrow);
    }
    found.input = &step.inputs.front();
  } else if (const auto* expand = std::get_if<LogicalExpand>(&step.op)) {
    if (expand->into || expand->optional || !expand->distinct_from.empty()) return std::nullopt;
    found.from = expand->from, found.rel = expand->rel, found.to = expand->to;
    found.arrow = expand->arrow, found.types = expand->types, found.to_label = expand->to_label;
    std::vector<BoundExprPtr> of_step = found.filters;
    at = &step.inputs.front();
    LogicalPtr& below = *at;
    TakeFilters(at, found.filters);
    const auto* nodes = std::get_if<LogicalNodeScan>(&(*at)->op);
    if (nodes != nullptr && nodes->node == found.from) {
      found.from_label = nodes->label;
      found.input = &(*at)->inputs.front();
    } else {
      std::optional<Step> before = FindStep(below, found.from);
      if (!before || before->before) return std::nullopt;
      found.filters = std::move(of_step);
      found.from_label = before->to_label;
      found.input = before->input;
      found.before = std::make_unique<Step>(std::move(*before));
    }
  } else {
    return std::nullopt;
  }
  found.start = found.input->get();
  const bool is_plain = found.to == end && found.from != found.to &&
                        std::holds_alternative<LogicalStart>(found.start->op);
  return is_plain ? std::optional(std::move(found)) : std::nullopt;
}

/// The node that alone is read by what repeated rows are nothing for.
std::optional<Slot> OnlyNode(const LogicalNode& node, const LogicalPlan& plan) {
  const auto* aggregate = std::get_if<LogicalAggregate>(&node.op);
  if (aggregate != nullptr) {
    const bool fits = std::all_of(aggregate->aggregates.begin(), aggregate->aggregates.end(),
                                  [](const BoundAggregate& item) {
                                    return IgnoresRepeats(item) && item.function->name != "collect";
                                  });
    if (!fits) return std::nullopt;
  } else if (!std::holds_alternative<LogicalDistinct>(node.op)) {
    return std::nullopt;
  }
  const std::vector<Slot> reads = ReadsOf(node, plan);
  if (reads.empty() || plan.slots[reads[0].value].kind != SlotKind::kNode) return std::nullopt;
  const bool is_one =
      std::all_of(reads.begin(), reads.end(), [&](Slot slot) { return slot == reads[0]; });
  return is_one ? std::optional(reads[0]) : std::nullopt;
}

/// The number of nodes with the label.
double NodesWith(const std::optional<std::string>& name, const graph::View& view) {
  if (!name) return static_cast<double>(view.NodeCount());
  const auto label = view.catalog().FindLabel(*name);
  return label ? static_cast<double>(view.NodeCount(*label)) : 0;
}

/// What asks an end whether the step leads there; what it asks of the end itself goes into
/// `of_end`. Each filter reads one of its parts.
LogicalCountWalks Asking(const Step& step, std::vector<BoundExprPtr>& of_end, LogicalPlan& plan) {
  CountHop hop{Turned(step.arrow), step.types, step.from, step.from_label, {}, step.rel, {}};
  for (const BoundExprPtr& filter : step.filters) {
    std::vector<Slot> reads;
    CollectReads(filter, plan, reads);
    if (reads.empty() || reads.front() == step.to) {
      of_end.push_back(filter);
    } else if (reads.front() == step.rel) {
      hop.rel_predicates.push_back(filter);
    } else {
      hop.predicates.push_back(filter);
    }
  }
  if (step.before) {
    LogicalCountWalks before = Asking(*step.before, hop.predicates, plan);
    hop.predicates.push_back(MakeStepExists(std::move(before), plan));
  }
  LogicalCountWalks walks;
  walks.from = step.to;
  walks.hops.push_back(std::move(hop));
  walks.weight = plan.NewSlot(SlotKind::kValue);
  walks.each_row = true;
  return walks;
}

LogicalPtr Asked(Step step, LogicalPlan& plan) {
  std::vector<BoundExprPtr> of_end;
  LogicalCountWalks walks = Asking(step, of_end, plan);
  walks.any = true;
  LogicalPtr rows = MakeNode(LogicalNodeScan{step.to, step.to_label}, std::move(*step.input));
  if (!of_end.empty()) rows = MakeNode(LogicalFilter{std::move(of_end)}, std::move(rows));
  return MakeNode(std::move(walks), std::move(rows));
}

bool CanBeAsked(const Step& step, const LogicalPlan& plan) {
  if (step.before) {
    const std::vector<BoundExprPtr>& filters = step.before->filters;
    if (!CanBeAsked(*step.before, plan) ||
        !std::all_of(filters.begin(), filters.end(),
                     [&](const auto& filter) { return CannotFail(*filter, plan); })) {
      return false;
    }
  }
  return std::all_of(step.filters.begin(), step.filters.end(), [&](const BoundExprPtr& filter) {
    std::vector<Slot> reads;
    CollectReads(filter, plan, reads);
    const bool is_one =
        std::all_of(reads.begin(), reads.end(), [&](Slot read) { return read == reads.front(); });
    const auto is_of = [&](Slot slot) { return reads.empty() || reads.front() == slot; };
    return IsDeterministic(filter) && is_one &&
           (is_of(step.to) || is_of(step.rel) || is_of(step.from));
  });
}

/// Asking which nodes fit, and walking from those, is what is done anyway where the rows begin at
/// them; unless the ends are so few that most steps are not looked at, or the nodes.
bool IsWorthAsking(const Step& step, const LogicalPlan& plan, const graph::View& view) {
  const double ends = NodesWith(step.to_label, view);
  const bool has_few_starts = NodesWith(step.from_label, view) * kFewStarts < ends;
  const bool asks_from =
      std::any_of(step.filters.begin(), step.filters.end(), [&](const BoundExprPtr& filter) {
        std::vector<Slot> reads;
        CollectReads(filter, plan, reads);
        return !reads.empty() && reads.front() == step.from;
      });
  if (asks_from && has_few_starts) return step.rows > kMore * ends;
  if (asks_from && !step.before) return step.rows > kOften * ends;
  return step.rows * kFewer > ends;
}

/// Whether the node itself is all that is read, so that a bit a node tells repeated ones.
bool OnlyCountsNodes(const LogicalAggregate& aggregate) {
  return aggregate.groups.empty() &&
         std::all_of(aggregate.aggregates.begin(), aggregate.aggregates.end(),
                     [](const BoundAggregate& item) {
                       return item.args.size() == 1 && item.args[0]->kind == BoundKind::kSlot;
                     });
}

/// Each node comes once.
void CountAll(LogicalAggregate& aggregate) {
  for (BoundAggregate& item : aggregate.aggregates) {
    if (item.args.size() == 1 && item.args[0]->kind == BoundKind::kSlot) item.distinct = false;
  }
}

}  // namespace

void AskEnds(LogicalPlan& plan, LogicalPtr& root, const graph::View& view) {
  if (&root != &plan.root || plan.writes) return;
  for (LogicalPtr* at = &root; !(*at)->inputs.empty(); at = &(*at)->inputs.front()) {
    const std::optional<Slot> end = OnlyNode(**at, plan);
    if (!end) continue;
    EstimateRows(plan, view);
    LogicalPtr& below = (*at)->inputs.front();
    std::optional<Step> step = FindStep(below, *end);
    if (!step) continue;
    auto* aggregate = std::get_if<LogicalAggregate>(&(*at)->op);
    if (CanBeAsked(*step, plan) && IsWorthAsking(*step, plan, view)) {
      below = Asked(std::move(*step), plan);
      if (aggregate == nullptr) {
        LogicalPtr once = std::move(below);
        *at = std::move(once);
        return;
      }
    } else if (aggregate != nullptr && OnlyCountsNodes(*aggregate)) {
      below = MakeNode(LogicalDistinct{{*end}}, std::move(below));
    } else {
      return;
    }
    if (aggregate != nullptr) CountAll(*aggregate);
    return;
  }
}

}  // namespace verbale::query
