// Sort > Limit k              →  Top k
// Sort > Skip s > Limit k     →  Top s + k > Skip s > Limit k
//
// Precondition: the counts read no slots, which the binder sees to; in the second case they are
// deterministic, since both are evaluated twice. Rows and their order are the same.
//
// Project p.k AS x, p.l AS y > Top x  →  Project p.k AS x > Top x > Project p.l AS y
//
// What the order does not ask is read of the first rows only. Preconditions: it is a property of
// what a slot holds, which cannot fail, and nothing writes.
//
// Project p.k AS x, p.l AS y > Top x, y  →  Project p.k AS x > Top x, p.l > Project p.l AS y
//
// Only rows that are alike by the first key are asked for the others. The same preconditions.

#include <algorithm>

#include "query/functions/registry.h"
#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

/// Keys behind the first one are read by the sort itself.
void AskLater(LogicalSort& sort, const LogicalProject& project, const LogicalPlan& plan) {
  for (std::size_t i = 1; i < sort.keys.size(); ++i) {
    BoundExprPtr& key = sort.keys[i].value;
    if (key->kind != BoundKind::kSlot) continue;
    const auto item = std::find_if(project.items.begin(), project.items.end(),
                                   [&key](const auto& each) { return each.slot == key->slot; });
    if (item != project.items.end() && IsPlainProperty(*item->value, plan)) key = item->value;
  }
}

/// `node` is the sort; what it need not carry is put above it.
void ReadLater(LogicalPtr& node, const LogicalPlan& plan) {
  auto* project = std::get_if<LogicalProject>(&node->inputs.front()->op);
  if (project == nullptr || plan.writes) return;
  AskLater(std::get<LogicalSort>(node->op), *project, plan);
  const std::vector<Slot> keys = ReadsOf(*node, plan);
  const auto later =
      std::stable_partition(project->items.begin(), project->items.end(), [&](const auto& item) {
        return std::find(keys.begin(), keys.end(), item.slot) != keys.end() ||
               !IsPlainProperty(*item.value, plan);
      });
  LogicalProject above{{later, project->items.end()}};
  if (above.items.empty()) return;
  project->items.erase(later, project->items.end());
  if (project->items.empty()) {
    LogicalPtr below = std::move(node->inputs.front()->inputs.front());
    node->inputs.front() = std::move(below);
  }
  node = MakeNode(std::move(above), std::move(node));
}

}  // namespace

void MakeTop(LogicalPlan& plan, LogicalPtr& root, const graph::View&) {
  RewriteTree(root, [&plan](LogicalPtr& node) {
    const auto* limit = std::get_if<LogicalLimit>(&node->op);
    if (limit == nullptr) return;
    LogicalPtr& below = node->inputs.front();
    if (const auto* skip = std::get_if<LogicalSkip>(&below->op)) {
      auto* sort = std::get_if<LogicalSort>(&below->inputs.front()->op);
      if (sort == nullptr || sort->limit) return;
      if (!IsDeterministic(limit->count) || !IsDeterministic(skip->count)) return;
      sort->limit = limit->count;
      sort->skip = skip->count;
      return ReadLater(below->inputs.front(), plan);
    }
    auto* sort = std::get_if<LogicalSort>(&below->op);
    if (sort == nullptr || sort->limit) return;
    sort->limit = limit->count;
    LogicalPtr input = std::move(node->inputs.front());
    node = std::move(input);
    ReadLater(node, plan);
  });
}

}  // namespace verbale::query
