// Expand (a)-[r]->(b) > Expand (b)-[s]->(c) > Aggregate c.k, count(*)
// →  CountWalks (a)-->(b)-->(c), n > Aggregate c.k, sum(n)
//
// Instead of a row a walk, a number a node: how many walks end there. Preconditions: one step,
// or two, one behind the other; above them only aggregates that count rows, and
// groups that read the last node at most; each filter in between reads the node of its step only,
// or its relationship (of a single step where groups tell the ends apart; else the relationships
// are read side by side, which is faster), and is deterministic; nobody else looks at the
// relationships or the node in the middle.
//
// Where groups, or filters right below them, read what was there before the walks, too, they are
// counted for each row by itself: a number a row and end. That pays where many walks of one row end
// at one node (two steps) or where the end does not matter.
//
// Optional { Expand (a)-->(b) } > Aggregate count(*), count(b)
// →  CountWalks optional (a)-->(b), rows, n > Aggregate sum(rows), sum(n)
//
// The same preconditions, for the inner plan, which starts at a node of the outer row; no group
// reads what it binds, and of two steps' relationships nothing is asked. count(DISTINCT x) of what
// a scan gives once below is count(x) then.
//
// EXISTS { Expand (a)-->(b) > Filter b.k }, and COUNT of it  →  CountWalks each (a)-->(b) b.k
//
// The same preconditions for one step from an outer row; it takes the place of the inner plan. Here
// and above, filters of a single step may read its relationship instead.
//
// EXISTS { Expand (a)-->(b) > Expand (b)-->(c) }  →  CountWalks each (a)-->(b) EXISTS{(b)-->(c)}
//
// Whether a node leads on is asked of it once, or of all nodes together. Preconditions: the second
// step may take any relationship, and nothing that it asks can fail.
//
// NodeScan (a:A) > CountWalks (a)-->(b)  →  CountWalks all (a:A)-->(b)
//
// Expand (a)-->(b) > Expand (b)-->(c) > Filter a <> c > …  →  CountWalks (a)-->(b)-->(c), elsewhere
//
// Of two steps; the rest as above.
//
// Expand (a)-->(b) > Expand (b)-->(c) > Aggregate b.k, count(*)
// →  CountWalks (a)-->(b)-->(c), by b, n > Aggregate b.k, sum(n)
//
// Where of (c) nothing is asked but a label, nothing of the relationships, and neither step goes
// either way.
//
// NodeScan (b:B) > Filter b.k > Expand (b)<--(a:A) > Expand (b)-->(c) > Aggregate count(*)
// →  CountWalks all (a:A)-->(b:B) b.k, (b)-->(c) > Aggregate sum(n)
//
// NodeScan (a:A) > CountWalks each (a)-->(b:B)  →  CountWalks all (b:B)<--(a:A)
//
// NodeScan (a:A) > CountWalks (a)-->(b:B) b.k, (b)-->(c) > Aggregate b.l, sum(n)
// →  NodeScan (b:B) > Filter b.k > CountWalks each (b)<--(a), (b)-->(c), by b > Aggregate b.l,
// sum(n)
//
// Where all walks through a node are all steps that lead there with all that lead on: there is no
// loop that both could take, all starts and ends have their labels, and nothing else is asked.
//
// Precondition: the scan is of the one row with which a plan starts. The second one: nothing is
// asked of (a) but its label, and only (c) is read above. The third one: one step, of whose end
// nothing else is asked, so that the numbers are degrees of (a) as they lie.

#include <algorithm>
#include <set>

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
  std::vector<BoundExprPtr> above;                 ///< That read more than the last node.
  std::vector<std::vector<BoundExprPtr>> of_rels;  ///< By step: that read only its relationship.
  bool leads_away = false;  ///< One of two steps' conditions: the ends are not the same.
  Slot scanned = kNoSlot;   ///< The node that the steps come from, where a scan binds it.

  bool AsksRels() const {
    return std::any_of(of_rels.begin(), of_rels.end(), [](const auto& of) { return !of.empty(); });
  }
};

bool TellsApart(const BoundExpr& filter, Slot one, Slot other) {
  const auto apart = NodesToldApart(filter);
  return apart && (*apart == std::pair(one, other) || *apart == std::pair(other, one));
}

