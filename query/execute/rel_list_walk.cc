// A pattern of variable length whose relationships are given as a list.

#include "query/execute/operators.h"
#include "query/execute/row_expander.h"
#include "query/execute/trail.h"
#include "query/execute/walker.h"

namespace verbale::query {
namespace {

using graph::NodeNo;

class RelListWalkOperator : public RowExpander {
 public:
  explicit RelListWalkOperator(const LogicalRelListWalk& op)
      : op_(op), walker_(op.arrow, op.types, kNoSlot, nullptr) {}

 protected:
  void DoOpen() override { walker_.Open(ctx()); }

  void DoReset() override {
    RowExpander::DoReset();
    nodes_.clear();
  }

  void BeginRow(const Batch& rows, std::uint32_t row) override {
    end_ = NodeAt(*rows.at(op_.from), row);
    const graph::Value list = rows.at(op_.rel)->At(row, view());
    taken_.Load(rows, row, op_.distinct_from);
    if (end_ == graph::kNoNode || !list.is_list() || !Fits(list.as_list())) {
      end_ = graph::kNoNode;
      return;
    }
    for (const graph::Value& rel : list.as_list()) {
      if (end_ == graph::kNoNode) return;
      end_ = walker_.Follow(end_, rel.as_rel().no);
    }
    if (op_.into && NodeAt(*rows.at(op_.to), row) != end_) end_ = graph::kNoNode;
  }

  bool Produce(std::size_t) override {
    if (end_ == graph::kNoNode) return true;
    nodes_.push_back(end_.value);
    Add();
    return true;
  }

  void Emit(Batch& out) override {
    if (Keeps(op_.to) && !op_.into) {
      out.Set(op_.to, NewNumbers(ColumnKind::kNodes, std::move(nodes_)));
    }
    nodes_.clear();
  }

 private:
  bool Fits(const graph::List& rels) const {
    if (rels.size() < op_.length.min || (op_.length.max && rels.size() > *op_.length.max)) {
      return false;
    }
    for (std::size_t i = 0; i < rels.size(); ++i) {
      if (!rels[i].is_rel() || taken_.Has(rels[i].as_rel().no)) return false;
      for (std::size_t k = 0; k < i; ++k) {
        if (rels[k].as_rel() == rels[i].as_rel()) return false;
      }
    }
    return true;
  }

  LogicalRelListWalk op_;
  Walker walker_;
  TakenRels taken_;
  NodeNo end_;
  std::vector<std::uint32_t> nodes_;
};

}  // namespace

OperatorPtr MakeRelListWalk(const LogicalRelListWalk& op) {
  return std::make_unique<RelListWalkOperator>(op);
}

}  // namespace verbale::query
