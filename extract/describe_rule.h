#pragma once

#include <string>

#include "extract/rules/pack_data.h"

namespace verbale::extract {

/// A rule as people read it: what it says, its patterns (`expanded`: with every fragment written
/// out), what restricts it, what it adds to a fact, and its examples with what they must give.
std::string DescribeRule(const PackData& pack, const Rule& rule, bool expanded);

}  // namespace verbale::extract
