#pragma once

// How many relationships that fit lead from each of many nodes.

#include <optional>
#include <span>
#include <vector>

#include "query/execute/counted_step.h"
#include "query/execute/node_bits.h"

namespace verbale::query {

/// For a step of a LogicalCountWalks with `each_row`, whose end nobody reads. kNoNode leads
/// nowhere.
class StepCounter {
 public:
  /// `own` compiles an expression and keeps it for the operator.
  template <typename Own>
  StepCounter(const CountHop& hop, const Own& own) : step_(hop, own) {}

  void Open(ExecContext& ctx);
  /// Looks again at what there is. Before the first count, and after something was written.
  void Refresh();

  void Count(std::span<const graph::NodeNo> starts, std::span<std::int64_t> counts) {
    Count(starts, false, counts);
  }
  /// Likewise, where it only matters whether there are any.
  void FindAny(std::span<const graph::NodeNo> starts, std::span<std::int64_t> counts) {
    Count(starts, true, counts);
  }

 private:
  /// Whether a node fits, in bits.
  static constexpr std::uint8_t kFitsNot = 0, kFits = 1, kUnknown = 2;
  static constexpr std::uint8_t kAsked = 4;  ///< About to be known.

  const graph::View& view() const { return ctx_->view(); }
  void ForgetVerdicts();
  /// Calls take(place in `starts`, end) for each relationship.
  template <typename Take>
  void ForEachEnd(std::span<const graph::NodeNo> starts, const Take& take) const;
  std::size_t CountEnds(std::span<const graph::NodeNo> starts, std::size_t limit) const;
  void Count(std::span<const graph::NodeNo> starts, bool any, std::span<std::int64_t> counts);
  bool CountSideBySide(std::span<const graph::NodeNo> starts, std::span<std::int64_t> counts);
  void CountDegrees(std::span<const graph::NodeNo> starts, std::span<std::int64_t> counts);
  void CountFew(std::span<const graph::NodeNo> starts, std::span<std::int64_t> counts);
  void PrefetchAhead(std::span<const graph::NodeNo> starts, std::size_t at) const;
  std::size_t Gather(const Way& way, std::span<const graph::NodeNo> starts);
  std::optional<std::size_t> GatherSideBySide(const Way& way,
                                              std::span<const graph::NodeNo> starts);
  void AddFitting(std::span<const std::uint8_t> fits, std::span<std::int64_t> counts);
  unsigned MarkVerdicts();
  unsigned AddVerdicts(std::span<std::int64_t> counts);
  unsigned CountFitting(std::span<const graph::NodeNo> starts, std::span<std::int64_t> counts);
  unsigned VerdictsOf(std::span<const graph::NodeNo> ends) const;
  bool FindAmongMost(const Way& way, std::span<const graph::NodeNo> starts,
                     std::span<std::int64_t> counts);
  void FindKnown(const Way& way, std::span<const graph::NodeNo> starts,
                 std::span<std::int64_t> counts);
  void FindFitting(std::span<const graph::NodeNo> starts, std::span<std::int64_t> counts);
  void AskEnds(std::span<const graph::NodeNo> starts);
  void Ask(std::vector<graph::NodeNo>& ends);
  bool IsWorthAskingAll(std::size_t ends);
  void AskAll(std::span<const graph::NodeNo> starts, bool any);
  std::size_t CountArrivals(std::size_t enough);
  void WalkBackIfFew(std::span<const graph::NodeNo> starts, bool any);
  std::size_t CountSteps() const;
  std::size_t MostToWalkBack(std::span<const graph::NodeNo> starts, bool any) const;
  template <typename Take>
  void WalkBack(std::span<const graph::NodeNo> ends, const Take& take) const;
  void MakeTally(std::span<const graph::NodeNo> fitting, bool any);
  void CountAlong(std::span<const graph::NodeNo> starts, std::span<std::int64_t> counts);
  std::span<const Truth> MarkGathered();
  std::span<const graph::NodeNo> GatheredEnds();
  void DropThoseWithOtherEnds(std::span<const graph::NodeNo> ends, std::span<Truth> fits);

  CountedStep step_;
  ExecContext* ctx_ = nullptr;
  /// By node; made when many were met, and then kept from one execution to the next.
  std::vector<std::uint8_t> verdicts_;
  std::vector<graph::NodeNo> asked_;  ///< Those that have one, unless all have.
  bool knows_all_ = false;
  std::size_t met_ = 0;               ///< Ends.
  double fitting_ = 1;                ///< The part of all ends that fits, where all were asked.
  bool is_far_from_few_ = false;      ///< It was tried to walk back.
  std::vector<std::uint32_t> tally_;  ///< Steps to ends that fit, by start.
  NodeBits reached_;                  ///< Starts that have any.
  bool has_tally_ = false;
  bool has_reached_ = false;
  std::vector<std::uint32_t> open_;     ///< Starts whose first end does not fit.
  std::vector<std::uint32_t> degrees_;  ///< Of starts that follow one another.
  // Relationships that are looked at together.
  std::vector<graph::Adjacency> pieces_;  ///< Those that lie side by side are one.
  std::vector<std::uint32_t> bounds_;     ///< Where those of each start begin, and the last end.
  std::vector<graph::NodeNo> ends_;       ///< Of each, where they are asked.
  std::vector<std::uint8_t> fits_;        ///< Whether each of them does, in its lowest bit.
  std::vector<std::uint64_t> bits_;       ///< Of fits_.
  std::vector<std::uint32_t> sums_;       ///< How many of the first so many fit.
};

}  // namespace verbale::query
