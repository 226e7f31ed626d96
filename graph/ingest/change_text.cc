#include "graph/ingest/change_text.h"

#include <map>

#include "graph/value_text.h"

namespace verbale::graph::ingest {

std::string DescribeDifference(const store::DerivedRel& old, const store::DerivedRel& now,
                               const NameTable& names) {
  struct Sides {
    std::string old = "nothing", now = "nothing";
  };
  std::map<std::string, Sides> properties;
  for (const auto& [key, value] : old.properties) {
    properties[names.KeyName(key)].old = DisplayText(value);
  }
  for (const auto& [key, value] : now.properties) {
    properties[names.KeyName(key)].now = DisplayText(value);
  }
  properties["evidence"] = {std::to_string(old.support), std::to_string(now.support)};
  properties.erase("count");  // follows from the evidence
  std::string text;
  for (const auto& [name, sides] : properties) {
    if (sides.old == sides.now) continue;
    if (!text.empty()) text += ", ";
    text += name + ": " + sides.old + " → " + sides.now;
  }
  return text;
}

}  // namespace verbale::graph::ingest
