// Which nodes can be reached, each once: breadth first, a mark a node. Stands for trails of
// variable length where only the distinct ends count, the pattern is directed and the lower bound
// is 0 or 1: a shortest directed walk, also one back to its start, takes no relationship twice.

#include "query/execute/operators.h"
#include "query/execute/row_expander.h"
#include "query/execute/walker.h"

namespace verbale::query {
namespace {

using graph::NodeNo;

class ReachOperator : public RowExpander {
 public:
  ReachOperator(const LogicalVarExpand& op, const LogicalPlan& plan)
      : op_(op), walker_(op.arrow, op.types, op.element, Own(Compile(op.element_where, plan))) {}

 protected:
  void DoOpen() override { walker_.Open(ctx()); }

  void DoReset() override {
    RowExpander::DoReset();
    nodes_.clear();
  }

  void BeginRow(const Batch& rows, std::uint32_t row) override {
    found_.clear();
    next_ = 0;
    const NodeNo start = NodeAt(*rows.at(op_.from), row);
    if (start == graph::kNoNode) return;
    walker_.SetRow(rows, row);
    if (marks_.size() < view().NodeLimit()) marks_.resize(view().NodeLimit(), 0);
    NextMark();
    Search(start);
  }

  bool Produce(std::size_t room) override {
    const std::size_t count = std::min(room, found_.size() - next_);
    for (std::size_t i = 0; i < count; ++i) nodes_.push_back(found_[next_ + i].value);
    next_ += count;
    Add(count);
    return next_ == found_.size();
  }

  void Emit(Batch& out) override {
    if (Keeps(op_.to)) out.Set(op_.to, NewNumbers(ColumnKind::kNodes, std::move(nodes_)));
    nodes_.clear();
  }

 private:
  void NextMark() {
    if (++mark_ != 0) return;
    std::fill(marks_.begin(), marks_.end(), 0);
    mark_ = 1;
  }

  void Search(NodeNo start) {
    if (op_.length.min == 0) {
      marks_[start.value] = mark_;
      found_.push_back(start);
    }
    std::vector<NodeNo> level = {start};
    std::vector<NodeNo> next;
    for (std::uint64_t depth = 0; !level.empty(); ++depth) {
      if (op_.length.max && depth >= *op_.length.max) return;
      ctx().Tick();
      next.clear();
      for (const NodeNo node : level) {
        steps_.clear();
        walker_.Steps(node, false, steps_);
        for (const Step& step : steps_) {
          if (marks_[step.node.value] == mark_) continue;
          marks_[step.node.value] = mark_;
          next.push_back(step.node);
        }
      }
      found_.insert(found_.end(), next.begin(), next.end());
      std::swap(level, next);
    }
  }

  LogicalVarExpand op_;
  Walker walker_;
  std::vector<std::uint32_t> marks_;
  std::uint32_t mark_ = 0;
  std::vector<NodeNo> found_;
  std::size_t next_ = 0;
  std::vector<Step> steps_;
  std::vector<std::uint32_t> nodes_;
};

}  // namespace

OperatorPtr MakeReach(const LogicalVarExpand& op, const LogicalPlan& plan) {
  return std::make_unique<ReachOperator>(op, plan);
}

}  // namespace verbale::query
