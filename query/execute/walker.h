#pragma once

// Steps that a pattern of variable length may take from a node.

#include <vector>

#include "query/execute/column.h"
#include "query/execute/context.h"
#include "query/execute/expression.h"
#include "query/execute/names.h"

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
      : arrow_(arrow), types_(types), element_(element), where_(element_where) {}

  void Open(ExecContext& ctx) {
    ctx_ = &ctx;
    types_.Forget();
  }
  /// The row whose outer slots the condition reads; borrowed until the next one.
  void SetRow(const Batch& rows, std::uint32_t row) {
    rows_ = &rows;
    row_ = row;
  }
  /// Appends the steps from `node`; with `backward`, those that lead to it.
  void Steps(graph::NodeNo node, bool backward, std::vector<Step>& out);
  /// Whether one step along `rel` from `node` is allowed, and where it leads; kNoNode where not.
  graph::NodeNo Follow(graph::NodeNo node, graph::RelNo rel);

 private:
  void Append(graph::NodeNo node, graph::Direction direction, bool skip_loops,
              std::vector<Step>& out);
  void Filter(std::size_t first, std::vector<Step>& out);

  Arrow arrow_;
  TypeFilter types_;
  Slot element_;
  Expression* where_;
  ExecContext* ctx_ = nullptr;
  const Batch* rows_ = nullptr;
  std::uint32_t row_ = 0;
};

/// A list of relationships as a value.
graph::Value RelList(std::span<const graph::RelNo> rels, const graph::View& view);

}  // namespace verbale::query
