// A list that lost its lines is one sentence of thousands of names, and must hold up no build:
// what a sentence costs grows with it as a straight line, or near it. By the third power, as it
// once did, these would not be read within the time that a test has (see CMakeLists.txt).

#include <cstddef>
#include <string>

#include <gtest/gtest.h>

#include "extract/extract.h"

namespace verbale::extract {
namespace {

struct Case {
  const char* name;
  const char* begin;
  const char* end;
  std::size_t facts;  // Of States, each once, however often it is named.
};

std::string Sentence(const Case& example, int names) {
  constexpr const char* kNames[] = {"Norway", "Chad", "Peru", "Mali"};
  std::string text = example.begin;
  for (int i = 0; i < names; ++i) text += std::string(kNames[i % 4]) + ", ";
  return text + "Kenya and Togo" + example.end;
}

std::size_t FactsOfStates(const Reader& reader, const std::string& text) {
  const graph::DocumentFacts read = reader.Read({"a.txt", text});
  std::size_t facts = 0;
  for (const graph::Fact& fact : read.facts) {
    facts += read.entities[fact.subject].label == "State" ? 1 : 0;
  }
  return facts;
}

class LongSentencesTest : public testing::TestWithParam<Case> {};

TEST_P(LongSentencesTest, AreRead) {
  const Reader reader(Pack::Load(std::string(VERBALE_SOURCE_DIR) + "/data/packs/ict-security"));
  for (const int names : {500, 4500}) {
    EXPECT_EQ(FactsOfStates(reader, Sentence(GetParam(), names)), GetParam().facts);
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, LongSentencesTest,
                         testing::Values(Case{"Subjects", "", " signed the Arms Trade Treaty.", 6},
                                         Case{"SubjectsOfAnAuthor", "Statement of Norway\n\n",
                                              " signed the Arms Trade Treaty.", 7},
                                         Case{"Objects", "Ghana cooperates with ", ".", 6},
                                         Case{"Agents", "The Arms Trade Treaty was signed by ", ".",
                                              6}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace verbale::extract
