#pragma once

// Steps that a pattern of variable length may take from a node.

#include <vector>

#include "query/execute/column.h"
#include "query/execute/context.h"
#include "query/execute/expression.h"
#include "query/execute/names.h"
#include "query/execute/ways.h"

namespace verbale::query {

/// One step: along `rel` to `node`.
struct Step {
  graph::NodeNo node;
  graph::RelNo rel;
};

/// Arrow, types and condition of the relationships of one pattern.
class Walker {
 public:
  /// `element_where` (nullptr: none) is borrowed and reads `element`.
  Walker(Arrow arrow, const std::optional<LabelExpr>& types, Slot element,
         Expression* element_where)
      : arrow_(arrow),
        types_(types),
        ways_(arrow, types, std::nullopt),
        back_(Turned(arrow), types, std::nullopt),
        element_(element),
        where_(element_where) {}

  void Open(ExecContext& ctx) {
    ctx_ = &ctx;
    types_.Forget();
    ways_.Open(ctx);
    back_.Open(ctx);
  }
  /// The row whose outer slots the condition reads; borrowed until the next one.
  void SetRow(const Batch& rows, std::uint32_t row) {
    rows_ = &rows;
    row_ = row;
    ways_.Refresh();
    back_.Refresh();
  }
  /// Appends the steps from `node`; with `backward`, those that lead to it.
  void Steps(graph::NodeNo node, bool backward, std::vector<Step>& out);
  /// Likewise from each of some nodes, all of which are asked together. Those to nodes for which
  /// `skips` is true are not.
  template <typename Skips>
  void StepsOfAll(std::span<const graph::NodeNo> nodes, const Skips& skips,
                  std::vector<Step>& out) {
    const std::size_t first = out.size();
    for (const graph::NodeNo node : nodes) {
      VisitSteps(node, false, [&](const Step& step) {
        if (!skips(step.node)) out.push_back(step);
        return true;
      });
    }
    if (where_ != nullptr && out.size() > first) Filter(first, out);
  }
  /// Whether each relationship is asked for something, which Steps does.
  bool has_condition() const { return where_ != nullptr; }
  /// Where there is none: calls visit(step) for what Steps appends, until it says false.
  template <typename Visit>
  bool VisitSteps(graph::NodeNo node, bool backward, const Visit& visit) const {
    for (const graph::Direction direction : {graph::Direction::kOut, graph::Direction::kIn}) {
      for (const Way& way : Of(backward).all()) {
        if (way.direction != direction) continue;
        const graph::Adjacency adjacency = Of(backward).Of(way, node);
        for (std::size_t i = 0; i < adjacency.size(); ++i) {
          if (way.Skips(node, adjacency.nodes[i])) continue;
          if (!visit(Step{adjacency.nodes[i], adjacency.rel(i)})) return false;
        }
      }
    }
    return true;
  }
  /// How many relationships there are to step along, whether the condition allows it or not.
  std::size_t CountSteps(graph::NodeNo node, bool backward) const;
  /// Has the steps from a node that is soon looked at brought near.
  void Prefetch(graph::NodeNo node, bool backward) const { Of(backward).Prefetch(node); }
  /// Whether one step along `rel` from `node` is allowed, and where it leads; kNoNode where not.
  graph::NodeNo Follow(graph::NodeNo node, graph::RelNo rel);

 private:
  const Ways& Of(bool backward) const { return backward ? back_ : ways_; }
  void Filter(std::size_t first, std::vector<Step>& out);

  Arrow arrow_;
  TypeFilter types_;
  Ways ways_;
  Ways back_;  ///< The same from their other ends.
  Slot element_;
  Expression* where_;
  ExecContext* ctx_ = nullptr;
  const Batch* rows_ = nullptr;
  std::uint32_t row_ = 0;
};

/// A list of relationships as a value.
graph::Value RelList(std::span<const graph::RelNo> rels, const graph::View& view);

}  // namespace verbale::query
