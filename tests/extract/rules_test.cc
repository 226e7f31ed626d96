// The examples beside the rules of every pack, run as tests: each expected fact is read, nothing
// else is asserted.

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "extract/extract.h"
#include "extract/rules/load.h"

namespace verbale::extract {
namespace {

struct PackCase {
  std::string name;
};

std::string Shown(const std::string& subject, const std::string& relation,
                  const std::string& object, graph::Modality modality) {
  return subject + " " + relation + " " + object + " " + std::string(graph::Name(modality));
}

/// Attributes of the reading that are not as expected.
std::string Differences(const graph::Attributes& expected, const graph::Attributes& got) {
  std::string out;
  for (const auto& [name, value] : expected) {
    const auto at = std::find_if(got.begin(), got.end(),
                                 [&](const auto& attribute) { return attribute.first == name; });
    const std::string text = at == got.end()          ? "nothing"
                             : at->second.is_string() ? std::string(at->second.as_string())
                                                      : "a number";
    if (text != value.as_string()) out += " " + name + " is " + text;
  }
  return out;
}

/// Empty where the example is met.
std::string Judge(const Reader& reader, const RuleExample& example) {
  std::vector<SentenceTrace> traces;
  const graph::DocumentFacts facts =
      reader.ReadSentence(example.text, example.author, example.lead_in, traces);
  std::string problems;
  std::vector<bool> met(example.expect.size(), false);
  for (const graph::Fact& fact : facts.facts) {
    if (fact.evidence.rule.rfind("document.", 0) == 0) continue;
    const std::string& subject = facts.entities[fact.subject].name;
    const std::string& object = facts.entities[fact.object].name;
    bool expected = false;
    for (std::size_t i = 0; i < example.expect.size(); ++i) {
      const ExpectedFact& want = example.expect[i];
      if (want.subject != subject || want.relation != fact.type || want.object != object ||
          want.modality != fact.evidence.modality) {
        continue;
      }
      expected = met[i] = true;
      problems += Differences(want.attributes, fact.evidence.attributes);
    }
    if (!expected && fact.evidence.modality == graph::Modality::kAsserted) {
      problems += "\n    noisy: " + Shown(subject, fact.type, object, fact.evidence.modality) +
                  " (" + fact.evidence.rule + ")";
    }
  }
  for (std::size_t i = 0; i < met.size(); ++i) {
    const ExpectedFact& want = example.expect[i];
    if (!met[i]) {
      problems +=
          "\n    missing: " + Shown(want.subject, want.relation, want.object, want.modality);
    }
  }
  if (!problems.empty() && !traces.empty()) problems += "\n    " + traces.back().phrases;
  return problems;
}

class RulesTest : public testing::TestWithParam<PackCase> {};

TEST_P(RulesTest, ExamplesAreMet) {
  const std::string folder = std::string(VERBALE_SOURCE_DIR) + "/data/packs/" + GetParam().name;
  const PackData data = LoadPackData(folder);
  const Reader reader(Pack::Load(folder));
  for (const Rule& rule : data.rules) {
    for (const RuleExample& example : rule.examples) {
      const std::string problems = Judge(reader, example);
      const std::string place = rule.id + " (" + rule.file + ":" + std::to_string(example.line) +
                                ")\n    " + example.text;
      if (example.todo.empty()) {
        EXPECT_EQ(problems, "") << place;
      } else {
        EXPECT_NE(problems, "") << place << "\n    is met now: take its 'todo' away";
      }
    }
  }
}

TEST_P(RulesTest, EachRuleHasTwoExamplesOfEachKind) {
  const std::string folder = std::string(VERBALE_SOURCE_DIR) + "/data/packs/" + GetParam().name;
  for (const Rule& rule : LoadPackData(folder).rules) {
    int positive = 0, negative = 0;
    for (const RuleExample& example : rule.examples) {
      const bool asserted = std::any_of(
          example.expect.begin(), example.expect.end(),
          [](const ExpectedFact& fact) { return fact.modality == graph::Modality::kAsserted; });
      ++(asserted ? positive : negative);
    }
    EXPECT_GE(positive, 2) << rule.id;
    EXPECT_GE(negative, 2) << rule.id;
  }
}

INSTANTIATE_TEST_SUITE_P(Packs, RulesTest, testing::Values(PackCase{"ict-security"}),
                         [](const auto& test) {
                           std::string name = test.param.name;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace verbale::extract
