#pragma once

#include "graph/formats/formats.h"
#include "graph/value.h"
#include "graph/view.h"

namespace verbale::cli {

/// Nodes, relationships and paths of a result, wherever they stand in its values: what is drawn or
/// exported of it. A relationship brings its two ends.
class Gatherer {
 public:
  /// Borrows the view that the values belong to.
  explicit Gatherer(const graph::View& view) : view_(view) {}

  void Add(const graph::Value& value);

  const graph::Selection& selection() const { return selection_; }
  /// Says on standard error that the graph is empty, where it is and something was added.
  void NoteNothing() const;

 private:
  void AddRel(graph::RelRef rel);

  const graph::View& view_;
  graph::Selection selection_;
  bool any_ = false;  // Something was added.
};

}  // namespace verbale::cli
