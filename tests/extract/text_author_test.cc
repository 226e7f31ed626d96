// Whose a document without sections is: by its file name, its titles, its text, and where nobody
// can tell.

#include <ostream>

#include <gtest/gtest.h>

#include "extract/extract.h"

namespace verbale::extract {
namespace {

struct Case {
  const char* what;
  const char* path;
  const char* text;
  const char* author;  // "": nobody is to be named.
  bool submitted;      // The document proves that the author wrote it.
};

std::ostream& operator<<(std::ostream& out, const Case& example) { return out << example.what; }

class AuthorTest : public testing::TestWithParam<Case> {};

TEST_P(AuthorTest, IsFound) {
  static const auto pack = Pack::Load(std::string(VERBALE_SOURCE_DIR) + "/data/packs/ict-security");
  const Case& example = GetParam();
  const graph::DocumentFacts facts = Reader(pack).Read({example.path, example.text});
  ASSERT_EQ(facts.sections.size(), *example.author == '\0' ? 0u : 1u);
  for (const graph::SectionRecord& section : facts.sections)
    EXPECT_EQ(section.author, example.author);
  bool submitted = false;
  for (const graph::Fact& fact : facts.facts) submitted = submitted || fact.type == "SUBMITTED";
  EXPECT_EQ(submitted, example.submitted);
}

constexpr Case kCases[] = {
    {"FileForm", "KEN_70_2015.txt", "We signed the Arms Trade Treaty.", "Kenya", true},
    {"Title", "a.md", "# National Strategy of Kenya\n\nThe Act was adopted in 2015.\n", "Kenya",
     true},
    {"TitleOfTwo", "a.md", "# Joint Statement of Kenya and Ghana\n\nThe Act was adopted.\n", "",
     false},
    {"FileAndText", "03-kenya_digital-letters.txt", "Kenya joined in 2015. The Act was adopted.",
     "Kenya", false},
    {"FileAlone", "03-kenya_letters.txt", "The Act was adopted in 2015.", "", false},
    {"FileLikeATitle", "a/03_Kenya_strategy.txt", "We signed the treaty.", "Kenya", false},
    {"FileOfOneWordNames", "a/3_SriLanka_cyberstrategy.txt", "We signed the treaty.", "Sri Lanka",
     false},
    {"FileLikeATitleOfTwo", "Kenya_and_Ghana_strategy.txt", "We signed.", "", false},
    {"FileWithHyphens", "Guinea-Bissau-strategy-2020.txt", "We signed.", "Guinea-Bissau", false},
    {"FileOfTwo", "kenya-ghana.txt", "Kenya and Ghana signed it. The Act was adopted.", "", false},
    {"FileAndOthersInText", "report.ghana.txt",
     "Kenya, Togo and Benin were guests of Ghana. The Act was adopted.", "Ghana", false},
    {"Text", "a.txt",
     "The Act was adopted in 2015. Kenya's register is public. The Government of Kenya signed the "
     "Arms Trade Treaty.",
     "Kenya", false},
    {"TextAtFullStops", "a.txt", "Crime fell in Kenya. The Act was adopted. Few left Kenya.",
     "Kenya", false},
    {"TextOfDeeds", "a.txt",
     "The Act was adopted. It is known that Kenya signed it. Few left Kenya.", "Kenya", false},
    {"TextOfOthersDeeds", "a.txt", "The Act was adopted. Togo and Kenya signed it. Few left Kenya.",
     "", false},
    {"TextOnce", "a.txt", "The Act was adopted in 2015. Kenya signed the Arms Trade Treaty.", "",
     false},
    {"TextOfMany", "a.txt", "Kenya's Act was adopted. Kenya and Ghana met Togo. Benin left.", "",
     false},
    {"TextThatThanks", "a.txt",
     "The Act was adopted with help from Japan. Experts from Japan stayed.", "", false},
    {"TextOfSomebody", "a.txt",
     "We signed the treaty. Kenya's help was welcome. In Kenya, much was built.", "", false},
    {"Introduced", "a.txt",
     "We signed the treaty. My country, Kenya, thanks Ghana. In Ghana and in Togo much was built.",
     "Kenya", false},
    {"IntroducedByPlace", "a.txt", "In Kenya, we adopted the Act. We thank Ghana.", "Kenya", false},
    {"IntroducedTwice", "a.txt",
     "My country, Kenya, signed. Our Government, Ghana, did not. In Kenya it was read.", "", false},
    {"ShortWords", "a.txt", "And it was. And it was in force. Are they? Can it be? Can they?", "",
     false},
};

INSTANTIATE_TEST_SUITE_P(Cases, AuthorTest, testing::ValuesIn(kCases),
                         [](const auto& test) { return std::string(test.param.what); });

}  // namespace
}  // namespace verbale::extract
