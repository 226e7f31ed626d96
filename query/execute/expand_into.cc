// Relationships between two nodes that rows hold already: the neighbours of the one with fewer of
// them are searched for the other; they are sorted.

#include <algorithm>

#include "query/execute/names.h"
#include "query/execute/operators.h"
#include "query/execute/row_expander.h"
#include "query/execute/trail.h"

namespace verbale::query {
namespace {

using graph::Direction;
using graph::NodeNo;

class ExpandIntoOperator : public RowExpander {
 public:
  explicit ExpandIntoOperator(const LogicalExpand& op) : op_(op), types_(op.types) {}

 protected:
  void DoOpen() override {
    types_.Forget();
    keep_rel_ = Keeps(op_.rel);
  }

  void DoReset() override {
    RowExpander::DoReset();
    rels_.clear();
  }

  void BeginRow(const Batch& rows, std::uint32_t row) override {
    from_ = NodeAt(*rows.at(op_.from), row);
    to_ = NodeAt(*rows.at(op_.to), row);
    if (!op_.distinct_from.empty()) taken_.Load(rows, row, op_.distinct_from);
  }

  bool Produce(std::size_t) override {
    if (from_ == graph::kNoNode || to_ == graph::kNoNode) return true;
    if (op_.to_label) {
      const auto label = view().catalog().FindLabel(*op_.to_label);
      if (!label || !view().HasLabel(to_, *label)) return true;
    }
    for (const graph::TypeId type : types_.Resolve(view())) {
      if (op_.arrow != Arrow::kIn) Search(from_, to_, type);
      if (op_.arrow == Arrow::kIn || (op_.arrow == Arrow::kBoth && from_ != to_)) {
        Search(to_, from_, type);
      }
    }
    return true;
  }

  void Emit(Batch& out) override {
    if (keep_rel_) out.Set(op_.rel, NewNumbers(ColumnKind::kRels, std::move(rels_)));
    rels_.clear();
  }

 private:
  void Search(NodeNo source, NodeNo target, graph::TypeId type) {
    graph::Adjacency adjacency = ctx().Neighbours(source, Direction::kOut, type);
    NodeNo wanted = target;
    const graph::Adjacency back = ctx().Neighbours(target, Direction::kIn, type);
    if (back.size() < adjacency.size()) {
      adjacency = back;
      wanted = source;
    }
    const auto [begin, end] =
        std::equal_range(adjacency.nodes.begin(), adjacency.nodes.end(), wanted);
    for (auto it = begin; it != end; ++it) {
      const graph::RelNo rel =
          adjacency.rel(static_cast<std::size_t>(it - adjacency.nodes.begin()));
      if (taken_.Has(rel)) continue;
      if (keep_rel_) rels_.push_back(rel.value);
      Add();
    }
  }

  LogicalExpand op_;
  TypeFilter types_;
  bool keep_rel_ = false;
  TakenRels taken_;
  NodeNo from_;
  NodeNo to_;
  std::vector<std::uint32_t> rels_;
};

}  // namespace

OperatorPtr MakeExpandInto(const LogicalExpand& op) {
  return std::make_unique<ExpandIntoOperator>(op);
}

}  // namespace verbale::query
