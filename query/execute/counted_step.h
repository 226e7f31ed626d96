#pragma once

// One step of walks that are counted: its relationships from both ends, and the conditions on them.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "query/execute/conditions.h"
#include "query/execute/ways.h"
#include "query/plan/logical_plan.h"

namespace verbale::query {

class CountedStep {
 public:
  /// `own` compiles an expression and keeps it for the operator.
  template <typename Own>
  CountedStep(const CountHop& hop, const Own& own)
      : arrow(hop.arrow),
        ways(hop.arrow, hop.types, hop.to_label),
        back(Turned(hop.arrow), hop.types, std::nullopt),
        label(hop.to_label),
        to_(hop.to),
        rel_(hop.rel),
        can_ask_any_(CanAskAny(hop)) {
    for (const BoundExprPtr& condition : hop.predicates) {
      of_end_.Add(own(condition), !HasTruth(*condition));
    }
    for (const BoundExprPtr& condition : hop.rel_predicates) {
      of_rel_.Add(own(condition), !HasTruth(*condition));
    }
  }

  Arrow arrow;
  Ways ways;
  Ways back;  ///< The same relationships from their other end.
  std::optional<std::string> label;

  void Open(ExecContext& ctx);
  void Refresh();

  /// Whether nothing is asked of the ends.
  bool HasFreeEnds() const { return of_end_.empty() && !ways.asks_label(); }
  bool AsksRels() const { return !of_rel_.empty(); }
  /// Whether nothing is asked at all.
  bool IsFree() const { return HasFreeEnds() && !AsksRels(); }
  /// Whether nodes may be asked that are no ends: none of them makes a condition fail.
  bool CanAskAny() const { return can_ask_any_; }
  /// Leaves the nodes that may be ends.
  void KeepFitting(std::vector<graph::NodeNo>& nodes);
  /// Beside each node whether it may be an end. Where CanAskAny. Borrowed until the next call.
  std::span<Truth> MarkEnds(std::span<const graph::NodeNo> nodes);
  /// The places of the relationships that fit, ascending. Borrowed until the next call.
  std::span<const std::uint32_t> FindFitting(std::span<const std::uint32_t> rels);
  /// Beside each relationship whether it fits. Borrowed until the next call.
  std::span<Truth> MarkFitting(std::vector<std::uint32_t> rels);

 private:
  /// Whether it is true, false or null for every node or relationship, and none makes it fail.
  static bool HasTruth(const BoundExpr& condition);
  static bool CanAskAny(const CountHop& hop);

  Slot to_;
  Slot rel_;
  bool can_ask_any_;
  Conditions of_end_;
  Conditions of_rel_;
  ExecContext* ctx_ = nullptr;
  std::vector<std::uint32_t> places_;
};

}  // namespace verbale::query
