#pragma once

#include <vector>

#include "query/query.h"

namespace verbale::query {

/// The procedures algo.* (docs/algorithms.md), over the functions of graph/algorithms.
std::vector<Procedure> AlgorithmProcedures();

// A family each, appended.
void AddCentrality(std::vector<Procedure>& all);
void AddComponents(std::vector<Procedure>& all);
void AddCommunities(std::vector<Procedure>& all);
void AddPaths(std::vector<Procedure>& all);
void AddSimilarity(std::vector<Procedure>& all);
void AddLayouts(std::vector<Procedure>& all);

}  // namespace verbale::query
