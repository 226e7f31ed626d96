// What is wrong in a pack is said with its place and the nearest known name.

#include "extract/rules/load.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "extract/extract.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

namespace fs = std::filesystem;

class LoadTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("verbale-load-" +
               std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    Write("pack.yml",
          "format: verbale-pack/1\nname: small\nversion: '1'\n"
          "relations:\n  SIGNED: {from: [State], to: [Treaty]}\n");
    Write("fragments.yml", kFragments);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }

  /// Message and hint of the error that loading ends with.
  std::string Failure() const {
    try {
      Pack::Load(folder_.string());
    } catch (const Error& error) {
      const TextPosition& at = error.position();
      const std::string place = at.line == 0 ? ""
                                             : at.file + ":" + std::to_string(at.line) + ":" +
                                                   std::to_string(at.column) + ": ";
      return place + error.what() + " | " + error.hint();
    }
    return "none";
  }

  static constexpr const char* kFragments =
      "format: verbale-fragments/1\nheads: {State: [state], Treaty: [treaty], Ship: [ship]}\n"
      "verbs:\n  sign: [sign]\n";

  fs::path folder_;
};

TEST_F(LoadTest, LoadsASmallPack) { EXPECT_EQ(Failure(), "none"); }

TEST_F(LoadTest, NamesTheNearestKey) {
  Write(
      "gazetteer/states.yml",
      "format: verbale-gazetteer/1\nlabel: State\nentries:\n  - name: Chad\n    alias: [Tchad]\n");
  EXPECT_NE(Failure().find("states.yml:5:5: unknown key 'alias' | did you mean 'aliases'?"),
            std::string::npos)
      << Failure();
}

TEST_F(LoadTest, NamesTheNearestRelationAndFragment) {
  const std::string head = "format: verbale-rules/1\nrules:\n  - id: a\n    note: n\n";
  Write("rules/a.yml",
        head + "    relation: SINGED\n    patterns: ['{subject} <verb:sign> {Treaty}']\n");
  EXPECT_NE(Failure().find("did you mean 'SIGNED'?"), std::string::npos) << Failure();
  Write("rules/a.yml",
        head + "    relation: SIGNED\n    patterns: ['{subject} <verb:sing> {Treaty}']\n");
  EXPECT_NE(Failure().find("did you mean <verb:sign>?"), std::string::npos) << Failure();
}

TEST_F(LoadTest, NamesTheNearestRuleOfExamples) {
  Write(
      "rules/a.yml",
      "format: verbale-rules/1\nrules:\n  - id: signed.active\n    note: n\n    relation: SIGNED\n"
      "    patterns: ['{subject} <verb:sign> {Treaty}']\n");
  Write("examples/a.yml",
        "format: verbale-examples/1\nexamples:\n  signed.actve:\n    - text: Chad slept.\n");
  EXPECT_NE(Failure().find("a.yml:3:3: no rule 'signed.actve' | did you mean 'signed.active'?"),
            std::string::npos)
      << Failure();
}

TEST_F(LoadTest, FindsThePacksItBuildsOnOnAShelf) {
  Write("pack.yml",
        "format: verbale-pack/1\nname: small\nversion: '1'\nextends: [english]\n"
        "relations:\n  SIGNED: {from: [State], to: [Treaty]}\n");
  EXPECT_NE(Failure().find("no pack is called 'english'"), std::string::npos) << Failure();
  const auto pack = Pack::Load(folder_.string(), {std::string(VERBALE_SOURCE_DIR) + "/data/packs"});
  EXPECT_EQ(pack->name(), "small");
}

TEST_F(LoadTest, RefusesAPatternWithoutAnObject) {
  Write("rules/a.yml",
        "format: verbale-rules/1\nrules:\n  - id: a\n    note: n\n    relation: SIGNED\n"
        "    patterns: ['{subject} <verb:sign> it']\n");
  EXPECT_NE(Failure().find("no slot for the object"), std::string::npos) << Failure();
}

