#pragma once

// The base of operators that write: all rows come in before the first write, so that nothing below
// reads what is written here.

#include "query/execute/operator.h"

namespace verbale::query {

class WriteOperator : public Operator {
 protected:
  /// Writes for the rows of `in` and appends the rows that go on to `out`.
  virtual void Write(Batch in, std::vector<Batch>& out) = 0;

  void DoReset() override;
  bool DoNext(Batch& out) final;

 private:
  std::vector<Batch> results_;
  std::size_t next_ = 0;
  bool ran_ = false;
};

}  // namespace verbale::query
