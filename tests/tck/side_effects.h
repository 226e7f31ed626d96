#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "graph/view.h"

namespace verbale::tck {

/// Everything that a statement can change, as the kit counts it: nodes and relationships by
/// identity, the different labels of the graph, and each (entity, key, value).
struct GraphState {
  std::set<std::uint64_t> nodes;
  std::set<std::uint64_t> relationships;
  std::set<std::string> labels;
  std::set<std::tuple<bool, std::uint64_t, std::string, std::string>> properties;

  static GraphState Of(const graph::View& view);
};

/// "+nodes" → 2, "-labels" → 1; what did not change is left out.
using SideEffects = std::map<std::string, std::uint64_t>;
SideEffects Difference(const GraphState& before, const GraphState& after);

/// Where the engine's own counters contradict the difference, what they say; else empty. Counters
/// count each change, the difference only what is left of them.
std::string Contradiction(const SideEffects& effects, const graph::WriteCounts& counts);

}  // namespace verbale::tck