TEST_F(LoadTest, RefusesAnotherFormat) {
  Write("fragments.yml", "format: verbale-fragments/9\n");
  EXPECT_NE(Failure().find("the format must be verbale-fragments/1"), std::string::npos);
}

TEST_F(LoadTest, SaysWhatIsWrongWithAFileAndWhere) {
  struct Case {
    const char *file, *text, *failure;
  };
  const std::string manifest = "format: verbale-pack/1\nname: small\nversion: '1'\n";
  const std::string circle = manifest + "extends: [" + folder_.filename().string() + "]\n";
  const std::string stranger = manifest + "extends: [nowhere]\n";
  const Case cases[] = {
      {"pack.yml", circle.c_str(), "pack.yml:4:11: '"},
      {"pack.yml", stranger.c_str(), "pack.yml:4:11: no pack is called 'nowhere'"},
      {"fragments.yml", "format: verbale-fragments/1\nverbs:\n  sign: []\n",
       "fragments.yml:3:9: a fragment needs a word"},
      {"fragment.yml", "format: verbale-fragments/1\n",
       "fragment.yml: no file of a pack is called so | did you mean 'fragments.yml'?"},
      {"structure.yml", "format: verbale-structure/1\ndates: ['(?P<date>x)', '((']\n",
       "structure.yml:2:24: dates '((': missing )"},
      {"structure.yml", "format: verbale-structure/1\ndates: 'x'\n",
       "structure.yml:2:8: dates 'x' has no group (?P<date>…)"},
      {"structure.yml", "format: verbale-structure/1\nat_home: x\n",
       "structure.yml:2:10: at_home 'x' has no {author}"},
      {"gazetteer/states.yml",
       "format: verbale-gazetteer/1\nlabel: State\nentries:\n  - name: ''\n",
       "states.yml:4:11: text is needed here"},
      {"rules/a.yaml", "format: verbale-rules/1\nrules: []\n",
       "a.yaml: files of a pack end in .yml"},
      {"rules/more/a.yml", "format: verbale-rules/1\nrules: []\n",
       "more: there is no folder in a folder of a pack"},
      {"rules/a.yml",
       "format: verbale-rules/1\nrules:\n  - id: a\n    note: n\n    relation: SIGNED\n"
       "    patterns: ['{subject} <verb:sign> {Treaty}']\n    examples:\n"
       "      - text: t\n        expect: [{object: o, modality: maybe}]\n",
       "a.yml:9:40: no modality is called 'maybe'"},
  };
  for (const Case& one : cases) {
    TearDown();
    SetUp();
    Write(one.file, one.text);
    EXPECT_NE(Failure().find(one.failure), std::string::npos) << one.failure << "\n" << Failure();
  }
}

