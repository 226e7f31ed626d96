#pragma once

#include "extract/match/matcher.h"
#include "extract/match/words.h"
#include "extract/mention/names.h"
#include "extract/mention/values.h"
#include "extract/resolve/entities.h"
#include "extract/rules/pack_data.h"

namespace verbale::extract {

/// A pack with everything that is made of it once. Immutable; shared by threads.
struct CompiledPack {
  explicit CompiledPack(PackData pack)
      : data(std::move(pack)),
        words(data, vocabulary),
        names(data.names, vocabulary),
        values(data, vocabulary),
        entities(EntitiesOf(data.names)),
        matcher(data, words, vocabulary) {}

  const PackData data;
  Vocabulary vocabulary;  ///< Filled by the constructor only.
  const Words words;
  const NameIndex names;
  const ValueFinder values;
  const std::vector<graph::Entity> entities;  ///< Of PackData::names.
  const Matcher matcher;
};

}  // namespace verbale::extract
