#pragma once

#include <string>

#include "graph/ingest/name_table.h"
#include "graph/store/records.h"

namespace verbale::graph::ingest {

/// "date: 2015 → 2015-07, evidence: 1 → 2": how a relationship changes, for people; properties by
/// name. Empty where only sentences differ.
std::string DescribeDifference(const store::DerivedRel& old, const store::DerivedRel& now,
                               const NameTable& names);

}  // namespace verbale::graph::ingest
