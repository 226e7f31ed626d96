// A gate only spares work: what is found with it is what RE2 finds by itself.

#include "extract/text/gated_patterns.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include "extract/rules/load.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

std::string Packs() { return std::string(VERBALE_SOURCE_DIR) + "/data/packs/"; }

std::string Alone(const std::string& pattern, std::string_view text) {
  const re2::StringPiece whole(text.data(), text.size());
  re2::StringPiece found;
  if (!RE2(pattern).Match(whole, 0, whole.size(), RE2::UNANCHORED, &found, 1)) return "nothing";
  return "'" + found.as_string() + "'";
}

std::string Gated(const GatedPatterns& patterns, std::uint32_t number, std::string_view text,
                  GatedPatterns::Room& room) {
  const auto found = patterns.Find(number, text, room);
  return found ? "'" + std::string(*found) + "'" : "nothing";
}

void ExpectAlike(const std::vector<std::string>& texts, const std::vector<std::string>& all) {
  GatedPatterns patterns;
  for (const std::string& pattern : all) patterns.Add(pattern);
  patterns.Build();
  GatedPatterns::Room room;
  for (const std::string& text : texts) {
    room.Forget();
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      EXPECT_EQ(Gated(patterns, i, text, room), Alone(all[i], text)) << all[i] << " in " << text;
    }
  }
}

TEST(GatedPatterns, FindWhatRe2Finds) {
  ExpectAlike({"", "a", "We hope to ratify it.", "WE HOPE", "in the hope of it",
               "The Ångström Law, 1987", "the ångström law", "\u212Aeep it", "a\u017F", "café",
               "CAFÉ", "non-Members", "ratif", "hop", "hopehope", "Law No. 5", "x\ny"},
              {"hope",
               "(?i)hope",
               "(?i)\\bhop(?:e|es|ing) (?:\\w+ )?to\\b",
               "",
               "a?",
               "\\bnon-[A-Z]",
               "(?i)ångström law",
               "Ångström",
               "(?i)keep",
               "(?i)as",
               "(?i)café",
               "CAFÉ$",
               "^We",
               "(?:Law|Act) (?:No\\. ?)?[0-9]+",
               "[^,;]{3,60} it",
               "(?i)(?:in|on) the (?:hope|fear)",
               "\\d{4}",
               ".*",
               "hop(?:e)?h",
               "x\\sy"});
}

TEST(GatedPatterns, FindWhatTheRulesGuardsFind) {
  std::vector<std::string> texts, all;
  for (const Rule& rule : LoadPackData(Packs() + "ict-security", {}).rules) {
    for (const RuleExample& example : rule.examples) texts.push_back(example.text);
    all.insert(all.end(), rule.unless.begin(), rule.unless.end());
    all.insert(all.end(), rule.only.begin(), rule.only.end());
  }
  ASSERT_GT(all.size(), 20u);
  texts.resize(std::min<std::size_t>(texts.size(), 100));
  ExpectAlike(texts, all);
}

TEST(GatedPatterns, SaysWhatIsWrongWithAPattern) {
  GatedPatterns patterns;
  try {
    patterns.Add("a(b");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("a(b"), std::string::npos) << error.what();
  }
}

TEST(GatedPatterns, MayHaveNone) {
  GatedPatterns patterns;
  patterns.Build();
  GatedPatterns one;
  one.Add("x");
  one.Build();
  GatedPatterns::Room room;
  EXPECT_TRUE(one.Find(0, "x", room));
}

}  // namespace
}  // namespace verbale::extract
