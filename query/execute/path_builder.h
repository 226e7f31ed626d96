#pragma once

// A path value from its parts, in order.

#include "query/execute/column.h"

namespace verbale::query {

class PathBuilder {
 public:
  explicit PathBuilder(const graph::View& view) : view_(view) {}

  /// The first node, or the node that the last relationship led to (then nothing is added).
  void AddNode(graph::NodeNo node);
  /// The relationship leads from the last node to its other end.
  void AddRel(graph::RelNo rel);
  /// A node, a relationship, a list of either or of both by turns, or a path that goes on from the
  /// last node. A null makes the whole path null.
  void Add(const graph::Value& part);
  /// The path, or null.
  graph::Value Finish();

 private:
  graph::NodeRef Ref(graph::NodeNo node) const { return {node, view_.Id(node)}; }

  const graph::View& view_;
  graph::Path path_;
  bool is_null_ = false;
};

}  // namespace verbale::query
