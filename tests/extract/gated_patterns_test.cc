// A gate only spares work: what is found with it is what RE2 finds by itself.

#include "extract/mention/gated_patterns.h"

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
  GatedPatterns patterns, open;
  std::vector<std::uint32_t> numbers;
  for (const std::string& pattern : all) {
    numbers.push_back(patterns.Add(pattern));
    EXPECT_EQ(open.Add(pattern), numbers.back());
  }
  Vocabulary vocabulary;  // Some of the words; the others are looked at where they stand.
  for (const char* word : {"hope", "law", "the", "non", "hopes"}) vocabulary.Add(word);
  patterns.Build(vocabulary, {});
  GatedPatterns::Room room, open_room;
  for (const std::string& text : texts) {
    FoldedText folded(text);
    std::vector<Token> tokens;
    Tokenize(folded, vocabulary, 0, static_cast<std::uint32_t>(text.size()), tokens);
    room.Set(tokens);
    open_room.Set(tokens);
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      const std::string alone = Alone(all[i], text);
      EXPECT_EQ(Gated(patterns, numbers[i], text, room), alone) << all[i] << " in " << text;
      EXPECT_EQ(Gated(open, numbers[i], text, open_room), alone) << all[i] << " in " << text;
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

TEST(GatedPatterns, KeepEqualPatternsOnce) {
  GatedPatterns patterns;
  EXPECT_EQ(patterns.Add("hope"), 0u);
  EXPECT_EQ(patterns.Add("fear"), 1u);
  EXPECT_EQ(patterns.Add("hope"), 0u);
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

/// Numbers of the patterns that are left where these words stand.
std::vector<std::uint32_t> Possible(const GatedPatterns& patterns, const std::string& text) {
  const Vocabulary vocabulary;
  FoldedText folded(text);
  std::vector<Token> tokens;
  Tokenize(folded, vocabulary, 0, static_cast<std::uint32_t>(text.size()), tokens);
  std::vector<std::uint32_t> numbers;
  patterns.Possible(tokens, numbers);
  return numbers;
}

TEST(GatedPatterns, WaitForTheirRarestWords) {
  GatedPatterns patterns;
  patterns.Add("(?:Law|Act) of \\d");
  patterns.Add("the Act");
  patterns.Add("\\d");
  Lexicon lexicon;
  lexicon.words["definite"] = {"the"};
  patterns.Build(Vocabulary(), lexicon);
  using Numbers = std::vector<std::uint32_t>;
  EXPECT_EQ(Possible(patterns, "the law of the sea"), (Numbers{0, 2}));
  EXPECT_EQ(Possible(patterns, "the treaty of 1999"), (Numbers{2}));
  EXPECT_EQ(Possible(patterns, "an ACT"), (Numbers{0, 1, 2}));
}

TEST(GatedPatterns, MayHaveNone) {
  GatedPatterns patterns;
  patterns.Build(Vocabulary(), {});
  EXPECT_TRUE(Possible(patterns, "x").empty());
  GatedPatterns one;
  one.Add("x");
  one.Build(Vocabulary(), {});
  EXPECT_EQ(Possible(one, "y").size(), 1u);  // Too short to wait for.
}

}  // namespace
}  // namespace verbale::extract
