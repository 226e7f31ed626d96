#pragma once

#include <string>

#include "cli/globals.h"
#include "graph/view.h"

namespace verbale::cli {

/// A relationship as a person names it.
struct WhyQuestion {
  std::string subject, relation, object;
  bool json = false;
};

/// Prints every sentence that states it. Error(kNotFound), with the nearest name, where the graph
/// does not know one of the three, or does not say so.
void PrintWhy(const graph::View& view, const WhyQuestion& question, const Globals& globals);

}  // namespace verbale::cli
