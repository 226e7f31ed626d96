#pragma once

#include "graph/graph.h"
#include "query/bind/procedure.h"

namespace verbale::query {

/// db.*, dbms.*, algo.* and what SHOW calls. `graph` and `catalog` are borrowed for as long as the
/// catalog is used.
void AddBuiltInProcedures(const graph::Graph& graph, ProcedureCatalog& catalog);

}  // namespace verbale::query
