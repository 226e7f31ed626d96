#pragma once

// Who is who among derived things: ids that follow from content. Sixty-three bits of a hash can
// collide, so the full identity stands in each record, and whoever writes one compares.

#include <string_view>

#include "graph/fact.h"
#include "graph/ids.h"
#include "graph/store/keys.h"

namespace verbale::graph::ingest {

/// The first 63 bits of SHA-256 over label, a zero byte, and the entity's id; or its name, in a
/// store whose nodes are told apart by name (store::TellsByName).
NodeId NodeIdOf(const Entity& entity, bool by_name);
/// The first 63 bits of SHA-256 over the source's id, the type, a zero byte, the target's id.
RelId RelIdOf(NodeId source, std::string_view type, NodeId target);
/// The first 64 bits of SHA-256 over the symbol.
store::DocId DocIdOf(std::string_view symbol);

}  // namespace verbale::graph::ingest
