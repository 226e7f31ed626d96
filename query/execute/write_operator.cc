#include "query/execute/write_operator.h"

namespace verbale::query {

void WriteOperator::DoReset() {
  results_.clear();
  next_ = 0;
  ran_ = false;
}

bool WriteOperator::DoNext(Batch& out) {
  if (!ran_) {
    ran_ = true;
    std::vector<Batch> taken = PullAll(input(), ctx());
    for (Batch& batch : taken) {
      ctx().Tick();
      Write(std::move(batch), results_);
    }
  }
  while (next_ < results_.size()) {
    out = std::move(results_[next_++]);
    if (out.rows > 0) return true;
  }
  return false;
}

}  // namespace verbale::query
