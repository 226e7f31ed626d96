// The nodes that an index gives for a value, for every incoming row. Where there is no index, the
// first row scans, and from the second on a table of all values is worth its price.

#include <algorithm>

#include "query/execute/operators.h"
#include "query/execute/row_expander.h"
#include "query/execute/value_table.h"

namespace verbale::query {
namespace {

class IndexSeekOperator : public RowExpander {
 public:
  IndexSeekOperator(const LogicalIndexSeek& op, const LogicalPlan& plan)
      : node_(op.node),
        label_(op.label),
        key_(op.key),
        value_(Own(Compile(op.value, plan))),
        any_of_(op.any_of) {}

 protected:
  void DoOpen() override {
    table_.Clear(ctx());
    rows_seen_ = 0;
  }

  void BeginRow(const Batch& rows, std::uint32_t row) override {
    if (row == 0) {
      values_ = value_->Evaluate(rows);
      if (label_) label_id_ = view().catalog().FindLabel(*label_);
      key_id_ = view().catalog().FindKey(key_);
    }
    found_.clear();
    next_ = 0;
    const graph::Value value = values_->At(row, view());
    if (value.is_null() || (label_ && !label_id_) || !key_id_) return;
    if (any_of_) return FindAny(value);
    if (label_id_) {
      if (auto found = view().Lookup(*label_id_, *key_id_, value)) {
        found_ = std::move(*found);
        return;
      }
    }
    if (++rows_seen_ == 1) {
      Scan(value);
    } else {
      if (!table_.is_built()) table_.Build(ctx(), label_id_, *key_id_);
      table_.Find(ctx(), value, found_);
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
  /// The nodes with one of the values; all where one value cannot be looked up, since a filter
  /// follows.
  void FindAny(const graph::Value& values) {
    bool is_known = values.is_list();
    if (is_known) {
      for (const graph::Value& value : values.as_list()) {
        if (value.is_null()) continue;
        const auto found = view().Lookup(*label_id_, *key_id_, value);
        is_known = is_known && found.has_value();
        if (found) found_.insert(found_.end(), found->begin(), found->end());
      }
    }
    if (!is_known) {
      found_.clear();
      graph::VisitNodes(view(), label_id_, [this](std::span<const graph::NodeNo> nodes) {
        found_.insert(found_.end(), nodes.begin(), nodes.end());
      });
    }
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
  }

  void Scan(const graph::Value& value) {
    graph::PropertyVector properties;
    graph::VisitNodes(view(), label_id_, [&](std::span<const graph::NodeNo> nodes) {
      ctx().Tick();
      view().Properties(nodes, *key_id_, properties);
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (graph::Equals(properties.At(i), value).value_or(false)) found_.push_back(nodes[i]);
      }
    });
  }

  Slot node_;
  std::optional<std::string> label_;
  std::string key_;
  Expression* value_;
  bool any_of_;
  std::optional<graph::LabelId> label_id_;  ///< As of the batch that is read.
  std::optional<graph::KeyId> key_id_;
  ColumnPtr values_;
  std::uint64_t rows_seen_ = 0;  ///< For which no index was there.
  ValueTable table_;
  std::vector<graph::NodeNo> found_;
  std::size_t next_ = 0;
  std::vector<std::uint32_t> numbers_;
};

}  // namespace

OperatorPtr MakeIndexSeek(const LogicalIndexSeek& op, const LogicalPlan& plan) {
  return std::make_unique<IndexSeekOperator>(op, plan);
}

}  // namespace verbale::query
