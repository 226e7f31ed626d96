// The first of rows that are equivalent in some slots. A single column of nodes needs a mark a node
// only.

#include <algorithm>

#include "query/execute/operators.h"
#include "query/execute/row_key.h"

namespace verbale::query {
namespace {

class DistinctOperator : public Operator {
 public:
  explicit DistinctOperator(const LogicalDistinct& op) : slots_(op.slots) {}

 protected:
  void DoReset() override {
    table_.Clear();
    marks_.clear();
    ctx().Release(held_);
    held_ = 0;
  }

  bool DoNext(Batch& out) override {
    Batch in;
    while (input().Next(in)) {
      std::vector<std::uint32_t> rows;
      for (std::size_t row = 0; row < in.rows; ++row) {
        if (IsNew(in, row)) rows.push_back(static_cast<std::uint32_t>(row));
      }
      if (rows.empty()) continue;
      GatherBatch(in, rows, keep_, out);
      const std::size_t bytes = rows.size() * (slots_.size() + 2) * sizeof(graph::Value);
      held_ += bytes;
      ctx().Hold(bytes);
      return true;
    }
    return false;
  }

 private:
  bool IsNew(const Batch& in, std::size_t row) {
    if (slots_.size() == 1 && in.at(slots_[0])->kind == ColumnKind::kNodes && table_.size() == 0) {
      const std::uint32_t number = in.at(slots_[0])->numbers[row];
      const std::size_t place = number == graph::kNoNode.value ? 0 : number + std::size_t{1};
      if (place >= marks_.size())
        marks_.resize(std::max<std::size_t>(place + 1, view().NodeLimit()));
      if (marks_[place]) return false;
      marks_[place] = true;
      return true;
    }
    if (!marks_.empty()) TakeMarksOver();
    return table_.Insert(KeyOf(in, row, slots_, view())).second;
  }

  /// The column has changed its kind: what was marked is taken over as keys.
  void TakeMarksOver() {
    for (std::size_t place = 0; place < marks_.size(); ++place) {
      if (!marks_[place]) continue;
      if (place == 0) {
        table_.Insert({graph::Value()});
        continue;
      }
      const graph::NodeNo node{static_cast<std::uint32_t>(place - 1)};
      table_.Insert({graph::Value(graph::NodeRef{node, view().Id(node)})});
    }
    marks_.clear();
  }

  std::vector<Slot> slots_;
  RowTable table_;
  std::vector<bool> marks_;
  std::size_t held_ = 0;
};

}  // namespace

OperatorPtr MakeDistinct(const LogicalDistinct& op) {
  return std::make_unique<DistinctOperator>(op);
}

}  // namespace verbale::query