/// Takes what says so out of `filters`.
bool TakeTellingApart(std::vector<BoundExprPtr>& filters, Slot one, Slot other) {
  return std::erase_if(filters, [&](const BoundExprPtr& filter) {
           return TellsApart(*filter, one, other);
         }) > 0;
}

/// Filters from `node` down, and what they stand on.
LogicalNode* TakeFilters(LogicalNode* node, std::vector<BoundExprPtr>& filters) {
  while (const auto* filter = std::get_if<LogicalFilter>(&node->op)) {
    filters.insert(filters.end(), filter->predicates.begin(), filter->predicates.end());
    node = node->inputs.front().get();
  }
  return node;
}

/// Takes those out of `filters` that read `slot` only.
std::vector<BoundExprPtr> TakeReadersOf(Slot slot, std::vector<BoundExprPtr>& filters,
                                        const LogicalPlan& plan) {
  const auto others = std::stable_partition(
      filters.begin(), filters.end(),
      [&](const BoundExprPtr& filter) { return OnlyRead(ReadsOfAll({filter}, plan), slot); });
  std::vector<BoundExprPtr> readers(filters.begin(), others);
  filters.erase(filters.begin(), others);
  return readers;
}

/// The node that a scan or a look-up right below a step binds, so that it is never null.
Slot ScannedBelow(const LogicalNode& step) {
  const LogicalNode* node = step.inputs.front().get();
  while (std::holds_alternative<LogicalFilter>(node->op)) node = node->inputs.front().get();
  if (const auto* scan = std::get_if<LogicalNodeScan>(&node->op)) return scan->node;
  const auto* seek = std::get_if<LogicalIndexSeek>(&node->op);
  return seek != nullptr ? seek->node : kNoSlot;
}

Chain FindChain(LogicalNode& top, const LogicalPlan& plan) {
  Chain chain;
  LogicalNode* node = &top;
  while (chain.expands.size() < kMaxHops) {
    std::vector<BoundExprPtr> filters;
    node = TakeFilters(node, filters);
    if (!std::all_of(filters.begin(), filters.end(), IsDeterministic)) break;
    const auto* expand = std::get_if<LogicalExpand>(&node->op);
    if (expand == nullptr || expand->into || expand->optional) break;
    std::vector<BoundExprPtr> of_end = TakeReadersOf(expand->to, filters, plan);
    std::vector<BoundExprPtr> of_rel = TakeReadersOf(expand->rel, filters, plan);
    if (chain.expands.empty()) {
      chain.above = std::move(filters);
    } else {
      if (!filters.empty()) break;
      const auto& later = std::get<LogicalExpand>(chain.expands.back()->op);
      if (later.from != expand->to || !OnlyRead(later.distinct_from, expand->rel)) break;
    }
    chain.expands.push_back(node);
    chain.filters.push_back(std::move(of_end));
    chain.of_rels.push_back(std::move(of_rel));
    node = node->inputs.front().get();
  }
  // The first step may not depend on relationships before it.
  while (!chain.expands.empty() &&
         !std::get<LogicalExpand>(chain.expands.back()->op).distinct_from.empty()) {
    chain.expands.pop_back();
    chain.filters.pop_back();
    chain.of_rels.pop_back();
  }
  if (!chain.expands.empty()) chain.scanned = ScannedBelow(*chain.expands.back());
  if (chain.expands.size() == 2) {
    const Slot start = std::get<LogicalExpand>(chain.expands.back()->op).from;
    const Slot end = std::get<LogicalExpand>(chain.expands.front()->op).to;
    chain.leads_away = TakeTellingApart(chain.above, start, end);
  }
  return chain;
}

/// Whether a step of the chain binds `slot`.
bool Binds(const Chain& chain, Slot slot) {
  return std::any_of(chain.expands.begin(), chain.expands.end(), [slot](const LogicalNode* node) {
    const auto& expand = std::get<LogicalExpand>(node->op);
    return slot == expand.rel || slot == expand.to;
  });
}

