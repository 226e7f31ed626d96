// The examples beside the rules of every pack, run as tests: each expected fact is read, nothing
// else is asserted, and every rule has at least two examples of either kind.

#include <algorithm>

#include <gtest/gtest.h>

#include "extract/rules_tool.h"

namespace verbale::extract {
namespace {

class RulesTest : public testing::TestWithParam<const char*> {};

TEST_P(RulesTest, ExamplesAreMet) {
  const auto pack = Pack::Load(std::string(VERBALE_SOURCE_DIR) + "/data/packs/" + GetParam());
  const RuleTestReport report = TestRules(pack, "");
  EXPECT_FALSE(report.examples.empty());
  for (const ExampleResult& result : report.examples) {
    std::string problems;
    for (const std::string& problem : result.problems) problems += "\n    " + problem;
    EXPECT_FALSE(IsFailure(result.outcome)) << result.rule << " (" << result.file << ":"
                                            << result.line << ")\n    " << result.text << problems;
  }
  for (const LackingRule& rule : report.lacking) {
    ADD_FAILURE() << rule.rule << " has " << rule.positive << " positive and " << rule.negative
                  << " negative examples";
  }
}

INSTANTIATE_TEST_SUITE_P(Packs, RulesTest, testing::Values("ict-security", "treaties"),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace verbale::extract
