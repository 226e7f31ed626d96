#include "query/execute/counted_step.h"

#include <algorithm>
#include <utility>

#include "query/execute/kernels.h"

namespace verbale::query {

using graph::NodeNo;

namespace {

/// Rows of one column.
Batch RowsOf(Slot slot, ColumnKind kind, std::vector<std::uint32_t> numbers) {
  Batch batch;
  batch.rows = numbers.size();
  batch.Set(slot, NewNumbers(kind, std::move(numbers)));
  return batch;
}

/// Whether it has a value for every node, and no node makes it fail.
bool HasValue(const BoundExpr& expr) {
  switch (expr.kind) {
    case BoundKind::kConstant:
    case BoundKind::kParameter:
      return true;
    case BoundKind::kProperty:
      return expr.args[0]->kind == BoundKind::kSlot;
    case BoundKind::kList:
      return std::all_of(expr.args.begin(), expr.args.end(),
                         [](const BoundExprPtr& arg) { return HasValue(*arg); });
    default:
      return false;
  }
}

}  // namespace

bool CountedStep::HasTruth(const BoundExpr& expr) {
  const auto all = [&expr](bool (*is)(const BoundExpr&)) {
    return std::all_of(expr.args.begin(), expr.args.end(),
                       [is](const BoundExprPtr& arg) { return is(*arg); });
  };
  switch (expr.kind) {
    case BoundKind::kAnd:
    case BoundKind::kOr:
    case BoundKind::kNot:
      return all(HasTruth);
    case BoundKind::kCompare:
    case BoundKind::kIsNull:
    case BoundKind::kIsNotNull:
      return all(HasValue);
    case BoundKind::kBinary:
      if (expr.binary == BinaryOp::kIn && expr.args[1]->kind != BoundKind::kList) return false;
      return expr.binary >= BinaryOp::kIn && expr.binary != BinaryOp::kRegexMatch && all(HasValue);
    case BoundKind::kHasLabels:
      return true;
    case BoundKind::kSubquery:
      return expr.subquery->query == nullptr;  // The optimizer makes none that fails.
    default:
      return false;
  }
}

bool CountedStep::CanAskAny(const CountHop& hop) {
  return std::all_of(hop.predicates.begin(), hop.predicates.end(),
                     [](const BoundExprPtr& predicate) { return HasTruth(*predicate); });
}

void CountedStep::Open(ExecContext& ctx) {
  ctx_ = &ctx;
  ways.Open(ctx);
  back.Open(ctx);
}

void CountedStep::Refresh() {
  ways.Refresh();
  back.Refresh();
}

/// Those that have the label, and of them those that fulfil the conditions.
void CountedStep::KeepFitting(std::vector<NodeNo>& nodes) {
  if (ways.asks_label()) {
    std::erase_if(nodes, [this](NodeNo node) { return !ways.HasLabel(node); });
  }
  if (of_end_.empty()) return;
  std::size_t kept = 0;
  for (std::size_t first = 0; first < nodes.size(); first += ctx_->batch_size()) {
    ctx_->Tick();
    const std::size_t count = std::min<std::size_t>(nodes.size() - first, ctx_->batch_size());
    const auto numbers = AsNumbers(std::span<const NodeNo>(nodes).subspan(first, count));
    of_end_.Select(RowsOf(to_, ColumnKind::kNodes, {numbers.begin(), numbers.end()}), ctx_->view(),
                   places_);
    for (const std::uint32_t place : places_) nodes[kept++] = nodes[first + place];
  }
  nodes.resize(kept);
}

std::span<Truth> CountedStep::MarkEnds(std::span<const NodeNo> nodes) {
  ctx_->Tick();
  const auto numbers = AsNumbers(nodes);
  const std::span<Truth> marks =
      of_end_.Mark(RowsOf(to_, ColumnKind::kNodes, {numbers.begin(), numbers.end()}), ctx_->view());
  if (ways.asks_label()) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (marks[i] == Truth::kTrue && !ways.HasLabel(nodes[i])) marks[i] = Truth::kFalse;
    }
  }
  return marks;
}

std::span<const std::uint32_t> CountedStep::FindFitting(std::span<const std::uint32_t> rels) {
  of_rel_.Select(RowsOf(rel_, ColumnKind::kRels, {rels.begin(), rels.end()}), ctx_->view(),
                 places_);
  return places_;
}

std::span<Truth> CountedStep::MarkFitting(std::vector<std::uint32_t> rels) {
  return of_rel_.Mark(RowsOf(rel_, ColumnKind::kRels, std::move(rels)), ctx_->view());
}

}  // namespace verbale::query
