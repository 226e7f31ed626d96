// NodeScan (n:L) > Filter n.k = value  →  IndexSeek (n:L {k: value})
//
// Preconditions: an index or a unique constraint of one key covers L and k; value does not read n
// and is deterministic.
//
// NodeScan (n:L) > Filter n.k IN list  →  IndexSeek (n:L {k IN list}) > Filter n.k IN list
//
// Where there is an index, too. The filter stays, since it knows what to say of a list that is
// none. Equalities with one property of which one must hold are such a list: n.k = a OR n.k = b.
//
// … > NodeScan (n) > Filter n.k = x.v  →  … > ValueSeek (n {k: x.v})
//
// Without an index, too, where value reads what comes in, so that there may be many rows with as
// many values: the operator makes a table of the values once instead of one scan a row.

#include <algorithm>

#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

/// Whether it is of this property of nodes with the label, and of no other.
bool IsOf(const graph::SchemaItem& item, const std::string& label, const std::string& key) {
  return !item.on_relationship && item.label == label && item.keys.size() == 1 &&
         item.keys.front() == key;
}

bool IsIndexed(const graph::View& view, const std::string& label, const std::string& key) {
  const std::vector<graph::SchemaItem> schema = view.Schema();
  return std::any_of(schema.begin(), schema.end(), [&](const graph::SchemaItem& item) {
    return (item.kind == graph::SchemaKind::kIndex || item.kind == graph::SchemaKind::kUnique) &&
           IsOf(item, label, key);
  });
}

/// The seek for what a predicate asks of a property.
std::optional<LogicalIndexSeek> SeekFor(const LogicalNodeScan& scan, const BoundExpr& property,
                                        const BoundExprPtr& value, const LogicalPlan& plan,
                                        const graph::View& view) {
  if (!IsPropertyOf(property, scan.node) || !IsDeterministic(value)) return std::nullopt;
  std::vector<Slot> reads;
  CollectReads(value, plan, reads);
  if (std::find(reads.begin(), reads.end(), scan.node) != reads.end()) return std::nullopt;
  const bool has_index = scan.label && IsIndexed(view, *scan.label, property.name);
  if (!has_index && reads.empty()) return std::nullopt;
  return LogicalIndexSeek{scan.node, scan.label, property.name, value, has_index};
}

/// Of an equality, the side that is not the property of the node; nullptr where there is none.
BoundExprPtr ValueOf(const BoundExpr& predicate, Slot node, const BoundExpr*& property) {
  if (predicate.kind != BoundKind::kCompare || predicate.compare != CompareOp::kEqual) {
    return nullptr;
  }
  for (const std::size_t side : {0, 1}) {
    const BoundExpr& arg = *predicate.args[side];
    if (!IsPropertyOf(arg, node) || (property != nullptr && property->name != arg.name)) continue;
    property = &arg;
    return predicate.args[1 - side];
  }
  return nullptr;
}

/// The seek for equalities with one property, of which one must hold.
std::optional<LogicalIndexSeek> SeekForAny(const LogicalNodeScan& scan, const BoundExpr& either,
                                           const LogicalPlan& plan, const graph::View& view) {
  const BoundExpr* property = nullptr;
  auto values = std::make_shared<BoundExpr>();
  values->kind = BoundKind::kList;
  values->span = either.span;
  for (const BoundExprPtr& equality : either.args) {
    BoundExprPtr value = ValueOf(*equality, scan.node, property);
    if (value == nullptr) return std::nullopt;
    values->args.push_back(std::move(value));
  }
  return SeekFor(scan, *property, values, plan, view);
}

std::optional<LogicalIndexSeek> OfList(std::optional<LogicalIndexSeek> seek) {
  if (!seek || !seek->has_index) return std::nullopt;
  seek->any_of = true;
  return seek;
}

/// The seek that stands for the scan and, unless it is of a list, for the predicate.
std::optional<LogicalIndexSeek> SeekFor(const LogicalNodeScan& scan, const BoundExpr& predicate,
                                        const LogicalPlan& plan, const graph::View& view) {
  const auto& args = predicate.args;
  if (predicate.kind == BoundKind::kBinary && predicate.binary == BinaryOp::kIn) {
    return OfList(SeekFor(scan, *args[0], args[1], plan, view));
  }
  if (predicate.kind == BoundKind::kOr) return OfList(SeekForAny(scan, predicate, plan, view));
  if (predicate.kind != BoundKind::kCompare || predicate.compare != CompareOp::kEqual) {
    return std::nullopt;
  }
  auto seek = SeekFor(scan, *args[0], args[1], plan, view);
  return seek ? seek : SeekFor(scan, *args[1], args[0], plan, view);
}

/// An index before a table, one value before several.
int RankOf(const LogicalIndexSeek& seek) {
  if (!seek.has_index) return 2;
  return seek.any_of ? 1 : 0;
}

/// Which predicate the best seek is for; their number where there is none.
std::size_t BestSeek(const LogicalNodeScan& scan, const std::vector<BoundExprPtr>& predicates,
                     const LogicalPlan& plan, const graph::View& view) {
  std::size_t best = predicates.size();
  int best_rank = 3;
  for (std::size_t i = 0; i < predicates.size(); ++i) {
    const auto seek = SeekFor(scan, *predicates[i], plan, view);
    if (!seek || RankOf(*seek) >= best_rank) continue;
    best = i;
    best_rank = RankOf(*seek);
  }
  return best;
}

}  // namespace

bool IsPropertyOf(const BoundExpr& expr, Slot slot) {
  return expr.kind == BoundKind::kProperty && expr.args[0]->kind == BoundKind::kSlot &&
         expr.args[0]->slot == slot;
}

bool IsUnique(const graph::View& view, const std::string& label, const std::string& key) {
  const std::vector<graph::SchemaItem> schema = view.Schema();
  return std::any_of(schema.begin(), schema.end(), [&](const graph::SchemaItem& item) {
    return item.kind == graph::SchemaKind::kUnique && IsOf(item, label, key);
  });
}

void UseIndexes(LogicalPlan& plan, LogicalPtr& root, const graph::View& view) {
  RewriteTree(root, [&](LogicalPtr& node) {
    auto* filter = std::get_if<LogicalFilter>(&node->op);
    if (filter == nullptr) return;
    LogicalNode& below = *node->inputs.front();
    const auto* scan = std::get_if<LogicalNodeScan>(&below.op);
    if (scan == nullptr) return;
    const std::size_t best = BestSeek(*scan, filter->predicates, plan, view);
    if (best == filter->predicates.size()) return;
    LogicalIndexSeek seek = *SeekFor(*scan, *filter->predicates[best], plan, view);
    const bool keeps_filter = seek.any_of;
    below.op = std::move(seek);
    if (keeps_filter) return;
    filter->predicates.erase(filter->predicates.begin() + static_cast<std::ptrdiff_t>(best));
    DropWhereEmpty(node);
  });
}

}  // namespace verbale::query
