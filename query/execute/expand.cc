// One step along relationships. The neighbours of a node come as spans, a type and a direction at a
// time, and are copied whole where nothing has to be asked of each.

#include <algorithm>

#include "query/execute/node_bits.h"
#include "query/execute/operators.h"
#include "query/execute/trail.h"
#include "query/execute/ways.h"

namespace verbale::query {
namespace {

using graph::NodeNo;

class ExpandOperator : public Operator {
 public:
  explicit ExpandOperator(const LogicalExpand& op)
      : op_(op), ways_(op.arrow, op.types, op.to_label) {}

 protected:
  void DoOpen() override {
    ways_.Open(ctx());
    const auto keeps = [this](Slot slot) {
      return std::find(keep_.begin(), keep_.end(), slot) != keep_.end();
    };
    keep_rel_ = keeps(op_.rel);
    keep_to_ = keeps(op_.to);
  }

  void DoReset() override {
    reader_.Reset();
    seen_ = NodeBits();
    BeginRow();
  }

  bool DoNext(Batch& out) override {
    while (reader_.Ensure(input())) {
      ctx().Tick();
      if (reader_.row() == 0) from_ = reader_.batch().at(op_.from);
      ways_.Refresh();
      Walk();
      if (made_ == 0) continue;
      GatherBatch(reader_.batch(), std::span(parents_).first(made_), keep_, out);
      if (keep_to_) Give(op_.to, ColumnKind::kNodes, nodes_, out);
      if (keep_rel_) Give(op_.rel, ColumnKind::kRels, rels_, out);
      return true;
    }
    return false;
  }

 private:
  void Give(Slot slot, ColumnKind kind, std::vector<std::uint32_t>& numbers, Batch& out) const {
    numbers.resize(made_);
    out.Set(slot, NewNumbers(kind, std::move(numbers)));
    numbers.clear();
  }

  void BeginRow() {
    way_ = 0;
    at_ = 0;
    found_ = false;
  }

  /// Goes on until a batch is full or the rows are at their end.
  void Walk() {
    made_ = 0;
    const std::size_t enough = ctx().batch_size();
    parents_.resize(enough);
    if (keep_to_) nodes_.resize(enough);
    if (op_.distinct_ends) return WalkToNew(enough);
    if (keep_rel_) rels_.resize(enough);
    for (; reader_.row() < reader_.batch().rows && made_ < enough; reader_.Advance(), BeginRow()) {
      PrefetchAhead();
      const NodeNo from = NodeAt(*from_, reader_.row());
      if (from != graph::kNoNode && !WalkFrom(from, enough)) return;
      if (op_.optional && !found_) PutNull();
    }
  }

  void PrefetchAhead() const {
    const std::size_t row = reader_.row() + Ways::kAhead;
    if (row >= reader_.batch().rows || from_->kind != ColumnKind::kNodes) return;
    const NodeNo ahead{from_->numbers[row]};
    if (ahead != graph::kNoNode) ways_.Prefetch(ahead);
  }

  /// Likewise to nodes that no row has led to before; of them nothing but the node is read.
  void WalkToNew(std::size_t enough) {
    seen_.Reserve(view().NodeLimit());
    for (; reader_.row() < reader_.batch().rows; reader_.Advance(), BeginRow()) {
      PrefetchAhead();
      const NodeNo from = NodeAt(*from_, reader_.row());
      if (from == graph::kNoNode) continue;
      for (; way_ < ways_.all().size(); ++way_, at_ = 0) {
        const std::span<const NodeNo> ends = ways_.Of(ways_.all()[way_], from).nodes;
        for (; at_ < ends.size(); ++at_) {
          if (made_ == enough) return;
          if (seen_.Has(ends[at_])) continue;
          seen_.Put(ends[at_]);
          if (!ways_.asks_label() || ways_.HasLabel(ends[at_])) {
            parents_[made_] = reader_.row();
            if (keep_to_) nodes_[made_] = ends[at_].value;
            ++made_;
          }
        }
      }
    }
  }

  /// False where the batch is full before the node is at its end.
  bool WalkFrom(NodeNo from, std::size_t enough) {
    if (!op_.distinct_from.empty() && way_ == 0 && at_ == 0) {
      taken_.Load(reader_.batch(), reader_.row(), op_.distinct_from);
    }
    for (; way_ < ways_.all().size(); ++way_, at_ = 0) {
      const Way& way = ways_.all()[way_];
      const graph::Adjacency adjacency = ways_.Of(way, from);
      while (at_ < adjacency.size()) {
        if (made_ == enough) return false;
        const std::size_t count = std::min(adjacency.size() - at_, enough - made_);
        if (way.skip_loops || ways_.asks_label() || !taken_.empty()) {
          TakeSome(adjacency, count, way.skip_loops ? from : graph::kNoNode);
        } else {
          TakeAll(adjacency, count);
        }
        at_ += count;
      }
    }
    return true;
  }

  void TakeAll(const graph::Adjacency& adjacency, std::size_t count) {
    const std::uint32_t row = reader_.row();
    std::fill_n(parents_.begin() + static_cast<std::ptrdiff_t>(made_), count, row);
    for (std::size_t i = 0; keep_to_ && i < count; ++i) {
      nodes_[made_ + i] = adjacency.nodes[at_ + i].value;
    }
    for (std::size_t i = 0; keep_rel_ && i < count; ++i) {
      rels_[made_ + i] = adjacency.rel(at_ + i).value;
    }
    made_ += count;
    found_ = true;
  }

  /// Those that do not lead to `loop`, to a node without the label or along what was taken.
  void TakeSome(const graph::Adjacency& adjacency, std::size_t count, NodeNo loop) {
    for (std::size_t i = at_; i < at_ + count; ++i) {
      const NodeNo node = adjacency.nodes[i];
      if (node == loop) continue;
      if (ways_.asks_label() && !ways_.HasLabel(node)) continue;
      if (!taken_.empty() && taken_.Has(adjacency.rel(i))) continue;
      Put(node, adjacency.rel(i));
    }
  }

  void Put(NodeNo node, graph::RelNo rel) {
    parents_[made_] = reader_.row();
    if (keep_to_) nodes_[made_] = node.value;
    if (keep_rel_) rels_[made_] = rel.value;
    ++made_;
    found_ = true;
  }

  void PutNull() { Put(graph::kNoNode, graph::kNoRel); }

  LogicalExpand op_;
  Ways ways_;
  bool keep_rel_ = false;
  bool keep_to_ = false;
  TakenRels taken_;
  NodeBits seen_;  ///< Ends that were given, where each is given once.

  RowReader reader_;
  ColumnPtr from_;
  std::size_t way_ = 0;  ///< Where the current row is: table, and place in it.
  std::size_t at_ = 0;
  bool found_ = false;  ///< The current row has led somewhere.
  std::size_t made_ = 0;
  std::vector<std::uint32_t> parents_;
  std::vector<std::uint32_t> nodes_;
  std::vector<std::uint32_t> rels_;
};

}  // namespace

OperatorPtr MakeExpand(const LogicalExpand& op) { return std::make_unique<ExpandOperator>(op); }

}  // namespace verbale::query
