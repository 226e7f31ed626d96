#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "extract/match/analysis.h"
#include "extract/rules/pack_data.h"
#include "graph/fact.h"

namespace verbale::extract {

/// A name before it has a number in the document.
struct NamedThing {
  std::string label;
  std::string name;
  std::uint32_t entry = Mention::kNoEntry;  ///< In PackData::names.
  bool proper = true;   ///< Has a name of its own, not only a common noun with what qualifies it.
  std::string id = {};  ///< Where it is not that of label and name: of what belongs to one.
};

NamedThing ThingOf(const Mention& mention);

/// The entity of each entry of the gazetteers.
std::vector<graph::Entity> EntitiesOf(const std::vector<NameEntry>& names);

/// The entities of one document, each id once. In a section a name means one thing: what belongs to
/// somebody keeps that id where it is only named, before and after.
class EntityTable {
 public:
  /// `known` are those of the gazetteers, as EntitiesOf() makes them.
  EntityTable(const std::vector<graph::Entity>& known, std::vector<graph::Entity>& entities)
      : known_(known), entities_(entities) {}

  std::uint32_t Add(const NamedThing& thing);
  std::uint32_t Add(const Mention& mention);
  void EnterSection() { of_section_.clear(); }
  const graph::Entity& operator[](std::uint32_t i) const { return entities_[i]; }

  /// Another spelling that the document itself introduces.
  void AddAlias(std::uint32_t entity, const std::string& alias);
  /// Leaves out the entities that no fact uses.
  static void Prune(graph::DocumentFacts& facts);

 private:
  std::optional<std::uint32_t> InSection(const NamedThing& thing, const std::string& id);

  const std::vector<graph::Entity>& known_;
  std::vector<graph::Entity>& entities_;
  std::unordered_map<std::uint32_t, std::uint32_t> by_entry_;
  std::unordered_map<std::string, std::uint32_t> by_id_;
  /// Id by label and name → what no gazetteer has and the section named so last.
  std::unordered_map<std::string, std::uint32_t> of_section_;
};

/// The names of a phrase that no gazetteer has: without article, number of the edition and trailing
/// clause, in the singular, with the prepositional phrases that belong to it. Empty where the
/// phrase names nothing in particular ("a law", "other centres").
///
/// "laws on A; B; and C" are several: one name each.
std::vector<NamedThing> OpenNames(const Words& words, const Analysis& analysis, std::uint32_t chunk,
                                  std::string_view text);

}  // namespace verbale::extract
