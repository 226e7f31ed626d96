#pragma once

#include "extract/rules/pack_data.h"

namespace verbale::extract {

/// That every label, relation, name and verb that a pack speaks of is one that it has, with those
/// that it extends: a rule with a misspelt one would find nothing, and nobody would know why.
/// Error(kSyntax) with the place of the first that is unknown, and the nearest known one.
void CheckWords(const PackData& pack);

}  // namespace verbale::extract
