// NodeScan (n:L) > Filter n.k = value  →  IndexSeek (n:L {k: value})
//
// Preconditions: an index or a unique constraint of one key covers L and k; value does not read n.

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

bool Reads(const BoundExprPtr& expr, Slot slot, const LogicalPlan& plan) {
  std::vector<Slot> reads;
  CollectReads(expr, plan, reads);
  return std::find(reads.begin(), reads.end(), slot) != reads.end();
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
    if (!IsPropertyOf(*property, scan.node) || Reads(value, scan.node, plan)) continue;
    if (!IsIndexed(view, *scan.label, property->name)) continue;
    return LogicalIndexSeek{scan.node, *scan.label, property->name, value};
  }
  return std::nullopt;
}

}  // namespace

void UseIndexes(LogicalPlan& plan, LogicalPtr& root, const graph::View& view) {
  RewriteTree(root, [&](LogicalPtr& node) {
    auto* filter = std::get_if<LogicalFilter>(&node->op);
    if (filter == nullptr) return;
    LogicalNode& below = *node->inputs.front();
    const auto* scan = std::get_if<LogicalNodeScan>(&below.op);
    if (scan == nullptr || !scan->label) return;
    for (std::size_t i = 0; i < filter->predicates.size(); ++i) {
      auto seek = SeekFor(*scan, *filter->predicates[i], plan, view);
      if (!seek) continue;
      below.op = std::move(*seek);
      filter->predicates.erase(filter->predicates.begin() + static_cast<std::ptrdiff_t>(i));
      break;
    }
    if (!filter->predicates.empty()) return;
    LogicalPtr input = std::move(node->inputs.front());
    node = std::move(input);
  });
}

}  // namespace verbale::query
