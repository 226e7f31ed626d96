#pragma once

#include <cstdint>

#include "graph/store/engine.h"

namespace verbale::graph::store {

/// What this program writes.
inline constexpr std::uint32_t kFormatVersion = 1;
/// The oldest program version of the format that can read what this program writes.
inline constexpr std::uint32_t kMinimumReader = 1;

/// Writes the format's version into a new store, where it may; in another one, makes sure that this
/// program can read it: Error(kUnsupported) where it needs a newer one, Error(kCorruption) where it
/// is no store of a graph.
void CheckFormat(Engine& engine, bool read_only);

}  // namespace verbale::graph::store
