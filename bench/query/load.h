#pragma once

#include <string>

#include "graph/graph.h"

namespace verbale::bench {

/// Reads the CSV files that gen_graph.py wrote into `folder` (person, org, knows, member_of) into
/// `graph`, in one commit, with a unique constraint on the id of either kind of node.
void LoadGraph(graph::Graph& graph, const std::string& folder);

}  // namespace verbale::bench
