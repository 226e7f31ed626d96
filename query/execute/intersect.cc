// Two relationships that close a triangle: the node at their far end is a neighbour of two nodes
// that rows hold.

#include "query/execute/meetings.h"
#include "query/execute/names.h"
#include "query/execute/operators.h"
#include "query/execute/row_expander.h"
#include "query/execute/trail.h"

namespace verbale::query {
namespace {

using graph::Adjacency;
using graph::Direction;
using graph::NodeNo;

class IntersectOperator : public RowExpander {
 public:
  explicit IntersectOperator(const LogicalIntersect& op)
      : op_(op),
        label_(op.to_label),
        first_types_(op.first.types),
        second_types_(op.second.types) {}

 protected:
  void DoOpen() override {
    label_.Open(ctx());
    first_types_.Forget();
    second_types_.Forget();
    keep_first_ = Keeps(op_.first.rel);
    keep_second_ = Keeps(op_.second.rel);
    keep_to_ = Keeps(op_.to);
  }

  void DoReset() override {
    RowExpander::DoReset();
    Forget();
  }

  void BeginRow(const Batch& rows, std::uint32_t row) override {
    first_ = NodeAt(*rows.at(op_.first.from), row);
    second_ = NodeAt(*rows.at(op_.second.from), row);
    taken_.Load(rows, row, op_.first.distinct_from);
    second_taken_.Load(rows, row, op_.second.distinct_from);
  }

  bool Produce(std::size_t) override {
    if (first_ == graph::kNoNode || second_ == graph::kNoNode) return true;
    for (const graph::TypeId a : first_types_.Resolve(view())) {
      const Adjacency first = ctx().Neighbours(first_, DirectionOf(op_.first.arrow), a);
      if (first.size() == 0) continue;
      for (const graph::TypeId b : second_types_.Resolve(view())) {
        Intersect(first, ctx().Neighbours(second_, DirectionOf(op_.second.arrow), b));
      }
    }
    return true;
  }

  void Emit(Batch& out) override {
    if (keep_to_) out.Set(op_.to, NewNumbers(ColumnKind::kNodes, std::move(nodes_)));
    if (keep_first_) out.Set(op_.first.rel, NewNumbers(ColumnKind::kRels, std::move(firsts_)));
    if (keep_second_) out.Set(op_.second.rel, NewNumbers(ColumnKind::kRels, std::move(seconds_)));
    Forget();
  }

 private:
  static Direction DirectionOf(Arrow arrow) {
    return arrow == Arrow::kIn ? Direction::kIn : Direction::kOut;
  }

  void Forget() {
    nodes_.clear();
    firsts_.clear();
    seconds_.clear();
  }

  void Intersect(const Adjacency& first, const Adjacency& second) {
    ForEachMeeting(first, second, [&](std::size_t i, std::size_t j) {
      const NodeNo node = first.nodes[i];
      const graph::RelNo first_rel = first.rel(i);
      const graph::RelNo second_rel = second.rel(j);
      if (label_.is_set() && !label_.Holds(node)) return;
      if (taken_.Has(first_rel) || second_taken_.Has(second_rel)) return;
      if (op_.distinct && first_rel == second_rel) return;
      if (keep_to_) nodes_.push_back(node.value);
      if (keep_first_) firsts_.push_back(first_rel.value);
      if (keep_second_) seconds_.push_back(second_rel.value);
      Add();
    });
  }

  LogicalIntersect op_;
  LabelTest label_;
  TypeFilter first_types_;
  TypeFilter second_types_;
  bool keep_first_ = false;
  bool keep_second_ = false;
  bool keep_to_ = false;
  NodeNo first_;
  NodeNo second_;
  TakenRels taken_;
  TakenRels second_taken_;
  std::vector<std::uint32_t> nodes_;
  std::vector<std::uint32_t> firsts_;
  std::vector<std::uint32_t> seconds_;
};

}  // namespace

OperatorPtr MakeIntersect(const LogicalIntersect& op) {
  return std::make_unique<IntersectOperator>(op);
}

}  // namespace verbale::query