/// Whether an aggregate counts rows: count(*), or count of what a step or the scan below it binds,
/// which is never null.
bool CountsRows(const BoundAggregate& aggregate, const Chain& chain) {
  if (aggregate.distinct) return false;
  if (aggregate.function != nullptr && aggregate.function->name != "count") return false;
  if (aggregate.args.empty()) return true;
  if (aggregate.args[0]->kind != BoundKind::kSlot) return false;
  const Slot slot = aggregate.args[0]->slot;
  return Binds(chain, slot) || (slot == chain.scanned && slot != kNoSlot);
}

bool AllCountRows(const LogicalAggregate& aggregate, const Chain& chain) {
  return !chain.expands.empty() && !aggregate.aggregates.empty() &&
         std::all_of(aggregate.aggregates.begin(), aggregate.aggregates.end(),
                     [&chain](const auto& item) { return CountsRows(item, chain); });
}

enum class Fit : std::uint8_t { kNone, kTogether, kByMiddle, kEachRow };

/// Whether each end of the last step is a group by itself.
bool GroupsTellEnds(const LogicalAggregate& aggregate, const LogicalExpand& last, LogicalPlan& plan,
                    const graph::View& view) {
  return std::any_of(aggregate.groups.begin(), aggregate.groups.end(), [&](const auto& group) {
    const BoundExpr& value = *group.value;
    if (value.kind == BoundKind::kSlot) return value.slot == last.to;
    return IsPropertyOf(value, last.to) &&
           LabelWithUnique(value.name, {last.types, last.arrow, last.to_label}, plan, view);
  });
}

/// Whether two steps can be counted by the node between them: of the second one's end nothing is
/// asked but a label.
bool CanCountByMiddle(const LogicalExpand& first, const LogicalExpand& second,
                      const std::vector<BoundExprPtr>& of_end) {
  return first.arrow != Arrow::kBoth && second.arrow != Arrow::kBoth && of_end.empty();
}

bool ReadsMiddleAlone(const Chain& chain, const std::vector<Slot>& reads) {
  if (chain.expands.size() != 2 || !chain.above.empty() || chain.AsksRels()) return false;
  const auto& first = std::get<LogicalExpand>(chain.expands.back()->op);
  const auto& second = std::get<LogicalExpand>(chain.expands.front()->op);
  return OnlyRead(reads, first.to) && CanCountByMiddle(first, second, chain.filters.front());
}

Fit FitOf(const LogicalAggregate& aggregate, const Chain& chain, LogicalPlan& plan,
          const graph::View& view) {
  if (!AllCountRows(aggregate, chain)) return Fit::kNone;
  if (chain.AsksRels() && chain.expands.size() == 1 &&
      !GroupsTellEnds(aggregate, std::get<LogicalExpand>(chain.expands.front()->op), plan, view)) {
    return Fit::kNone;
  }
  const Slot end = std::get<LogicalExpand>(chain.expands.front()->op).to;
  std::vector<Slot> reads = ReadsOfAll(chain.above, plan);
  for (const BoundItem& group : aggregate.groups) CollectReads(group.value, plan, reads);
  if (chain.above.empty() && OnlyRead(reads, end)) return Fit::kTogether;
  if (ReadsMiddleAlone(chain, reads)) return Fit::kByMiddle;
  const auto is_read = [&reads](Slot slot) {
    return std::find(reads.begin(), reads.end(), slot) != reads.end();
  };
  for (const LogicalNode* node : chain.expands) {
    const auto& expand = std::get<LogicalExpand>(node->op);
    if (is_read(expand.rel) || (expand.to != end && is_read(expand.to))) return Fit::kNone;
  }
  if (chain.AsksRels()) return Fit::kNone;
  return chain.expands.size() == 2 || !is_read(end) ? Fit::kEachRow : Fit::kNone;
}

LogicalCountWalks MakeWalks(const Chain& chain, LogicalPlan& plan) {
  LogicalCountWalks walks;
  walks.from = std::get<LogicalExpand>(chain.expands.back()->op).from;
  walks.weight = plan.NewSlot(SlotKind::kValue);
  for (std::size_t i = chain.expands.size(); i-- > 0;) {
    auto& expand = std::get<LogicalExpand>(chain.expands[i]->op);
    walks.distinct |= !expand.distinct_from.empty();
    walks.leads_away = chain.leads_away;
    walks.hops.push_back({expand.arrow, std::move(expand.types), expand.to,
                          std::move(expand.to_label), chain.filters[i], expand.rel,
                          chain.of_rels[i]});
  }
  return walks;
}

