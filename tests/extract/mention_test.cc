// Words, names and values in sentences.

#include <gtest/gtest.h>

#include "extract/mention/names.h"
#include "extract/mention/token.h"
#include "extract/mention/values.h"
#include "extract/rules/load.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

std::string Words(std::string_view text) {
  std::vector<Token> tokens;
  Tokenize(text, 0, static_cast<std::uint32_t>(text.size()), tokens);
  std::string out;
  for (const Token& token : tokens) out += (out.empty() ? "" : "|") + token.folded;
  return out;
}

TEST(Token, FoldsWhatIsSpelledInManyWays) {
  EXPECT_EQ(Words("The Co-operation of Canada’s States"), "the|cooperation|of|canada|states");
  EXPECT_EQ(Words("Asia-Pacific, U.S. law 4411/2016"), "asia|pacific|,|u.s|.|law|4411|/|2016");
  EXPECT_EQ(Words("“ICT security: a duty” (1,875)"), "ict security: a duty|(|1,875|)");
}

TEST(AhoCorasick, FindsOverlappingSequences) {
  AhoCorasick automaton;
  automaton.Add({"group", "of", "experts"}, 1);
  automaton.Add({"experts"}, 2);
  automaton.Add({"of", "experts", "on", "law"}, 3);
  automaton.Build();
  std::vector<std::uint32_t> words;
  for (const char* word : {"group", "of", "experts", "on", "law"}) {
    words.push_back(automaton.WordNumber(word));
  }
  std::vector<AhoCorasick::Hit> hits;
  automaton.Find(words, hits);
  ASSERT_EQ(hits.size(), 3u);
  EXPECT_EQ(hits[0].id, 1u);
  EXPECT_EQ(hits[1].id, 2u);
  EXPECT_EQ(hits[2].id, 3u);
  EXPECT_EQ(hits[2].first, 1u);
}

struct NameCase {
  const char* text;
  const char* names;
};

TEST(NameIndex, TakesTheLongestAndMindsCase) {
  const std::vector<NameEntry> entries = {
      {"State", "Turkey", {}, {}, {"Turkish"}, false, {}},
      {"Organization", "Council of Europe", {}, {"CoE"}, {}, false, {}},
      {"Treaty",
       "Convention on Cybercrime",
       {"Council of Europe Convention on Cybercrime"},
       {},
       {},
       false,
       {}},
  };
  const NameIndex index(entries);
  const NameCase cases[] = {
      {"the Council of Europe Convention on Cybercrime", "Convention on Cybercrime"},
      {"the Council of Europe and coe", "Council of Europe"},
      {"CoE members", "Council of Europe"},
      {"roast turkey", ""},
      {"Turkey’s Turkish law", "Turkey|Turkey"},
  };
  for (const NameCase& row : cases) {
    std::vector<Token> tokens;
    Tokenize(row.text, 0, static_cast<std::uint32_t>(std::string_view(row.text).size()), tokens);
    std::vector<Mention> mentions;
    index.Find(tokens, nullptr, mentions);
    std::string names;
    for (const Mention& mention : mentions) names += (names.empty() ? "" : "|") + mention.name;
    EXPECT_EQ(names, row.names) << row.text;
  }
}

TEST(ValueFinder, ReadsDatesAndAmounts) {
  const PackData pack = LoadPackData(std::string(VERBALE_SOURCE_DIR) + "/data/packs/ict-security");
  const ValueFinder finder(pack);
  const NameCase cases[] = {
      {"on 31 March 2017", "2017-03-31"},
      {"in July 2015", "2015-07"},
      {"on 15 and 16 November 2015", "2015-11-15"},
      {"March 5, 2014", "2014-03-05"},
      {"Budapest, 23.11.2001", "2001-11-23"},
      {"for 2016-2019", "2016-2019"},
      {"in 2015", "2015"},
      {"committed $11 million", "11000000 USD"},
      {"a S$10 million programme", "10000000 SGD"},
      {"through Law No. 6533", "Law No. 6533"},
      {"by Law 4411/2016", "Law 4411/2016"},
      {"Assembly resolution 71/28", "General Assembly resolution 71/28"},
      {"1,875 hours", ""},
  };
  for (const NameCase& row : cases) {
    std::vector<Token> tokens;
    Tokenize(row.text, 0, static_cast<std::uint32_t>(std::string_view(row.text).size()), tokens);
    std::vector<Mention> mentions;
    finder.Find(row.text, tokens, mentions);
    std::string found;
    for (const Mention& mention : mentions) {
      found += mention.name + (mention.extra.empty() ? "" : " " + mention.extra);
    }
    EXPECT_EQ(found, row.names) << row.text;
  }
}

}  // namespace
}  // namespace verbale::extract
