// SET and REMOVE.

#include "query/execute/operators.h"
#include "query/execute/set_items.h"
#include "query/execute/write_operator.h"

namespace verbale::query {
namespace {

class SetOperator : public WriteOperator {
 public:
  enum class Mode : std::uint8_t { kSet, kRemoveLabels };

  SetOperator(const std::vector<BoundSetItem>& items, const LogicalPlan& plan, Mode mode)
      : mode_(mode) {
    items_ = SetItems(items,
                      [this, &plan](const BoundExprPtr& expr) { return Own(Compile(expr, plan)); });
  }

 protected:
  void Write(Batch in, std::vector<Batch>& out) override {
    for (std::size_t row = 0; row < in.rows; ++row) {
      if (mode_ == Mode::kSet) {
        items_.Apply(ctx(), in, row);
      } else {
        items_.RemoveLabels(ctx(), in, row);
      }
    }
    out.push_back(std::move(in));
  }

 private:
  SetItems items_;
  Mode mode_;
};

}  // namespace

OperatorPtr MakeSet(const LogicalSet& op, const LogicalPlan& plan) {
  return std::make_unique<SetOperator>(op.items, plan, SetOperator::Mode::kSet);
}

OperatorPtr MakeRemoveLabels(const LogicalRemoveLabels& op, const LogicalPlan& plan) {
  return std::make_unique<SetOperator>(op.items, plan, SetOperator::Mode::kRemoveLabels);
}

}  // namespace verbale::query
