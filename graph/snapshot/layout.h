#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "graph/snapshot/state.h"
#include "graph/store/store.h"

namespace verbale::graph::snapshot {

/// Everything that `pinned` has, laid out afresh.
GraphState LayOut(std::shared_ptr<const store::State> pinned);

/// What `pinned`, a later state of the same store, has, as changes over `old`: takes time by what
/// changed between the two. nullopt where the store no longer knows that, or where it is so much
/// that laying out costs less.
std::optional<GraphState> CatchUp(const GraphState& old,
                                  std::shared_ptr<const store::State> pinned);
/// Likewise, where `old` has what the store had after commit `sequence`, and `history` then.
std::optional<GraphState> CatchUp(const GraphState& old, std::uint64_t sequence,
                                  std::uint64_t history,
                                  std::shared_ptr<const store::State> pinned);

/// `old` with what `changes` lists as `now` has it, however much that is.
GraphState Changed(const GraphState& old, const store::Changes& changes,
                   std::shared_ptr<const store::State> now);

/// Whether so much was written over the Snapshot that laying out again pays.
bool IsTimeToLayOut(const GraphState& state);

/// The same graph as `state`, without a Delta: what was written is in the Snapshot. Numbers change.
/// Reads only what is given, so it may run beside readers and the writer.
GraphState LayOutAgain(const GraphState& state);

}  // namespace verbale::graph::snapshot
