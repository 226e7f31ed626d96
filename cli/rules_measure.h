#pragma once

#include <string>
#include <vector>

#include "cli/globals.h"

namespace verbale::cli {

struct MeasureOptions {
  std::string pack, gold, filter;
  std::vector<std::string> paths;  ///< Files and folders; empty: the documents of the graph.
};

// What `verbale rules stats|mutate|suggest` print; each returns the exit code.
int PrintRuleStats(const MeasureOptions& options, const Globals& globals);
/// Exit code 3 where fewer than 90 % of the mutants are noticed.
int PrintMutants(const MeasureOptions& options, const Globals& globals);
int PrintSuggestions(const MeasureOptions& options, const Globals& globals);

}  // namespace verbale::cli
