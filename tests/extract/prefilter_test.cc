// The prefilter only spares work: what it passes over says nothing. With traces every sentence is
// read in full, so both readings must give the same facts.

#include "extract/match/prefilter.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "extract/extract.h"
#include "extract/facts_jsonl.h"
#include "extract/rules/load.h"

namespace verbale::extract {
namespace {

std::string Packs() { return std::string(VERBALE_SOURCE_DIR) + "/data/packs/"; }

std::string Written(const graph::DocumentFacts& facts) {
  std::string out;
  WriteFacts(facts, out);
  return out;
}

Source ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {path.filename().string(),
          {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}};
}

TEST(Prefilter, LosesNoExample) {
  const Reader reader(Pack::Load(Packs() + "ict-security"));
  for (const Rule& rule : LoadPackData(Packs() + "ict-security", {}).rules) {
    for (const RuleExample& example : rule.examples) {
      std::vector<SentenceTrace> traces;
      EXPECT_EQ(Written(reader.ReadSentence(example.text, example.author, example.lead_in)),
                Written(reader.ReadSentence(example.text, example.author, example.lead_in, traces)))
          << rule.id;
    }
  }
}

TEST(Prefilter, LosesNothingOfADocument) {
  const Reader reader(Pack::Load(Packs() + "ict-security"));
  std::vector<std::filesystem::path> files;
  const char* shared = std::getenv("VERBALE_SHARED");
  for (const std::filesystem::path& folder :
       {std::filesystem::path(VERBALE_SOURCE_DIR) / "data" / "replies",
        std::filesystem::path(shared == nullptr ? "../shared" : shared) / "corpus"}) {
    if (!std::filesystem::exists(folder)) continue;  // The official reports are not shipped.
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      const auto ending = file.path().extension();
      if (ending == ".txt" || ending == ".md") files.push_back(file.path());
    }
  }
  ASSERT_GE(files.size(), 2u);
  for (const std::filesystem::path& file : files) {
    std::vector<SentenceTrace> traces;
    EXPECT_EQ(Written(reader.Read(ReadFile(file))), Written(reader.Read(ReadFile(file), traces)))
        << file;
  }
}

/// Numbers of the patterns that are left.
std::string Possible(const Prefilter& filter, const Vocabulary& vocabulary, std::string_view text,
                     const std::vector<Mention>& mentions) {
  FoldedText folded(text);
  std::vector<Token> tokens;
  Tokenize(folded, vocabulary, 0, static_cast<std::uint32_t>(text.size()), tokens);
  Prefilter::Room room;
  std::vector<int> patterns;
  filter.Possible({tokens, mentions, kNoChunk}, room, patterns);
  std::string out;
  for (const int pattern : patterns) out += std::to_string(pattern) + " ";
  return out;
}

TEST(Prefilter, AsksForVerbAndObject) {
  const PackData pack = LoadPackData(Packs() + "ict-security", {});
  Vocabulary vocabulary;
  const Words words(pack, vocabulary);
  Prefilter filter;
  PatternSets sets;
  filter.Add(CompilePattern(pack, "{subject} <verb:ratify> {Treaty}", sets));
  filter.Add(CompilePattern(pack, "{subject} <verb:*> in_favour_of {Treaty|Policy}", sets));
  filter.Build(pack, words, vocabulary);
  Mention treaty;
  treaty.label = "Treaty";
  EXPECT_EQ(Possible(filter, vocabulary, "We have ratified it", {treaty}), "0 ");
  EXPECT_EQ(Possible(filter, vocabulary, "We have ratified it", {}), "");
  EXPECT_EQ(Possible(filter, vocabulary, "We have ratified the conventions", {}), "0 ");
  EXPECT_EQ(Possible(filter, vocabulary, "We have signed the conventions", {}), "");
  EXPECT_EQ(Possible(filter, vocabulary, "We spoke in favour of new policies", {}), "1 ");
  EXPECT_EQ(Possible(filter, vocabulary, "We spoke of new policies", {}), "");
}

/// A filter with one pattern.
class OnePattern {
 public:
  explicit OnePattern(const std::string& pattern) {
    PatternSets sets;
    filter_.Add(CompilePattern(pack_, pattern, sets));
    filter_.Build(pack_, words_, vocabulary_);
  }
  bool Lets(std::string_view sentence) const {
    return !Possible(filter_, vocabulary_, sentence, {}).empty();
  }

 private:
  const PackData pack_ = LoadPackData(Packs() + "ict-security", {});
  Vocabulary vocabulary_;
  const Words words_{pack_, vocabulary_};
  Prefilter filter_;
};

TEST(Prefilter, AsksForAWholeExpression) {
  const OnePattern favour("{subject} <verb:*> in_favour_of {Treaty}");
  EXPECT_TRUE(favour.Lets("We spoke in favour of the convention"));
  EXPECT_TRUE(favour.Lets("We spoke in (great) favour of the convention"));
  EXPECT_FALSE(favour.Lets("We did them a favour by the convention"));
  const OnePattern body("{subject} <verb:establish> {Body}");
  EXPECT_TRUE(body.Lets("We established two task forces"));
  EXPECT_FALSE(body.Lets("We established peace by force of a task"));
}

TEST(Prefilter, AsksForPrepositions) {
  const OnePattern by("{subject} <verb:support> by {Treaty}");
  EXPECT_TRUE(by.Lets("We support peace by a convention"));
  EXPECT_FALSE(by.Lets("We support peace with a convention"));
}

TEST(Prefilter, AsksForAVerbThatIsNoNoun) {
  const OnePattern support("{subject} <verb:support> {Treaty}");
  EXPECT_TRUE(support.Lets("We support the convention"));
  EXPECT_TRUE(support.Lets("Those who support the convention met"));
  EXPECT_FALSE(support.Lets("We need the support of the convention"));
  EXPECT_FALSE(support.Lets("We ask for our support of the convention"));
}

TEST(Prefilter, AsksForAHeadNoun) {
  const OnePattern support("{subject} <verb:support> {Treaty|Organization}");
  EXPECT_TRUE(support.Lets("We support the convention of peoples"));
  EXPECT_TRUE(support.Lets("We support the convention Blue Lake"));
  EXPECT_FALSE(support.Lets("We support the convention drafters of peoples"));
  EXPECT_TRUE(support.Lets("We support the Lake Community"));
  EXPECT_FALSE(support.Lets("We support the fishing community of Lakes"));
  EXPECT_TRUE(support.Lets("We support the “Convention on Lakes”"));
  EXPECT_FALSE(support.Lets("We support the “Song of Lakes”"));
}

}  // namespace
}  // namespace verbale::extract
