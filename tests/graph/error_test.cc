#include "graph/error.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace verbale {
namespace {

TEST(LocateInText, CountsColumnsInCodePoints) {
  const TextPosition position = LocateInText("a\nbé!x", 6, 1);
  EXPECT_EQ(position.line, 2u);
  EXPECT_EQ(position.column, 4u);
}

TEST(CaretLines, UnderlinesTheLengthInItsLine) {
  const std::string text = "MATCH (n)\nRETRUN n";
  EXPECT_EQ(CaretLines(text, LocateInText(text, 10, 6)), "RETRUN n\n^^^^^^");
}

TEST(CaretLines, PointsBehindTheEnd) {
  EXPECT_EQ(CaretLines("RETURN", LocateInText("RETURN", 6, 1)), "RETURN\n      ^");
}

TEST(NearestName, FindsSwappedLettersAndGivesUpOnStrangers) {
  const std::vector<std::string> known = {"RATIFIED", "SIGNED", "MEMBER_OF"};
  EXPECT_EQ(NearestName("RATIFEID", known), "RATIFIED");
  EXPECT_EQ(NearestName("signed", known), "SIGNED");
  EXPECT_EQ(NearestName("XQZ", known), "");
  EXPECT_EQ(NearestName("SIGNALS", known), "") << "three of seven letters differ";
  EXPECT_EQ(NearestName("S", std::vector<std::string>{"A"}), "");
}

TEST(DidYouMean, NamesTheNearestOrSaysTheOther) {
  const std::vector<std::string> known = {"RATIFIED", "SIGNED"};
  EXPECT_EQ(DidYouMean("SINGED", known), "did you mean SIGNED?");
  EXPECT_EQ(DidYouMean("SINGED", known, "there are two", "'", "'"), "did you mean 'SIGNED'?");
  EXPECT_EQ(DidYouMean("XQZ", known, "there are two", "'", "'"), "there are two");
  EXPECT_EQ(DidYouMean("XQZ", known), "");
}

}  // namespace
}  // namespace verbale
