#include "query/execute/operator.h"

#include <chrono>

namespace verbale::query {

void Operator::Open(ExecContext& ctx) {
  ctx_ = &ctx;
  rows_given_ = 0;
  nanoseconds_ = 0;
  for (const OperatorPtr& input : inputs_) input->Open(ctx);
  for (const ExpressionPtr& expr : expressions_) expr->Open(ctx);
  DoOpen();
  DoReset();
}

void Operator::Reset() {
  for (const OperatorPtr& input : inputs_) input->Reset();
  DoReset();
}

/// What stands behind a grouping may still read the row outside of the query that groups.
void Operator::AddOuter(Batch& out) const {
  if (outer_->rows == nullptr || outer_->rows->rows != 1) return;
  Batch repeated;
  GatherBatch(*outer_->rows, std::vector<std::uint32_t>(out.rows, 0), outer_slots_, repeated);
  for (const Slot slot : outer_slots_) {
    if (repeated.Has(slot) && !out.Has(slot)) out.Set(slot, repeated.at(slot));
  }
}

bool Operator::NextRows(Batch& out) {
  const bool more = DoNext(out);
  if (more && !outer_slots_.empty()) AddOuter(out);
  return more;
}

bool Operator::Next(Batch& out) {
  ctx_->Tick();
  if (!ctx_->profile) return NextRows(out);
  const auto begin = std::chrono::steady_clock::now();
  const bool more = NextRows(out);
  const auto spent = std::chrono::steady_clock::now() - begin;
  nanoseconds_ += static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(spent).count());
  if (more) rows_given_ += out.rows;
  return more;
}

Expression* Operator::Own(ExpressionPtr expr) {
  if (!expr) return nullptr;
  expressions_.push_back(std::move(expr));
  return expressions_.back().get();
}

std::vector<Batch> PullAll(Operator& input, ExecContext& ctx) {
  std::vector<Batch> batches;
  Batch batch;
  while (input.Next(batch)) {
    ctx.Hold(BytesOf(batch));
    batches.push_back(std::move(batch));
    batch = Batch();
  }
  return batches;
}

graph::NodeNo NodeOfValue(const ValueColumn& column, std::size_t row) {
  if (column.IsNull(row)) return graph::kNoNode;
  if (column.kind == ColumnKind::kValues || column.kind == ColumnKind::kConstant) {
    const graph::Value& value =
        column.kind == ColumnKind::kValues ? column.values[row] : column.constant;
    if (value.is_node()) return value.as_node().no;
  }
  throw RuntimeError(ErrorCode::kInvalidArgument, "a node was expected", "TypeError",
                     "InvalidArgumentType");
}

graph::RelNo RelAt(const ValueColumn& column, std::size_t row) {
  if (column.kind == ColumnKind::kRels) return graph::RelNo{column.numbers[row]};
  if (column.IsNull(row)) return graph::kNoRel;
  if (column.kind == ColumnKind::kValues || column.kind == ColumnKind::kConstant) {
    const graph::Value& value =
        column.kind == ColumnKind::kValues ? column.values[row] : column.constant;
    if (value.is_rel()) return value.as_rel().no;
  }
  throw RuntimeError(ErrorCode::kInvalidArgument, "a relationship was expected", "TypeError",
                     "InvalidArgumentType");
}

}  // namespace verbale::query