void SumInstead(BoundAggregate& aggregate, Slot numbers) {
  aggregate.function = FindAggregate("sum");
  aggregate.args.assign(1, MakeSlotExpr(numbers));
}

void Replace(LogicalNode& node, const Chain& chain, Fit fit, LogicalPlan& plan) {
  LogicalPtr below = std::move(chain.expands.back()->inputs.front());
  LogicalCountWalks walks = MakeWalks(chain, plan);
  walks.each_row = fit == Fit::kEachRow;
  walks.by_middle = fit == Fit::kByMiddle;
  for (BoundAggregate& aggregate : std::get<LogicalAggregate>(node.op).aggregates) {
    SumInstead(aggregate, walks.weight);
  }
  LogicalPtr counted = MakeNode(std::move(walks), std::move(below));
  if (!chain.above.empty()) counted = MakeNode(LogicalFilter{chain.above}, std::move(counted));
  node.inputs.front() = std::move(counted);
}

/// The node that one scan of all gives once each, below nothing but filters.
Slot ScannedOnce(const LogicalNode& top, const std::set<const LogicalNode*>& starts) {
  const LogicalNode* node = &top;
  while (std::holds_alternative<LogicalFilter>(node->op)) node = node->inputs.front().get();
  const auto* scan = std::get_if<LogicalNodeScan>(&node->op);
  return scan != nullptr && starts.count(node->inputs.front().get()) != 0 ? scan->node : kNoSlot;
}

/// count(DISTINCT x).
bool CountsDistinct(const BoundAggregate& aggregate, Slot slot) {
  return aggregate.distinct && aggregate.function != nullptr &&
         aggregate.function->name == "count" && aggregate.args[0]->kind == BoundKind::kSlot &&
         aggregate.args[0]->slot == slot && slot != kNoSlot;
}

void CountOptional(LogicalNode& node, LogicalPlan& plan,
                   const std::set<const LogicalNode*>& starts) {
  LogicalNode& optional = *node.inputs.front();
  const Chain chain = FindChain(*optional.inputs[1], plan);
  auto& aggregate = std::get<LogicalAggregate>(node.op);
  const Slot once = ScannedOnce(*optional.inputs.front(), starts);
  const bool all_count = std::all_of(aggregate.aggregates.begin(), aggregate.aggregates.end(),
                                     [&](const BoundAggregate& item) {
                                       return CountsRows(item, chain) || CountsDistinct(item, once);
                                     });
  if (!all_count || aggregate.aggregates.empty()) return;
  if (chain.expands.empty() || !chain.above.empty()) return;
  if (chain.expands.size() == 2 && chain.AsksRels()) return;
  const LogicalNode& first = *chain.expands.back();
  if (!AreOuterRows(*first.inputs.front(), std::get<LogicalExpand>(first.op).from)) return;
  std::vector<Slot> reads;
  for (const BoundItem& group : aggregate.groups) CollectReads(group.value, plan, reads);
  if (std::any_of(reads.begin(), reads.end(), [&](Slot read) { return Binds(chain, read); })) {
    return;
  }
  LogicalCountWalks walks = MakeWalks(chain, plan);
  walks.each_row = true;
  walks.matched = plan.NewSlot(SlotKind::kValue);
  for (BoundAggregate& item : aggregate.aggregates) {
    if (CountsDistinct(item, once)) {
      item.distinct = false;  // Each comes once.
    } else {
      SumInstead(item, item.args.empty() ? walks.weight : walks.matched);
    }
  }
  LogicalPtr outer = std::move(optional.inputs.front());
  node.inputs.front() = MakeNode(std::move(walks), std::move(outer));
}

/// Whether it does not matter along which relationships the first step went, and asking nodes that
/// it does not lead to is no harm.
bool CanAskForSecondStep(const Chain& chain, const LogicalPlan& plan) {
  const auto& second = std::get<LogicalExpand>(chain.expands.front()->op);
  const auto are_safe = [&plan](const std::vector<BoundExprPtr>& conditions) {
    return std::all_of(conditions.begin(), conditions.end(),
                       [&](const BoundExprPtr& condition) { return CannotFail(*condition, plan); });
  };
  return second.distinct_from.empty() && are_safe(chain.filters[0]) && are_safe(chain.of_rels[0]);
}

