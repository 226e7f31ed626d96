#pragma once

// How many walks of one or two steps lead from some nodes to each node.

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "query/execute/counted_step.h"
#include "query/execute/threads.h"

namespace verbale::query {

/// A number a node, and which nodes have one.
struct Weights {
  std::vector<std::int64_t> of;
  std::vector<graph::NodeNo> nodes;

  /// No node has a number; there may be `limit` nodes.
  void Begin(std::uint32_t limit) {
    for (const graph::NodeNo node : nodes) of[node.value] = 0;
    nodes.clear();
    if (of.size() < limit) of.resize(limit, 0);
  }
  void Add(graph::NodeNo node, std::int64_t weight) {
    std::int64_t& sum = of[node.value];
    if (sum == 0) nodes.push_back(node);
    sum += weight;
  }
  /// Those that have a number, where they were not noted.
  void FindNodes(std::uint32_t limit) {
    nodes.resize(limit);
    std::size_t count = 0;
    for (std::uint32_t node = 0; node < limit; ++node) {
      nodes[count] = graph::NodeNo{node};  // Kept only where the next one moves on.
      count += of[node] != 0 ? 1 : 0;
    }
    nodes.resize(count);
  }
};

/// Counts for one LogicalCountWalks. The numbers of the last count stay until the next one.
class WalkCounter {
 public:
  /// `own` compiles an expression and keeps it for the operator, `compile` only does the former.
  template <typename Own, typename Compile>
  WalkCounter(const LogicalCountWalks& op, const Own& own, const Compile& compile)
      : distinct_(op.distinct && !op.leads_away),  // What is taken twice leads back.
        leads_away_(op.leads_away),
        from_label_(op.from_label) {
    for (const CountHop& hop : op.hops) hops_.emplace_back(hop, own);
    if (op.each_row || !AsksRels()) return;
    for (unsigned i = 1; i < MostThreads(); ++i) {
      Helper& helper = helpers_.emplace_back();
      for (const CountHop& hop : op.hops) {
        helper.hops.emplace_back(hop, [&](const BoundExprPtr& expr) {
          return helper.expressions.emplace_back(compile(expr)).get();
        });
      }
    }
  }

  void Open(ExecContext& ctx);
  /// Looks again at what there is. Before the first count, and after something was written.
  void Refresh();

  /// Starts that are given, each as often as it is named. kNoNode among them is nothing.
  void SetStarts(std::span<const graph::NodeNo> starts);
  /// Every node, or every node with the label, is a start.
  void SetAllStarts() {
    all_starts_ = true;
    has_starts_ = false;
  }

  /// Whether the walks are all relationships of the one step, whatever they lead to: then their
  /// number by end is known without counting, by Arrivals.
  bool AreArrivals() {
    CountedStep& hop = hops_.front();
    return hops_.size() == 1 && hop.IsFree() && all_starts_ && AllLeadFromStarts(hop);
  }
  /// For node `first` and those that follow it.
  void Arrivals(graph::NodeNo first, std::span<std::uint32_t> counts);

  /// The number of walks.
  std::int64_t CountAll();
  /// The number of walks by end: those of nodes() that are not 0.
  const Weights& CountEnds();
  /// Likewise by the node between two steps, of the second of which nothing is asked but a label,
  /// and none of which goes either way.
  const Weights& CountMiddles();

 private:
  /// A thread beside the caller's, which asks conditions of its own.
  struct Helper {
    std::unique_ptr<ExecContext> ctx;
    std::vector<ExpressionPtr> expressions;
    std::vector<CountedStep> hops;
  };

  const graph::View& view() const { return ctx_->view(); }
  bool AsksRels() const {
    return std::any_of(hops_.begin(), hops_.end(),
                       [](const CountedStep& hop) { return hop.AsksRels(); });
  }
  void OpenHelpers();
  /// The step as a thread has it.
  CountedStep& HopOf(const CountedStep& hop, std::size_t worker) {
    const auto step = static_cast<std::size_t>(&hop - hops_.data());
    return worker == 0 ? hops_[step] : helpers_[worker - 1].hops[step];
  }
  bool AllLeadFromStarts(CountedStep& hop);
  void NeedStarts();
  void NeedMiddle();
  void Walk(CountedStep& hop, const Weights& from, Weights& to);
  bool HasManyEnds(const CountedStep& hop, const Weights& from) const;
  void WalkToAll(const CountedStep& hop, const Weights& from, Weights& to);
  template <typename T>
  void AddUp(const CountedStep& hop, std::span<const T> weights, Weights& to) const;
  void WalkFitting(CountedStep& hop, const Weights& from, Weights& to);
  /// Some of one step, beside each other.
  struct ScannedRels {
    std::span<const graph::NodeNo> starts;  ///< Where they are asked for.
    std::span<const graph::NodeNo> ends;
    std::span<const Truth> fits;
  };
  template <typename Take>
  void ScanFitting(CountedStep& hop, bool with_starts, const Take& take);
  template <typename Take>
  void ScanRange(CountedStep& hop, const Way& way, NumberRange range, bool with_starts,
                 const Take& take) const;
  std::size_t WorkersFor(const CountedStep& hop) const;
  std::uint64_t RelCount(const CountedStep& hop) const;
  bool IsWorthScanning(const CountedStep& hop, const Weights& from) const;
  void CountFittingArrivals(CountedStep& hop, Weights& to);
  static void DropLoops(std::vector<std::uint32_t>& rels, std::vector<graph::NodeNo>& starts,
                        std::vector<graph::NodeNo>& ends);
  std::optional<std::int64_t> CountAlong();
  std::vector<std::uint32_t> Departures();
  void CountArrivals(CountedStep& hop, Weights& to);
  std::int64_t SumOfDegrees(CountedStep& hop, const Weights& from) const;
  std::int64_t SumOfProducts();
  bool IsProduct();
  void Keep(CountedStep& hop, Weights& weights);
  bool LeavesOut() const;
  std::int64_t LeftOut(Weights* ends);
  std::int64_t LeftOutFitting(Weights* ends);
  void KeepTurnsThatFit(std::vector<std::uint32_t>& there, std::vector<std::uint32_t>& back,
                        std::vector<graph::NodeNo>& starts);
  template <typename Take>
  void ForEachTurn(graph::NodeNo start, const Take& take);
  std::int64_t Repeated(graph::NodeNo start) const;
  std::int64_t LedBack(graph::NodeNo start);
  std::int64_t StepsFrom(graph::NodeNo middle);
  std::int64_t LeftOutThrough(graph::NodeNo middle);
  std::int64_t Passing(const graph::Adjacency& adjacency) const;
  std::int64_t Loops(const graph::Adjacency& adjacency, graph::NodeNo node) const;
  bool TurnsBack() const;
  static bool LeadBack(const Way& there, const Way& back);
  bool MayHaveLoops() const;
  bool MayRepeat() const;

  bool distinct_;
  bool leads_away_;
  std::optional<std::string> from_label_;
  std::vector<CountedStep> hops_;
  std::vector<Helper> helpers_;  ///< Only where relationships are asked.
  bool are_helpers_open_ = false;
  ExecContext* ctx_ = nullptr;
  bool all_starts_ = false;  ///< Every start; in start_ only where has_starts_.
  bool has_starts_ = false;
  Weights start_;
  Weights middle_;
  Weights end_;
};

}  // namespace verbale::query
