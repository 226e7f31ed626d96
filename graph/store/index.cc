#include "graph/store/index.h"

#include <algorithm>
#include <iterator>

#include "graph/store/keys.h"

namespace verbale::graph::store {
namespace {

template <typename Id>
std::optional<Id> Number(const std::vector<std::string>& names, std::string_view name) {
  const auto it = std::find(names.begin(), names.end(), name);
  if (it == names.end()) return std::nullopt;
  return Id{static_cast<std::uint32_t>(it - names.begin())};
}

}  // namespace

Indexes::Indexes(const std::vector<SchemaItem>& schema, const Names& names) {
  for (const SchemaItem& item : schema) {
    const bool kept = item.kind == SchemaKind::kIndex || item.kind == SchemaKind::kUnique;
    if (!kept || item.on_relationship || item.keys.empty()) continue;
    const auto label = Number<LabelId>(names.labels, item.label);
    const auto key = Number<KeyId>(names.keys, item.keys.front());
    if (label && key) covered_.emplace_back(*label, *key);
  }
  std::sort(covered_.begin(), covered_.end());
  covered_.erase(std::unique(covered_.begin(), covered_.end()), covered_.end());
}

bool Indexes::Covers(LabelId label, KeyId key) const {
  return std::binary_search(covered_.begin(), covered_.end(), std::pair(label, key));
}

std::vector<std::string> Indexes::Entries(const std::optional<StoredNode>& node) const {
  std::vector<std::string> keys;
  if (!node) return keys;
  for (const auto& [label, key] : covered_) {
    if (!std::binary_search(node->labels.begin(), node->labels.end(), label)) continue;
    for (const auto& [name, value] : node->properties) {
      if (name == key) keys.push_back(IndexKey(label, key, value, node->id));
    }
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

void Indexes::Update(const std::optional<StoredNode>& before,
                     const std::optional<StoredNode>& after, Batch& batch) const {
  Turn(Entries(before), Entries(after), batch);
}

void Indexes::Rebuild(const Indexes& before, const StoredNode& node, Batch& batch) const {
  Turn(before.Entries(node), Entries(node), batch);
}

// What is in both stays untouched: an index more is then only new keys, and a large commit of those
// does not go through the log.
void Indexes::Turn(const std::vector<std::string>& old_keys,
                   const std::vector<std::string>& new_keys, Batch& batch) {
  std::vector<std::string> gone, come;
  std::set_difference(old_keys.begin(), old_keys.end(), new_keys.begin(), new_keys.end(),
                      std::back_inserter(gone));
  std::set_difference(new_keys.begin(), new_keys.end(), old_keys.begin(), old_keys.end(),
                      std::back_inserter(come));
  for (std::string& key : gone) batch.Delete(Space::kIndex, std::move(key));
  for (std::string& key : come) batch.Put(Space::kIndex, std::move(key), {});
}

}  // namespace verbale::graph::store