/// Takes the second of two steps away: that it leads on is asked of the node between them.
void AskForSecondStep(LogicalCountWalks& walks, LogicalPlan& plan) {
  LogicalCountWalks second;
  second.from = walks.hops[0].to;
  second.weight = plan.NewSlot(SlotKind::kValue);
  second.each_row = true;
  second.hops.push_back(std::move(walks.hops[1]));
  walks.hops.pop_back();
  walks.hops[0].predicates.push_back(MakeStepExists(std::move(second), plan));
}

/// Of one step only where there are conditions: without them BatchSubqueries has a shorter way.
void CountInner(const BoundSubquery& subquery, Subplan& subplan, LogicalPlan& plan) {
  if (subquery.kind == SubqueryKind::kCollect) return;
  const Chain chain = FindChain(*subplan.root, plan);
  if (chain.expands.empty() || !chain.above.empty() || chain.leads_away) return;
  const bool is_one = chain.expands.size() == 1;
  if (is_one && chain.filters[0].empty() && !chain.AsksRels()) return;
  if (!is_one && subquery.kind != SubqueryKind::kExists) return;
  LogicalNode& first = *chain.expands.back();
  if (!AreOuterRows(*first.inputs.front(), std::get<LogicalExpand>(first.op).from)) return;
  if (!is_one && !CanAskForSecondStep(chain, plan)) return;
  LogicalPtr outer = std::move(first.inputs.front());
  LogicalCountWalks walks = MakeWalks(chain, plan);
  walks.each_row = true;
  if (!is_one) AskForSecondStep(walks, plan);
  subplan.root = MakeNode(std::move(walks), std::move(outer));
}

/// The leaves that give one row, once.
void FindStarts(const LogicalNode& node, std::set<const LogicalNode*>& starts) {
  if (std::holds_alternative<LogicalUnion>(node.op)) {
    for (const LogicalPtr& input : node.inputs) FindStarts(*input, starts);
  } else if (!node.inputs.empty()) {
    FindStarts(*node.inputs.front(), starts);
  } else if (std::holds_alternative<LogicalStart>(node.op)) {
    starts.insert(&node);
  }
}

/// From the end of its one step.
void Turn(LogicalCountWalks& walks, std::optional<std::string> label) {
  CountHop& hop = walks.hops.front();
  hop.arrow = Turned(hop.arrow);
  walks.from_label = std::exchange(hop.to_label, std::move(label));
  std::swap(walks.from, hop.to);
  walks.each_row = false;
}

void CountFromAll(LogicalNode& node, const std::set<const LogicalNode*>& starts) {
  auto* walks = std::get_if<LogicalCountWalks>(&node.op);
  if (walks == nullptr) return;
  const bool turns = walks->each_row;
  if (turns &&
      (walks->hops.size() != 1 || walks->is_optional() || !walks->hops.front().predicates.empty() ||
       !walks->hops.front().rel_predicates.empty())) {
    return;
  }
  LogicalNode& below = *node.inputs.front();
  const auto* scan = std::get_if<LogicalNodeScan>(&below.op);
  if (scan == nullptr || scan->node != walks->from) return;
  if (starts.count(below.inputs.front().get()) == 0) return;
  walks->from_all = true;
  if (turns) {
    Turn(*walks, scan->label);
  } else {
    walks->from_label = scan->label;
  }
  LogicalPtr start = std::move(below.inputs.front());
  node.inputs.front() = std::move(start);
}

/// A step that binds its end and nothing else; nullptr for other operators.
const LogicalExpand* PlainStep(const LogicalNode& node) {
  const auto* step = std::get_if<LogicalExpand>(&node.op);
  const bool is_plain = step != nullptr && !step->into && !step->optional;
  return is_plain ? step : nullptr;
}

