// How many ways there are to close a triangle: of the nodes that two nodes of a row lead to, those
// in common are counted and not given out.
//
// Rows that follow each other mostly share one of the two nodes. Its neighbours are marked in a
// bitmap once, and the neighbours of the other node are looked up there; a list that is much longer
// than the marked one is searched for the marked nodes instead.
//
// A bitmap knows nodes, not relationships, so it serves only where no relationship can be taken
// twice: without loops, the two steps of a row end at one node from different nodes, and neither is
// the relationship between these two. Everything else is counted pair by pair.

#include <algorithm>

#include "query/execute/meetings.h"
#include "query/execute/node_bits.h"
#include "query/execute/operators.h"
#include "query/execute/trail.h"
#include "query/execute/ways.h"

namespace verbale::query {
namespace {

using graph::Adjacency;
using graph::NodeNo;

/// A list so many times longer than the marked one is searched: each search costs about so many
/// look-ups in the bitmap.
constexpr std::size_t kMuchLonger = 16;

class CountIntersectOperator : public Operator {
 public:
  explicit CountIntersectOperator(const LogicalIntersect& op)
      : op_(op),
        first_(op.first.arrow, op.first.types, op.to_label),
        second_(op.second.arrow, op.second.types, op.to_label) {}

 protected:
  void DoOpen() override {
    first_.Open(ctx());
    second_.Open(ctx());
  }

  void DoReset() override { Unmark(); }

  bool DoNext(Batch& out) override {
    Batch in;
    while (input().Next(in)) {
      Refresh();
      std::vector<std::uint32_t> rows;
      MutableColumnPtr counts = NewColumn(ColumnKind::kInts);
      for (std::uint32_t row = 0; row < in.rows; ++row) {
        if ((row & 0xFF) == 0) ctx().Tick();
        const std::int64_t count = Count(in, row);
        if (count == 0) continue;
        rows.push_back(row);
        counts->ints.push_back(count);
      }
      if (rows.empty()) continue;
      GatherBatch(in, rows, keep_, out);
      out.Set(op_.weight, std::move(counts));
      return true;
    }
    return false;
  }

 private:
  void Refresh() {
    first_.Refresh();
    second_.Refresh();
    marks_.Reserve(view().NodeLimit());
    may_mark_ = !ctx().writes() && first_.all().size() == 1 && second_.all().size() == 1 &&
                !view().MayHaveLoops(first_.all()[0].type) &&
                !view().MayHaveLoops(second_.all()[0].type);
    if (!may_mark_) Unmark();
  }

  std::int64_t Count(const Batch& in, std::uint32_t row) {
    const NodeNo a = NodeAt(*in.at(op_.first.from), row);
    const NodeNo b = NodeAt(*in.at(op_.second.from), row);
    if (a == graph::kNoNode || b == graph::kNoNode) return 0;
    if (!may_mark_ || a == b) return CountPairs(in, row, a, b);
    // Mark the side that stays the same from row to row.
    const bool mark_second = b == last_b_ || a != last_a_;
    last_a_ = a;
    last_b_ = b;
    const graph::AdjacencyTable& marked_table = (mark_second ? second_ : first_).all()[0].table;
    const graph::AdjacencyTable& other_table = (mark_second ? first_ : second_).all()[0].table;
    const Adjacency other = other_table.Of(mark_second ? a : b);
    if (other.size() == 0) return 0;
    if (!Mark(mark_second, mark_second ? b : a, marked_table)) return CountPairs(in, row, a, b);
    return CountMarked(other);
  }

  /// False where parallel relationships lead to one node: marks do not count them.
  bool Mark(bool second, NodeNo node, const graph::AdjacencyTable& table) {
    if (marked_node_ == node && marked_second_ == second) return !marked_twice_;
    Unmark();
    marked_node_ = node;
    marked_second_ = second;
    const Adjacency adjacency = table.Of(node);
    marked_.assign(adjacency.nodes.begin(), adjacency.nodes.end());
    for (const NodeNo neighbour : marked_) marked_twice_ |= !marks_.Put(neighbour);
    return !marked_twice_;
  }

  void Unmark() {
    for (const NodeNo node : marked_) marks_.Take(node);
    marked_.clear();
    marked_node_ = graph::kNoNode;
    marked_twice_ = false;
  }

  std::int64_t CountMarked(const Adjacency& other) {
    std::int64_t count = 0;
    if (other.size() > kMuchLonger * marked_.size()) {
      auto from = other.nodes.begin();
      for (const NodeNo node : marked_) {
        from = std::lower_bound(from, other.nodes.end(), node);
        for (; from != other.nodes.end() && *from == node; ++from) count += Fits(node);
      }
      return count;
    }
    if (!first_.asks_label()) {
      for (const NodeNo node : other.nodes) count += marks_.Has(node);
      return count;
    }
    for (const NodeNo node : other.nodes) count += marks_.Has(node) && Fits(node);
    return count;
  }

  bool Fits(NodeNo node) { return !first_.asks_label() || first_.HasLabel(node); }

  std::int64_t CountPairs(const Batch& in, std::uint32_t row, NodeNo a, NodeNo b) {
    taken_.Load(in, row, op_.first.distinct_from);
    second_taken_.Load(in, row, op_.second.distinct_from);
    std::int64_t count = 0;
    for (const Way& first_way : first_.all()) {
      const Adjacency first = first_.Of(first_way, a);
      for (const Way& second_way : second_.all()) {
        const Adjacency second = second_.Of(second_way, b);
        ForEachMeeting(first, second, [&](std::size_t i, std::size_t j) {
          const graph::RelNo first_rel = first.rel(i);
          const graph::RelNo second_rel = second.rel(j);
          if (taken_.Has(first_rel) || second_taken_.Has(second_rel)) return;
          if ((op_.distinct && first_rel == second_rel) || !Fits(first.nodes[i])) return;
          ++count;
        });
      }
    }
    return count;
  }

  LogicalIntersect op_;
  Ways first_;
  Ways second_;
  TakenRels taken_;
  TakenRels second_taken_;
  bool may_mark_ = false;
  NodeBits marks_;
  std::vector<NodeNo> marked_;  ///< What is in marks_: neighbours of marked_node_...
  NodeNo marked_node_ = graph::kNoNode;
  bool marked_second_ = false;  ///< ...by the second step, or by the first.
  bool marked_twice_ = false;
  NodeNo last_a_ = graph::kNoNode;
  NodeNo last_b_ = graph::kNoNode;
};

}  // namespace

OperatorPtr MakeCountIntersect(const LogicalIntersect& op) {
  return std::make_unique<CountIntersectOperator>(op);
}

}  // namespace verbale::query
