// why-not names the true cause: over the traps of the annotated set, and over sentences of our own
// with the change that it proposes applied.

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "extract/rules_tool.h"

namespace verbale::extract {
namespace {

std::shared_ptr<const Pack> TestPack() {
  static const auto pack = Pack::Load(std::string(VERBALE_SOURCE_DIR) + "/data/packs/ict-security");
  return pack;
}

std::string Bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Whether a fact of the relation is read, of any modality, with the pack as `edit` changes it.
bool IsReadWith(const PackChange& edit, const std::string& sentence, const std::string& author,
                const std::string& lead_in, const std::string& relation) {
  const Reader reader(Changed(*TestPack(), edit));
  const auto facts = reader.ReadSentence(sentence, author, lead_in).facts;
  return std::any_of(facts.begin(), facts.end(),
                     [&](const graph::Fact& fact) { return fact.type == relation; });
}

struct Case {
  const char *sentence, *author, *subject, *relation, *object;
  Obstacle obstacle;
  const char* why;  ///< Part of it.
};

class WhyNotCases : public testing::TestWithParam<Case> {};

TEST_P(WhyNotCases, NamesTheCauseAndAChangeThatWorks) {
  const Case& c = GetParam();
  const Reader reader(TestPack());
  std::vector<SentenceTrace> traces;
  reader.ReadSentence(c.sentence, c.author, "", traces);
  const auto attempts = WhyNot(*TestPack(), traces, c.subject, c.relation, c.object, {});
  ASSERT_EQ(attempts.size(), 1u);
  EXPECT_EQ(Name(attempts[0].obstacle), Name(c.obstacle)) << attempts[0].why;
  EXPECT_NE(attempts[0].why.find(c.why), std::string::npos) << attempts[0].why;
  if (!attempts[0].edit) return;
  EXPECT_TRUE(IsReadWith(*attempts[0].edit, c.sentence, c.author, "", c.relation))
      << attempts[0].change;
}

INSTANTIATE_TEST_SUITE_P(
    Sentences, WhyNotCases,
    testing::Values(
        Case{"A Canadian expert should be included in the Group of Governmental Experts.", "Canada",
             "Canada", "MEMBER_OF", "GGE", Obstacle::kModality, "“should”"},
        Case{"Canada is a party to the Council of Europe Convention on Cybercrime.", "Canada",
             "Canada", "MEMBER_OF", "Council of Europe", Obstacle::kOverlap, "longer name"},
        Case{"We ratified the Budapest Convention.", "Canada", "Canada", "MEMBER_OF",
             "Convention on Cybercrime", Obstacle::kSlotType, "takes Organization"},
        Case{"Canada observes the European Union.", "Canada", "Canada", "MEMBER_OF",
             "European Union", Obstacle::kNoRule, "no rule of MEMBER_OF"},
        Case{"The Convention on Cybercrime was signed in Budapest.", "Canada", "Canada", "SIGNED",
             "Convention on Cybercrime", Obstacle::kStopped, "nobody is named"},
        Case{"Canada ratified the Budapest Convention.", "Norway", "Norway", "RATIFIED",
             "Budapest Convention", Obstacle::kOtherSubject, "of Canada"},
        Case{"Canada ratified the Budapest Convention.", "Canada", "Canada", "RATIFIED",
             "Budapest Convention", Obstacle::kStated, "states it"}));

TEST(WhyNotTraps, EachHasItsCause) {
  const char* shared = std::getenv("VERBALE_SHARED");
  const std::string folder = shared == nullptr ? "../shared" : shared;
  std::ifstream file(folder + "/gold/traps.jsonl");
  if (!file) GTEST_SKIP() << "no annotated traps in " << folder;
  std::map<std::string, std::vector<SentenceTrace>> traces;
  const Reader reader(TestPack());
  for (const char* name : {"A-70-172.txt", "A-72-315.txt"}) {
    std::vector<SentenceTrace> own;
    const auto facts = reader.Read({name, Bytes(folder + "/corpus/" + name)}, own);
    traces[facts.document.symbol] = std::move(own);
  }
  // What stops each trap, as a person reads the sentence: subject, relation, object, obstacle, the
  // reason in words, parted by tabs.
  std::map<std::string, std::string> causes;
  std::ifstream table(std::string(VERBALE_SOURCE_DIR) + "/tests/extract/trap_causes.tsv");
  for (std::string line; std::getline(table, line);) {
    std::vector<std::string> fields;
    std::istringstream in(line);
    for (std::string field; std::getline(in, field, '\t');) fields.push_back(field);
    ASSERT_EQ(fields.size(), 5u) << line;
    causes[fields[0] + "\t" + fields[1] + "\t" + fields[2]] = fields[3];
  }
  std::size_t judged = 0, changed = 0;
  for (const Trap& trap : ReadTraps(file, "traps.jsonl")) {
    std::vector<SentenceTrace> own;
    for (const SentenceTrace& trace : traces[trap.document]) {
      if (trace.section == trap.section && trace.sentence == trap.sentence) own.push_back(trace);
    }
    const auto attempts =
        WhyNot(*TestPack(), own, trap.subject, trap.relation, trap.object, {1, true});
    const std::string key = trap.subject + "\t" + trap.relation + "\t" + trap.object;
    const std::string got =
        attempts.empty() ? "not there" : std::string(Name(attempts.front().obstacle));
    EXPECT_EQ(causes[key], got) << key << "\n  " << trap.why << "\n  "
                                << (attempts.empty() ? "" : attempts.front().why);
    judged += attempts.empty() ? 0 : 1;
    if (attempts.empty() || !attempts.front().edit) continue;
    ++changed;
    EXPECT_TRUE(IsReadWith(*attempts.front().edit, trap.sentence, own.front().author,
                           own.front().lead_in, trap.relation))
        << key << ": " << attempts.front().change;
  }
  EXPECT_GE(judged, 40u);
  EXPECT_GE(changed, 20u);
}

}  // namespace
}  // namespace verbale::extract
