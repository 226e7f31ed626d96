#pragma once

// Graphs of a few nodes, written out: to be made in any store, and to be shown when a comparison
// fails.

#include <string>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "tests/query/reference/random.h"

namespace verbale::query::reference {

struct SmallGraph {
  /// Key and literal.
  using Properties = std::vector<std::pair<std::string, std::string>>;
  struct Node {
    std::vector<std::string> labels;
    Properties properties;
  };
  struct Rel {
    std::size_t source = 0;
    std::size_t target = 0;
    std::string type;
    Properties properties;
  };
  std::vector<Node> nodes;
  std::vector<Rel> rels;
  bool indexed = false;  ///< Indexes on :A(a), :A(i) and :B(s).

  /// Makes it in an empty graph, in one transaction.
  void MakeIn(graph::Graph& graph) const;
  /// As a CREATE statement; empty for the empty graph.
  std::string ToCypher() const;
};

/// Nodes have labels A, B, neither or both, and `i`, a number of their own; relationships have type
/// T or U; both have `k`, a string. Other properties may be absent: a (integer), b (float, never
/// whole), s (string), l (list of integers), d (date), m (of any type).
SmallGraph RandomGraph(Dice& dice);

}  // namespace verbale::query::reference
