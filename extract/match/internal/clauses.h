#pragma once

#include <cstdint>
#include <vector>

#include "extract/match/analysis.h"

namespace verbale::extract {

/// The next finite verb of the clause behind chunk `i`; kNoChunk where there is none.
std::uint32_t NextFinite(const std::vector<Chunk>& chunks, std::uint32_t i);
/// The last verb of the clause before chunk `before`, or its last finite one.
std::uint32_t PreviousVerb(const std::vector<Chunk>& chunks, std::uint32_t before, bool finite);

/// Finds the agents of passives.
void FindAgents(const Words& words, Analysis& analysis);
/// "There was established A": finds the subjects that stand behind their verb.
void FindInvertedSubjects(const Words& words, Analysis& analysis);

}  // namespace verbale::extract
