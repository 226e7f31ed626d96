#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

#include "graph/graph.h"
#include "graph/store/store.h"

namespace verbale::graph {

/// The canonical text form (docs/data-model.md), line by line without line ends. The lines are
/// sorted within each kind, and the same for the same content.
void ForEachDumpLine(const store::State& state, Layer layer,
                     const std::function<void(std::string_view)>& visit);

/// SHA-256, in lower-case hex, of the lines of the derived layer, each with a line end.
std::string DumpHash(const store::State& state);

}  // namespace verbale::graph
