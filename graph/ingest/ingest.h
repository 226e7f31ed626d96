#pragma once

// Documents into graph: the one place where facts become nodes and relationships.

#include <span>
#include <string>

#include "graph/fact.h"
#include "graph/graph.h"
#include "graph/store/store.h"

namespace verbale::graph::ingest {

struct Ingestion {
  store::Commit commit;
  IngestReport report;
};

/// What brings `documents` in and takes those whose symbols are in `removed` out. Writes nothing.
/// The graph that the commit leaves depends on the set of documents that are then in it, on nothing
/// else. `want_changes`: fills IngestReport::changes, sorted.
/// Error(kInvalidArgument) where two documents have one symbol or a document contradicts itself.
Ingestion MakeIngestion(const store::State& state, std::span<const DocumentFacts> documents,
                        std::span<const std::string> removed, std::span<const SourceRecord> sources,
                        bool want_changes);

}  // namespace verbale::graph::ingest
