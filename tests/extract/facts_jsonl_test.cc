#include "extract/facts_jsonl.h"

#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "graph/error.h"

namespace verbale::extract {
namespace {

using graph::DocumentFacts;
using graph::Value;

DocumentFacts Sample() {
  DocumentFacts facts;
  facts.document = {"S/1",  "Title “x”", "2017-07", "English", "a/b.txt", "text",
                    "00ff", "aa11",      40,        2,         1};
  facts.text = std::string("bytes \xFF that are not UTF-8, with a line\n end");
  facts.sections = {{"Armenia", "Armenia", "English", "2017-05-31", {0, 20}}};
  facts.entities = {{"State",
                     "Armenia",
                     graph::EntityId("State", "Armenia"),
                     {"Republic of Armenia"},
                     {{"iso2", Value("AM")}}},
                    {"Treaty",
                     "Convention on Cybercrime",
                     graph::EntityId("Treaty", "Convention on Cybercrime"),
                     {},
                     {}}};
  graph::Fact fact;
  fact.subject = 0;
  fact.type = "RATIFIED";
  fact.object = 1;
  fact.evidence = {"S/1",
                   "Armenia",
                   "2017-05-31",
                   "a/b.txt",
                   {3, 9},
                   "quote",
                   "r.active",
                   graph::Modality::kAsserted,
                   {{"count", Value(3)}, {"date", Value("2006-10")}}};
  facts.facts = {fact, fact};
  facts.facts[1].evidence.modality = graph::Modality::kPlanned;
  return facts;
}

std::string Written(const DocumentFacts& facts) {
  std::string out;
  WriteFacts(facts, out);
  return out;
}

Error ErrorOf(const std::string& text) {
  std::istringstream in(text);
  FactsReader reader(in, "f.jsonl");
  try {
    while (reader.Next()) {
    }
  } catch (const Error& error) {
    return error;
  }
  return Error(ErrorCode::kInternal, "no error");
}

TEST(FactsJsonl, WhatIsReadIsWhatWasWritten) {
  const std::string two = Written(Sample()) + "\n" + Written(Sample());
  std::istringstream in(two);
  FactsReader reader(in, "f.jsonl");
  for (int i = 0; i < 2; ++i) {
    const auto back = reader.Next();
    ASSERT_TRUE(back);
    EXPECT_EQ(Written(*back), Written(Sample()));
    EXPECT_EQ(back->text, Sample().text);
  }
  EXPECT_FALSE(reader.Next());
}

TEST(FactsJsonl, AReadingIsNotTakenForAFact) {
  const std::string text = Written(Sample());
  EXPECT_NE(text.find(R"("relation":"RATIFIED")"), std::string::npos);
  EXPECT_NE(text.find(R"("relation":"PLANNED_RATIFIED")"), std::string::npos);
}

TEST(FactsJsonl, EveryLineHasTheKeysOfAFact) {
  std::istringstream in(Written(Sample()));
  for (std::string line; std::getline(in, line);) {
    for (const char* key : {"record", "document", "section", "subject", "relation", "object"}) {
      EXPECT_NE(line.find("\"" + std::string(key) + "\":"), std::string::npos)
          << key << " in " << line;
    }
  }
}

TEST(FactsJsonl, ErrorsNameTheLine) {
  const std::string good = Written(Sample());
  const std::string head = good.substr(0, good.find('\n') + 1);
  const std::string fact = good.substr(head.size(), good.find('\n', head.size()) + 1 - head.size());

  const Error broken = ErrorOf(head + "{\"record\": \n");
  EXPECT_EQ(broken.code(), ErrorCode::kSyntax);
  EXPECT_EQ(broken.position().line, 2u);
  EXPECT_EQ(broken.position().file, "f.jsonl");

  const Error orphan = ErrorOf(fact);
  EXPECT_EQ(orphan.code(), ErrorCode::kSemantic);
  EXPECT_EQ(orphan.position().line, 1u);

  std::string stranger = fact;
  stranger.replace(stranger.find("state:armenia"), 13, "state:xrmenia");
  EXPECT_EQ(ErrorOf(head + fact + stranger).position().line, 3u);

  std::string huge = fact;
  huge.replace(huge.find("\"count\":3"), 9, "\"count\":18446744073709551615");
  EXPECT_EQ(ErrorOf(head + huge).code(), ErrorCode::kSemantic);

  std::string beyond = fact;
  beyond.replace(beyond.find("\"end\":9"), 7, "\"end\":900");
  EXPECT_EQ(ErrorOf(head + beyond).code(), ErrorCode::kSemantic);

  std::string wide = head;
  wide.replace(wide.find("\"end\":20"), 8, "\"end\":200");
  EXPECT_EQ(ErrorOf(wide).code(), ErrorCode::kSemantic);

  std::string endless = fact;
  endless.replace(endless.find("\"count\":3"), 9, "\"count\":3e999");
  EXPECT_EQ(ErrorOf(head + endless).code(), ErrorCode::kSyntax);
  EXPECT_EQ(ErrorOf(head + endless).position().line, 2u);
}

TEST(FactsJsonl, AnotherVersionIsRefused) {
  std::string text = Written(Sample());
  text.replace(text.find("verbale-facts/1"), 15, "verbale-facts/9");
  EXPECT_EQ(ErrorOf(text).code(), ErrorCode::kSemantic);
}

}  // namespace
}  // namespace verbale::extract
