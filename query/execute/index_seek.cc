// The nodes that an index gives for a value, for every incoming row.

#include "query/execute/operators.h"
#include "query/execute/row_expander.h"

namespace verbale::query {
namespace {

class IndexSeekOperator : public RowExpander {
 public:
  IndexSeekOperator(const LogicalIndexSeek& op, const LogicalPlan& plan)
      : node_(op.node), label_(op.label), key_(op.key), value_(Own(Compile(op.value, plan))) {}

 protected:
  void BeginRow(const Batch& rows, std::uint32_t row) override {
    if (row == 0) values_ = value_->Evaluate(rows);
    found_.clear();
    next_ = 0;
    const graph::Value value = values_->At(row, view());
    const auto label = view().catalog().FindLabel(label_);
    const auto key = view().catalog().FindKey(key_);
    if (value.is_null() || !label || !key) return;
    if (auto found = view().Lookup(*label, *key, value)) {
      found_ = std::move(*found);
    } else {
      Scan(*label, *key, value);
    }
  }

  bool Produce(std::size_t room) override {
    const std::size_t count = std::min(room, found_.size() - next_);
    for (std::size_t i = 0; i < count; ++i) numbers_.push_back(found_[next_ + i].value);
    next_ += count;
    Add(count);
    return next_ == found_.size();
  }

  void Emit(Batch& out) override {
    if (Keeps(node_)) out.Set(node_, NewNumbers(ColumnKind::kNodes, numbers_));
    numbers_.clear();
  }

  void DoReset() override {
    RowExpander::DoReset();
    numbers_.clear();
  }

 private:
  void Scan(graph::LabelId label, graph::KeyId key, const graph::Value& value) {
    std::vector<graph::NodeNo> nodes(ctx().batch_size());
    graph::PropertyVector properties;
    graph::NodeNo from{0};
    for (;;) {
      ctx().Tick();
      const std::size_t count = view().ScanNodes(label, from, nodes);
      view().Properties(std::span<const graph::NodeNo>(nodes).first(count), key, properties);
      for (std::size_t i = 0; i < count; ++i) {
        if (graph::Equals(properties.At(i), value).value_or(false)) found_.push_back(nodes[i]);
      }
      if (count < nodes.size()) return;
      from = graph::NodeNo{nodes.back().value + 1};
    }
  }

  Slot node_;
  std::string label_;
  std::string key_;
  Expression* value_;
  ColumnPtr values_;
  std::vector<graph::NodeNo> found_;
  std::size_t next_ = 0;
  std::vector<std::uint32_t> numbers_;
};

}  // namespace

OperatorPtr MakeIndexSeek(const LogicalIndexSeek& op, const LogicalPlan& plan) {
  return std::make_unique<IndexSeekOperator>(op, plan);
}

}  // namespace verbale::query
