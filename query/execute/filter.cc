// Rows for which all predicates are true.

#include "query/execute/conditions.h"
#include "query/execute/expression_kinds.h"
#include "query/execute/operators.h"

namespace verbale::query {
namespace {

class FilterOperator : public Operator {
 public:
  FilterOperator(const LogicalFilter& op, const LogicalPlan& plan) {
    for (const BoundExprPtr& predicate : op.predicates) {
      conditions_.Add(Own(Compile(predicate, plan)), !CannotFail(*predicate, plan));
    }
  }

 protected:
  bool DoNext(Batch& out) override {
    while (input().Next(batch_)) {
      conditions_.Select(batch_, view(), rows_);
      if (rows_.empty()) continue;
      GatherBatch(batch_, rows_, keep_, out);
      return true;
    }
    return false;
  }

 private:
  Conditions conditions_;
  Batch batch_;
  std::vector<std::uint32_t> rows_;
};

}  // namespace

OperatorPtr MakeFilter(const LogicalFilter& op, const LogicalPlan& plan) {
  return std::make_unique<FilterOperator>(op, plan);
}

}  // namespace verbale::query
