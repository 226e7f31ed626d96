#pragma once

#include "extract/match/matcher.h"
#include "extract/match/words.h"
#include "extract/mention/names.h"
#include "extract/mention/values.h"
#include "extract/rules/pack_data.h"

namespace verbale::extract {

/// A pack with everything that is made of it once. Immutable; shared by threads.
struct CompiledPack {
  explicit CompiledPack(PackData pack)
      : data(std::move(pack)), words(data), names(data.names), values(data), matcher(data, words) {}

  const PackData data;
  const Words words;
  const NameIndex names;
  const ValueFinder values;
  const Matcher matcher;
};

}  // namespace verbale::extract
