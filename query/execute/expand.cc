// One step along relationships. The neighbours of a node come as spans, a type and a direction at a
// time, and are copied whole where nothing has to be asked of each.

#include <algorithm>

#include "query/execute/names.h"
#include "query/execute/operators.h"
#include "query/execute/row_expander.h"
#include "query/execute/trail.h"

namespace verbale::query {
namespace {

using graph::Direction;
using graph::NodeNo;

class ExpandOperator : public RowExpander {
 public:
  explicit ExpandOperator(const LogicalExpand& op)
      : op_(op), types_(op.types), label_(op.to_label) {}

 protected:
  void DoOpen() override {
    types_.Forget();
    label_.Open(ctx());
    keep_rel_ = Keeps(op_.rel);
    keep_to_ = Keeps(op_.to);
  }

  void DoReset() override {
    RowExpander::DoReset();
    nodes_.clear();
    rels_.clear();
  }

  void BeginRow(const Batch& rows, std::uint32_t row) override {
    from_ = NodeAt(*rows.at(op_.from), row);
    run_ = 0;
    at_ = 0;
    open_ = false;
    if (!op_.distinct_from.empty()) taken_.Load(rows, row, op_.distinct_from);
  }

  bool Produce(std::size_t room) override {
    if (from_ == graph::kNoNode) return true;
    const std::vector<graph::TypeId>& types = types_.Resolve(view());
    const std::size_t runs = types.size() * (op_.arrow == Arrow::kBoth ? 2 : 1);
    for (; run_ < runs; ++run_, open_ = false) {
      if (!open_) OpenRun(types);
      while (at_ < adjacency_.size()) {
        if (room == 0) return false;
        const std::size_t count = std::min(room, adjacency_.size() - at_);
        room -= Take(count);
        at_ += count;
      }
    }
    return true;
  }

  void Emit(Batch& out) override {
    if (keep_to_) out.Set(op_.to, NewNumbers(ColumnKind::kNodes, std::move(nodes_)));
    if (keep_rel_) out.Set(op_.rel, NewNumbers(ColumnKind::kRels, std::move(rels_)));
    nodes_.clear();
    rels_.clear();
  }

 private:
  /// A pattern without direction looks at each type twice: out, then in without the loops.
  void OpenRun(const std::vector<graph::TypeId>& types) {
    const bool both = op_.arrow == Arrow::kBoth;
    const graph::TypeId type = types[both ? run_ / 2 : run_];
    const bool in = op_.arrow == Arrow::kIn || (both && run_ % 2 == 1);
    skip_loops_ = both && in;
    adjacency_ = view().Neighbours(from_, in ? Direction::kIn : Direction::kOut, type);
    at_ = 0;
    open_ = true;
  }

  /// Looks at the next `count` neighbours; how many were taken.
  std::size_t Take(std::size_t count) {
    if (!label_.is_set() && !skip_loops_ && taken_.empty()) {
      for (std::size_t i = at_; keep_to_ && i < at_ + count; ++i) {
        nodes_.push_back(adjacency_.nodes[i].value);
      }
      for (std::size_t i = at_; keep_rel_ && i < at_ + count; ++i) {
        rels_.push_back(adjacency_.rel(i).value);
      }
      Add(count);
      return count;
    }
    std::size_t taken = 0;
    for (std::size_t i = at_; i < at_ + count; ++i) {
      const NodeNo node = adjacency_.nodes[i];
      if (skip_loops_ && node == from_) continue;
      if (label_.is_set() && !label_.Holds(node)) continue;
      if (!taken_.empty() && taken_.Has(adjacency_.rel(i))) continue;
      if (keep_to_) nodes_.push_back(node.value);
      if (keep_rel_) rels_.push_back(adjacency_.rel(i).value);
      ++taken;
    }
    Add(taken);
    return taken;
  }

  LogicalExpand op_;
  TypeFilter types_;
  bool keep_rel_ = false;
  bool keep_to_ = false;
  LabelTest label_;
  TakenRels taken_;

  NodeNo from_;
  std::size_t run_ = 0;
  graph::Adjacency adjacency_;
  std::size_t at_ = 0;
  bool open_ = false;
  bool skip_loops_ = false;
  std::vector<std::uint32_t> nodes_;
  std::vector<std::uint32_t> rels_;
};

}  // namespace

OperatorPtr MakeExpand(const LogicalExpand& op) { return std::make_unique<ExpandOperator>(op); }

}  // namespace verbale::query
