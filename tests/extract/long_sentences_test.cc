// What a sentence costs grows with it as a straight line, or near it: a list that lost its lines
// holds up no build. Times are those of the processor, as a ratio of two sentences.

#include <algorithm>
#include <ctime>
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

/// Seconds of the processor, the least of three.
double Cost(const Reader& reader, const std::string& text, std::size_t& facts) {
  double least = 1e9;
  for (int round = 0; round < 3; ++round) {
    const std::clock_t begin = std::clock();
    const graph::DocumentFacts read = reader.Read({"a.txt", text});
    least = std::min(least, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    facts = 0;
    for (const graph::Fact& fact : read.facts) {
      facts += read.entities[fact.subject].label == "State" ? 1 : 0;
    }
  }
  return least;
}

class LongSentencesTest : public testing::TestWithParam<Case> {};

TEST_P(LongSentencesTest, CostInProportion) {
  const Reader reader(Pack::Load(std::string(VERBALE_SOURCE_DIR) + "/data/packs/ict-security"));
  std::size_t of_few = 0, of_many = 0;
  const double few = Cost(reader, Sentence(GetParam(), 500), of_few);
  const double many = Cost(reader, Sentence(GetParam(), 4000), of_many);
  EXPECT_EQ(of_few, GetParam().facts);
  EXPECT_EQ(of_many, GetParam().facts);
  EXPECT_LT(many, 32 * few);  // Eight times the names; the third power would be 512 times.
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
