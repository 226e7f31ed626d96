#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "query/bind/bound.h"
#include "query/query.h"

namespace verbale::query {

/// The graphs that statements with USE look at; keeps the last one, for as long as nothing is
/// committed. One thread.
class UsedGraphs {
 public:
  /// The graph of `statement`, which has a USE. Error(kSemantic) at an argument that is no string;
  /// Error(kNotFound) at one that is no document.
  std::shared_ptr<const graph::Graph> Find(const graph::Graph& graph,
                                           const BoundStatement& statement,
                                           const Parameters& parameters);

 private:
  std::shared_ptr<const graph::View> base_;  ///< What `used_` was made from.
  graph::StatedBy by_;
  std::shared_ptr<const graph::Graph> used_;  ///< Shared with results that still refer to it.
};

/// The root that EXPLAIN and PROFILE show over the plan of a statement with USE.
PlanNode WithUse(const BoundStatement& statement, PlanNode plan);

/// "graph.asOf('2016')"
std::string UseText(const BoundStatement& statement);

}  // namespace verbale::query
