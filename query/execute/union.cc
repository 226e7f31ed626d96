// The rows of several inputs one after the other, under common slots.

#include "query/execute/operators.h"

namespace verbale::query {
namespace {

class UnionOperator : public Operator {
 public:
  explicit UnionOperator(const LogicalUnion& op) : op_(op) {}

 protected:
  void DoReset() override { branch_ = 0; }

  bool DoNext(Batch& out) override {
    Batch in;
    for (; branch_ < inputs_.size(); ++branch_) {
      if (!inputs_[branch_]->Next(in)) continue;
      out.Clear();
      out.rows = in.rows;
      for (std::size_t i = 0; i < op_.columns.size(); ++i) {
        out.Set(op_.columns[i], in.at(op_.branches[branch_][i]));
      }
      return true;
    }
    return false;
  }

 private:
  LogicalUnion op_;
  std::size_t branch_ = 0;
};

}  // namespace

OperatorPtr MakeUnion(const LogicalUnion& op) { return std::make_unique<UnionOperator>(op); }

}  // namespace verbale::query
