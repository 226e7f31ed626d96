#pragma once

// What several statements of one thing say together.
//
// Of each attribute there is a state: a value, or "they disagree". Statements join one by one, and
// the outcome does not depend on their order: equal values stay, a more precise date takes the
// place of a coarser one that it refines (2015-07 over 2015), anything else is disagreement, and
// that is final.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "graph/fact.h"
#include "graph/value.h"

namespace verbale::graph::ingest {

class Agreement {
 public:
  Agreement() = default;
  /// Goes on from what Take() gave.
  explicit Agreement(const std::map<std::string, Value>& taken);

  void Add(const Attributes& attributes);
  /// What is agreed on. Where there is disagreement, `conflict` lists the attributes concerned, by
  /// name, and they are absent.
  std::map<std::string, Value> Take() &&;

 private:
  std::map<std::string, std::optional<Value>> states_;  // nullopt: they disagree
};

/// Properties of a relationship from its evidence: `count` (pieces of evidence, or the sum of their
/// `count` attributes where they have one), `first_stated` and `last_stated` where a date is known,
/// attributes as agreed on. These four names and `conflict` are taken: an attribute that is called
/// so is left out.
class EvidenceSummary {
 public:
  EvidenceSummary() = default;
  /// Goes on from what Take() gave for earlier evidence: the outcome is that of all evidence
  /// together.
  explicit EvidenceSummary(const std::map<std::string, Value>& taken);

  void Add(const EvidenceRecord& evidence);
  std::map<std::string, Value> Take() &&;

 private:
  Agreement agreement_;
  std::int64_t count_ = 0;
  std::string first_, last_;
};

/// One entity from all that is said of it, at least one statement; the label is the same in all.
/// Aliases together; properties as agreed on; of several ids the first by bytes, of several names
/// likewise, and the others are aliases.
Entity MergeEntities(std::span<const Entity> statements);

/// Properties of the node of an entity: `id`, `name`, `aliases` and its own.
std::map<std::string, Value> NodeProperties(const Entity& entity);

/// The form in which an entity is compared and kept: id filled in, aliases sorted, each once and
/// without the name, properties sorted by name without nulls.
Entity Canonical(Entity entity);

}  // namespace verbale::graph::ingest
