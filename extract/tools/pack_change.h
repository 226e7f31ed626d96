#pragma once

#include <memory>
#include <string>
#include <vector>

#include "extract/rules_tool.h"

namespace verbale::extract {

/// `pack` with one thing changed, for who looks at one relation only: the rules of the others may
/// be missing, where that is sooner compiled.
std::shared_ptr<const Pack> Changed(const Pack& pack, const PackChange& change,
                                    const std::string& relation);

/// One line for people: "rule 'x': without the guard '…'".
std::string Describe(const Pack& pack, const PackChange& change);

/// One of the words of an element with several: "in|to|within".
struct Alternative {
  std::string word;
  std::string without, only;  ///< The pattern without it, and with nothing else in its place.
};
std::vector<Alternative> AlternativesOf(const std::string& pattern);

/// Every way of making one rule of `pack` laxer or poorer by one step: each pattern, guard,
/// condition, option and alternative dropped, each slot widened by the label that its own are most
/// easily taken for.
std::vector<PackChange> Mutants(const Pack& pack);

}  // namespace verbale::extract
