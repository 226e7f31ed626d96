#include "graph/snapshot/write_diff.h"

#include <algorithm>
#include <optional>

namespace verbale::graph::snapshot {
namespace {

using store::WriteKind;

/// What became of a thing; nullopt where it is neither before nor after.
template <typename No>
std::optional<WriteKind> KindOf(const GraphState& before, const GraphState& after, No no) {
  const bool was = before.Exists(no);
  const bool is = after.Exists(no);
  if (was && is) return WriteKind::kChange;
  if (was) return WriteKind::kDelete;
  if (is) return WriteKind::kCreate;
  return std::nullopt;
}

/// Whether both are stored as the same bytes: 1 and 1.0 are not, nor are they in lists.
bool IsSame(const Value& a, const Value& b) {
  if (a.type() != b.type() || !Equivalent(a, b)) return false;
  if (!a.is_list()) return true;
  const auto &first = a.as_list(), &second = b.as_list();
  return std::equal(first.begin(), first.end(), second.begin(), second.end(),
                    [](const Value& x, const Value& y) { return IsSame(x, y); });
}

void AddNode(const GraphState& before, const GraphState& after, NodeNo node,
             store::WriteSet& writes) {
  const auto kind = KindOf(before, after, node);
  if (!kind) return;
  store::NodeWrite write;
  write.kind = *kind;
  write.id = after.Id(node);
  if (*kind == WriteKind::kCreate) {
    write.labels_added = after.Labels(node);
    write.properties = after.Properties(node);
  } else if (*kind == WriteKind::kChange) {
    const std::vector<LabelId> old_labels = before.Labels(node), new_labels = after.Labels(node);
    write.labels_added = LabelsBeyond(new_labels, old_labels);
    write.labels_removed = LabelsBeyond(old_labels, new_labels);
    write.properties = DiffProperties(before.Properties(node), after.Properties(node));
    if (write.labels_added.empty() && write.labels_removed.empty() && write.properties.empty()) {
      return;
    }
  }
  writes.nodes.push_back(std::move(write));
}

void AddRel(const GraphState& before, const GraphState& after, RelNo rel, store::WriteSet& writes) {
  const auto kind = KindOf(before, after, rel);
  if (!kind) return;
  const RelEnds ends = after.Ends(rel);
  store::RelWrite write;
  write.kind = *kind;
  write.id = after.Id(rel);
  write.source = after.Id(ends.source);
  write.target = after.Id(ends.target);
  write.type = ends.type;
  if (*kind == WriteKind::kCreate) write.properties = after.Properties(rel);
  if (*kind == WriteKind::kChange) {
    write.properties = DiffProperties(before.Properties(rel), after.Properties(rel));
    if (write.properties.empty()) return;
  }
  writes.rels.push_back(std::move(write));
}

bool IsSame(const SchemaItem& a, const SchemaItem& b) {
  return a.name == b.name && a.kind == b.kind && a.on_relationship == b.on_relationship &&
         a.label == b.label && a.keys == b.keys && a.value_type == b.value_type;
}

void AddSchema(const GraphState& before, const GraphState& after, store::WriteSet& writes) {
  const std::vector<SchemaItem>& old = *before.delta().schema;
  const std::vector<SchemaItem>& now = *after.delta().schema;
  const auto is_in = [](const std::vector<SchemaItem>& items, const SchemaItem& item) {
    return std::any_of(items.begin(), items.end(),
                       [&](const SchemaItem& i) { return IsSame(i, item); });
  };
  for (const SchemaItem& item : old) {
    if (!is_in(now, item)) writes.schema_dropped.push_back(item.name);
  }
  for (const SchemaItem& item : now) {
    if (!is_in(old, item)) writes.schema_created.push_back(item);
  }
}

}  // namespace

store::Properties DiffProperties(const store::Properties& before, const store::Properties& after) {
  store::Properties changes;
  auto old = before.begin();
  for (const auto& [key, value] : after) {
    for (; old != before.end() && old->first < key; ++old)
      changes.emplace_back(old->first, Value());
    const bool same = old != before.end() && old->first == key && IsSame(old->second, value);
    if (!same) changes.emplace_back(key, value);
    if (old != before.end() && old->first == key) ++old;
  }
  for (; old != before.end(); ++old) changes.emplace_back(old->first, Value());
  return changes;
}

std::vector<LabelId> LabelsBeyond(const std::vector<LabelId>& a, const std::vector<LabelId>& b) {
  std::vector<LabelId> rest;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(rest));
  return rest;
}

store::WriteSet Diff(const GraphState& before, const GraphState& after,
                     std::span<const NodeNo> nodes, std::span<const RelNo> rels) {
  const auto size = [](const auto& names) { return static_cast<std::uint32_t>(names.size()); };
  const store::Names& known = before.pinned->names();
  store::WriteSet writes;
  writes.labels = after.names.labels.From(size(known.labels));
  writes.types = after.names.types.From(size(known.types));
  writes.keys = after.names.keys.From(size(known.keys));
  for (const NodeNo node : nodes) AddNode(before, after, node, writes);
  for (const RelNo rel : rels) AddRel(before, after, rel, writes);
  if (before.delta().schema != after.delta().schema) AddSchema(before, after, writes);
  return writes;
}

}  // namespace verbale::graph::snapshot
