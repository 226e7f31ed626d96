// Rows for which all predicates are true.

#include <algorithm>

#include "query/execute/operators.h"

namespace verbale::query {
namespace {

class FilterOperator : public Operator {
 public:
  FilterOperator(const LogicalFilter& op, const LogicalPlan& plan) {
    for (const BoundExprPtr& predicate : op.predicates) {
      predicates_.push_back(Own(Compile(predicate, plan)));
    }
  }

 protected:
  /// What the predicates behind one and the operator above read goes on, each slot once.
  void DoOpen() override {
    needed_.assign(predicates_.size(), keep_);
    for (std::size_t i = predicates_.size(); i-- > 1;) {
      std::vector<Slot>& needed = needed_[i - 1] = needed_[i];
      for (const Slot slot : predicates_[i]->reads()) {
        if (std::find(needed.begin(), needed.end(), slot) == needed.end()) needed.push_back(slot);
      }
    }
  }

  bool DoNext(Batch& out) override {
    while (input().Next(batch_)) {
      for (std::size_t i = 0; i < predicates_.size() && batch_.rows > 0; ++i) {
        SelectTrue(*predicates_[i], batch_, view(), rows_);
        Batch passed;
        GatherBatch(batch_, rows_, needed_[i], passed);
        batch_ = std::move(passed);
      }
      if (batch_.rows == 0) continue;
      out = std::move(batch_);
      return true;
    }
    return false;
  }

 private:
  std::vector<Expression*> predicates_;
  std::vector<std::vector<Slot>> needed_;
  Batch batch_;
  std::vector<std::uint32_t> rows_;
};

}  // namespace

OperatorPtr MakeFilter(const LogicalFilter& op, const LogicalPlan& plan) {
  return std::make_unique<FilterOperator>(op, plan);
}

}  // namespace verbale::query
