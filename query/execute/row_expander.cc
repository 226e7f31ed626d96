#include "query/execute/row_expander.h"

#include <algorithm>

namespace verbale::query {

void RowExpander::DoReset() {
  reader_.Reset();
  parents_.clear();
  in_row_ = false;
}

bool RowExpander::Keeps(Slot slot) const {
  return std::find(keep_.begin(), keep_.end(), slot) != keep_.end();
}

bool RowExpander::DoNext(Batch& out) {
  while (reader_.Ensure(input())) {
    ctx().Tick();
    while (reader_.row() < reader_.batch().rows && parents_.size() < ctx().batch_size()) {
      if (!in_row_) BeginRow(reader_.batch(), reader_.row());
      in_row_ = !Produce(ctx().batch_size() - parents_.size());
      if (!in_row_) reader_.Advance();
    }
    if (parents_.empty()) continue;
    GatherBatch(reader_.batch(), parents_, keep_, out);
    Emit(out);
    parents_.clear();
    return true;
  }
  return false;
}

}  // namespace verbale::query
