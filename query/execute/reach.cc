// Which nodes can be reached, each once: breadth first, a bit a node. Stands for trails of
// variable length where only the distinct ends count, the pattern is directed and the lower bound
// is 0 or 1: a shortest directed walk, also one back to its start, takes no relationship twice.

#include "query/execute/expression_kinds.h"
#include "query/execute/node_bits.h"
#include "query/execute/operators.h"
#include "query/execute/row_expander.h"
#include "query/execute/walker.h"
#include "query/execute/ways.h"

namespace verbale::query {
namespace {

using graph::NodeNo;

/// Nodes whose relationships are asked together.
constexpr std::size_t kTogether = 64;

class ReachOperator : public RowExpander {
 public:
  ReachOperator(const LogicalVarExpand& op, const LogicalPlan& plan)
      : op_(op),
        ways_(op.arrow, op.types, std::nullopt),
        where_(Own(Compile(op.element_where, plan))),
        can_fail_(where_ != nullptr && !CannotFail(*op.element_where, plan)),
        walker_(op.arrow, op.types, op.element, where_) {}

 protected:
  void DoOpen() override {
    walker_.Open(ctx());
    ways_.Open(ctx());
    for (const NodeNo node : found_) reached_.Take(node);  // Of a run that was stopped.
    found_.clear();
  }

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
    ways_.Refresh();
    reached_.Reserve(view().NodeLimit());
    Search(start);
    Collect();
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
  void Search(NodeNo start) {
    level_.assign(1, start);
    if (op_.length.min == 0) {
      Reach(start);
      next_level_.clear();
    }
    for (std::uint64_t depth = 0; !level_.empty(); ++depth) {
      if (op_.length.max && depth >= *op_.length.max) return;
      ctx().Tick();
      if (where_ == nullptr) {
        for (const NodeNo node : level_) {
          for (const Way& way : ways_.all()) {
            for (const NodeNo end : ways_.Of(way, node).nodes) Reach(end);
          }
        }
      } else {
        StepWhere();
      }
      std::swap(level_, next_level_);
      next_level_.clear();
    }
  }

  /// From the nodes of a level, along relationships that are asked for something, those of many
  /// nodes together; where that cannot fail, not again of what leads to known nodes.
  void StepWhere() {
    const auto is_known = [this](NodeNo node) { return !can_fail_ && reached_.Has(node); };
    for (std::size_t i = 0; i < level_.size(); i += kTogether) {
      steps_.clear();
      const std::size_t count = std::min(kTogether, level_.size() - i);
      walker_.StepsOfAll(std::span<const NodeNo>(level_).subspan(i, count), is_known, steps_);
      for (const Step& step : steps_) Reach(step.node);
    }
  }

  void Reach(NodeNo node) {
    if (!reached_.Put(node)) return;
    found_.push_back(node);
    next_level_.push_back(node);
  }

  /// Many are given out by number, so that what is asked of them lies side by side.
  void Collect() {
    next_level_.clear();
    if (found_.size() > view().NodeLimit() / 64) {
      found_.clear();
      reached_.TakeAll(found_);
    } else {
      for (const NodeNo node : found_) reached_.Take(node);
    }
  }

  LogicalVarExpand op_;
  Ways ways_;
  Expression* where_;
  bool can_fail_;  ///< The condition.
  Walker walker_;
  NodeBits reached_;  ///< Empty between rows.
  std::vector<NodeNo> level_;
  std::vector<NodeNo> next_level_;
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
