// Grouping and aggregation. Each row gets the number of its group; aggregates are then fed column
// by column. Groups keep the order in which they appeared.
//
// Sums over a scan are made of the properties as they lie, where they lie side by side. So are
// aggregates of the steps at each node.
//
// Where rows are known to be groups of their own, they go through as they come, and only the others
// are gathered.

#include <algorithm>
#include <numeric>
#include <optional>

#include "query/execute/accumulator.h"
#include "query/execute/conditions.h"
#include "query/execute/expression_kinds.h"
#include "query/execute/group_table.h"
#include "query/execute/node_fold.h"
#include "query/execute/operators.h"
#include "query/execute/pair_set.h"

namespace verbale::query {
namespace {

/// Nodes of which values are looked at first.
constexpr std::size_t kFirstNodes = 64;
/// So many times more nodes than rows are not worth a look at all of them.
constexpr std::size_t kNodesARow = 4;

class AggregateOperator : public Operator {
 public:
  AggregateOperator(const LogicalAggregate& op, const LogicalPlan& plan)
      : alone_(op.alone), told_apart_(op.told_apart), of_scan_(op.of_scan), by_node_(op.by_node) {
    for (const BoundExprPtr& condition : op.where) {
      where_.Add(Own(Compile(condition, plan)), !CannotFail(*condition, plan));
    }
    for (const BoundItem& group : op.groups) {
      groups_.push_back({group.slot, Own(Compile(group.value, plan))});
    }
    for (const BoundAggregate& aggregate : op.aggregates) {
      Item item{aggregate.slot, {},     aggregate.function, aggregate.distinct,
                aggregate.span, nullptr};
      if (of_scan_ && !aggregate.args.empty()) item.property = AddProperty(aggregate.args[0], plan);
      for (const BoundExprPtr& arg : aggregate.args) item.args.push_back(ArgOf(arg, plan));
      aggregates_.push_back(std::move(item));
    }
    fold_ = NodeFold::Make(op, plan,
                           [&](const BoundExprPtr& expr) { return Own(Compile(expr, plan)); });
  }

 protected:
  void DoOpen() override {
    are_told_apart_.reset();
    if (told_apart_.empty()) are_told_apart_ = true;
    rows_ = 0;
    args_reads_.clear();
    for (const Item& item : aggregates_) {
      for (const Expression* arg : item.args) {
        args_reads_.insert(args_reads_.end(), arg->reads().begin(), arg->reads().end());
      }
    }
  }

  void DoReset() override {
    ForgetArgs();
    done_ = false;
    is_folded_ = false;
    table_.reset();
    next_ = 0;
    result_.Clear();
    ctx().Release(held_);
    held_ = 0;
  }

