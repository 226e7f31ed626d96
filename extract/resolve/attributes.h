#pragma once

#include "extract/match/analysis.h"
#include "extract/match/matcher.h"
#include "extract/match/words.h"
#include "extract/rules/pack_data.h"

namespace verbale::extract {

/// What the sentence says of the fact beside its ends: date, law, amount and currency, role,
/// edition, and what the rule fixes. Sorted by name.
graph::Attributes AttributesOf(const Words& words, const Rule& rule, const Analysis& analysis,
                               const Candidate& candidate);

}  // namespace verbale::extract
