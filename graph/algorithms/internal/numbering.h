#pragma once

#include <cstdint>
#include <vector>

namespace verbale::graph::algorithms {

/// Replaces the numbers of groups by dense ones: largest group first, of equal size the one that
/// appears first. Returns how many there are. Numbers are below some small multiple of the size.
std::uint32_t NumberBySize(std::vector<std::uint32_t>& groups);

}  // namespace verbale::graph::algorithms