  bool DoNext(Batch& out) override {
    if (!done_ && !table_) Begin();
    if (is_folded_) return NextFolded(out);
    const bool alone = alone_ && !ctx().in_transaction();
    if (!done_ && alone && NextAlone(out)) return true;
    if (!done_) {
      done_ = true;
      if (!alone) TakeAll();
      Finish();
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
    ByteSpan span;
    std::unique_ptr<Accumulator> accumulator;
    std::size_t property = 0;  ///< With of_scan_: its place in properties_.
    bool is_added = false;     ///< That of the batch, likewise.
  };
  /// Of one aggregate or of several.
  struct Arg {
    BoundExprPtr expr;
    Expression* value;
    ColumnPtr column;  ///< In the batch, once it was asked for.
  };
  /// Of a scan, which several aggregates may add up.
  struct ScannedProperty {
    Slot slot;
    std::string key;
    Expression* value;
    bool is_packed = false;  ///< That of the batch.
    IntTotals totals;        ///< Then.
  };

  /// Several aggregates may have one argument, which is then evaluated once.
  Expression* ArgOf(const BoundExprPtr& expr, const LogicalPlan& plan) {
    const auto same =
        std::find_if(args_.begin(), args_.end(), [&](const Arg& arg) { return arg.expr == expr; });
    if (same != args_.end()) return same->value;
    args_.push_back({expr, Own(Compile(expr, plan)), nullptr});
    return args_.back().value;
  }

  std::size_t AddProperty(const BoundExprPtr& expr, const LogicalPlan& plan) {
    const Slot slot = expr->args[0]->slot;
    const auto same = std::find_if(properties_.begin(), properties_.end(), [&](const auto& known) {
      return known.slot == slot && known.key == expr->name;
    });
    if (same != properties_.end()) return static_cast<std::size_t>(same - properties_.begin());
    properties_.push_back({slot, expr->name, Own(Compile(expr, plan)), false, {}});
    return properties_.size() - 1;
  }

  void Begin() {
    for (Item& item : aggregates_) {
      item.accumulator = MakeAccumulator(item.function, item.distinct, view());
    }
    is_by_node_ = by_node_ && !ctx().in_transaction() && AreToldApart(*by_node_);
    if (is_by_node_ && fold_ != nullptr && fold_->Run(ctx())) {
      is_folded_ = done_ = true;
      Hold(fold_->Bytes());
      return;
    }
    table_.emplace(is_by_node_ ? 1 : groups_.size(), view());
    if (groups_.empty()) table_->AddEmptyGroup();
  }

  bool NextFolded(Batch& out) {
    if (!fold_->Next(out)) return false;
    const std::vector<ColumnPtr> keys = EvaluateAll(out);
    for (std::size_t i = 0; i < groups_.size(); ++i) out.Set(groups_[i].slot, keys[i]);
    return true;
  }

  void TakeAll() {
    Batch in;
    while (input().Next(in)) {
      if (of_scan_) {
        TakeScanned(in);
      } else {
        Take(in, EvaluateGroups(in));
      }
    }
  }

  /// Rows side by side, of which those that do not fit are not looked at.
  void TakeScanned(const Batch& in) {
    const std::span<const Truth> fits = where_.Mark(in, view());
    if (AddScanned(in, fits)) return;
    std::vector<std::uint32_t> rows(fits.size());
    rows.resize(SelectRows(fits, rows.data()));
    if (rows.empty()) return;
    Batch narrow;
    GatherBatch(in, rows, args_reads_, narrow);
    numbers_.assign(narrow.rows, 0);
    ForgetArgs();
    for (Item& item : aggregates_) {
      if (!item.is_added) AddTo(item, narrow);
      item.is_added = false;
    }
  }

  /// False where some aggregates have to be given the values one by one; the others have what they
  /// need.
  bool AddScanned(const Batch& in, std::span<const Truth> fits) {
    for (ScannedProperty& property : properties_) {
      const auto packed = property.value->Packed(in);
      property.is_packed = packed && packed->dictionary.empty();
      if (property.is_packed) property.totals = TotalsOf(*packed, fits);
    }
    bool all = true;
    IntTotals rows;
    rows.count = static_cast<std::int64_t>(CountTrue(fits));
    for (Item& item : aggregates_) {
      if (item.args.empty()) {
        item.is_added = item.accumulator->AddTotals(rows);
      } else {
        const ScannedProperty& property = properties_[item.property];
        item.is_added = property.is_packed && item.accumulator->AddTotals(property.totals);
      }
      all = all && item.is_added;
    }
    return all;
  }

  std::vector<ColumnPtr> EvaluateGroups(const Batch& in) const {
    if (is_by_node_) return {in.at(by_node_->node)};
    return EvaluateAll(in);
  }

  std::vector<ColumnPtr> EvaluateAll(const Batch& in) const {
    std::vector<ColumnPtr> keys;
    keys.reserve(groups_.size());
    for (const Group& group : groups_) keys.push_back(group.value->Evaluate(in));
    return keys;
  }

  /// Puts the rows of `in` into their groups.
  void Take(const Batch& in, const std::vector<ColumnPtr>& keys) {
    AssignGroups(in, keys);
    ForgetArgs();
    for (Item& item : aggregates_) AddTo(item, in);
  }

  void AddTo(Item& item, const Batch& in) {
    const std::size_t before = item.accumulator->Bytes();
    const std::vector<ColumnPtr> args = EvaluateArgs(item, in);
    AtPlace(item.span, [&] { item.accumulator->Add(args, numbers_, table_->size()); });
    const std::size_t after = item.accumulator->Bytes();
    if (after > before) Hold(after - before);
  }

  void AssignGroups(const Batch& in, const std::vector<ColumnPtr>& keys) {
    if (groups_.empty()) {
      numbers_.assign(in.rows, 0);
      return;
    }
    const std::size_t before = table_->size();
    table_->Assign(keys, in.rows, numbers_);
    Hold((table_->size() - before) * (groups_.size() + aggregates_.size() + 2) * 2 *
         sizeof(graph::Value));
  }

  std::vector<ColumnPtr> EvaluateArgs(const Item& item, const Batch& in) {
    std::vector<ColumnPtr> args;
    args.reserve(item.args.size());
    for (Expression* value : item.args) {
      const auto arg = std::find_if(args_.begin(), args_.end(),
                                    [value](const Arg& each) { return each.value == value; });
      if (!arg->column) arg->column = value->Evaluate(in);
      args.push_back(arg->column);
    }
    return args;
  }

  /// Before the arguments of another batch are asked for.
  void ForgetArgs() {
    for (Arg& arg : args_) arg.column = nullptr;
  }

  /// The next rows that are groups of their own; the others are put into the table on the way.
  bool NextAlone(Batch& out) {
    Batch in;
    while (input().Next(in)) {
      std::vector<ColumnPtr> keys = EvaluateGroups(in);
      if (AreToldApart(in.rows) && AllAlone(keys)) {
        GiveAlone(in, std::move(keys), out);
        return true;
      }
      Take(in, keys);
    }
    return false;
  }

  /// Whether what must be of the values of nodes is so, as far as there are so many rows that it is
  /// worth a look at those; another `rows` come.
  bool AreToldApart(std::size_t rows) {
    if (are_told_apart_) return *are_told_apart_;
    rows_ += rows;
    const auto are_few = [this](const GroupedNode& grouped) {
      const auto label = view().catalog().FindLabel(grouped.label);
      return label && rows_ * kNodesARow < view().NodeCount(*label);
    };
    if (std::any_of(told_apart_.begin(), told_apart_.end(), are_few)) return false;
    are_told_apart_ =
        std::all_of(told_apart_.begin(), told_apart_.end(),
                    [this](const GroupedNode& grouped) { return AllDiffer(grouped); });
    return *are_told_apart_;
  }

  /// Whether each node with the label has another integer or string than all others.
  bool AllDiffer(const GroupedNode& grouped) const {
    const auto label = view().catalog().FindLabel(grouped.label);
    const auto key = view().catalog().FindKey(grouped.key);
    if (!label || !key) return false;
    PairSet ints, codes;
    std::span<const graph::Value> dictionary;
    graph::PropertyVector values;
    // Of values that seldom differ a few nodes tell.
    std::vector<graph::NodeNo> nodes(kFirstNodes);
    for (graph::NodeNo from{0};; from = graph::NodeNo{nodes.back().value + 1}) {
      const std::size_t count = view().ScanNodes(label, from, nodes);
      const auto found = std::span<const graph::NodeNo>(nodes).first(count);
      if (!found.empty() && !AddDifferent(found, *key, values, ints, codes, dictionary))
        return false;
      if (count < nodes.size()) return true;
      const graph::NodeNo last = nodes.back();
      nodes.assign(ctx().batch_size(), last);
    }
  }

  bool AddDifferent(std::span<const graph::NodeNo> nodes, graph::KeyId key,
                    graph::PropertyVector& values, PairSet& ints, PairSet& codes,
                    std::span<const graph::Value>& dictionary) const {
    using Kind = graph::PropertyVector::Kind;
    view().Properties(nodes, key, values);
    if (!values.valid.empty()) return false;
    if (values.kind == Kind::kInts) return ints.InsertAll(0, values.ints) == nodes.size();
    if (values.kind != Kind::kDictionary) return false;
    if (dictionary.empty()) dictionary = values.dictionary;
    return dictionary.data() == values.dictionary.data() && AreStrings(values) &&
           codes.InsertAll(0, values.codes) == nodes.size();
  }

  static bool AreStrings(const graph::PropertyVector& values) {
    return std::all_of(values.codes.begin(), values.codes.end(), [&values](std::uint32_t code) {
      return values.dictionary[code].is_string();
    });
  }

  /// Whether all nodes with the label have a value that the constraint tells from all others.
  bool AreToldApart(const GroupedNode& grouped) const {
    const auto label = view().catalog().FindLabel(grouped.label);
    const auto key = view().catalog().FindKey(grouped.key);
    if (!label || !key) return false;
    bool all = true;
    graph::PropertyVector values;
    graph::VisitNodes(view(), label, [&](std::span<const graph::NodeNo> nodes) {
      if (!all || nodes.empty()) return;
      view().Properties(nodes, *key, values);
      all = values.valid.empty() &&
            (values.kind == graph::PropertyVector::Kind::kInts ||
             (values.kind == graph::PropertyVector::Kind::kDictionary && AreStrings(values)));
    });
    return all;
  }

  /// Integers and strings are all told apart by the constraint that makes rows groups of their
  /// own; nulls are not, and of other values equal ones need not be equivalent.
  bool AllAlone(const std::vector<ColumnPtr>& keys) const {
    return std::all_of(alone_->begin(), alone_->end(), [&keys](std::size_t i) {
      const ValueColumn& key = *keys[i];
      if (!key.valid.empty()) return false;
      if (key.kind == ColumnKind::kInts) return true;
      return key.kind == ColumnKind::kDictionary &&
             std::all_of(key.numbers.begin(), key.numbers.end(),
                         [&key](std::uint32_t code) { return key.dictionary[code].is_string(); });
    });
  }

  void GiveAlone(const Batch& in, std::vector<ColumnPtr> keys, Batch& out) {
    out.Clear();
    out.rows = in.rows;
    for (std::size_t i = 0; i < groups_.size(); ++i) out.Set(groups_[i].slot, std::move(keys[i]));
    ForgetArgs();
    for (const Item& item : aggregates_) out.Set(item.slot, OfSingleRows(item, in));
  }

  /// The aggregate over each row by itself.
  ColumnPtr OfSingleRows(const Item& item, const Batch& in) {
    const std::vector<ColumnPtr> args = EvaluateArgs(item, in);
    const bool keeps_ints = item.function != nullptr && !item.distinct &&
                            (item.function->name == "sum" || item.function->name == "min" ||
                             item.function->name == "max");
    if (keeps_ints && args[0]->kind == ColumnKind::kInts && args[0]->valid.empty()) return args[0];
    numbers_.resize(in.rows);
    std::iota(numbers_.begin(), numbers_.end(), 0u);
    const auto accumulator = MakeAccumulator(item.function, item.distinct, view());
    return AtPlace(item.span, [&] {
      accumulator->Add(args, numbers_, in.rows);
      return accumulator->Finish(in.rows);
    });
  }

  void Finish() {
    result_.rows = table_->size();
    std::vector<ColumnPtr> keys = table_->TakeKeys();
    if (is_by_node_) {
      Batch nodes;
      nodes.rows = result_.rows;
      nodes.Set(by_node_->node, std::move(keys.front()));
      keys = EvaluateAll(nodes);
    }
    for (std::size_t i = 0; i < groups_.size(); ++i) result_.Set(groups_[i].slot, keys[i]);
    for (Item& item : aggregates_) {
      result_.Set(item.slot,
                  AtPlace(item.span, [&] { return item.accumulator->Finish(table_->size()); }));
      item.accumulator.reset();
    }
    table_.reset();
  }

  void Hold(std::size_t bytes) {
    held_ += bytes;
    ctx().Hold(bytes);
  }

  std::vector<Group> groups_;
  std::vector<Item> aggregates_;
  std::vector<Arg> args_;
  std::optional<std::vector<std::size_t>> alone_;
  std::vector<GroupedNode> told_apart_;
  std::optional<bool> are_told_apart_;  ///< nullopt: not looked at yet.
  std::size_t rows_ = 0;                ///< That came before it was.
  bool of_scan_;
  std::optional<GroupedNode> by_node_;
  bool is_by_node_ = false;  ///< In this run.
  std::unique_ptr<NodeFold> fold_;
  bool is_folded_ = false;  ///< In this run.
  Conditions where_;
  std::vector<ScannedProperty> properties_;
  std::vector<Slot> args_reads_;
  std::optional<GroupTable> table_;
  std::vector<std::uint32_t> numbers_;  ///< The groups of the rows of a batch.
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
