#pragma once

#include <functional>

#include "graph/graph.h"
#include "query/bind/procedure.h"

namespace verbale::query {

/// The graph that the running statement looks at.
using CurrentGraph = std::function<const graph::Graph&()>;

/// db.*, dbms.*, algo.* and what SHOW calls. `catalog` is borrowed for as long as it is used.
void AddBuiltInProcedures(CurrentGraph graph, ProcedureCatalog& catalog);

}  // namespace verbale::query
