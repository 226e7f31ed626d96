#include <gtest/gtest.h>

#include "extract/text/decode.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

using std::string_literals::operator""s;

struct Row {
  const char* name;
  std::string bytes;
  std::string text;
  std::uint64_t replaced;
};

std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

class DecodeTest : public testing::TestWithParam<Row> {};

TEST_P(DecodeTest, GivesTheText) {
  const Decoded decoded = Decode(GetParam().bytes);
  EXPECT_EQ(decoded.plain.text, GetParam().text);
  EXPECT_EQ(decoded.replaced, GetParam().replaced);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, DecodeTest,
    testing::Values(Row{"Empty", "", "", 0}, Row{"Ascii", "Peru\n", "Peru\n", 0},
                    Row{"Utf8", "Côte d’Ivoire", "Côte d’Ivoire", 0},
                    Row{"ByteOrderMark", "\xEF\xBB\xBFPeru", "Peru", 0},
                    Row{"LoneContinuation", "a\x80z", "a\uFFFDz", 1},
                    Row{"TruncatedSequence", "a\xE2\x82", "a\uFFFD", 1},
                    Row{"TruncatedBeforeAscii", "\xE2\x82z", "\uFFFDz", 1},
                    Row{"Overlong", "\xC0\xAF", "\uFFFD\uFFFD", 2},
                    Row{"Surrogate", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD", 3},
                    Row{"BeyondUnicode", "\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD", 4},
                    Row{"Latin1", "S\xE3o Tom\xE9 and", "S\uFFFDo Tom\uFFFD and", 2},
                    Row{"DeclaredLatin1", "<meta charset=\"ISO-8859-1\">C\xF4te\x92s",
                        "<meta charset=\"ISO-8859-1\">Côte’s", 0},
                    Row{"DeclaredInXml", "<?xml version='1.0' encoding='koi8-r'?>\xC1",
                        "<?xml version='1.0' encoding='koi8-r'?>а", 0},
                    Row{"DeclaredOfSeveralBytes", "<meta charset=shift_jis>\x93\xFA\x96\x7B.",
                        "<meta charset=shift_jis>日本.", 0},
                    Row{"DeclaredInVain", "<meta charset=utf-8>\xE9", "<meta charset=utf-8>\uFFFD",
                        1},
                    Row{"DeclaredButUtf8", "<meta charset=latin1>é", "<meta charset=latin1>é", 0},
                    Row{"Utf16Little", "\xFF\xFE\x50\x00\xE9\x00"s, "Pé", 0},
                    Row{"Utf16Big", "\xFE\xFF\x00\x50\xD8\x3D\xDE\x00"s, "P😀", 0},
                    Row{"Utf16LoneSurrogate", "\xFE\xFF\xD8\x3D\x00\x50"s, "\uFFFDP", 1},
                    Row{"Utf16OddByte", "\xFE\xFF\x00\x50\x00"s, "P\uFFFD", 1},
                    Row{"CarriageReturns", "a\rb\r\nc\r", "a\nb\r\nc\n", 0}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(DecodeTest, PlacesAreExactBehindBrokenSequences) {
  const Decoded decoded = Decode("ab\x80\x80yz");
  EXPECT_EQ(decoded.plain.text, "ab\uFFFD\uFFFDyz");
  EXPECT_EQ(decoded.plain.ToSource(8, 10), (ByteSpan{4, 6}));
  EXPECT_EQ(decoded.plain.ToSource(2, 5), (ByteSpan{2, 3}));
  EXPECT_EQ(decoded.plain.ToSource(0, 10), (ByteSpan{0, 6}));
}

TEST(DecodeTest, PlacesOfUtf16AreThoseOfItsUnits) {
  const Decoded decoded = Decode("\xFF\xFE\x50\x00\xE9\x00\x72\x00"s);
  EXPECT_EQ(decoded.plain.ToSource(0, 1), (ByteSpan{2, 4}));
  EXPECT_EQ(decoded.plain.ToSource(1, 3), (ByteSpan{4, 6}));
}

TEST(DecodeTest, PlacesOfDeclaredEncodingsAreThoseOfTheBytes) {
  const Decoded decoded = Decode("<meta charset=latin1>\xE9\xE9x");
  EXPECT_EQ(decoded.plain.ToSource(23, 25), (ByteSpan{22, 23}));
  EXPECT_EQ(decoded.plain.ToSource(25, 26), (ByteSpan{23, 24}));
}

TEST(DecodeTest, UnknownEncodingsAreRefused) {
  try {
    Decode("<meta charset=klingon>\xE9");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUnsupported);
    EXPECT_NE(std::string(error.what()).find("klingon"), std::string::npos);
  }
}

TEST(DecodeTest, BinaryFilesAreRefused) {
  for (const std::string& bytes : {"ELF\0\0"s, "\x01\x02\x03\x04\x05\x06"s, "a\0b"s}) {
    try {
      Decode(bytes);
      FAIL() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kUnsupported);
    }
  }
}

}  // namespace
}  // namespace verbale::extract