TEST_F(LoadTest, NamesWhatNothingElseKnows) {
  const std::string manifest = "format: verbale-pack/1\nname: small\nversion: '1'\nrelations:\n";
  const std::string fragments = std::string(kFragments) + "  own: ";
  const std::string lexicon =
      "format: verbale-lexicon/1\nwords:\n  phrasal: [set up]\nverbs: [own, sign]\n";
  const std::string gazetteer =
      "format: verbale-gazetteer/1\nlabel: State\nentries:\n  - name: Chad\n    acronyms: [TD]\n";
  const std::string rule =
      "format: verbale-rules/1\nrelation: SIGNED\nrules:\n  - id: a\n    note: n\n";
  const std::string signs = rule + "    patterns: ['{subject} <verb:sign> {Treaty}']\n";
  struct Case {
    const char* file;
    std::string text, failure;
  };
  const Case cases[] = {
      {"pack.yml", manifest + "  SIGNED: {from: [State], to: [Traety]}\n",
       "pack.yml:5:32: nothing has the label 'Traety' | did you mean 'Treaty'?"},
      {"pack.yml", manifest + "  SIGNED: {from: [Zebra], to: [Treaty]}\n",
       "pack.yml:5:19: nothing has the label 'Zebra' | a gazetteer or `heads` says what does"},
      {"pack.yml",
       manifest + "  SIGNED: {from: [State], to: [Treaty]}\nown: {relations: [SIGND]}\n",
       "pack.yml:6:19: unknown relation 'SIGND' | did you mean 'SIGNED'?"},
      {"fragments.yml", std::string(kFragments) + "actors: {labels: [Stat]}\n",
       "fragments.yml:5:19: nothing has the label 'Stat' | did you mean 'State'?"},
      {"fragments.yml", std::string(kFragments) + "recast: {Shp: Treaty}\n",
       "fragments.yml:5:10: nothing has the label 'Shp' | did you mean 'Ship'?"},
      {"fragments.yml", fragments + "[sign, owned]\n",
       "fragments.yml:5:15: 'owned' is a form of a verb, and fragments have lemmas | did you mean "
       "'own'?"},
      {"fragments.yml", fragments + "[set_in]\n",
       "fragments.yml:5:9: no lexicon has the verb 'set_in' under `phrasal` | did you mean "
       "'set_up'?"},
      {"fragments.yml", fragments + "[set_up, charter]\n", "none"},
      {"structure.yml", "format: verbale-structure/1\nauthor_label: Sate\n",
       "structure.yml:2:15: nothing has the label 'Sate' | did you mean 'State'?"},
      {"gazetteer/b.yml",
       "format: verbale-gazetteer/1\nlabel: Place\nentries:\n  - name: Faya\n    of: Chat\n",
       "b.yml:5:9: no gazetteer has the name 'Chat' | did you mean 'Chad'?"},
      {"rules/a.yml", rule + "    patterns: ['{subject} <verb:sign> {Treaty|Treety}']\n",
       "a.yml:6:47: nothing has the label 'Treety' | did you mean 'Treaty'?"},
      {"rules/a.yml", rule + "    patterns: ['{subject} <verb:sign> {Ship}']\n",
       "a.yml:6:40: SIGNED takes no 'Ship' | what it takes is `to` in pack.yml"},
      {"rules/a.yml", signs + "    examples:\n      - {text: t, author: Chadd}\n",
       "a.yml:8:27: no gazetteer has the name 'Chadd' | did you mean 'Chad'?"},
      {"rules/a.yml", signs + "    examples:\n      - {text: t, author: TD}\n", "none"},
      {"rules/a.yml",
       signs + "    examples:\n      - {text: t, expect: [{relation: SINGED, object: t}]}\n",
       "a.yml:8:39: unknown relation 'SINGED' | did you mean 'SIGNED'?"},
      {"gazeteer/a.yml", gazetteer,
       "gazeteer: no folder of a pack is called so | did you mean 'gazetteer'?"},
      {"notes/a.txt", "notes", "none"},
      {"rules/b.yml.txt", signs, "b.yml.txt: files of a pack end in .yml"},
      {"rules/b.yml~", signs, "none"},
  };
  for (const Case& one : cases) {
    TearDown();
    SetUp();
    Write("lexicon.yml", lexicon);
    Write("gazetteer/a.yml", gazetteer);
    Write(one.file, one.text);
    EXPECT_NE(Failure().find(one.failure), std::string::npos) << one.failure << "\n" << Failure();
  }
}

TEST_F(LoadTest, TheHashFollowsTheContentNotThePlace) {
  const std::string before = Pack::Load(folder_.string())->hash();
  EXPECT_EQ(Pack::Load((folder_ / ".").string() + "/../" + folder_.filename().string())->hash(),
            before);
  Write("fragments.yml", std::string(kFragments) + "  initial: [initial]\n");
  EXPECT_NE(Pack::Load(folder_.string())->hash(), before);
}

}  // namespace
}  // namespace verbale::extract
