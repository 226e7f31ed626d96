#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "extract/match/analysis.h"
#include "extract/resolve/entities.h"

namespace verbale::extract {

/// What has no name but is told apart by what is said of it: "the agreement reached at the talks
/// between A and B", "the call by A to end the blockade", "the multidimensional vulnerability
/// index". Named by its noun phrase without the article, up to where that ends. nullopt for a noun
/// that nothing tells apart ("an agreement", "this agreement") or that is no thing to stand for.
std::optional<NamedThing> Described(const Words& words, const Analysis& analysis,
                                    std::uint32_t chunk, std::string_view text);

}  // namespace verbale::extract
