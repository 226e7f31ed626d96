// DELETE and DETACH DELETE. What is to go is gathered over all rows first; relationships go before
// nodes. Whether a node still has relationships is asked when the statement ends, since a later
// clause may delete them.

#include <map>
#include <set>

#include "query/execute/operators.h"
#include "query/execute/write_operator.h"

namespace verbale::query {
namespace {

using graph::Value;

class DeleteOperator : public WriteOperator {
 public:
  DeleteOperator(const LogicalDelete& op, const LogicalPlan& plan) : detach_(op.detach) {
    for (const BoundExprPtr& target : op.targets) targets_.push_back(Own(Compile(target, plan)));
  }

 protected:
  void Write(Batch in, std::vector<Batch>& out) override {
    Nodes nodes;
    std::set<graph::RelNo> rels;
    for (Expression* target : targets_) {
      const ColumnPtr column = target->Evaluate(in);
      AtPlace(target->span(), [&] {
        for (std::size_t row = 0; row < in.rows; ++row) {
          Gather(column->At(row, view()), target->span(), nodes, rels);
        }
      });
    }
    if (detach_) {
      for (const auto& [node, span] : nodes) GatherRels(node, rels);
    }
    graph::Transaction& transaction = ctx().transaction();
    for (const graph::RelNo rel : rels) {
      if (!transaction.Exists(rel)) continue;
      transaction.Delete(rel);
      ++ctx().counts.relationships_deleted;
    }
    for (const auto& [node, span] : nodes) {
      if (!transaction.Exists(node)) continue;
      transaction.Delete(node);
      ctx().deleted_nodes.push_back({node, span});
      ctx().NoteWritten(node);
      ++ctx().counts.nodes_deleted;
    }
    out.push_back(std::move(in));
  }

 private:
  /// With the place of what named them first.
  using Nodes = std::map<graph::NodeNo, ByteSpan>;

  static void Gather(const Value& value, ByteSpan span, Nodes& nodes,
                     std::set<graph::RelNo>& rels) {
    if (value.is_null()) return;
    if (value.is_node()) {
      nodes.emplace(value.as_node().no, span);
    } else if (value.is_rel()) {
      rels.insert(value.as_rel().no);
    } else if (value.is_path()) {
      for (const graph::NodeRef& node : value.as_path().nodes) nodes.emplace(node.no, span);
      for (const graph::RelRef& rel : value.as_path().rels) rels.insert(rel.no);
    } else if (value.is_list()) {
      for (const Value& item : value.as_list()) {
        if (item.is_list()) FailType(item);
        Gather(item, span, nodes, rels);
      }
    } else {
      FailType(value);
    }
  }

  [[noreturn]] static void FailType(const Value& value) {
    throw RuntimeError(ErrorCode::kInvalidArgument,
                       "only nodes, relationships and paths can be deleted, not " +
                           std::string(graph::TypeName(value.type())),
                       "TypeError", "InvalidArgumentType");
  }

  void GatherRels(graph::NodeNo node, std::set<graph::RelNo>& rels) const {
    if (!view().Exists(node)) return;
    for (std::uint32_t type = 0; type < view().catalog().TypeCount(); ++type) {
      for (const graph::Direction direction : {graph::Direction::kOut, graph::Direction::kIn}) {
        const graph::Adjacency adjacency = view().Neighbours(node, direction, graph::TypeId{type});
        for (std::size_t i = 0; i < adjacency.size(); ++i) rels.insert(adjacency.rel(i));
      }
    }
  }

  bool detach_;
  std::vector<Expression*> targets_;
};

}  // namespace

OperatorPtr MakeDelete(const LogicalDelete& op, const LogicalPlan& plan) {
  return std::make_unique<DeleteOperator>(op, plan);
}

}  // namespace verbale::query
