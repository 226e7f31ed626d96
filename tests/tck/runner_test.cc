#include "tests/tck/runner.h"

#include <string>

#include <gtest/gtest.h>

namespace verbale::tck {
namespace {

const std::string kFolder = VERBALE_SOURCE_DIR "/tests/tck/features/";

TEST(RunnerTest, RightExpectationsPass) {
  const auto cases = FindCases(
      {kFolder + "right.feature", kFolder + "beyond.feature", kFolder + "effects.feature"},
      nullptr);
  EXPECT_EQ(cases.size(), 35u);
  for (const Case& test_case : cases) {
    const Outcome outcome = RunCase(test_case, "");
    EXPECT_TRUE(outcome.passed) << test_case.Name() << "\n" << outcome.message;
  }
}

TEST(RunnerTest, EveryWrongExpectationIsReported) {
  const auto cases = FindCases({kFolder + "wrong.feature"}, nullptr);
  EXPECT_EQ(cases.size(), 21u);
  for (const Case& test_case : cases) {
    const Outcome outcome = RunCase(test_case, "");
    EXPECT_FALSE(outcome.passed) << test_case.Name();
    EXPECT_FALSE(outcome.message.empty()) << test_case.Name();
  }
}

}  // namespace
}  // namespace verbale::tck
