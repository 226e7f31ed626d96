// Grouping and aggregation. Each row gets the number of its group; aggregates are then fed column
// by column. Groups keep the order in which they appeared.

#include <algorithm>

#include "query/execute/accumulator.h"
#include "query/execute/group_table.h"
#include "query/execute/operators.h"

namespace verbale::query {
namespace {

class AggregateOperator : public Operator {
 public:
  AggregateOperator(const LogicalAggregate& op, const LogicalPlan& plan) {
    for (const BoundItem& group : op.groups) {
      groups_.push_back({group.slot, Own(Compile(group.value, plan))});
    }
    for (const BoundAggregate& aggregate : op.aggregates) {
      Item item{aggregate.slot, {}, aggregate.function, aggregate.distinct, nullptr};
      for (const BoundExprPtr& arg : aggregate.args) item.args.push_back(Own(Compile(arg, plan)));
      aggregates_.push_back(std::move(item));
    }
  }

 protected:
  void DoReset() override {
    done_ = false;
    next_ = 0;
    result_.Clear();
    ctx().Release(held_);
    held_ = 0;
  }

  bool DoNext(Batch& out) override {
    if (!done_) {
      done_ = true;
      TakeAll();
    }
    if (next_ >= result_.rows) return false;
    if (next_ == 0 && result_.rows <= ctx().batch_size()) {
      out = result_;
      next_ = result_.rows;
      return true;
    }
    std::vector<std::uint32_t> rows;
    while (next_ < result_.rows && rows.size() < ctx().batch_size()) {
      rows.push_back(static_cast<std::uint32_t>(next_++));
    }
    GatherBatch(result_, rows, keep_, out);
    return true;
  }

 private:
  struct Group {
    Slot slot;
    Expression* value;
  };
  struct Item {
    Slot slot;
    std::vector<Expression*> args;
    const AggregateFunction* function;
    bool distinct;
    std::unique_ptr<Accumulator> accumulator;
  };

  void TakeAll() {
    for (Item& item : aggregates_) {
      item.accumulator = MakeAccumulator(item.function, item.distinct, view());
    }
    GroupTable table(groups_.size(), view());
    if (groups_.empty()) table.AddEmptyGroup();
    Batch in;
    std::vector<std::uint32_t> numbers;
    while (input().Next(in)) {
      AssignGroups(in, table, numbers);
      for (Item& item : aggregates_) Feed(item, in, numbers, table.size());
    }
    Finish(table);
  }

  void AssignGroups(const Batch& in, GroupTable& table, std::vector<std::uint32_t>& numbers) {
    if (groups_.empty()) {
      numbers.assign(in.rows, 0);
      return;
    }
    std::vector<ColumnPtr> keys;
    keys.reserve(groups_.size());
    for (const Group& group : groups_) keys.push_back(group.value->Evaluate(in));
    const std::size_t before = table.size();
    table.Assign(keys, in.rows, numbers);
    Hold((table.size() - before) * (groups_.size() + aggregates_.size() + 2) * 2 *
         sizeof(graph::Value));
  }

  void Feed(Item& item, const Batch& in, std::span<const std::uint32_t> numbers,
            std::size_t groups) {
    std::vector<ColumnPtr> args;
    args.reserve(item.args.size());
    for (Expression* arg : item.args) args.push_back(arg->Evaluate(in));
    const std::size_t before = item.accumulator->Bytes();
    item.accumulator->Add(args, numbers, groups);
    const std::size_t after = item.accumulator->Bytes();
    if (after > before) Hold(after - before);
  }

  void Finish(GroupTable& table) {
    result_.rows = table.size();
    std::vector<ColumnPtr> keys = table.TakeKeys();
    for (std::size_t i = 0; i < groups_.size(); ++i) result_.Set(groups_[i].slot, keys[i]);
    for (Item& item : aggregates_) {
      result_.Set(item.slot, item.accumulator->Finish(table.size()));
      item.accumulator.reset();
    }
  }

  void Hold(std::size_t bytes) {
    held_ += bytes;
    ctx().Hold(bytes);
  }

  std::vector<Group> groups_;
  std::vector<Item> aggregates_;
  bool done_ = false;
  Batch result_;
  std::size_t next_ = 0;
  std::size_t held_ = 0;
};

}  // namespace

OperatorPtr MakeAggregate(const LogicalAggregate& op, const LogicalPlan& plan) {
  return std::make_unique<AggregateOperator>(op, plan);
}

}  // namespace verbale::query