/// Two steps that were planned from the node between them.
void CountThrough(LogicalNode& node, LogicalPlan& plan,
                  const std::set<const LogicalNode*>& starts) {
  auto* aggregate = std::get_if<LogicalAggregate>(&node.op);
  if (aggregate == nullptr) return;
  Chain chain;
  chain.filters.resize(2);
  chain.of_rels.resize(2);
  LogicalNode* second = TakeFilters(node.inputs.front().get(), chain.filters[0]);
  const LogicalExpand* out = PlainStep(*second);
  if (out == nullptr) return;
  LogicalNode* first = TakeFilters(second->inputs.front().get(), chain.of_rels[1]);
  const LogicalExpand* back = PlainStep(*first);
  if (back == nullptr || back->from != out->from || !back->distinct_from.empty()) return;
  LogicalNode* below = TakeFilters(first->inputs.front().get(), chain.filters[1]);
  const auto* scan = std::get_if<LogicalNodeScan>(&below->op);
  if (scan == nullptr || scan->node != out->from) return;
  if (starts.count(below->inputs.front().get()) == 0) return;
  chain.expands = {second, first};
  chain.scanned = scan->node;
  chain.leads_away = TakeTellingApart(chain.filters[0], back->to, out->to);
  chain.of_rels[0] = TakeReadersOf(out->rel, chain.filters[0], plan);
  std::vector<Slot> reads = ReadsOfAll(chain.filters[0], plan);
  for (const BoundItem& group : aggregate->groups) CollectReads(group.value, plan, reads);
  const auto are_deterministic = [](const std::vector<BoundExprPtr>& filters) {
    return std::all_of(filters.begin(), filters.end(), IsDeterministic);
  };
  const bool by_middle = !reads.empty() && OnlyRead(reads, scan->node) && !chain.AsksRels() &&
                         CanCountByMiddle(*back, *out, chain.filters[0]);
  if (!AllCountRows(*aggregate, chain) || (!by_middle && !OnlyRead(reads, out->to)) ||
      !OnlyRead(ReadsOfAll(chain.filters[1], plan), scan->node) ||
      !OnlyRead(ReadsOfAll(chain.of_rels[1], plan), back->rel) ||
      !OnlyRead(out->distinct_from, back->rel) || !are_deterministic(chain.filters[0]) ||
      !are_deterministic(chain.filters[1]) || !are_deterministic(chain.of_rels[0]) ||
      !are_deterministic(chain.of_rels[1])) {
    return;
  }
  LogicalCountWalks walks;
  walks.from = back->to;
  walks.from_all = true;
  walks.from_label = back->to_label;
  walks.distinct = !out->distinct_from.empty();
  walks.leads_away = chain.leads_away;
  walks.by_middle = by_middle;
  walks.weight = plan.NewSlot(SlotKind::kValue);
  walks.hops = {{Turned(back->arrow), back->types, scan->node, scan->label, chain.filters[1],
                 back->rel, chain.of_rels[1]},
                {out->arrow, out->types, out->to, out->to_label, chain.filters[0], out->rel,
                 chain.of_rels[0]}};
  for (BoundAggregate& item : aggregate->aggregates) SumInstead(item, walks.weight);
  LogicalPtr start = std::move(below->inputs.front());
  node.inputs.front() = MakeNode(std::move(walks), std::move(start));
}

}  // namespace

std::optional<std::pair<Slot, Slot>> NodesToldApart(const BoundExpr& condition) {
  const bool is_not = condition.kind == BoundKind::kNot;
  const BoundExpr& compared = is_not ? *condition.args[0] : condition;
  const CompareOp apart = is_not ? CompareOp::kEqual : CompareOp::kNotEqual;
  if (compared.kind != BoundKind::kCompare || compared.compare != apart) return std::nullopt;
  const BoundExpr& a = *compared.args[0];
  const BoundExpr& b = *compared.args[1];
  if (a.kind != BoundKind::kSlot || b.kind != BoundKind::kSlot) return std::nullopt;
  return std::pair(a.slot, b.slot);
}

