#include "tests/tck/side_effects.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "query/query.h"

namespace verbale::tck {
namespace {

template <typename Set>
std::uint64_t CountOnlyIn(const Set& here, const Set& there) {
  std::vector<typename Set::value_type> only;
  std::set_difference(here.begin(), here.end(), there.begin(), there.end(),
                      std::back_inserter(only));
  return only.size();
}

template <typename Set>
void Compare(const char* name, const Set& before, const Set& after, SideEffects& effects) {
  if (const auto added = CountOnlyIn(after, before)) effects[std::string("+") + name] = added;
  if (const auto gone = CountOnlyIn(before, after)) effects[std::string("-") + name] = gone;
}

std::int64_t Net(const SideEffects& effects, const std::string& name) {
  const auto count = [&](const std::string& key) {
    const auto found = effects.find(key);
    return found == effects.end() ? std::int64_t{0} : static_cast<std::int64_t>(found->second);
  };
  return count("+" + name) - count("-" + name);
}

}  // namespace

GraphState GraphState::Of(const graph::View& view) {
  GraphState state;
  const graph::Catalog& catalog = view.catalog();
  for (std::uint32_t i = 0; i < view.NodeLimit(); ++i) {
    const graph::NodeNo node{i};
    if (!view.Exists(node)) continue;
    const std::uint64_t id = view.Id(node).value;
    state.nodes.insert(id);
    for (const graph::LabelId label : view.Labels(node)) {
      state.labels.emplace(catalog.LabelName(label));
    }
    for (const auto& [key, value] : view.Properties(node)) {
      state.properties.emplace(true, id, catalog.KeyName(key), query::ToCypher(value, &view));
    }
  }
  for (std::uint32_t i = 0; i < view.RelLimit(); ++i) {
    const graph::RelNo rel{i};
    if (!view.Exists(rel)) continue;
    const std::uint64_t id = view.Id(rel).value;
    state.relationships.insert(id);
    for (const auto& [key, value] : view.Properties(rel)) {
      state.properties.emplace(false, id, catalog.KeyName(key), query::ToCypher(value, &view));
    }
  }
  return state;
}

SideEffects Difference(const GraphState& before, const GraphState& after) {
  SideEffects effects;
  Compare("nodes", before.nodes, after.nodes, effects);
  Compare("relationships", before.relationships, after.relationships, effects);
  Compare("labels", before.labels, after.labels, effects);
  Compare("properties", before.properties, after.properties, effects);
  return effects;
}

std::string Contradiction(const SideEffects& effects, const graph::WriteCounts& counts) {
  const auto difference = [](std::uint64_t a, std::uint64_t b) {
    return static_cast<std::int64_t>(a) - static_cast<std::int64_t>(b);
  };
  const auto at_least = [&](const char* key, std::uint64_t counted) {
    const auto found = effects.find(key);
    return found == effects.end() || counted >= found->second;
  };
  if (difference(counts.nodes_created, counts.nodes_deleted) != Net(effects, "nodes")) {
    return "nodes: " + std::to_string(counts.nodes_created) + " created, " +
           std::to_string(counts.nodes_deleted) + " deleted";
  }
  if (difference(counts.relationships_created, counts.relationships_deleted) !=
      Net(effects, "relationships")) {
    return "relationships: " + std::to_string(counts.relationships_created) + " created, " +
           std::to_string(counts.relationships_deleted) + " deleted";
  }
  if (!at_least("+properties", counts.properties_set)) {
    return "properties set: " + std::to_string(counts.properties_set);
  }
  if (!at_least("+labels", counts.labels_added)) {
    return "labels added: " + std::to_string(counts.labels_added);
  }
  return {};
}

}  // namespace verbale::tck
