// FOREACH: the inner plan, which only writes, once for each element.

#include "query/execute/operators.h"
#include "query/execute/write_operator.h"

namespace verbale::query {
namespace {

class ForeachOperator : public WriteOperator {
 public:
  ForeachOperator(const LogicalForeach& op, const LogicalPlan& plan, OuterRowsPtr outer)
      : slot_(op.slot), list_(Own(Compile(op.list, plan))), outer_rows_(std::move(outer)) {}

 protected:
  void Write(Batch in, std::vector<Batch>& out) override {
    std::vector<Slot> all;
    for (std::uint32_t i = 0; i < in.columns.size(); ++i) all.push_back(Slot{i});
    for (std::uint32_t row = 0; row < in.rows; ++row) {
      Batch one;
      GatherBatch(in, std::span(&row, 1), all, one);
      const graph::Value list = list_->Evaluate(one)->At(0, view());
      if (list.is_null()) continue;
      if (!list.is_list()) {
        throw RuntimeError(ErrorCode::kInvalidArgument,
                           "FOREACH needs a list, got " + std::string(graph::TypeName(list.type())),
                           "TypeError", "InvalidArgumentType");
      }
      for (const graph::Value& element : list.as_list()) Run(one, element);
    }
    out.push_back(std::move(in));
  }

 private:
  void Run(Batch& one, const graph::Value& element) {
    one.Set(slot_, NewValues({element}));
    outer_rows_->rows = &one;
    inner().Reset();
    Batch unseen;
    while (inner().Next(unseen)) continue;
  }

  Slot slot_;
  Expression* list_;
  OuterRowsPtr outer_rows_;
};

}  // namespace

OperatorPtr MakeForeach(const LogicalForeach& op, const LogicalPlan& plan, OuterRowsPtr outer) {
  return std::make_unique<ForeachOperator>(op, plan, std::move(outer));
}

}  // namespace verbale::query
