#pragma once

#include <memory>
#include <span>

#include "graph/fact.h"
#include "graph/snapshot/state.h"
#include "graph/store/store.h"

namespace verbale::graph::ingest {

/// Refuses a commit of documents that breaks a constraint of the graph: Error with the code of the
/// constraint, which names the document, the node or relationship and the constraint. `before`
/// shows what the store has. Without constraints nothing is looked at.
void KeepConstraints(const snapshot::GraphState& before, const store::Commit& commit,
                     std::span<const DocumentFacts> documents);

}  // namespace verbale::graph::ingest
