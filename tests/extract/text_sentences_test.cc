#include <gtest/gtest.h>

#include "extract/text/dates.h"
#include "extract/text/fold.h"
#include "extract/text/hyphen.h"
#include "extract/text/list_marker.h"
#include "extract/text/sentences.h"

namespace verbale::extract {
namespace {

// Bars show where the text is split; a row without one is a single sentence.
constexpr std::string_view kSentences[] = {
    "Peru signed it.| It has not been ratified.",
    "Peru signed the treaty in 2015.| In 2016 it was ratified.",
    "Peru signed it in 2001.|1 It ratified the treaty.|12 It left.",
    "See section 2.1 The fee is 3.6 dollars, as in para.1 Peru says so.",
    "Was it ratified?| It was!| Everyone knew.",
    "It was approved by Law No. 6533 in 2014 and published.",
    "The answer was no.| The delegation left.",
    "See paras. 3 and 4 of the report by Mr. Smith and Dr. Jones.",
    "Led by Mr. J. F. Kennedy and Mrs. A. Lopez of St. Lucia, the group met.",
    "The U.S. Government and the U.K. signed.",
    "It was signed in the U.S.| The State then ratified it.",
    "The fee is 3.6 million dollars, i.e. more than 2.5 per cent (e.g. in Peru).",
    "The site is at www.un.org/disarmament/ and Www.Qcert.org now.",
    "The Centre (see www.un.org. Annex II) was established.",
    "He said: “It is done.”| The Assembly rose.",
    "“We will join.” was all that they said.",
    "The group met (in Geneva).| Its report followed.",
    "(It was signed in 2010.)| It was ratified in 2012.",
    "They came from Peru, Chile, etc.| They left.",
    "Banks, etc. were closed.",
    "The Convention was adopted.|The Government then ratified it.",
    "The text ends… It goes on.",
    "The text ends...| It goes on.",
    "efforts at the level; confidence-building measures; and capacity-building",
    "It met at 3 p.m. on Monday.| Nothing came of it.",
    "Élan was lost.| Ésta es la verdad.",
    "The group of A. Smith won.",
    "Additional Protocol I.| The State ratified Protocol II.",
    "It was held at 5 p.m.| Later it closed.",
    "Adopted in 2015.| 23 States voted for it.",
    "The case Nicaragua v. United States was quoted.",
    "See A/70/174, sect. III, and resolution 71/28, para. 3.| Replies were received.",
    "He asked “Why?” and left.",
    "",
};

std::string WithBars(std::string_view text, const std::vector<ByteSpan>& sentences) {
  std::string out;
  std::uint64_t at = 0;
  for (const ByteSpan& sentence : sentences) {
    if (at > 0) out += "|";
    out += text.substr(at, sentence.end - at);
    at = sentence.end;
  }
  return out;
}

TEST(SentencesTest, EndWhereTheyShould) {
  const SentenceSplitter splitter({"Www."});
  for (const std::string_view row : kSentences) {
    std::string text(row);
    text.erase(std::remove(text.begin(), text.end(), '|'), text.end());
    std::string expected(row);

    EXPECT_EQ(WithBars(text, splitter.Split(text)), expected);
  }
}

TEST(SentencesTest, WhatIsTooLongForOneIsCut) {
  const SentenceSplitter splitter({});
  for (const std::string word : {"word ", "é", "(", "a.", "(b. "}) {
    std::string text;
    while (text.size() < 200'000) text += word;
    std::string put_together;
    for (const ByteSpan& sentence : splitter.Split(text)) {
      EXPECT_LE(sentence.size(), std::size_t{1} << 15) << word;
      EXPECT_NE(static_cast<unsigned char>(text[sentence.begin]) & 0xC0, 0x80) << word;
      put_together += text.substr(sentence.begin, sentence.size());
    }
    std::erase(text, ' '), std::erase(put_together, ' ');
    EXPECT_EQ(put_together, text) << word;
  }
}

TEST(SentencesTest, AbbreviationsOfThePackCount) {
  const std::string text = "Adopted by Cons. Decree of Minister X.";
  EXPECT_EQ(SentenceSplitter({}).Split(text).size(), 2u);
  EXPECT_EQ(SentenceSplitter({"Cons."}).Split(text).size(), 1u);
}

TEST(DatesTest, BecomeIso) {
  const std::pair<const char*, const char*> rows[] = {{"26 May 2017", "2017-05-26"},
                                                      {"5 June 2017", "2017-06-05"},
                                                      {"May 26, 2017", "2017-05-26"},
                                                      {"1st Sept. 2015", "2015-09-01"},
                                                      {"2017-05-26", "2017-05-26"},
                                                      {"July 2015", "2015-07"},
                                                      {"2015-07", "2015-07"},
                                                      {"2015", "2015"},
                                                      {"29 February 2016", "2016-02-29"},
                                                      {"29 February 2015", ""},
                                                      {"32 May 2017", ""},
                                                      {"Mayday 2017", ""},
                                                      {"26 may 2017", "2017-05-26"},
                                                      {"", ""},
                                                      {"26 May", ""},
                                                      {"2015 2016 2017", ""},
                                                      {"12 345", ""}};
  for (const auto& [text, iso] : rows) EXPECT_EQ(IsoDate(text), iso) << text;
}

TEST(FoldTest, MakesTextReadable) {
  const std::pair<const char*, const char*> rows[] = {
      {"  two   words\tthree ", "two words three"},
      {"no\u00A0break\u2009thin", "no break thin"},
      {"soft\u00ADhyphen zero\u200Bwidth", "softhyphen zerowidth"},
      {"e\uFB03cient \uFB01rst", "efficient first"},
      {"the treaty¹ and the group²³.", "the treaty and the group."},
      {"the treaty.¹ It", "the treaty. It"},
      {"the treaty[12] was", "the treaty was"},
      {"the law [12] was", "the law [12] was"},
      {"5 km² and m³", "5 km² and m³"},
      {"“curly” – dash", "“curly” – dash"},
      {"[Original: English]", "[Original: English]"},
      {"a\x01z", "a z"},
      {" \u00A0 ", ""},
      {"eight eight eight  twelve twelve", "eight eight eight twelve twelve"},
      {"word ", "word"},
      {"", ""}};
  for (const auto& [text, folded] : rows) EXPECT_EQ(Folded(text), folded) << text;
}

TEST(ListMarkerTest, AreRead) {
  struct Row {
    const char* line;
    std::size_t size;
    MarkerKind kind;
    int ordinal;
  };
  const Row rows[] = {
      {"(a) Peru", 4, MarkerKind::kLetter, 1},   {"a) Peru", 3, MarkerKind::kLetter, 1},
      {"(iii) Peru", 6, MarkerKind::kRoman, 3},  {"(12) Peru", 5, MarkerKind::kBracketed, 12},
      {"1. Peru", 3, MarkerKind::kNumber, 1},    {"12) Peru", 4, MarkerKind::kNumber, 12},
      {"- Peru", 2, MarkerKind::kBullet, 0},     {"— Peru", 4, MarkerKind::kBullet, 0},
      {"» Peru", 3, MarkerKind::kBullet, 0},     {"- (b) Peru", 6, MarkerKind::kLetter, 2},
      {"(¢) Peru", 5, MarkerKind::kLost, 0},     {"(c¢) Peru", 6, MarkerKind::kLost, 0},
      {"()  Peru", 4, MarkerKind::kLost, 0},     {"II. Peru", 4, MarkerKind::kUpper, 2},
      {"B. Peru", 3, MarkerKind::kUpper, 2},     {"(see) Peru", 0, MarkerKind::kBullet, 0},
      {"2015. Peru", 0, MarkerKind::kBullet, 0}, {"Peru", 0, MarkerKind::kBullet, 0},
      {"(a)", 0, MarkerKind::kBullet, 0},        {"-Peru", 0, MarkerKind::kBullet, 0},
      {"St. Peru", 0, MarkerKind::kBullet, 0},   {"- - - x", 2, MarkerKind::kBullet, 0}};
  for (const Row& row : rows) {
    const ListMarker marker = ReadListMarker(row.line);
    EXPECT_EQ(marker.size, row.size) << row.line;
    if (row.size == 0) continue;
    EXPECT_EQ(marker.kind, row.kind) << row.line;
    EXPECT_EQ(marker.ordinal, row.ordinal) << row.line;
  }
}

TEST(HyphenTest, IsDroppedWhereTheWordWasOne) {
  // What the document holds elsewhere decides, then the shape of the halves.
  const std::string document =
      "It is information on confidence-building. The law and the self. A broken exam-\nple here.";
  struct Row {
    const char* first;
    const char* second;
    bool drops;
  };
  const Row rows[] = {{"infor-", "mation", true},
                      {"confidence-", "building", false},
                      {"law-", "abiding,", false},
                      {"self-", "governance", false},
                      {"develop-", "ment", true},
                      {"organi-", "zations.", true},
                      {"2014-", "2015", false},
                      {"Canada-", "United", false},
                      {"chairmanship-in-", "office", false},
                      {"exam-", "ples", true},
                      {"(infor-", "mation)", true}};
  for (const Row& row : rows) {
    HyphenJoiner few(document);
    EXPECT_EQ(few.Drops(row.first, row.second), row.drops) << row.first << row.second;
    // A long document is read once instead of searched; the verdicts are the same.
    const std::string long_document = document + std::string(1 << 16, ' ');
    HyphenJoiner many(long_document);
    EXPECT_EQ(many.Drops(row.first, row.second), row.drops) << row.first << row.second;
  }
}

}  // namespace
}  // namespace verbale::extract
