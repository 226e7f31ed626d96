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

}  // namespace

void CountedStep::Open(ExecContext& ctx) {
  ctx_ = &ctx;
  ways.Open(ctx);
  back.Open(ctx);
}

void CountedStep::Refresh() {
  ways.Refresh();
  back.Refresh();
}

/// Those that have the label, and of them those that fulfil one condition after the other.
void CountedStep::KeepFitting(std::vector<NodeNo>& nodes) {
  if (ways.asks_label()) {
    std::erase_if(nodes, [this](NodeNo node) { return !ways.HasLabel(node); });
  }
  for (Expression* predicate : predicates_) {
    std::size_t kept = 0;
    for (std::size_t first = 0; first < nodes.size(); first += ctx_->batch_size()) {
      ctx_->Tick();
      KeepTrue(*predicate, first, nodes, kept);
    }
    nodes.resize(kept);
  }
}

void CountedStep::KeepTrue(Expression& predicate, std::size_t first, std::vector<NodeNo>& nodes,
                           std::size_t& kept) {
  std::vector<std::uint32_t> numbers;
  const std::size_t last = std::min<std::size_t>(nodes.size(), first + ctx_->batch_size());
  numbers.reserve(last - first);
  for (std::size_t i = first; i < last; ++i) numbers.push_back(nodes[i].value);
  const Batch batch = RowsOf(to_, ColumnKind::kNodes, std::move(numbers));
  SelectTrue(predicate, batch, ctx_->view(), selected_);
  for (const std::uint32_t row : selected_) nodes[kept++] = nodes[first + row];
}

std::span<const std::uint32_t> CountedStep::FindFitting(std::span<const std::uint32_t> rels) {
  if (rels.empty()) return {};
  for (std::size_t i = 0; i < rel_predicates_.size(); ++i) {
    std::vector<std::uint32_t> numbers;
    if (i == 0) {
      numbers.assign(rels.begin(), rels.end());
    } else {
      for (const std::uint32_t place : places_) numbers.push_back(rels[place]);
    }
    const Batch batch = RowsOf(rel_, ColumnKind::kRels, std::move(numbers));
    SelectTrue(*rel_predicates_[i], batch, ctx_->view(), selected_);
    if (i > 0) {
      for (std::uint32_t& row : selected_) row = places_[row];
    }
    std::swap(places_, selected_);
  }
  return places_;
}

void CountedStep::MarkFitting(std::span<const std::uint32_t> rels,
                              std::vector<std::uint8_t>& fits) {
  if (rel_predicates_.size() > 1) {
    fits.assign(rels.size(), 0);
    for (const std::uint32_t place : FindFitting(rels)) fits[place] = 1;
    return;
  }
  fits.resize(rels.size());
  if (rels.empty()) return;
  const Batch batch = RowsOf(rel_, ColumnKind::kRels, {rels.begin(), rels.end()});
  const std::vector<Truth> truth = EvaluateTruth(*rel_predicates_[0], batch, ctx_->view());
  for (std::size_t i = 0; i < fits.size(); ++i) fits[i] = truth[i] == Truth::kTrue ? 1 : 0;
}

}  // namespace verbale::query
