// The first of rows that are equivalent in some slots. A single column of nodes needs a mark a node
// only.

#include <algorithm>
#include <optional>

#include "query/execute/group_table.h"
#include "query/execute/operators.h"

namespace verbale::query {
namespace {

class DistinctOperator : public Operator {
 public:
  explicit DistinctOperator(const LogicalDistinct& op) : slots_(op.slots) {}

 protected:
  void DoReset() override {
    table_.reset();
    marks_.clear();
    given_ = 0;
    ctx().Release(held_);
    held_ = 0;
  }

  bool DoNext(Batch& out) override {
    Batch in;
    while (input().Next(in)) {
      rows_.clear();
      if (!table_ && slots_.size() == 1 && in.at(slots_[0])->kind == ColumnKind::kNodes) {
        MarkNodes(in.at(slots_[0])->numbers);
      } else {
        TakeNew(in);
      }
      if (rows_.empty()) continue;
      GatherBatch(in, rows_, keep_, out);
      const std::size_t bytes = rows_.size() * (slots_.size() + 2) * sizeof(graph::Value);
      held_ += bytes;
      ctx().Hold(bytes);
      return true;
    }
    return false;
  }

 private:
  /// Null has the first mark.
  void MarkNodes(std::span<const std::uint32_t> numbers) {
    for (std::size_t row = 0; row < numbers.size(); ++row) {
      const std::size_t place =
          numbers[row] == graph::kNoNode.value ? 0 : numbers[row] + std::size_t{1};
      if (place >= marks_.size()) {
        marks_.resize(std::max<std::size_t>(place + 1, view().NodeLimit()));
      }
      if (marks_[place]) continue;
      marks_[place] = true;
      rows_.push_back(static_cast<std::uint32_t>(row));
    }
  }

  /// Groups are numbered as they come: the first row of each has the next number.
  void TakeNew(const Batch& in) {
    if (!table_) TakeMarksOver();
    std::vector<ColumnPtr> keys;
    for (const Slot slot : slots_) keys.push_back(in.at(slot));
    table_->Assign(keys, in.rows, numbers_);
    for (std::size_t row = 0; row < in.rows; ++row) {
      if (numbers_[row] != given_) continue;
      ++given_;
      rows_.push_back(static_cast<std::uint32_t>(row));
    }
  }

  /// The column has changed its kind, or is none of nodes: what was marked is taken over.
  void TakeMarksOver() {
    table_.emplace(slots_.size(), view());
    std::vector<std::uint32_t> nodes;
    for (std::size_t place = 0; place < marks_.size(); ++place) {
      if (!marks_[place]) continue;
      nodes.push_back(place == 0 ? graph::kNoNode.value : static_cast<std::uint32_t>(place - 1));
    }
    marks_.clear();
    if (nodes.empty()) return;
    given_ = nodes.size();
    const ColumnPtr column = NewNumbers(ColumnKind::kNodes, std::move(nodes));
    table_->Assign({&column, 1}, given_, numbers_);
  }

  std::vector<Slot> slots_;
  std::optional<GroupTable> table_;
  std::vector<bool> marks_;
  std::size_t given_ = 0;               ///< Groups whose first row was given.
  std::vector<std::uint32_t> numbers_;  ///< Groups of the rows of a batch.
  std::vector<std::uint32_t> rows_;     ///< Those of a batch that are given.
  std::size_t held_ = 0;
};

}  // namespace

OperatorPtr MakeDistinct(const LogicalDistinct& op) {
  return std::make_unique<DistinctOperator>(op);
}

}  // namespace verbale::query
