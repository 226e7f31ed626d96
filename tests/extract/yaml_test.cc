// Packs' files as trees: where everything stands, what is no YAML, and what is more than is taken.

#include "extract/rules/yaml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace verbale::extract {
namespace {

using Kind = YamlNode::Kind;

/// "LINE:COLUMN message" of what ParseYaml throws.
std::string ErrorOf(const std::string& bytes) {
  try {
    ParseYaml("pack.yml", bytes);
  } catch (const Error& error) {
    const TextPosition& at = error.position();
    return std::to_string(at.line) + ":" + std::to_string(at.column) + " " + error.what();
  }
  return "nothing";
}

TEST(Yaml, KnowsWhatStandsWhere) {
  for (const std::string bom : {"", "\xEF\xBB\xBF"}) {
    const std::string bytes = bom + "größe: é\nnames: [Ålesund, 'two words', \"x\\ty\"]\n";
    const YamlFile file = ParseYaml("pack.yml", bytes);
    ASSERT_EQ(file.root.kind, Kind::kMap);
    ASSERT_EQ(file.root.fields.size(), 2u);
    EXPECT_EQ(file.root.fields[0].first, "größe");
    EXPECT_EQ(file.root.fields[0].second.text, "é");
    EXPECT_EQ(bytes.substr(file.root.fields[0].second.offset, 2), "é");
    EXPECT_EQ(file.root.field_offsets[1], bytes.find("names"));
    const std::vector<YamlNode>& names = file.root.fields[1].second.items;
    ASSERT_EQ(names.size(), 3u);
    EXPECT_EQ(names[1].text, "two words");
    EXPECT_EQ(names[1].offset, bytes.find("'two"));
    EXPECT_EQ(names[2].text, "x\ty");
    EXPECT_EQ(names[2].offset, bytes.find("\"x"));
  }
}

TEST(Yaml, TellsNothingFromText) {
  const YamlFile file = ParseYaml("pack.yml", "a:\nb: ~\nc: null\nd: 'null'\ne: ''\nf: no\n");
  std::vector<Kind> kinds;
  for (const auto& field : file.root.fields) kinds.push_back(field.second.kind);
  EXPECT_THAT(kinds, testing::ElementsAre(Kind::kNull, Kind::kNull, Kind::kNull, Kind::kScalar,
                                          Kind::kScalar, Kind::kScalar));
  EXPECT_EQ(ParseYaml("pack.yml", "").root.kind, Kind::kNull);
}

TEST(Yaml, RepeatsWhatAnAliasNames) {
  const YamlFile file = ParseYaml("pack.yml", "a: &x [1, 2]\nb: *x\n");
  ASSERT_EQ(file.root.fields[1].second.items.size(), 2u);
  EXPECT_EQ(file.root.fields[1].second.items[1].text, "2");
  EXPECT_EQ(ErrorOf("a: *x\n"), "1:4 the alias 'x' stands for nothing before it");
  std::string laughs = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c < 'k'; ++c) {
    laughs += std::string(1, c) + ": &" + c + " [";
    for (int i = 0; i < 10; ++i) laughs += std::string(i == 0 ? "" : ", ") + "*" + char(c - 1);
    laughs += "]\n";
  }
  EXPECT_THAT(ErrorOf(laughs), testing::HasSubstr("aliases repeat too much"));
}

TEST(Yaml, NamesThePlaceOfAnError) {
  EXPECT_EQ(ErrorOf("ä: 1\nö: 2\nä: 3\n"), "3:1 the key 'ä' stands twice");
  EXPECT_EQ(ErrorOf("a: 1\n---\nb: 2\n"), "2:1 a second document begins here; one file holds one");
  EXPECT_EQ(ErrorOf("a: 1\n[x]: 2\n"), "2:1 a key must be plain text");
  EXPECT_THAT(ErrorOf("ä: 'é\n"), testing::HasSubstr("this is not YAML: "));
  EXPECT_THAT(ErrorOf("ä: 1\n\tb: 2\n"), testing::StartsWith("2:1 this is not YAML: "));
  EXPECT_THAT(ErrorOf("a: \xFF\n"), testing::StartsWith("1:4 this is not YAML: "));
  EXPECT_THAT(ErrorOf(std::string(100, '[')), testing::HasSubstr("nests deeper than 32 levels"));
}

}  // namespace
}  // namespace verbale::extract
