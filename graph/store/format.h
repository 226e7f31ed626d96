#pragma once

#include <cstdint>

#include "graph/store/engine.h"

namespace verbale::graph::store {

/// What this program writes.
inline constexpr std::uint32_t kFormatVersion = 3;
/// The oldest program version of the format that can read what this program writes.
inline constexpr std::uint32_t kMinimumReader = 3;

/// Writes the format's version into a new store and into one of an older format, where it may,
/// since what is written from here on has this format; makes sure that this program can read the
/// store: Error(kUnsupported) where it needs a newer one, Error(kCorruption) where it is no store
/// of a graph.
void CheckFormat(Engine& engine, bool read_only);

/// Whether derived nodes of the store are told apart by label and name, as in stores that a format
/// before 3 made, and not by their readable ids.
bool TellsByName(const Reader& reader);

}  // namespace verbale::graph::store
