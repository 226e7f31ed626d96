// VarExpand (a)-[*1..k]->(b) > … > Distinct b  →  Reach (a)-[*1..k]->(b) > … > Distinct b
//
// Walks of every length are many, the nodes that they reach are few. Preconditions: the pattern is
// directed with a lower bound of 0 or 1, so that a shortest walk to a node, also one back to the
// start, is a trail; nobody looks at the relationships; `b` is not bound before; and above, rows
// count once however often they come: a Distinct, or aggregates that are DISTINCT, min or max, with
// nothing in between but operators that make the same rows of the same row.

#include <algorithm>
#include <set>

#include "query/functions/registry.h"
#include "query/optimize/passes.h"

namespace verbale::query {

bool IgnoresRepeats(const BoundAggregate& aggregate) {
  if (aggregate.function == nullptr) return false;
  return aggregate.distinct || aggregate.function->name == "min" ||
         aggregate.function->name == "max";
}

namespace {

class EndFinder {
 public:
  explicit EndFinder(const LogicalPlan& plan) : plan_(plan) {
    for (const BoundColumn& column : plan.columns) read_.insert(column.slot);
  }

  /// `repeats`: whether it counts how often a row comes.
  void Visit(LogicalNode& node, bool repeats) {
    if (auto* walk = std::get_if<LogicalVarExpand>(&node.op)) {
      if (!repeats && !walk->into && walk->arrow != Arrow::kBoth && walk->length.min <= 1 &&
          walk->distinct_from.empty() && read_.count(walk->rel) == 0) {
        walk->distinct_ends = true;
      }
    }
    const bool below = RepeatsBelow(node, repeats);
    WithReads(ReadsOf(node, plan_), [&] {
      for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        const bool before_other = i == 0 && node.inputs.size() == 2;
        const auto other = before_other ? ReadsOfTree(*node.inputs[1], plan_) : std::vector<Slot>();
        WithReads(other, [&] { Visit(*node.inputs[i], below); });
      }
    });
  }

 private:
  /// While `run` runs, the slots are read above as well.
  template <typename Run>
  void WithReads(const std::vector<Slot>& slots, const Run& run) {
    read_.insert(slots.begin(), slots.end());
    run();
    for (const Slot slot : slots) read_.erase(read_.find(slot));
  }

  static bool RepeatsBelow(const LogicalNode& node, bool repeats) {
    if (std::holds_alternative<LogicalDistinct>(node.op)) return false;
    if (const auto* aggregate = std::get_if<LogicalAggregate>(&node.op)) {
      return !std::all_of(aggregate->aggregates.begin(), aggregate->aggregates.end(),
                          IgnoresRepeats);
    }
    const bool passes = std::holds_alternative<LogicalFilter>(node.op) ||
                        std::holds_alternative<LogicalProject>(node.op) ||
                        std::holds_alternative<LogicalExpand>(node.op) ||
                        std::holds_alternative<LogicalVarExpand>(node.op) ||
                        std::holds_alternative<LogicalNodeScan>(node.op) ||
                        std::holds_alternative<LogicalIndexSeek>(node.op);
    return passes ? repeats : true;
  }

  const LogicalPlan& plan_;
  std::multiset<Slot> read_;  ///< By operators above.
};

}  // namespace

void ReachEnds(LogicalPlan& plan, LogicalPtr& root, const graph::View&) {
  EndFinder(plan).Visit(*root, true);
}

}  // namespace verbale::query
