#pragma once

// What one document says, as keys and values, and how that differs from what it said before.

#include <map>
#include <string>
#include <vector>

#include "graph/fact.h"
#include "graph/store/keys.h"
#include "graph/store/records.h"
#include "graph/store/store.h"

namespace verbale::graph::ingest {

/// Identity of a relationship in full.
struct Triple {
  NodeId source;
  std::string type;
  NodeId target;
  auto operator<=>(const Triple&) const = default;
};

/// Everything that one document says, each piece under its identity. Empty for a document that is
/// not there.
struct Statements {
  std::map<store::EvidenceKeyParts, std::string> evidence;  ///< → encoded EvidenceRecord
  std::map<std::string, std::string> readings;              ///< key in docfacts → encoded reading
  std::map<store::SayingParts, std::string> sayings;        ///< → encoded Entity
  std::map<RelId, Triple> triples;                          ///< Of `evidence`.
};

/// Of a document that comes in. Error(kInvalidArgument) where a fact names an entity that is not
/// listed, Error(kAlreadyExists) where two different things have one id. `by_name`: see NodeIdOf.
Statements StatementsOf(const DocumentFacts& facts, bool by_name);

/// The list of what it proves and says, as it is stored.
store::DocStatements ListOf(const Statements& statements);

/// Of a document that is stored; keys only: the values of evidence and sayings, and `triples`, are
/// left empty, and those of readings too.
Statements StoredStatements(const store::Reader& reader, store::DocId document);

}  // namespace verbale::graph::ingest
