#include "graph/store/merge.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace verbale::graph::store {
namespace {

std::vector<LabelId> Without(std::vector<LabelId> labels, const std::vector<LabelId>& removed) {
  if (removed.empty()) return labels;
  std::vector<LabelId> kept;
  std::set_difference(labels.begin(), labels.end(), removed.begin(), removed.end(),
                      std::back_inserter(kept));
  return kept;
}

Properties WithoutNulls(Properties properties) {
  std::erase_if(properties, [](const auto& property) { return property.second.is_null(); });
  return properties;
}

}  // namespace

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

std::optional<StoredNode> Merge(NodeId id, std::optional<DerivedNode> derived,
                                std::optional<ManualNode> manual) {
  const bool created = manual && manual->created;
  if (!derived && !created) return std::nullopt;
  if (manual && manual->deleted) return std::nullopt;
  StoredNode node{.id = id, .labels = {}, .properties = {}};
  if (!derived) {
    node.labels = Without(std::move(manual->labels_added), manual->labels_removed);
    node.properties = WithoutNulls(std::move(manual->properties));
    return node;
  }
  node.labels = {derived->label};
  node.properties = std::move(derived->properties);
  if (!manual) return node;
  std::vector<LabelId> all;
  std::set_union(node.labels.begin(), node.labels.end(), manual->labels_added.begin(),
                 manual->labels_added.end(), std::back_inserter(all));
  node.labels = Without(std::move(all), manual->labels_removed);
  node.properties = Overlay(node.properties, manual->properties);
  return node;
}

std::optional<StoredRel> Merge(RelKey key, std::optional<DerivedRel> derived,
                               std::optional<ManualRel> manual) {
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
    rel.properties = std::move(derived->properties);
  } else {
    rel.type = manual->type;
    rel.target = manual->target;
    rel.properties = WithoutNulls(std::move(manual->properties));
    return rel;
  }
  if (manual) rel.properties = Overlay(rel.properties, manual->properties);
  return rel;
}

}  // namespace verbale::graph::store
