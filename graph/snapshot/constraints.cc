#include "graph/snapshot/constraints.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "graph/error.h"

namespace verbale::graph::snapshot {
namespace {

constexpr std::array<std::string_view, 11> kPropertyTypes = {
    "BOOLEAN",    "INTEGER",    "FLOAT",          "STRING",         "LIST",    "DATE",
    "LOCAL TIME", "ZONED TIME", "LOCAL DATETIME", "ZONED DATETIME", "DURATION"};

/// A change that is asked about before it is made.
struct Pending {
  std::optional<KeyId> key;
  Value value;
};

/// Why something is forbidden; nullopt where it is not.
using Breach = std::optional<Error>;

Error Violation(ErrorCode code, const SchemaItem& item, const std::string& what) {
  return Error(code, "constraint " + item.name + ": " + what)
      .WithTck(ErrorPhase::kRuntime, "ConstraintValidationFailed", item.name);
}

void Refuse(const Breach& breach) {
  if (breach) throw *breach;
}

std::string Pattern(const SchemaItem& item) {
  return item.on_relationship ? "()-[:" + item.label + "]-()" : "(:" + item.label + ")";
}

/// "STRING", "LIST<STRING NOT NULL>": whether `value` is of the type.
bool HasType(const Value& value, std::string_view type) {
  constexpr std::string_view kList = "LIST<", kNotNull = " NOT NULL";
  if (!type.starts_with(kList) || !type.ends_with('>')) return TypeName(value.type()) == type;
  type.remove_prefix(kList.size());
  type.remove_suffix(1);
  if (type.ends_with(kNotNull)) type.remove_suffix(kNotNull.size());
  if (!value.is_list()) return false;
  return std::all_of(value.as_list().begin(), value.as_list().end(),
                     [type](const Value& v) { return TypeName(v.type()) == type; });
}

bool IsPropertyType(std::string_view type) {
  constexpr std::string_view kList = "LIST<", kNotNull = " NOT NULL";
  if (type.starts_with(kList) && type.ends_with('>')) {
    type.remove_prefix(kList.size());
    type.remove_suffix(1);
    if (type.ends_with(kNotNull)) type.remove_suffix(kNotNull.size());
  }
  return std::find(kPropertyTypes.begin(), kPropertyTypes.end(), type) != kPropertyTypes.end();
}

Breach BreachOfType(const SchemaItem& item, const Value& value) {
  if (value.is_null() || HasType(value, item.value_type)) return std::nullopt;
  return Violation(ErrorCode::kInvalidArgument, item,
                   "`" + item.keys.front() + "` of " + Pattern(item) + " must be " +
                       item.value_type + ", not " + std::string(TypeName(value.type())));
}

Value ValueOf(const GraphState& state, NodeNo node, KeyId key, const Pending& pending) {
  return pending.key == key ? pending.value : state.Property(node, key);
}

/// Another node of the label that has the same values of all keys.
Breach BreachOfUnique(const GraphState& state, const SchemaItem& item, NodeNo node,
                      const Pending& pending) {
  std::vector<std::pair<KeyId, Value>> wanted;
  for (const std::string& name : item.keys) {
    const auto key = state.names.FindKey(name);
    if (!key) return std::nullopt;
    wanted.emplace_back(*key, ValueOf(state, node, *key, pending));
    if (wanted.back().second.is_null()) return std::nullopt;
  }
  const auto label = state.names.FindLabel(item.label);
  const auto found = state.Lookup(*label, wanted.front().first, wanted.front().second);
  if (!found) return std::nullopt;
  for (const NodeNo other : *found) {
    const bool same = std::all_of(wanted.begin(), wanted.end(), [&](const auto& entry) {
      return Equals(state.Property(other, entry.first), entry.second).value_or(false);
    });
    if (other != node && same) {
      return Violation(
          ErrorCode::kAlreadyExists, item,
          "another node " + Pattern(item) + " has the same `" + item.keys.front() + "`");
    }
  }
  return std::nullopt;
}

/// Of what a node has, not of what it must have.
Breach BreachOf(const GraphState& state, const SchemaItem& item, NodeNo node,
                const Pending& pending) {
  if (item.kind == SchemaKind::kUnique) return BreachOfUnique(state, item, node, pending);
  if (item.kind != SchemaKind::kType) return std::nullopt;
  const auto key = state.names.FindKey(item.keys.front());
  return key ? BreachOfType(item, ValueOf(state, node, *key, pending)) : std::nullopt;
}

template <typename Thing>
Breach BreachOfExistence(const GraphState& state, const SchemaItem& item, Thing thing) {
  for (const std::string& name : item.keys) {
    const auto key = state.names.FindKey(name);
    if (key && !state.Property(thing, *key).is_null()) continue;
    return Violation(ErrorCode::kInvalidArgument, item,
                     Pattern(item) + " must have `" + name + "`");
  }
  return std::nullopt;
}

Breach BreachOf(const GraphState& state, const SchemaItem& item, NodeNo node) {
  if (item.kind == SchemaKind::kExists) return BreachOfExistence(state, item, node);
  return BreachOf(state, item, node, {});
}

Breach BreachOf(const GraphState& state, const SchemaItem& item, RelNo rel) {
  if (item.kind == SchemaKind::kExists) return BreachOfExistence(state, item, rel);
  if (item.kind != SchemaKind::kType) return std::nullopt;
  const auto key = state.names.FindKey(item.keys.front());
  return key ? BreachOfType(item, state.Property(rel, *key)) : std::nullopt;
}

/// Calls visit(item) for the constraints on nodes whose label is among those of `node`.
template <typename Visit>
void ForEachOf(const GraphState& state, NodeNo node, const Visit& visit) {
  for (const SchemaItem& item : *state.delta().schema) {
    if (item.on_relationship || item.kind == SchemaKind::kIndex) continue;
    const auto label = state.names.FindLabel(item.label);
    if (label && state.HasLabel(node, *label)) visit(item);
  }
}

template <typename Visit>
void ForEachOf(const GraphState& state, RelNo rel, const Visit& visit) {
  if (state.delta().schema->empty()) return;
  const std::string_view type = state.names.TypeName(state.Ends(rel).type);
  for (const SchemaItem& item : *state.delta().schema) {
    if (item.on_relationship && item.kind != SchemaKind::kIndex && item.label == type) visit(item);
  }
}

bool Covers(const SchemaItem& item, std::string_view key) {
  return std::find(item.keys.begin(), item.keys.end(), key) != item.keys.end();
}

template <typename Visit>
void ForEachNode(const GraphState& state, std::optional<LabelId> label, const Visit& visit) {
  std::array<NodeNo, 256> buffer;
  for (NodeNo from;;) {
    const std::size_t n = state.ScanNodes(label, from, buffer);
    for (std::size_t i = 0; i < n; ++i) visit(buffer[i]);
    if (n < buffer.size()) return;
    from = NodeNo{buffer.back().value + 1};
  }
}

template <typename Visit>
void ForEachBreachOf(const GraphState& state, const SchemaItem& item, const Visit& visit) {
  if (item.kind == SchemaKind::kIndex) return;
  if (!item.on_relationship) {
    const auto label = state.names.FindLabel(item.label);
    if (!label) return;
    ForEachNode(state, *label, [&](NodeNo node) {
      if (const Breach breach = BreachOf(state, item, node)) visit(node, *breach);
    });
    return;
  }
  const auto type = state.names.FindType(item.label);
  if (!type) return;
  ForEachNode(state, std::nullopt, [&](NodeNo node) {
    const Adjacency out = state.Neighbours(node, Direction::kOut, *type);
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (const Breach breach = BreachOf(state, item, out.rel(i))) visit(out.rel(i), *breach);
    }
  });
}

}  // namespace

