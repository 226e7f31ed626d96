#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "extract/match/matcher.h"
#include "extract/match/words.h"
#include "extract/mention/names.h"
#include "extract/mention/values.h"
#include "extract/resolve/entities.h"
#include "extract/rules/pack_data.h"

namespace verbale::extract {

/// A pack as it was written, and what is made once of all of it but the rules.
struct PackWords {
  explicit PackWords(PackData pack)
      : data(std::move(pack)),
        words(data, vocabulary),
        names(data.names, vocabulary),
        values(data, vocabulary),
        entities(EntitiesOf(data.names)) {
    for (const auto& [head, name] : data.in_speeches) {
      const auto known = names.Lookup(name, "");
      if (!known.empty()) in_speeches[head] = MentionOf(*known.front());
    }
  }

  const PackData data;
  Vocabulary vocabulary;  ///< Filled by the constructors of this and of CompiledPack only.
  const Words words;
  const NameIndex names;
  const ValueFinder values;
  const std::vector<graph::Entity> entities;   ///< Of PackData::names.
  std::map<std::string, Mention> in_speeches;  ///< See PackData.

 private:
  Mention MentionOf(const NameEntry& entry) const {
    Mention mention;
    mention.label = entry.label;
    mention.name = entry.name;
    mention.entry = static_cast<std::uint32_t>(&entry - data.names.data());
    return mention;
  }
};

/// A pack with everything that is made of it once. Immutable; shared by threads.
class CompiledPack {
 public:
  explicit CompiledPack(PackData pack)
      : parts_(std::make_shared<PackWords>(std::move(pack))),
        matcher(data, words, parts_->vocabulary) {}
  /// `base` with `rule` in place of number `number`, which costs only that rule's patterns. `data`
  /// has the rules as they were written.
  CompiledPack(const CompiledPack& base, std::uint32_t number, Rule rule)
      : parts_(base.parts_), matcher(base.matcher, data, number, std::move(rule)) {}

 private:
  std::shared_ptr<PackWords> parts_;  ///< Shared with the packs that differ in a rule.

 public:
  const PackData& data = parts_->data;
  const Vocabulary& vocabulary = parts_->vocabulary;
  const Words& words = parts_->words;
  const NameIndex& names = parts_->names;
  const ValueFinder& values = parts_->values;
  const std::vector<graph::Entity>& entities = parts_->entities;
  const std::map<std::string, Mention>& in_speeches = parts_->in_speeches;
  const Matcher matcher;
};

}  // namespace verbale::extract
