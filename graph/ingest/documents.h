#pragma once

// What was read from documents, as it is stored.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/fact.h"
#include "graph/graph.h"
#include "graph/store/keys.h"
#include "graph/store/store.h"

namespace verbale::graph::ingest {

/// Sorted by symbol.
std::vector<DocumentRecord> Documents(const store::State& state);
std::vector<SourceRecord> Sources(const store::State& state);
std::vector<SectionRecord> Sections(const store::State& state, std::string_view symbol);
std::optional<std::string> DocumentText(const store::State& state, std::string_view symbol);
/// Everything that was read from one document, in canonical order: entities by label and name,
/// facts by place, rule and what they say. Error(kNotFound), with the nearest symbol.
DocumentFacts FactsOf(const store::State& state, std::string_view symbol);

struct StatementCounts {
  std::uint64_t evidence = 0;
  std::uint64_t readings = 0;  ///< Not asserted.
};
StatementCounts CountStatements(const store::State& state, std::string_view symbol);

using ReadingVisitor = std::function<void(const Entity& subject, const std::string& type,
                                          const Entity& object, const EvidenceRecord&)>;
/// As Graph::ForEachReading.
void ForEachReading(const store::State& state, const ReadingVisitor& visit);

/// The entity that all documents together make of a node; nullopt where none speaks of it.
std::optional<Entity> EntityOf(const store::State& state, NodeId node);

}  // namespace verbale::graph::ingest
