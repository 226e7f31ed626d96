// Scan a > Filter a.k > Aggregate sum(a.l)  →  Scan a > Aggregate sum(a.l) WHERE a.k
//
// A scan gives rows side by side, whose properties can be compared and added up as they lie: rows
// that do not fit are left out of the sums, and nothing is fetched. Preconditions: there are no
// groups; the aggregates are counts, sums, averages, least and largest values of properties of what
// rows hold, without DISTINCT, and at least one of them reads something; nothing writes. Only where
// whatever is between is filters.

#include <algorithm>
#include <utility>

#include "query/functions/registry.h"
#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

bool IsSumOfProperty(const BoundAggregate& aggregate, const LogicalPlan& plan) {
  if (aggregate.distinct || aggregate.args.size() > 1) return false;
  if (aggregate.function != nullptr) {
    constexpr std::string_view kNames[] = {"count", "sum", "avg", "min", "max"};
    const auto is_it = [&](std::string_view name) { return aggregate.function->name == name; };
    if (!std::any_of(std::begin(kNames), std::end(kNames), is_it)) return false;
  }
  return aggregate.args.empty() || IsPlainProperty(*aggregate.args[0], plan);
}

bool ReadsSomething(const BoundAggregate& aggregate) {
  return !aggregate.args.empty() && aggregate.function != nullptr &&
         aggregate.function->name != "count";
}

}  // namespace

void SumScans(LogicalPlan& plan, LogicalPtr& root, const graph::View&) {
  if (plan.writes) return;
  RewriteTree(root, [&plan](LogicalPtr& node) {
    auto* aggregate = std::get_if<LogicalAggregate>(&node->op);
    if (aggregate == nullptr || !aggregate->groups.empty()) return;
    const std::vector<BoundAggregate>& items = aggregate->aggregates;
    if (std::none_of(items.begin(), items.end(), ReadsSomething) ||
        !std::all_of(items.begin(), items.end(),
                     [&](const auto& item) { return IsSumOfProperty(item, plan); })) {
      return;
    }
    LogicalNode* below = node->inputs.front().get();
    while (std::holds_alternative<LogicalFilter>(below->op)) below = below->inputs.front().get();
    if (!std::holds_alternative<LogicalNodeScan>(below->op) &&
        !std::holds_alternative<LogicalRelScan>(below->op)) {
      return;
    }
    aggregate->of_scan = true;
    while (auto* filter = std::get_if<LogicalFilter>(&node->inputs.front()->op)) {
      aggregate->where.insert(aggregate->where.begin(), filter->predicates.begin(),
                              filter->predicates.end());
      LogicalPtr input = std::move(node->inputs.front()->inputs.front());
      node->inputs.front() = std::move(input);
    }
  });
}

}  // namespace verbale::query
