#pragma once

#include <memory>
#include <vector>

#include "extract/rules_tool.h"

namespace verbale::extract {

/// One line for people: "rule 'x': without the guard '…'".
std::string Describe(const Pack& pack, const PackChange& change);

/// Every way of making one rule of `pack` laxer or poorer by one step: each pattern, guard,
/// condition and alternative dropped, each slot widened to every label.
std::vector<PackChange> Mutants(const Pack& pack);

}  // namespace verbale::extract
