// All nodes, or those with a label, for every incoming row.

#include <algorithm>

#include "query/execute/kernels.h"
#include "query/execute/operators.h"
#include "query/execute/row_expander.h"

namespace verbale::query {
namespace {

class NodeScanOperator : public RowExpander {
 public:
  NodeScanOperator(const LogicalNodeScan& op, const ScanPart* part)
      : node_(op.node), label_(op.label), part_(part) {}

 protected:
  void BeginRow(const Batch&, std::uint32_t) override {
    from_ = graph::NodeNo{part_ == nullptr ? 0 : part_->begin};
  }

  bool Produce(std::size_t room) override {
    std::optional<graph::LabelId> label;
    if (label_) {
      label = view().catalog().FindLabel(*label_);
      if (!label) return true;
    }
    const std::size_t before = numbers_.size();
    numbers_.resize(before + room);
    const std::size_t found =
        view().ScanNodes(label, from_, AsNodes(std::span(numbers_).subspan(before, room)));
    numbers_.resize(before + found);
    if (part_ != nullptr && found > 0 && numbers_.back() >= part_->end) {
      const auto end = std::lower_bound(numbers_.begin() + static_cast<std::ptrdiff_t>(before),
                                        numbers_.end(), part_->end);
      numbers_.erase(end, numbers_.end());
      Add(numbers_.size() - before);
      return true;
    }
    Add(found);
    if (found < room) return true;
    from_ = graph::NodeNo{numbers_.back() + 1};
    return false;
  }

  void Emit(Batch& out) override {
    if (Keeps(node_)) out.Set(node_, NewNumbers(ColumnKind::kNodes, std::move(numbers_)));
    numbers_.clear();
  }

  void DoReset() override {
    RowExpander::DoReset();
    numbers_.clear();
  }

 private:
  Slot node_;
  std::optional<std::string> label_;
  const ScanPart* part_;
  graph::NodeNo from_;
  std::vector<std::uint32_t> numbers_;
};

}  // namespace

OperatorPtr MakeNodeScan(const LogicalNodeScan& op, const ScanPart* part) {
  return std::make_unique<NodeScanOperator>(op, part);
}

}  // namespace verbale::query
