#include "query/execute/run.h"

#include <unordered_set>
#include <utility>

namespace verbale::query {
namespace {

void CollectRels(const graph::Value& value, std::unordered_set<std::uint64_t>& seen,
                 std::vector<graph::RelRef>& rels) {
  const auto add = [&](graph::RelRef rel) {
    if (seen.insert(rel.id.value).second) rels.push_back(rel);
  };
  if (value.is_rel()) add(value.as_rel());
  if (value.is_path()) {
    for (const graph::RelRef& rel : value.as_path().rels) add(rel);
  }
  if (value.is_list()) {
    for (const graph::Value& item : value.as_list()) CollectRels(item, seen, rels);
  }
}

void AddFigures(const Operator& op, PlanNode& node) {
  node.rows = op.rows_given();
  std::uint64_t below = 0;
  const std::span<const OperatorPtr> inputs = OperatorParts::Inputs(op);
  for (std::size_t i = 0; i < inputs.size() && i < node.children.size(); ++i) {
    AddFigures(*inputs[i], node.children[i]);
    below += inputs[i]->nanoseconds();
  }
  node.nanoseconds = op.nanoseconds() - std::min(below, op.nanoseconds());
}

}  // namespace

Runnable::Runnable(LogicalPlan plan, std::vector<Slot> why)
    : plan_(std::move(plan)), why_(std::move(why)) {
  std::vector<Slot> needed = why_;
  for (const BoundColumn& column : plan_.columns) needed.push_back(column.slot);
  built_ = Build(*plan_.root, plan_, std::move(needed));
}

void Runnable::ReadRow(const Batch& batch, std::size_t row, const graph::View& view,
                       std::vector<graph::Value>& values) const {
  values.resize(plan_.columns.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = batch.at(plan_.columns[i].slot)->At(row, view);
  }
}

void Runnable::ReadWhy(const Batch& batch, std::size_t row, const graph::View& view,
                       std::vector<graph::RelRef>& rels) const {
  rels.clear();
  std::unordered_set<std::uint64_t> seen;
  for (const Slot slot : why_) {
    if (batch.Has(slot)) CollectRels(batch.at(slot)->At(row, view), seen, rels);
  }
}

PlanNode Runnable::Describe(bool profiled) const {
  PlanNode node = ToPlanNode(*plan_.root, plan_);
  if (profiled) AddFigures(*built_.root, node);
  return node;
}

}  // namespace verbale::query
