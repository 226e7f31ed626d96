// All nodes, or those with a label, for every incoming row.

#include "query/execute/names.h"
#include "query/execute/operators.h"
#include "query/execute/row_expander.h"

namespace verbale::query {
namespace {

class NodeScanOperator : public RowExpander {
 public:
  explicit NodeScanOperator(const LogicalNodeScan& op) : node_(op.node), label_(op.label) {}

 protected:
  void BeginRow(const Batch&, std::uint32_t) override { from_ = graph::NodeNo{0}; }

  bool Produce(std::size_t room) override {
    std::optional<graph::LabelId> label;
    if (label_) {
      label = view().catalog().FindLabel(*label_);
      if (!label) return true;
    }
    const std::size_t before = nodes_.size();
    nodes_.resize(before + room);
    const std::size_t found =
        view().ScanNodes(label, from_, std::span(nodes_).subspan(before, room));
    nodes_.resize(before + found);
    Add(found);
    if (found < room) return true;
    from_ = graph::NodeNo{nodes_.back().value + 1};
    return false;
  }

  void Emit(Batch& out) override {
    if (Keeps(node_)) {
      std::vector<std::uint32_t> numbers;
      numbers.reserve(nodes_.size());
      for (const graph::NodeNo node : nodes_) numbers.push_back(node.value);
      out.Set(node_, NewNumbers(ColumnKind::kNodes, std::move(numbers)));
    }
    nodes_.clear();
  }

  void DoReset() override {
    RowExpander::DoReset();
    nodes_.clear();
  }

 private:
  Slot node_;
  std::optional<std::string> label_;
  graph::NodeNo from_;
  std::vector<graph::NodeNo> nodes_;
};

}  // namespace

OperatorPtr MakeNodeScan(const LogicalNodeScan& op) {
  return std::make_unique<NodeScanOperator>(op);
}

}  // namespace verbale::query