void CheckStorable(const Value& value) {
  const auto refuse = [](const std::string& what) {
    throw Error(ErrorCode::kInvalidArgument, what + " cannot be stored as a property")
        .WithTck(ErrorPhase::kRuntime, "TypeError", "InvalidPropertyType");
  };
  const auto is_plain = [](const Value& v) {
    return !v.is_map() && !v.is_node() && !v.is_rel() && !v.is_path();
  };
  if (!is_plain(value)) refuse(std::string(TypeName(value.type())));
  if (!value.is_list()) return;
  for (const Value& element : value.as_list()) {
    if (!is_plain(element) || element.is_list() || element.is_null()) {
      refuse("a list with elements of type " + std::string(TypeName(element.type())));
    }
  }
}

void CheckSchemaItem(const SchemaItem& item) {
  if (item.name.empty() || item.label.empty() || item.keys.empty()) {
    throw Error(ErrorCode::kInvalidArgument,
                "an index or constraint needs a name, a label and at least one property");
  }
  if (item.kind == SchemaKind::kUnique && item.on_relationship) {
    throw Error(ErrorCode::kUnsupported, "constraint " + item.name +
                                             ": uniqueness is offered for properties of nodes, "
                                             "not of relationships");
  }
  if (item.kind == SchemaKind::kType &&
      (item.keys.size() != 1 || !IsPropertyType(item.value_type))) {
    throw Error(ErrorCode::kInvalidArgument, "constraint " + item.name + ": `" + item.value_type +
                                                 "` is not a type that one property can have");
  }
}

