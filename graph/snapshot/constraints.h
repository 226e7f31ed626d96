#pragma once

#include <optional>
#include <string>
#include <utility>

#include "graph/snapshot/state.h"

namespace verbale::graph::snapshot {

// What constraints and property types forbid. All throw Error with the words of the TCK where it
// has any, and change nothing.

/// Error(kInvalidArgument), InvalidPropertyType: a map, a node, a list of lists, a list with nulls.
void CheckStorable(const Value& value);

/// The item itself: names, keys, whether it can be enforced on what it covers.
void CheckSchemaItem(const SchemaItem& item);
/// That what is there already keeps `item`.
void CheckExisting(const GraphState& state, const SchemaItem& item);

/// Whether `node` may get `value` under `key`: unique and type constraints of its labels.
void CheckSet(const GraphState& state, NodeNo node, KeyId key, const Value& value);
/// Likewise of a relationship.
void CheckSet(const GraphState& state, RelNo rel, KeyId key, const Value& value);
/// Whether `node` may get `label`: unique and type constraints of that label.
void CheckAddLabel(const GraphState& state, NodeNo node, LabelId label);

/// Before a commit: properties that must exist.
void CheckComplete(const GraphState& state, NodeNo node);
void CheckComplete(const GraphState& state, RelNo rel);

}  // namespace verbale::graph::snapshot
