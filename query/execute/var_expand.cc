// Trails of variable length, depth first. The open steps of all depths lie in one vector; a frame
// is the range of one depth. No recursion: a trail may be as long as the graph has relationships.

#include <unordered_set>

#include "query/execute/operators.h"
#include "query/execute/row_expander.h"
#include "query/execute/trail.h"
#include "query/execute/walker.h"

namespace verbale::query {
namespace {

using graph::NodeNo;
using graph::RelNo;

/// The relationships of the trail so far, with a fast look-up once it is long.
class Trail {
 public:
  void Clear() {
    rels_.clear();
    set_.clear();
  }
  bool Has(RelNo rel) const {
    if (rels_.size() > kShort) return set_.count(rel.value) != 0;
    for (const RelNo taken : rels_) {
      if (taken == rel) return true;
    }
    return false;
  }
  void Push(RelNo rel) {
    rels_.push_back(rel);
    if (rels_.size() == kShort + 1) {
      for (const RelNo taken : rels_) set_.insert(taken.value);
    } else if (rels_.size() > kShort) {
      set_.insert(rel.value);
    }
  }
  void Pop() {
    if (rels_.size() == kShort + 1) {
      set_.clear();
    } else if (rels_.size() > kShort) {
      set_.erase(rels_.back().value);
    }
    rels_.pop_back();
  }
  std::span<const RelNo> rels() const { return rels_; }
  std::size_t size() const { return rels_.size(); }

 private:
  static constexpr std::size_t kShort = 16;
  std::vector<RelNo> rels_;
  std::unordered_set<std::uint32_t> set_;
};

class VarExpandOperator : public RowExpander {
 public:
  VarExpandOperator(const LogicalVarExpand& op, const LogicalPlan& plan)
      : op_(op), walker_(op.arrow, op.types, op.element, Own(Compile(op.element_where, plan))) {}

 protected:
  void DoOpen() override {
    walker_.Open(ctx());
    keep_rel_ = Keeps(op_.rel);
    keep_to_ = Keeps(op_.to);
  }

  void DoReset() override {
    RowExpander::DoReset();
    nodes_.clear();
    lists_.clear();
  }

  void BeginRow(const Batch& rows, std::uint32_t row) override {
    steps_.clear();
    frames_.clear();
    trail_.Clear();
    start_ = NodeAt(*rows.at(op_.from), row);
    if (start_ == graph::kNoNode) return;
    if (op_.into) target_ = NodeAt(*rows.at(op_.to), row);
    taken_.Load(rows, row, op_.distinct_from);
    walker_.SetRow(rows, row);
    if (op_.length.min == 0) Offer(start_);
    Descend(start_);
  }

  bool Produce(std::size_t room) override {
    const std::size_t enough = made() + room;
    std::uint32_t turns = 0;
    while (!frames_.empty()) {
      if (made() >= enough) return false;
      if ((++turns & 0xFFF) == 0) ctx().Tick();
      Frame& frame = frames_.back();
      if (frame.next == frame.end) {
        steps_.resize(frame.begin);
        frames_.pop_back();
        if (trail_.size() > 0) trail_.Pop();
        continue;
      }
      const Step step = steps_[frame.next++];
      if (trail_.Has(step.rel) || taken_.Has(step.rel)) continue;
      trail_.Push(step.rel);
      if (trail_.size() >= op_.length.min) Offer(step.node);
      Descend(step.node);
    }
    return true;
  }

  void Emit(Batch& out) override {
    if (keep_to_ && !op_.into) out.Set(op_.to, NewNumbers(ColumnKind::kNodes, std::move(nodes_)));
    if (keep_rel_) out.Set(op_.rel, NewValues(std::move(lists_)));
    nodes_.clear();
    lists_.clear();
  }

 private:
  struct Frame {
    std::size_t begin, next, end;
  };

  void Descend(NodeNo node) {
    const std::size_t begin = steps_.size();
    if (!op_.length.max || trail_.size() < *op_.length.max) walker_.Steps(node, false, steps_);
    frames_.push_back({begin, begin, steps_.size()});
  }

  void Offer(NodeNo node) {
    if (op_.into && node != target_) return;
    if (op_.length.max && trail_.size() > *op_.length.max) return;
    if (keep_to_) nodes_.push_back(node.value);
    if (keep_rel_) lists_.push_back(List());
    Add();
  }

  graph::Value List() const {
    if (!op_.reversed) return RelList(trail_.rels(), view());
    const std::vector<RelNo> turned(trail_.rels().rbegin(), trail_.rels().rend());
    return RelList(turned, view());
  }

  LogicalVarExpand op_;
  Walker walker_;
  bool keep_rel_ = false;
  bool keep_to_ = false;
  NodeNo start_;
  NodeNo target_;
  TakenRels taken_;
  Trail trail_;
  std::vector<Step> steps_;
  std::vector<Frame> frames_;
  std::vector<std::uint32_t> nodes_;
  std::vector<graph::Value> lists_;
};

}  // namespace

OperatorPtr MakeVarExpand(const LogicalVarExpand& op, const LogicalPlan& plan) {
  return std::make_unique<VarExpandOperator>(op, plan);
}

}  // namespace verbale::query