void CheckExisting(const GraphState& state, const SchemaItem& item) {
  ForEachBreachOf(state, item, [](auto, const Error& why) { throw why; });
}

void CheckSet(const GraphState& state, NodeNo node, KeyId key, const Value& value) {
  if (state.delta().schema->empty() || value.is_null()) return;
  ForEachOf(state, node, [&](const SchemaItem& item) {
    if (Covers(item, state.names.KeyName(key))) Refuse(BreachOf(state, item, node, {key, value}));
  });
}

void CheckSet(const GraphState& state, RelNo rel, KeyId key, const Value& value) {
  if (state.delta().schema->empty() || value.is_null()) return;
  ForEachOf(state, rel, [&](const SchemaItem& item) {
    if (item.kind == SchemaKind::kType && Covers(item, state.names.KeyName(key))) {
      Refuse(BreachOfType(item, value));
    }
  });
}

void CheckAddLabel(const GraphState& state, NodeNo node, LabelId label) {
  for (const SchemaItem& item : *state.delta().schema) {
    if (!item.on_relationship && item.label == state.names.LabelName(label)) {
      Refuse(BreachOf(state, item, node, {}));
    }
  }
}

void CheckComplete(const GraphState& state, NodeNo node) {
  ForEachOf(state, node, [&](const SchemaItem& item) {
    if (item.kind == SchemaKind::kExists) Refuse(BreachOfExistence(state, item, node));
  });
}

void CheckComplete(const GraphState& state, RelNo rel) {
  ForEachOf(state, rel, [&](const SchemaItem& item) {
    if (item.kind == SchemaKind::kExists) Refuse(BreachOfExistence(state, item, rel));
  });
}

std::string Describe(const GraphState& state, const Thing& thing) {
  if (const RelNo* rel = std::get_if<RelNo>(&thing)) {
    const RelEnds ends = state.Ends(*rel);
    return "relationship " + Describe(state, ends.source) + " -" +
           std::string(state.names.TypeName(ends.type)) + "-> " + Describe(state, ends.target);
  }
  const NodeNo node = std::get<NodeNo>(thing);
  std::string text;
  for (const LabelId label : state.Labels(node)) {
    text += (text.empty() ? "" : ":") + std::string(state.names.LabelName(label));
  }
  const auto key = state.names.FindKey("name");
  const Value name = key ? state.Property(node, *key) : Value();
  if (name.is_string()) return text + " '" + std::string(name.as_string()) + "'";
  return text + " node " + std::to_string(state.Id(node).value);
}

void ForEachBreach(const GraphState& state, const OnBreach& visit) {
  for (const SchemaItem& item : *state.delta().schema) ForEachBreachOf(state, item, visit);
}

void ForEachBreach(const GraphState& state, const store::Changes& changes, const OnBreach& visit) {
  const auto look = [&](auto thing) {
    ForEachOf(state, thing, [&](const SchemaItem& item) {
      if (const Breach breach = BreachOf(state, item, thing)) visit(thing, *breach);
    });
  };
  for (const NodeId id : changes.nodes) {
    if (const auto node = state.Find(id)) look(*node);
  }
  for (const store::RelKey& key : changes.rels) {
    if (const auto rel = state.Find(key.rel)) look(*rel);
  }
}

}  // namespace verbale::graph::snapshot
