// Words, names and values in sentences.

#include <gtest/gtest.h>

#include "extract/mention/names.h"
#include "extract/mention/token.h"
#include "extract/mention/values.h"
#include "extract/rules/load.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

std::vector<Token> TokensOf(FoldedText& text, const Vocabulary& vocabulary) {
  std::vector<Token> tokens;
  Tokenize(text, vocabulary, 0, static_cast<std::uint32_t>(text.text().size()), tokens);
  return tokens;
}

std::string Words(std::string_view text) {
  FoldedText folded(text);
  std::string out;
  for (const Token& token : TokensOf(folded, Vocabulary())) {
    out.append(out.empty() ? "" : "|").append(token.folded);
  }
  return out;
}

TEST(Token, FoldsWhatIsSpelledInManyWays) {
  EXPECT_EQ(Words("The Co-operation of Canada’s States"), "the|cooperation|of|canada|states");
  EXPECT_EQ(Words("Asia-Pacific, U.S. law 4411/2016"), "asia|pacific|,|u.s|.|law|4411|/|2016");
  EXPECT_EQ(Words("“ICT security: a duty” (1,875)"), "ict security: a duty|(|1,875|)");
}

TEST(Token, PartsShortenedWords) {
  EXPECT_EQ(Words("It hasn't, we’ve, they'll"), "it|has|not|,|we|have|,|they|will");
  EXPECT_EQ(Words("We won’t and can't"), "we|will|not|and|can|not");
  EXPECT_EQ(Words("Canada's pa'anga in St John's"), "canada|pa'anga|in|st|john");
}

TEST(Token, CutsFootnoteMarks) {
  Vocabulary vocabulary;
  vocabulary.Add("harbour");
  FoldedText text("the Harbour1 in Harbour2015 of G20");
  std::string words;
  for (const Token& token : TokensOf(text, vocabulary)) {
    words.append(words.empty() ? "" : "|").append(token.folded);
  }
  EXPECT_EQ(words, "the|harbour|in|harbour2015|of|g20");
}

TEST(Token, MendsMisreadWords) {
  Vocabulary vocabulary;
  for (const char* word : {"of", "harbour", "council", "government", "modern", "international"}) {
    vocabulary.Add(word);
  }
  FoldedText text("pf 0f Harb0ur Counci1 Govemment lnternational modem 10 2nd h1n1");
  std::string words;
  for (const Token& token : TokensOf(text, vocabulary)) {
    words.append(words.empty() ? "" : "|").append(token.folded);
  }
  EXPECT_EQ(words, "of|of|harbour|council|government|international|modem|10|2nd|h1n1");
}

TEST(Token, ReadsSingleQuotationMarks) {
  EXPECT_EQ(Words("the ‘Law on States’ duties’"), "the|law on states|duties");
  EXPECT_EQ(Words("the ‘Children’s Charter’, 2009"), "the|children’s charter|,|2009");
  EXPECT_EQ(Words("the 'Children's Charter' of"), "the|children's charter|of");
  EXPECT_EQ(Words("the States' Forum and the peoples' Charter"),
            "the|states|forum|and|the|peoples|charter");
}

TEST(Vocabulary, KeepsItsNumbersWhileItGrows) {
  Vocabulary vocabulary;
  for (int i = 0; i < 5000; ++i) {
    ASSERT_EQ(vocabulary.Add("word" + std::to_string(i)), static_cast<std::uint32_t>(i) + 1);
  }
  for (int i = 0; i < 5000; ++i) {
    const std::string word = "word" + std::to_string(i);
    const std::uint32_t number = vocabulary.Find(word);
    ASSERT_EQ(number, static_cast<std::uint32_t>(i) + 1);
    ASSERT_EQ(vocabulary.Word(number), word);
    ASSERT_EQ(vocabulary.Find("w" + word), 0u);
  }
  EXPECT_EQ(vocabulary.Find(""), 0u);
}

TEST(AhoCorasick, FindsOverlappingSequences) {
  // 1 group, 2 of, 3 experts, 4 on, 5 law
  AhoCorasick automaton;
  automaton.Add({1, 2, 3}, 1);
  automaton.Add({3}, 2);
  automaton.Add({2, 3, 4, 5}, 3);
  automaton.Build();
  const std::vector<std::uint32_t> words = {1, 2, 3, 4, 5};
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
      {"State", "Turkey", {}, {}, {"Turkish"}, false, {}, {}},
      {"Organization", "Council of Europe", {}, {"CoE"}, {}, false, {}, {}},
      {"Treaty",
       "Convention on Cybercrime",
       {"Council of Europe Convention on Cybercrime"},
       {},
       {},
       false,
       {},
       {}},
      {"Instrument", "Compact on Clean Harbours", {}, {}, {}, false, {}, {}},
  };
  Vocabulary vocabulary;
  const NameIndex index(entries, vocabulary);
  const NameCase cases[] = {
      {"the Council of Europe Convention on Cybercrime", "Convention on Cybercrime"},
      {"the Council of Europe and coe", "Council of Europe"},
      {"CoE members", "Council of Europe"},
      {"roast turkey", ""},
      {"Turkey’s Turkish law", "Turkey|Turkey"},
      {"the compact on clean harbours", "Compact on Clean Harbours"},
      {"The compact on clean harbours", "Compact on Clean Harbours"},
      {"a compact on clean harbours", ""},
      {"compact on clean harbours", ""},
      {"a Compact on clean harbours", "Compact on Clean Harbours"},
      {"the council of europe", ""},
      {"a council of europe convention on cybercrime", "Convention on Cybercrime"},
  };
  for (const NameCase& row : cases) {
    FoldedText text(row.text);
    NameIndex::Room room;
    std::vector<Mention> mentions;
    index.Find(TokensOf(text, vocabulary), nullptr, room, mentions);
    std::string names;
    for (const Mention& mention : mentions) {
      names.append(names.empty() ? "" : "|").append(mention.name);
    }
    EXPECT_EQ(names, row.names) << row.text;
  }
}

