#pragma once

// One step of walks that are counted: its relationships from both ends, and the conditions on them.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "query/execute/expression.h"
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
        rel_(hop.rel) {
    for (const BoundExprPtr& predicate : hop.predicates) predicates_.push_back(own(predicate));
    for (const BoundExprPtr& predicate : hop.rel_predicates) {
      rel_predicates_.push_back(own(predicate));
    }
  }

  Arrow arrow;
  Ways ways;
  Ways back;  ///< The same relationships from their other end.
  std::optional<std::string> label;

  void Open(ExecContext& ctx);
  void Refresh();

  /// Whether nothing is asked of the ends.
  bool HasFreeEnds() const { return predicates_.empty() && !ways.asks_label(); }
  bool AsksRels() const { return !rel_predicates_.empty(); }
  /// Whether nothing is asked at all.
  bool IsFree() const { return HasFreeEnds() && !AsksRels(); }
  /// Leaves the nodes that may be ends.
  void KeepFitting(std::vector<graph::NodeNo>& nodes);
  /// The places of the relationships that fit, ascending. Borrowed until the next call.
  std::span<const std::uint32_t> FindFitting(std::span<const std::uint32_t> rels);
  /// Beside each relationship, 1 where it fits.
  void MarkFitting(std::span<const std::uint32_t> rels, std::vector<std::uint8_t>& fits);

 private:
  void KeepTrue(Expression& predicate, std::size_t first, std::vector<graph::NodeNo>& nodes,
                std::size_t& kept);

  Slot to_;
  Slot rel_;
  std::vector<Expression*> predicates_;
  std::vector<Expression*> rel_predicates_;
  ExecContext* ctx_ = nullptr;
  std::vector<std::uint32_t> selected_;
  std::vector<std::uint32_t> places_;
};

}  // namespace verbale::query
