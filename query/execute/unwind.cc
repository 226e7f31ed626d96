// One row for each element of a list.

#include "query/execute/operators.h"
#include "query/execute/row_expander.h"

namespace verbale::query {
namespace {

class UnwindOperator : public RowExpander {
 public:
  UnwindOperator(const LogicalUnwind& op, const LogicalPlan& plan)
      : slot_(op.slot), list_(Own(Compile(op.list, plan))) {}

 protected:
  void DoReset() override {
    RowExpander::DoReset();
    values_.clear();
  }

  void BeginRow(const Batch& rows, std::uint32_t row) override {
    if (row == 0) lists_ = list_->Evaluate(rows);
    value_ = lists_->At(row, view());
    next_ = 0;
  }

  bool Produce(std::size_t room) override {
    if (value_.is_null()) return true;
    if (!value_.is_list()) {
      values_.push_back(value_);
      Add();
      return true;
    }
    const graph::List& list = value_.as_list();
    const std::size_t count = std::min(room, list.size() - next_);
    for (std::size_t i = 0; i < count; ++i) values_.push_back(list[next_ + i]);
    next_ += count;
    Add(count);
    return next_ == list.size();
  }

  void Emit(Batch& out) override {
    if (Keeps(slot_)) out.Set(slot_, NewValues(std::move(values_)));
    values_.clear();
  }

 private:
  Slot slot_;
  Expression* list_;
  ColumnPtr lists_;
  graph::Value value_;
  std::size_t next_ = 0;
  std::vector<graph::Value> values_;
};

}  // namespace

OperatorPtr MakeUnwind(const LogicalUnwind& op, const LogicalPlan& plan) {
  return std::make_unique<UnwindOperator>(op, plan);
}

}  // namespace verbale::query
