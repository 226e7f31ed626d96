// Computed columns beside what there is.

#include "query/execute/operators.h"

namespace verbale::query {
namespace {

class ProjectOperator : public Operator {
 public:
  ProjectOperator(const LogicalProject& op, const LogicalPlan& plan) {
    for (const BoundItem& item : op.items) {
      items_.push_back({item.slot, Own(Compile(item.value, plan))});
    }
  }

 protected:
  bool DoNext(Batch& out) override {
    Batch in;
    if (!input().Next(in)) return false;
    out.columns.assign(in.columns.size(), nullptr);
    out.rows = in.rows;
    for (const Slot slot : keep_) {
      if (in.Has(slot)) out.Set(slot, in.at(slot));
    }
    for (const Item& item : items_) out.Set(item.slot, item.value->Evaluate(in));
    return true;
  }

 private:
  struct Item {
    Slot slot;
    Expression* value;
  };
  std::vector<Item> items_;
};

}  // namespace

OperatorPtr MakeProject(const LogicalProject& op, const LogicalPlan& plan) {
  return std::make_unique<ProjectOperator>(op, plan);
}

}  // namespace verbale::query
