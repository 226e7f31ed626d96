// Sort > Limit k              →  Top k
// Sort > Skip s > Limit k     →  Sort stays whole: the bound would be s + k
//
// Precondition: the count reads no slots, which the binder sees to. The Limit goes; rows and their
// order are the same.

#include "query/optimize/passes.h"

namespace verbale::query {

void MakeTop(LogicalPlan&, LogicalPtr& root, const graph::View&) {
  RewriteTree(root, [](LogicalPtr& node) {
    const auto* limit = std::get_if<LogicalLimit>(&node->op);
    if (limit == nullptr) return;
    auto* sort = std::get_if<LogicalSort>(&node->inputs.front()->op);
    if (sort == nullptr || sort->limit) return;
    sort->limit = limit->count;
    LogicalPtr input = std::move(node->inputs.front());
    node = std::move(input);
  });
}

}  // namespace verbale::query