namespace {

/// Whether the walks of two steps through each node are all steps that lead there, each with all
/// that lead on.
bool AreProducts(const LogicalCountWalks& walks, LogicalPlan& plan, const graph::View& view) {
  if (!walks.from_all || walks.hops.size() != 2 || walks.leads_away) return false;
  const CountHop& first = walks.hops[0];
  const CountHop& second = walks.hops[1];
  if (first.arrow == Arrow::kBoth || second.arrow == Arrow::kBoth) return false;
  if (!first.rel_predicates.empty() || !second.rel_predicates.empty()) return false;
  if (!second.predicates.empty()) return false;
  if (walks.distinct &&
      (first.arrow != second.arrow || !RelyOn({first.types, first.arrow, {}}, plan, view))) {
    return false;
  }
  return (!walks.from_label ||
          RelyOn({first.types, Turned(first.arrow), walks.from_label}, plan, view)) &&
         (!second.to_label || RelyOn({second.types, second.arrow, second.to_label}, plan, view));
}

/// Has the products made node by node, of those in the middle that fit.
void MultiplyAtMiddle(LogicalPtr& node) {
  auto& walks = std::get<LogicalCountWalks>(node->op);
  CountHop& first = walks.hops[0];
  const Slot middle = first.to;
  LogicalPtr rows =
      MakeNode(LogicalNodeScan{middle, first.to_label}, std::move(node->inputs.front()));
  if (!first.predicates.empty()) {
    rows = MakeNode(LogicalFilter{std::move(first.predicates)}, std::move(rows));
  }
  LogicalCountWalks products;
  products.from = middle;
  products.hops.push_back({Turned(first.arrow), first.types, walks.from, {}, {}, first.rel, {}});
  products.hops.push_back(std::move(walks.hops[1]));
  products.hops[1].to_label.reset();  // All have it.
  products.weight = walks.weight;
  products.each_row = true;
  products.by_middle = true;
  node = MakeNode(std::move(products), std::move(rows));
}

/// Where something is asked of the middle, or groups are told apart by it.
void CountProducts(LogicalNode& node, LogicalPlan& plan, const graph::View& view) {
  const auto* aggregate = std::get_if<LogicalAggregate>(&node.op);
  if (aggregate == nullptr) return;
  const auto* walks = std::get_if<LogicalCountWalks>(&node.inputs.front()->op);
  if (walks == nullptr || walks->hops.size() != 2) return;
  if (aggregate->groups.empty() && walks->hops[0].predicates.empty()) return;
  std::vector<Slot> reads;
  for (const BoundItem& group : aggregate->groups) CollectReads(group.value, plan, reads);
  if (!OnlyRead(reads, walks->hops[0].to) || !AreProducts(*walks, plan, view)) return;
  MultiplyAtMiddle(node.inputs.front());
}

}  // namespace

BoundExprPtr MakeStepExists(LogicalCountWalks step, LogicalPlan& plan) {
  auto subquery = std::make_shared<BoundSubquery>();
  subquery->kind = SubqueryKind::kExists;
  Subplan subplan;
  subplan.reads = {step.from};
  subplan.is_step = true;
  subplan.root = MakeNode(std::move(step), MakeNode(LogicalStart{}));
  plan.subplans.emplace(subquery.get(), std::move(subplan));
  auto exists = std::make_shared<BoundExpr>();
  exists->kind = BoundKind::kSubquery;
  exists->subquery = std::move(subquery);
  return exists;
}

void CountWalks(LogicalPlan& plan, LogicalPtr& root, const graph::View& view) {
  std::set<const LogicalNode*> starts;
  if (&root == &plan.root) {
    FindStarts(*root, starts);
    RewriteTree(root, [&](LogicalPtr& node) { CountThrough(*node, plan, starts); });
  }
  RewriteTree(root, [&](LogicalPtr& node) {
    const auto* aggregate = std::get_if<LogicalAggregate>(&node->op);
    if (aggregate == nullptr) return;
    LogicalNode& below = *node->inputs.front();
    if (std::holds_alternative<LogicalOptional>(below.op)) {
      return CountOptional(*node, plan, starts);
    }
    const Chain chain = FindChain(below, plan);
    const Fit fit = FitOf(*aggregate, chain, plan, view);
    if (fit != Fit::kNone) Replace(*node, chain, fit, plan);
  });
  if (&root != &plan.root) return;
  for (auto& [subquery, subplan] : plan.subplans) CountInner(*subquery, subplan, plan);
  RewriteTree(root, [&starts](LogicalPtr& node) { CountFromAll(*node, starts); });
  if (plan.writes) return;
  RewriteTree(root, [&](LogicalPtr& node) { CountProducts(*node, plan, view); });
}

}  // namespace verbale::query
