// The ends of a relationship that is bound already.

#include "query/execute/operators.h"
#include "query/execute/row_expander.h"

namespace verbale::query {
namespace {

class RelEndsOperator : public RowExpander {
 public:
  explicit RelEndsOperator(const LogicalRelEnds& op) : op_(op) {}

 protected:
  void BeginRow(const Batch& rows, std::uint32_t row) override {
    rows_ = &rows;
    row_ = row;
  }

  bool Produce(std::size_t) override {
    const graph::RelNo rel = RelAt(*rows_->at(op_.rel), row_);
    if (rel == graph::kNoRel) return true;
    const graph::RelEnds ends = view().Ends(rel);
    if (!ctx().IsWhole(rel, ends)) return true;
    if (op_.arrow != Arrow::kIn) Offer(ends.source, ends.target);
    if (op_.arrow == Arrow::kIn || (op_.arrow == Arrow::kBoth && ends.source != ends.target)) {
      Offer(ends.target, ends.source);
    }
    return true;
  }

  void Emit(Batch& out) override {
    if (Keeps(op_.from) && !op_.from_bound) {
      out.Set(op_.from, NewNumbers(ColumnKind::kNodes, from_));
    }
    if (Keeps(op_.to) && !op_.to_bound) out.Set(op_.to, NewNumbers(ColumnKind::kNodes, to_));
    from_.clear();
    to_.clear();
  }

  void DoReset() override {
    RowExpander::DoReset();
    from_.clear();
    to_.clear();
  }

 private:
  void Offer(graph::NodeNo from, graph::NodeNo to) {
    if (op_.from_bound && NodeAt(*rows_->at(op_.from), row_) != from) return;
    if (op_.to_bound && NodeAt(*rows_->at(op_.to), row_) != to) return;
    if (op_.from == op_.to && from != to) return;
    from_.push_back(from.value);
    to_.push_back(to.value);
    Add();
  }

  LogicalRelEnds op_;
  const Batch* rows_ = nullptr;
  std::uint32_t row_ = 0;
  std::vector<std::uint32_t> from_;
  std::vector<std::uint32_t> to_;
};

}  // namespace

OperatorPtr MakeRelEnds(const LogicalRelEnds& op) { return std::make_unique<RelEndsOperator>(op); }

}  // namespace verbale::query
