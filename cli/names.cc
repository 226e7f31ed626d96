#include "cli/names.h"

#include <algorithm>

#include <fmt/format.h>

#include "graph/ascii.h"
#include "graph/error.h"

namespace verbale::cli {
namespace {

using graph::NodeNo;

std::string Folded(std::string_view name) { return graph::EntityId("", name); }

/// The labels of these names that the graph has; nothing where any label will do.
std::optional<std::vector<graph::LabelId>> KnownLabels(const graph::View& view,
                                                       const std::vector<std::string>& names) {
  if (names.empty()) return std::nullopt;
  std::vector<graph::LabelId> labels;
  for (const std::string& name : names) {
    if (const auto label = view.catalog().FindLabel(name)) labels.push_back(*label);
  }
  return labels;
}

}  // namespace

EntityNames::EntityNames(const graph::View& view)
    : view_(view),
      name_(view.catalog().FindKey("name")),
      aliases_(view.catalog().FindKey("aliases")),
      id_(view.catalog().FindKey("id")) {}

std::vector<NamedNode> EntityNames::Find(const std::string& name,
                                         const std::vector<std::string>& labels) const {
  const std::string wanted = Folded(name);
  const auto among = KnownLabels(view_, labels);
  std::vector<NamedNode> found;
  std::vector<std::string> known;
  const auto look = [&](NodeNo node) {
    const auto has = [&](graph::LabelId label) { return view_.HasLabel(node, label); };
    if (among && std::none_of(among->begin(), among->end(), has)) return;
    bool hit = false;
    for (const std::string& one : NamesOf(node)) {
      hit = hit || one == name || Folded(one) == wanted;
      known.push_back(one);
    }
    if (hit) found.push_back({node, Text(node, name_)});
  };
  graph::VisitNodes(view_, std::nullopt, [&](std::span<const NodeNo> some) {
    std::for_each(some.begin(), some.end(), look);
  });
  if (!found.empty()) return found;
  const std::string what = labels.empty() ? fmt::format("nothing in the graph is called '{}'", name)
                                          : fmt::format("no {} in the graph is called '{}'",
                                                        fmt::join(labels, " or "), name);
  throw Error(ErrorCode::kNotFound, what).WithHint(DidYouMean(name, known, "", "'", "'"));
}

std::string EntityNames::Text(NodeNo node, std::optional<graph::KeyId> key) const {
  if (!key) return {};
  const graph::Value value = view_.Property(node, *key);
  return value.is_string() ? std::string(value.as_string()) : std::string();
}

std::vector<std::string> EntityNames::NamesOf(NodeNo node) const {
  std::vector<std::string> names;
  for (const auto key : {name_, id_}) {
    std::string text = Text(node, key);
    if (!text.empty()) names.push_back(std::move(text));
  }
  if (!aliases_) return names;
  const graph::Value aliases = view_.Property(node, *aliases_);
  if (!aliases.is_list()) return names;
  for (const auto& alias : aliases.as_list()) {
    if (alias.is_string()) names.emplace_back(alias.as_string());
  }
  return names;
}

graph::TypeId FindType(const graph::View& view, const std::string& relation) {
  const std::string upper = UpperCase(relation);
  const auto known = graph::TypeNames(view.catalog());
  for (std::uint32_t t = 0; t < known.size(); ++t) {
    if (known[t] == relation || known[t] == upper) return graph::TypeId{t};
  }
  throw Error(ErrorCode::kNotFound, fmt::format("no relationship has the type '{}'", relation))
      .WithHint(DidYouMean(upper, known));
}

}  // namespace verbale::cli
