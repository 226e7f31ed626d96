#pragma once

// Aggregates of the steps at each node, looked at node by node as they lie: what the rows of a
// relationship would be read for is read into plain arrays by number once, and threads share the
// nodes.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "query/execute/conditions.h"
#include "query/execute/threads.h"
#include "query/execute/ways.h"
#include "query/plan/logical_rows.h"

namespace verbale::query {

/// Small numbers by the number of a node or relationship, which stand for integers or for the
/// entries of a dictionary.
struct DenseNumbers {
  unsigned width = 0;  ///< Bytes of each: 1, 2, 4; 0 where all are 0.
  const void* data = nullptr;
  std::uint32_t first = 0;  ///< Whose number comes first.
  std::int64_t base = 0;    ///< Added to each, where they are integers.
  std::uint32_t most = 0;   ///< No number is larger.
  std::span<const graph::Value> dictionary;
  std::vector<std::uint8_t> bytes;
  std::vector<std::uint16_t> halves;
  std::vector<std::uint32_t> words;
};

class NodeFold {
 public:
  /// nullptr where the aggregates of `op` cannot be made like that. `own` compiles an expression
  /// and keeps it for the operator.
  template <typename Own>
  static std::unique_ptr<NodeFold> Make(const LogicalAggregate& op, const LogicalPlan& plan,
                                        const Own& own) {
    if (!op.fold) return nullptr;
    auto fold = std::make_unique<NodeFold>(*op.fold);
    for (const BoundAggregate& aggregate : op.aggregates) {
      if (!fold->AddItem(aggregate)) return nullptr;
    }
    for (const BoundExprPtr& condition : op.fold->conditions) {
      if (fold->AddComparison(*condition)) continue;
      Asked* asked = fold->AskedBy(*condition, plan);
      if (asked == nullptr) return nullptr;
      asked->conditions.Add(own(condition), true);
    }
    return fold;
  }
  explicit NodeFold(const StepFold& step);

  /// Makes the aggregates; false where something does not lie so that it can.
  bool Run(ExecContext& ctx);
  /// The next nodes that have rows, ascending, with their aggregates; false at the end.
  bool Next(Batch& out);
  /// Memory that is held for all nodes.
  std::size_t Bytes() const;

 private:
  enum class Side : std::uint8_t { kNode, kOther, kRel };
  enum class What : std::uint8_t { kCount, kCountDistinct, kSum, kMin, kMax, kAverage };
  struct Item {
    Slot slot;
    What what = What::kCount;
    std::size_t column = 0;             ///< Of what it is made.
    std::vector<std::int64_t> results;  ///< By node.
  };
  /// A property that is read.
  struct Column {
    Side side = Side::kRel;
    std::string key;
    DenseNumbers numbers;
  };
  struct Comparison {
    std::size_t a = 0;
    std::size_t b = 0;
    CompareOp op = CompareOp::kEqual;
  };
  /// Conditions that read one side alone.
  struct Asked {
    Side side = Side::kRel;
    Conditions conditions;
    std::vector<std::uint8_t> fits;  ///< 1 or 0, by number.
  };
  /// Of one thread.
  struct Scratch {
    std::vector<std::vector<std::uint32_t>> values;  ///< By column, of the steps looked at.
    std::vector<std::uint8_t> fits;
    // Those that fit: the steps, how many were kept before each, and where they begin.
    std::vector<graph::NodeNo> others;
    std::vector<graph::RelNo> rels;
    std::vector<std::uint32_t> places;
    std::vector<std::uint32_t> starts;
    std::vector<std::int64_t> sums;
    std::vector<std::uint32_t> seen;  ///< By entry: the node that had it last.
  };
  /// Steps at some nodes that follow one another.
  struct Steps {
    graph::NodeNo first;
    std::span<const std::uint32_t> starts;  ///< One more than there are nodes.
    std::span<const graph::NodeNo> others;
    std::span<const graph::RelNo> rels;  ///< Empty: consecutive from first_rel.
    graph::RelNo first_rel;

    graph::RelNo rel(std::size_t i) const {
      return rels.empty() ? graph::RelNo{first_rel.value + static_cast<std::uint32_t>(i)} : rels[i];
    }
  };

  bool AddItem(const BoundAggregate& aggregate);
  bool AddComparison(const BoundExpr& condition);
  Asked* AskedBy(const BoundExpr& condition, const LogicalPlan& plan);
  std::optional<Side> SideOf(Slot slot) const;
  std::optional<std::size_t> ColumnOf(const BoundExpr& expr);
  const graph::View& view() const { return ctx_->view(); }
  bool HaveLabels() const;
  bool Read(Column& column);
  bool ReadPacked(Column& column);
  bool ReadAll(Column& column);
  bool CanCompare(const Comparison& comparison) const;
  bool CanMake(const Item& item) const;
  void Ask(Asked& asked);
  void AskSome(Asked& asked, Slot slot, ColumnKind kind, std::span<const std::uint32_t> numbers);
  void FoldRange(NumberRange range, Scratch& scratch);
  void Fold(const Steps& steps, Scratch& scratch);
  void MarkFitting(const Steps& steps, Scratch& scratch) const;
  void MarkCompared(const Comparison& comparison, const Steps& steps, Scratch& scratch) const;
  std::span<const std::uint32_t> Narrow(const Steps& steps, Scratch& scratch) const;
  bool IsMadeOf(std::size_t column) const;
  /// Calls visit(node, where its steps begin, where they end).
  template <typename Visit>
  static void ForEachNode(const Steps& steps, const Visit& visit) {
    const std::uint32_t begin = steps.starts.front();
    for (std::size_t i = 0; i + 1 < steps.starts.size(); ++i) {
      visit(steps.first.value + static_cast<std::uint32_t>(i), steps.starts[i] - begin,
            steps.starts[i + 1] - begin);
    }
  }
  void Make(Item& item, const Steps& steps, Scratch& scratch) const;
  static void AddSums(const Steps& steps, const std::vector<std::uint32_t>& values,
                      std::int64_t base, std::int64_t* results, Scratch& scratch);
  static void MarkDistinct(const Steps& steps, const std::vector<std::uint32_t>& values,
                           std::uint32_t most, std::int64_t* results, Scratch& scratch);
  ColumnPtr Results(const Item& item, std::span<const std::uint32_t> nodes) const;
  void ReadValues(std::size_t column, const Steps& steps, std::vector<std::uint32_t>& out) const;

  StepFold step_;
  Ways ways_;
  std::vector<Item> items_;
  std::vector<Column> columns_;
  std::vector<Comparison> comparisons_;
  std::vector<Asked> asked_;
  ExecContext* ctx_ = nullptr;
  bool only_counts_ = false;           ///< In this run.
  std::vector<std::uint32_t> counts_;  ///< Rows by node.
  std::uint32_t next_ = 0;
};

}  // namespace verbale::query
