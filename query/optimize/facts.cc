#include <algorithm>

#include "query/optimize/optimize.h"
#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

/// Sides of a step's relationships at which its ends may be.
std::vector<graph::Direction> EndSides(Arrow arrow) {
  if (arrow == Arrow::kOut) return {graph::Direction::kIn};
  if (arrow == Arrow::kIn) return {graph::Direction::kOut};
  return {graph::Direction::kOut, graph::Direction::kIn};
}

bool IsTrue(const GraphFact& fact, const graph::View& view) {
  const std::vector<graph::TypeId> types = TypesOf(view, fact.types);
  if (!fact.label) {
    return std::none_of(types.begin(), types.end(),
                        [&](graph::TypeId type) { return view.MayHaveLoops(type); });
  }
  const auto label = view.catalog().FindLabel(*fact.label);
  const std::vector<graph::Direction> sides = EndSides(fact.arrow);
  return label && std::all_of(types.begin(), types.end(), [&](graph::TypeId type) {
           return std::all_of(sides.begin(), sides.end(), [&](graph::Direction side) {
             return view.AllHaveLabel(type, side, *label);
           });
         });
}

}  // namespace

bool RelyOn(GraphFact fact, LogicalPlan& plan, const graph::View& view) {
  if (plan.writes || !IsTrue(fact, view)) return false;
  plan.facts.push_back(std::move(fact));
  return true;
}

std::optional<std::string> LabelWithUnique(const std::string& key, const GraphFact& ends,
                                           LogicalPlan& plan, const graph::View& view) {
  if (ends.label) return IsUnique(view, *ends.label, key) ? ends.label : std::nullopt;
  for (const graph::SchemaItem& item : view.Schema()) {
    if (!IsUnique(view, item.label, key)) continue;
    if (RelyOn({ends.types, ends.arrow, item.label}, plan, view)) return item.label;
  }
  return std::nullopt;
}

bool StillHolds(const LogicalPlan& plan, const graph::View& view) {
  return std::all_of(plan.facts.begin(), plan.facts.end(),
                     [&view](const GraphFact& fact) { return IsTrue(fact, view); });
}

}  // namespace verbale::query
