#pragma once

#include "query/bind/procedure.h"

namespace verbale::query {

/// The procedures algo.* (docs/algorithms.md), over the functions of graph/algorithms.
void AddAlgorithms(ProcedureCatalog& catalog);

// A family each.
void AddCentrality(ProcedureCatalog& catalog);
void AddComponents(ProcedureCatalog& catalog);
void AddCommunities(ProcedureCatalog& catalog);
void AddPaths(ProcedureCatalog& catalog);
void AddSimilarity(ProcedureCatalog& catalog);
void AddLayouts(ProcedureCatalog& catalog);

}  // namespace verbale::query
