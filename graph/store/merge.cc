#include "graph/store/merge.h"

#include <algorithm>
#include <iterator>

namespace verbale::graph::store {

Properties Overlay(const Properties& base, const Properties& over) {
  Properties merged;
  merged.reserve(base.size() + over.size());
  auto lower = base.begin();
  for (const auto& property : over) {
    for (; lower != base.end() && lower->first < property.first; ++lower) merged.push_back(*lower);
    if (lower != base.end() && lower->first == property.first) ++lower;
    if (!property.second.is_null()) merged.push_back(property);
  }
  merged.insert(merged.end(), lower, base.end());
  return merged;
}

std::optional<StoredNode> Merge(NodeId id, const std::optional<DerivedNode>& derived,
                                const std::optional<ManualNode>& manual) {
  const bool created = manual && manual->created;
  if (!derived && !created) return std::nullopt;
  if (manual && manual->deleted) return std::nullopt;
  StoredNode node{.id = id, .labels = {}, .properties = {}};
  if (derived) {
    node.labels = {derived->label};
    node.properties = derived->properties;
  }
  if (!manual) return node;
  std::vector<LabelId> all, kept;
  std::set_union(node.labels.begin(), node.labels.end(), manual->labels_added.begin(),
                 manual->labels_added.end(), std::back_inserter(all));
  std::set_difference(all.begin(), all.end(), manual->labels_removed.begin(),
                      manual->labels_removed.end(), std::back_inserter(kept));
  node.labels = std::move(kept);
  node.properties = Overlay(node.properties, manual->properties);
  return node;
}

std::optional<StoredRel> Merge(RelKey key, const std::optional<DerivedRel>& derived,
                               const std::optional<ManualRel>& manual) {
  const bool created = manual && manual->created;
  if (!derived && !created) return std::nullopt;
  if (manual && manual->deleted) return std::nullopt;
  StoredRel rel;
  rel.id = key.rel;
  rel.source = key.source;
  if (derived) {
    rel.type = derived->type;
    rel.target = derived->target;
    rel.support = derived->support;
    rel.properties = derived->properties;
  } else {
    rel.type = manual->type;
    rel.target = manual->target;
  }
  if (manual) rel.properties = Overlay(rel.properties, manual->properties);
  return rel;
}

}  // namespace verbale::graph::store
