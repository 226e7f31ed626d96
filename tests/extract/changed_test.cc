// A pack with one rule changed shares everything else with the pack that it was made of, and no
// filter knows the new rule. It must still read as a pack that was written so.

#include <gtest/gtest.h>

#include "extract/facts_jsonl.h"
#include "extract/pack.h"
#include "extract/rules/load.h"
#include "extract/rules_tool.h"

namespace verbale::extract {
namespace {

using Kind = PackChange::Kind;

/// What all examples of the pack come to.
std::string ReadExamples(const PackData& examples, std::shared_ptr<const Pack> pack) {
  const Reader reader(std::move(pack));
  std::string out;
  for (const Rule& rule : examples.rules) {
    for (const RuleExample& example : rule.examples) {
      WriteFacts(reader.ReadSentence(example.text, example.author, example.lead_in), out);
    }
  }
  return out;
}

Rule& RuleOf(PackData& data, const std::string& id) {
  for (Rule& rule : data.rules) {
    if (rule.id == id) return rule;
  }
  ADD_FAILURE() << "no rule " << id;
  return data.rules.front();
}

TEST(Changed, ReadsLikeAPackThatWasWrittenSo) {
  const std::string folder = std::string(VERBALE_SOURCE_DIR) + "/data/packs/treaties";
  const PackData written = LoadPackData(folder, {});
  const LoadedPack pack(written);
  const std::string pattern = "{subject} <verb:*> in_favour_of {Treaty}";
  const PackChange changes[] = {
      {Kind::kDropPattern, "ratified.active", 0, ""},
      {Kind::kReplacePattern, "ratified.active", 0, pattern},
      {Kind::kAddPattern, "ratified.active", 0, pattern},
  };
  const std::string before = ReadExamples(written, std::make_shared<LoadedPack>(written));
  for (const PackChange& change : changes) {
    PackData anew = written;
    std::vector<std::string>& patterns = RuleOf(anew, change.target).patterns;
    if (change.kind == Kind::kAddPattern) patterns.push_back(pattern);
    if (change.kind == Kind::kReplacePattern) patterns.front() = pattern;
    if (change.kind == Kind::kDropPattern) patterns.erase(patterns.begin());
    const std::string after = ReadExamples(written, Changed(pack, change));
    EXPECT_EQ(after, ReadExamples(written, std::make_shared<LoadedPack>(anew)));
    if (change.kind == Kind::kDropPattern) {
      EXPECT_NE(after, before);
    }
  }
}

}  // namespace
}  // namespace verbale::extract
