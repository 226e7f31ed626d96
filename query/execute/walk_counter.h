#pragma once

// How many walks of one or two steps lead from some nodes to each node.

#include <optional>
#include <span>
#include <vector>

#include "query/execute/expression.h"
#include "query/execute/ways.h"
#include "query/plan/logical_plan.h"

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
};

/// Counts for one LogicalCountWalks. The numbers of the last count stay until the next one.
class WalkCounter {
 public:
  /// `own` compiles an expression and keeps it for the operator.
  template <typename Own>
  WalkCounter(const LogicalCountWalks& op, const Own& own)
      : distinct_(op.distinct), from_label_(op.from_label) {
    for (const CountHop& hop : op.hops) {
      hops_.push_back({hop.arrow,
                       Ways(hop.arrow, hop.types, hop.to_label),
                       Ways(Turned(hop.arrow), hop.types, std::nullopt),
                       hop.to,
                       hop.to_label,
                       {}});
      for (const BoundExprPtr& predicate : hop.predicates) {
        hops_.back().predicates.push_back(own(predicate));
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
    Hop& hop = hops_.front();
    return hops_.size() == 1 && hop.IsFree() && all_starts_ && AllLeadFromStarts(hop);
  }
  /// For node `first` and those that follow it.
  void Arrivals(graph::NodeNo first, std::span<std::uint32_t> counts);

  /// The number of walks.
  std::int64_t CountAll();
  /// Of one step: how many lead from each of `starts`, which are not kept. kNoNode leads nowhere.
  /// The conditions are asked of each end once, however often this is called; where that is less,
  /// the ends that fit are walked from, all at once.
  void CountSteps(std::span<const graph::NodeNo> starts, std::span<std::int64_t> counts) {
    CountSteps(starts, false, counts);
  }
  /// Likewise, where it only matters whether there are any.
  void FindSteps(std::span<const graph::NodeNo> starts, std::span<std::int64_t> counts) {
    CountSteps(starts, true, counts);
  }
  /// The number of walks by end: those of nodes() that are not 0.
  const Weights& CountEnds();

 private:
  struct Hop {
    Arrow arrow;
    Ways ways;
    Ways back;  ///< The same relationships from their other end.
    Slot to;
    std::optional<std::string> label;
    std::vector<Expression*> predicates;

    bool IsFree() const { return predicates.empty() && !ways.asks_label(); }
  };
  /// Whether a node fits, in bits.
  static constexpr std::uint8_t kFitsNot = 0, kFits = 1, kUnknown = 2;
  static constexpr std::uint8_t kAsked = 4;  ///< About to be known.

  const graph::View& view() const { return ctx_->view(); }
  bool AllLeadFromStarts(Hop& hop);
  void NeedStarts();
  void NeedMiddle();
  void ForgetVerdicts() {
    for (const graph::NodeNo node : asked_) verdicts_[node.value] = kUnknown;
    asked_.clear();
    met_ = 0;
    has_asked_all_ = false;
    arrivals_.reset();
    for (const graph::NodeNo node : tallied_) tally_[node.value] = 0;
    tallied_.clear();
    has_tally_ = false;
  }
  /// Calls take(place in `starts`, end) for each step.
  template <typename Take>
  void ForEachEnd(std::span<const graph::NodeNo> starts, const Take& take) const {
    const Hop& hop = hops_.front();
    for (std::size_t i = 0; i < starts.size(); ++i) {
      if (starts[i] == graph::kNoNode) continue;
      for (const Way& way : hop.ways.all()) {
        for (const graph::NodeNo end : hop.ways.Of(way, starts[i]).nodes) take(i, end);
      }
    }
  }
  void CountSteps(std::span<const graph::NodeNo> starts, bool any, std::span<std::int64_t> counts);
  void FindFitting(std::span<const graph::NodeNo> starts, std::span<std::int64_t> counts);
  unsigned VerdictsOf(std::span<const graph::NodeNo> ends) const;
  void CountFew(std::span<const graph::NodeNo> starts, std::span<std::int64_t> counts);
  bool CountFitting(std::span<const graph::NodeNo> starts, std::span<std::int64_t> counts);
  void AskEnds(std::span<const graph::NodeNo> starts);
  void AskAllEnds();
  void Ask(std::vector<graph::NodeNo>& ends);
  void MakeTally();
  void Walk(Hop& hop, const Weights& from, Weights& to);
  void CountArrivals(Hop& hop, Weights& to);
  std::int64_t SumOfDegrees(Hop& hop, const Weights& from) const;
  std::int64_t SumOfProducts();
  bool IsProduct();
  void Keep(Hop& hop, Weights& weights);
  void SelectFitting(Hop& hop, std::vector<graph::NodeNo>& nodes);
  void SelectBatch(const Hop& hop, Expression& predicate, std::size_t first,
                   std::vector<graph::NodeNo>& nodes, std::size_t& kept);
  std::int64_t Repeated(Weights* ends);
  std::int64_t Passing(const graph::Adjacency& adjacency) const;
  std::int64_t Loops(const graph::Adjacency& adjacency, graph::NodeNo node) const;
  bool TurnsBack() const;
  bool IsInBoth(const Way& way) const;
  bool MayRepeat();

  bool distinct_;
  std::optional<std::string> from_label_;
  std::vector<Hop> hops_;
  ExecContext* ctx_ = nullptr;
  bool all_starts_ = false;  ///< Every start; in start_ only where has_starts_.
  bool has_starts_ = false;
  Weights start_;
  Weights middle_;
  Weights end_;
  /// Of CountSteps, by node; made when many were met, and then kept from one execution to the next.
  std::vector<std::uint8_t> verdicts_;
  std::vector<graph::NodeNo> asked_;  ///< Those that have one.
  std::size_t met_ = 0;               ///< Ends, by CountSteps.
  bool has_asked_all_ = false;
  std::optional<std::size_t> arrivals_;  ///< At all ends that fit; where those are few.
  std::vector<std::uint32_t> tally_;     ///< Steps to ends that fit, by start.
  std::vector<graph::NodeNo> tallied_;   ///< Those that have a number there.
  bool has_tally_ = false;
  std::vector<std::uint32_t> selected_;
};

}  // namespace verbale::query
