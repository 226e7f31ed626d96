#include "extract/pack.h"

#include <algorithm>

#include "extract/describe_rule.h"
#include "extract/resolve/entities.h"
#include "extract/rules/load.h"
#include "graph/error.h"

namespace verbale::extract {

std::shared_ptr<const Pack> Pack::Load(const std::string& folder,
                                       const std::vector<std::string>& shelves, PackParts parts) {
  return std::make_shared<LoadedPack>(LoadPackData(folder, shelves, parts));
}

std::vector<graph::Entity> LoadedPack::FindEntities(std::string_view name,
                                                    std::string_view label) const {
  std::vector<graph::Entity> entities;
  EntityTable table(compiled_.entities, entities);
  for (const NameEntry* entry : compiled_.names.Lookup(name, label)) {
    table.Add({entry->label, entry->name,
               static_cast<std::uint32_t>(entry - compiled_.data.names.data())});
  }
  return entities;
}

std::vector<std::string> LoadedPack::RuleIds() const {
  std::vector<std::string> ids;
  for (const Rule& rule : compiled_.data.rules) ids.push_back(rule.id);
  return ids;
}

std::string LoadedPack::DescribeRule(std::string_view id, bool expanded) const {
  const auto& rules = compiled_.data.rules;
  const auto at =
      std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.id == id; });
  if (at == rules.end()) {
    throw Error(ErrorCode::kNotFound, "no rule '" + std::string(id) + "'")
        .WithHint(DidYouMean(id, RuleIds(), "", "'", "'"));
  }
  return verbale::extract::DescribeRule(compiled_.data, *at, expanded);
}

}  // namespace verbale::extract
