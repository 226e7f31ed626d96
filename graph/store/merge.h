#pragma once

// The two layers laid over one another: what documents say, and what people wrote over it.

#include <optional>

#include "graph/store/records.h"
#include "graph/store/store.h"

namespace verbale::graph::store {

/// nullopt: there is no such node, because neither layer makes one or a person deleted it. What is
/// written over a node that documents no longer make waits until they make it again.
std::optional<StoredNode> Merge(NodeId id, std::optional<DerivedNode> derived,
                                std::optional<ManualNode> manual);
/// Likewise. Whether the ends exist is not looked at.
std::optional<StoredRel> Merge(RelKey key, std::optional<DerivedRel> derived,
                               std::optional<ManualRel> manual);

/// Values of `over` in place of those of `base`; null takes away.
Properties Overlay(const Properties& base, const Properties& over);

}  // namespace verbale::graph::store
