#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "graph/algorithms/projection.h"

namespace verbale::graph::algorithms {

/// 0 to n - 1, shuffled where there is a seed: the same on every platform.
std::vector<Index> OrderOfSeed(Index n, std::optional<std::uint64_t> seed);

}  // namespace verbale::graph::algorithms
