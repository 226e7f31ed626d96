// A named path out of the nodes and relationships that were matched.

#include "query/execute/operators.h"
#include "query/execute/path_builder.h"

namespace verbale::query {
namespace {

class PathOperator : public Operator {
 public:
  explicit PathOperator(const LogicalPath& op) : op_(op) {}

 protected:
  bool DoNext(Batch& out) override {
    if (!input().Next(out)) return false;
    std::vector<graph::Value> paths(out.rows);
    for (std::size_t row = 0; row < out.rows; ++row) {
      PathBuilder builder(view());
      for (const Slot part : op_.parts) builder.Add(out.at(part)->At(row, view()));
      paths[row] = builder.Finish();
    }
    out.Set(op_.path, NewValues(std::move(paths)));
    return true;
  }

 private:
  LogicalPath op_;
};

}  // namespace

OperatorPtr MakePath(const LogicalPath& op) { return std::make_unique<PathOperator>(op); }

}  // namespace verbale::query
