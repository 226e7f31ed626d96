// CREATE, and MERGE, which creates what it does not find.

#include "query/execute/creator.h"
#include "query/execute/operators.h"
#include "query/execute/set_items.h"
#include "query/execute/write_operator.h"

namespace verbale::query {
namespace {

class CreateOperator : public WriteOperator {
 public:
  CreateOperator(const LogicalCreate& op, const LogicalPlan& plan) {
    creator_ = MakeCreator(
        op, [this, &plan](const BoundExprPtr& expr) { return Own(Compile(expr, plan)); });
  }

 protected:
  void Write(Batch in, std::vector<Batch>& out) override {
    creator_.Create(ctx(), in);
    out.push_back(std::move(in));
  }

 private:
  Creator creator_;
};

/// Row by row, since a row must find what an earlier row made.
class MergeOperator : public WriteOperator {
 public:
  MergeOperator(const LogicalMerge& op, const LogicalPlan& plan, OuterRowsPtr outer)
      : slots_(op.slots), outer_rows_(std::move(outer)) {
    const auto own = [this, &plan](const BoundExprPtr& expr) { return Own(Compile(expr, plan)); };
    creator_ = MakeCreator(op.create, own);
    on_create_ = SetItems(op.on_create, own);
    on_match_ = SetItems(op.on_match, own);
  }

 protected:
  void Write(Batch in, std::vector<Batch>& out) override {
    creator_.CheckNoNulls(in);
    std::vector<Slot> all;
    for (std::uint32_t i = 0; i < in.columns.size(); ++i) all.push_back(Slot{i});
    std::vector<Batch> parts;
    for (std::uint32_t row = 0; row < in.rows; ++row) {
      ctx().Tick();
      Batch one;
      GatherBatch(in, std::span(&row, 1), all, one);
      parts.push_back(MergeRow(std::move(one)));
    }
    std::vector<Slot> slots = keep_;
    out.push_back(Concatenate(parts, slots, view()));
  }

 private:
  Batch MergeRow(Batch one) {
    outer_rows_->rows = &one;
    inner().Reset();
    std::vector<Batch> matches;
    Batch found;
    while (inner().Next(found)) {
      matches.push_back(std::move(found));
      found = Batch();
    }
    if (matches.empty()) {
      creator_.Create(ctx(), one);
      for (std::size_t row = 0; row < one.rows; ++row) on_create_.Apply(ctx(), one, row);
      return one;
    }
    const Batch matched = Attach(one, Concatenate(matches, slots_, view()));
    for (std::size_t row = 0; row < matched.rows; ++row) on_match_.Apply(ctx(), matched, row);
    return matched;
  }

  Batch Attach(const Batch& one, const Batch& matched) const {
    std::vector<Slot> all;
    for (std::uint32_t i = 0; i < one.columns.size(); ++i) all.push_back(Slot{i});
    Batch out;
    GatherBatch(one, std::vector<std::uint32_t>(matched.rows, 0), all, out);
    for (const Slot slot : slots_) {
      if (!out.Has(slot)) out.Set(slot, matched.at(slot));
    }
    return out;
  }

  Creator creator_;
  SetItems on_create_;
  SetItems on_match_;
  std::vector<Slot> slots_;
  OuterRowsPtr outer_rows_;
};

}  // namespace

OperatorPtr MakeCreate(const LogicalCreate& op, const LogicalPlan& plan) {
  return std::make_unique<CreateOperator>(op, plan);
}

OperatorPtr MakeMerge(const LogicalMerge& op, const LogicalPlan& plan, OuterRowsPtr outer) {
  return std::make_unique<MergeOperator>(op, plan, std::move(outer));
}

}  // namespace verbale::query
