#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "graph/fact.h"

namespace verbale::graph {
namespace {

struct Row {
  const char* label;
  const char* name;
  const char* id;
};

TEST(EntityId, FoldsLabelAndName) {
  const std::vector<Row> rows = {
      {"State", "Canada", "state:canada"},
      {"State", "Republic of Korea", "state:republic-of-korea"},
      {"State", "Côte d’Ivoire", "state:cote-divoire"},
      {"State", "Türkiye", "state:turkiye"},
      {"ExpertGroup", "Group of 20 (G-20)", "expertgroup:group-of-20-g-20"},
      {"Document", "A/72/315", "document:a-72-315"},
      {"Body", "Służba Ochrony Państwa", "body:sluzba-ochrony-panstwa"},
      {"Body", "Ελλάς", "body:ελλας"},
      {"Body", "Straße  --  Œuvre", "body:strasse-oeuvre"},
      {"Body", "?!", "body:"},
  };
  for (const Row& row : rows) EXPECT_EQ(EntityId(row.label, row.name), row.id) << row.name;
}

TEST(EntityId, KeepsAHalfBrokenNameWhole) {
  EXPECT_EQ(EntityId("State", "a\xFFz"), EntityId("State", "a\xEF\xBF\xBDz"));
}

}  // namespace
}  // namespace verbale::graph
