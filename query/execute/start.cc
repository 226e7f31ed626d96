// The leaf: one empty row, or the rows that an outer operator gives.

#include "query/execute/operators.h"

namespace verbale::query {
namespace {

class StartOperator : public Operator {
 public:
  explicit StartOperator(const OuterRows* outer) : outer_(outer) {}

 protected:
  void DoReset() override { done_ = false; }

  bool DoNext(Batch& out) override {
    if (done_) return false;
    done_ = true;
    if (outer_->rows != nullptr) {
      out = *outer_->rows;
    } else {
      out.Clear();
      out.rows = 1;
    }
    return out.rows > 0;
  }

 private:
  const OuterRows* outer_;
  bool done_ = false;
};

}  // namespace

OperatorPtr MakeStart(const OuterRows* outer) { return std::make_unique<StartOperator>(outer); }

}  // namespace verbale::query
