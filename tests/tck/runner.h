#pragma once

#include <string>
#include <vector>

#include "tests/tck/gherkin.h"

namespace verbale::tck {

/// What became of one case.
struct Outcome {
  bool passed = false;
  std::string message;  ///< What was expected and what was there; empty where it passed.
};

/// Runs a case on a fresh graph in memory. `graphs_folder` has the named graphs.
Outcome RunCase(const Case& test_case, const std::string& graphs_folder);

/// All cases of the feature files under `folders` (or of the files themselves), in the order of
/// their names. Sets `graphs_folder` to the nearest folder "graphs" beside or above the first one.
std::vector<Case> FindCases(const std::vector<std::string>& folders, std::string* graphs_folder);

}  // namespace verbale::tck
