// NodeScan (n:L) > Filter n.k = value  →  IndexSeek (n:L {k: value})
//
// Preconditions: an index or a unique constraint of one key covers L and k; value does not read n.
//
// … > NodeScan (n) > Filter n.k = x.v  →  … > ValueSeek (n {k: x.v})
//
// Without an index, too, where value reads what comes in, so that there may be many rows with as
// many values: the operator makes a table of the values once instead of one scan a row.

#include <algorithm>

#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

bool IsIndexed(const graph::View& view, const std::string& label, const std::string& key) {
  for (const graph::SchemaItem& item : view.Schema()) {
    const bool finds =
        item.kind == graph::SchemaKind::kIndex || item.kind == graph::SchemaKind::kUnique;
    if (finds && !item.on_relationship && item.label == label && item.keys.size() == 1 &&
        item.keys.front() == key) {
      return true;
    }
  }
  return false;
}

bool IsPropertyOf(const BoundExpr& expr, Slot slot) {
  return expr.kind == BoundKind::kProperty && expr.args[0]->kind == BoundKind::kSlot &&
         expr.args[0]->slot == slot;
}

/// The seek that stands for the scan and the predicate.
std::optional<LogicalIndexSeek> SeekFor(const LogicalNodeScan& scan, const BoundExpr& predicate,
                                        const LogicalPlan& plan, const graph::View& view) {
  if (predicate.kind != BoundKind::kCompare || predicate.compare != CompareOp::kEqual) {
    return std::nullopt;
  }
  for (const std::size_t side : {0u, 1u}) {
    const BoundExprPtr& property = predicate.args[side];
    const BoundExprPtr& value = predicate.args[1 - side];
    if (!IsPropertyOf(*property, scan.node)) continue;
    std::vector<Slot> reads;
    CollectReads(value, plan, reads);
    if (std::find(reads.begin(), reads.end(), scan.node) != reads.end()) continue;
    const bool has_index = scan.label && IsIndexed(view, *scan.label, property->name);
    if (!has_index && reads.empty()) continue;
    return LogicalIndexSeek{scan.node, scan.label, property->name, value, has_index};
  }
  return std::nullopt;
}

/// An index before a table.
std::size_t BestSeek(const LogicalNodeScan& scan, const std::vector<BoundExprPtr>& predicates,
                     const LogicalPlan& plan, const graph::View& view) {
  std::size_t best = predicates.size();
  for (std::size_t i = 0; i < predicates.size(); ++i) {
    const auto seek = SeekFor(scan, *predicates[i], plan, view);
    if (!seek) continue;
    if (seek->has_index) return i;
    best = std::min(best, i);
  }
  return best;
}

}  // namespace

void UseIndexes(LogicalPlan& plan, LogicalPtr& root, const graph::View& view) {
  RewriteTree(root, [&](LogicalPtr& node) {
    auto* filter = std::get_if<LogicalFilter>(&node->op);
    if (filter == nullptr) return;
    LogicalNode& below = *node->inputs.front();
    const auto* scan = std::get_if<LogicalNodeScan>(&below.op);
    if (scan == nullptr) return;
    const std::size_t best = BestSeek(*scan, filter->predicates, plan, view);
    if (best == filter->predicates.size()) return;
    below.op = *SeekFor(*scan, *filter->predicates[best], plan, view);
    filter->predicates.erase(filter->predicates.begin() + static_cast<std::ptrdiff_t>(best));
    if (!filter->predicates.empty()) return;
    LogicalPtr input = std::move(node->inputs.front());
    node = std::move(input);
  });
}

}  // namespace verbale::query
