// The first of rows that are equivalent in some slots. A single column of nodes needs a mark a node
// only.

#include <algorithm>
#include <optional>
#include <utility>

#include "query/execute/group_table.h"
#include "query/execute/node_bits.h"
#include "query/execute/operators.h"

namespace verbale::query {
namespace {

class DistinctOperator : public Operator {
 public:
  explicit DistinctOperator(const LogicalDistinct& op) : slots_(op.slots) {}

 protected:
  void DoReset() override {
    table_.reset();
    marks_ = NodeBits();
    has_null_ = false;
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
  void MarkNodes(std::span<const std::uint32_t> numbers) {
    marks_.Reserve(view().NodeLimit());
    rows_.resize(numbers.size());
    std::size_t kept = 0;
    for (std::uint32_t row = 0; row < numbers.size(); ++row) {
      const graph::NodeNo node{numbers[row]};
      rows_[kept] = row;  // Kept only where the next one moves on.
      kept += node == graph::kNoNode ? !std::exchange(has_null_, true) : marks_.Put(node);
    }
    rows_.resize(kept);
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
    std::vector<graph::NodeNo> marked;
    marks_.TakeAll(marked);
    std::vector<std::uint32_t> nodes;
    if (has_null_) nodes.push_back(graph::kNoNode.value);
    for (const graph::NodeNo node : marked) nodes.push_back(node.value);
    if (nodes.empty()) return;
    given_ = nodes.size();
    const ColumnPtr column = NewNumbers(ColumnKind::kNodes, std::move(nodes));
    table_->Assign({&column, 1}, given_, numbers_);
  }

  std::vector<Slot> slots_;
  std::optional<GroupTable> table_;
  NodeBits marks_;  ///< Of nodes that were met, as long as there is no table.
  bool has_null_ = false;
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
