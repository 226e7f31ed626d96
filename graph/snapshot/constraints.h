#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "graph/error.h"
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

using Thing = std::variant<NodeNo, RelNo>;
/// For people: "State 'Canada'", "relationship State 'Canada' -RATIFIED-> Treaty 'Convention'".
std::string Describe(const GraphState& state, const Thing& thing);

/// Is told what breaks a constraint.
using OnBreach = std::function<void(const Thing& thing, const Error& why)>;
/// All that there is.
void ForEachBreach(const GraphState& state, const OnBreach& visit);
/// Of what `changes` lists: where the state before kept all constraints, there is no other.
void ForEachBreach(const GraphState& state, const store::Changes& changes, const OnBreach& visit);

}  // namespace verbale::graph::snapshot