TEST(NameIndex, KnowsANameHoweverItIsWritten) {
  const std::vector<NameEntry> entries = {
      {"State", "Trinidad and Tobago", {}, {}, {}, false, {}, {}},
      {"State", "Côte d'Ivoire", {"Ivory Coast"}, {}, {}, false, {}, {}},
      {"Treaty", "Non-Proliferation Treaty", {}, {"NPT"}, {}, false, {}, {}},
  };
  Vocabulary vocabulary;
  const NameIndex index(entries, vocabulary);
  const NameCase cases[] = {
      {"Trinidad and Tobago", "Trinidad and Tobago"},
      {"trinidad  AND Tobago.", "Trinidad and Tobago"},
      {" Trinidad / and Tobago ", "Trinidad and Tobago"},
      {"Trinidad, and Tobago", ""},
      {"Trinidad. and Tobago", "Trinidad and Tobago"},
      {"Trinidad-and Tobago", "Trinidad and Tobago"},
      {"Trinidad and", ""},
      {"Trinidad and Tobago today", ""},
      {"Trinidad and, Tobago", ""},
      {"côte d’ivoire", "Côte d'Ivoire"},
      {"Ivory Coast", "Côte d'Ivoire"},
      {"Non–Proliferation Treaty", "Non-Proliferation Treaty"},
      {"npt", "Non-Proliferation Treaty"},
      {"", ""},
  };
  for (const NameCase& row : cases) {
    for (const char* label : {"", "State", "Treaty"}) {
      const auto known = index.Lookup(row.text, label);
      const auto any = index.Lookup(row.text, "");
      const bool wanted = *label == '\0' || (!any.empty() && any.front()->label == label);
      EXPECT_EQ(known.empty() ? "" : known.front()->name, wanted ? row.names : "") << row.text;
    }
  }
}

TEST(ValueFinder, ReadsDatesAndAmounts) {
  const PackData pack =
      LoadPackData(std::string(VERBALE_SOURCE_DIR) + "/data/packs/ict-security", {});
  Vocabulary vocabulary;
  const ValueFinder finder(pack, vocabulary);
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
      {"on 2015-07-14", "2015-07-14"},
      {"on 31 February 2015", "2015-02"},
      {"on 5 May, 2015", "2015-05-05"},
      {"on Tuesday, the 5th of May 2015", "2015-05-05"},
      {"the 14th of July, 2015", "2015-07-14"},
      {"in May of 2015", "2015-05"},
      {"in mid-July 2015", "2015-07"},
      {"in Sept. 2015", "2015-09"},
      {"at the end of 2015", "2015"},
      {"on 14/07/2015", "2015-07-14"},
      {"on 07/14/2015", "2015-07-14"},
      {"on 04/07/2015", "2015"},
      {"from 3 to 5 March 2014", "2014-03-03"},
      {"from 30 May to 2 June 2014", "2014-05-30"},
      {"on March 3-5, 2014", "2014-03-03"},
      {"€1,5 million", "1500000 EUR"},
      {"EUR 250.000", "250000 EUR"},
      {"$1.234 billion", "1234000000 USD"},
      {"$8.2 million", "8200000 USD"},
      {"US$ 8.2m", "8200000 USD"},
      {"$C 1.5 million", "1500000 CAD"},
      {"SwF 300 000", "300000 CHF"},
      {"1.234.567,50 euros", "1234567.5 EUR"},
      {"$1,234,567.50", "1234567.5 USD"},
      {"$0.250", "0.25 USD"},
      {"through Law No. 6533", "Law No. 6533"},
      {"by Law 4411/2016", "Law 4411/2016"},
      {"Assembly resolution 71/28", "General Assembly resolution 71/28"},
      {"sends troops to peacekeeping missions", "United Nations peacekeeping operations"},
      {"sends troops for the keeping of peace", ""},
      {"1,875 hours", ""},
  };
  for (const NameCase& row : cases) {
    FoldedText text(row.text);
    const std::vector<Token> tokens = TokensOf(text, vocabulary);
    std::vector<Mention> mentions;
    finder.Find(row.text, tokens, text, mentions);
    std::string found;
    for (const Mention& mention : mentions) {
      found.append(mention.name);
      if (!mention.extra.empty()) found.append(" ").append(mention.extra);
    }
    EXPECT_EQ(found, row.names) << row.text;
  }
}

}  // namespace
}  // namespace verbale::extract
