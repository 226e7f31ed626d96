#include "graph/temporal.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "graph/error.h"

namespace verbale::graph {
namespace {

struct TextRow {
  std::string text, shown;  ///< `shown` is empty where `text` must be refused.
};

template <typename Parse>
void CheckRows(const std::vector<TextRow>& rows, Parse parse) {
  for (const TextRow& row : rows) {
    SCOPED_TRACE(row.text);
    try {
      EXPECT_EQ(ToString(parse(row.text)), row.shown);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kInvalidArgument);
      EXPECT_EQ("", row.shown) << error.what();
    }
  }
}

TEST(TemporalTest, DatesInAllForms) {
  CheckRows(
      {
          {"2024-02-29", "2024-02-29"},
          {"20240229", "2024-02-29"},
          {"2023-02-29", ""},
          {"2024-11", "2024-11-01"},
          {"202411", "2024-11-01"},
          {"2024", "2024-01-01"},
          {"2020-W53-7", "2021-01-03"},
          {"2020W537", "2021-01-03"},
          {"2021-W53", ""},
          {"2024-366", "2024-12-31"},
          {"2023-366", ""},
          {"2024-Q3-45", "2024-08-14"},
          {"2024Q345", "2024-08-14"},
          {"2024-Q2", "2024-04-01"},
          {"-0044-03-15", "-0044-03-15"},
          {"+12024-03-15", "+12024-03-15"},
          {"-999999999-01-01", "-999999999-01-01"},
          {"+999999999-12-31", "+999999999-12-31"},
          {"+1000000000-01-01", ""},
          {"0000-02-29", "0000-02-29"},
          {"2024-1-01", ""},
          {"2024-13", ""},
          {"24-01-01", ""},
          {"2024-01-01x", ""},
          {"", ""},
      },
      ParseDate);
}

TEST(TemporalTest, TimesInAllForms) {
  CheckRows(
      {
          {"07", "07:00"},
          {"0705", "07:05"},
          {"07:05:09", "07:05:09"},
          {"070509.25", "07:05:09.25"},
          {"07:05:09,000000001", "07:05:09.000000001"},
          {"T07:05", "07:05"},
          {"24:00", ""},
          {"07:60", ""},
          {"7:05", ""},
          {"07:0509", ""},
      },
      ParseLocalTime);
  CheckRows(
      {
          {"07:05", "07:05Z"},
          {"07:05Z", "07:05Z"},
          {"0705-01", "07:05-01:00"},
          {"07:05+0530", "07:05+05:30"},
          {"07:05+05:30:15", "07:05+05:30:15"},
          {"07:05+19:00", ""},
          {"07:05+1", ""},
          {"07:05[Europe/Paris]", ""},
      },
      ParseTime);
}

TEST(TemporalTest, DateTimesInAllForms) {
  CheckRows(
      {
          {"2024-07-01T07:05", "2024-07-01T07:05"},
          {"20240701T070509.5", "2024-07-01T07:05:09.5"},
          {"2024-W27-1T07", "2024-07-01T07:00"},
          {"2024", "2024-01-01T00:00"},
          {"2024-07-01T", ""},
      },
      ParseLocalDateTime);
  CheckRows(
      {
          {"2024-07-01T07:05", "2024-07-01T07:05Z"},
          {"2024-07-01T07:05-0330", "2024-07-01T07:05-03:30"},
          {"2024-07-01T07:05[Europe/Paris]", "2024-07-01T07:05+02:00[Europe/Paris]"},
          {"2024-12-01T07:05+01:00[Europe/Paris]", "2024-12-01T07:05+01:00[Europe/Paris]"},
          {"2024-10-27T02:30+01:00[Europe/Paris]", "2024-10-27T02:30+01:00[Europe/Paris]"},
          {"2024-10-27T02:30[Europe/Paris]", "2024-10-27T02:30+02:00[Europe/Paris]"},
          {"2024-03-31T02:30[Europe/Paris]", "2024-03-31T03:30+02:00[Europe/Paris]"},
          {"2185-07-01T12:00[Europe/Paris]", "2185-07-01T12:00+02:00[Europe/Paris]"},
          {"2185-01-01T12:00[Europe/Paris]", "2185-01-01T12:00+01:00[Europe/Paris]"},
          {"1850-01-01T12:00[Europe/Paris]", "1850-01-01T12:00+00:09:21[Europe/Paris]"},
          {"2024-07-01T07:05[Europe/Atlantis]", ""},
          {"+999999999-07-01T07:05[Asia/Tokyo]", "+999999999-07-01T07:05+09:00[Asia/Tokyo]"},
      },
      ParseDateTime);
}

TEST(TemporalTest, DurationsInAllForms) {
  CheckRows(
      {
          {"P1Y2M3W4DT5H6M7.5S", "P1Y2M25DT5H6M7.5S"},
          {"P0.5Y", "P6M"},
          {"P0.5M", "P15DT5H14M33S"},
          {"P-1M-3D", "P-1M-3D"},
          {"-P1D", "P-1D"},
          {"PT-0.25S", "PT-0.25S"},
          {"PT70.1S", "PT1M10.1S"},
          {"PT90M", "PT1H30M"},
          {"P0.5MT0.5H", "P15DT5H44M33S"},
          {"P2012-02-02T14:37:21.545", "P2012Y2M2DT14H37M21.545S"},
          {"P20120202T143721", "P2012Y2M2DT14H37M21S"},
          {"PT0S", "PT0S"},
          {"P", ""},
          {"PT", ""},
          {"P1H", ""},
          {"P1D1Y", ""},
          {"1D", ""},
          {"PT9223372036854775808S", ""},
      },
      ParseDuration);
}

TEST(TemporalTest, CalendarsAgreeOverWholeEras) {
  for (std::int64_t days = -800'000; days < 800'000; days += 37) {
    const Date date{days};
    ASSERT_EQ(ToDate(ToCivil(date)), date);
    ASSERT_EQ(ToDate(ToWeek(date)), date);
    ASSERT_EQ(ToDate(ToOrdinal(date)), date);
    ASSERT_EQ(ToDate(ToQuarter(date)), date);
    ASSERT_EQ(ParseDate(ToString(date)), date);
  }
}

struct SumRow {
  std::string start, duration, sum;
};

TEST(TemporalTest, SumsGoFromTheLargestPartToTheSmallest) {
  const std::vector<SumRow> rows = {
      {"2024-01-31T00:00Z", "P1M", "2024-02-29T00:00Z"},
      {"2024-01-31T00:00Z", "P1M1D", "2024-03-01T00:00Z"},
      {"2024-03-31T00:00Z", "P-1M", "2024-02-29T00:00Z"},
      {"2024-01-01T00:00Z", "PT-0.000000001S", "2023-12-31T23:59:59.999999999Z"},
      // A day over the change of clocks has another number of hours.
      {"2024-03-30T12:00[Europe/Paris]", "P1D", "2024-03-31T12:00+02:00[Europe/Paris]"},
      {"2024-03-30T12:00[Europe/Paris]", "PT24H", "2024-03-31T13:00+02:00[Europe/Paris]"},
  };
  for (const SumRow& row : rows) {
    SCOPED_TRACE(row.start + " + " + row.duration);
    EXPECT_EQ(ToString(Plus(ParseDateTime(row.start), ParseDuration(row.duration))), row.sum);
  }
  EXPECT_THROW(Plus(ParseDate("+999999999-12-31"), Duration{0, 1, 0, 0}), Error);
  EXPECT_EQ(ToString(Plus(ParseLocalTime("23:00"), ParseDuration("P5DT2H"))), "01:00");
  EXPECT_EQ(ToString(Plus(ParseDate("2024-01-10"), ParseDuration("PT-47H"))), "2024-01-09");
}

TEST(TemporalTest, MultiplesOfDurations) {
  const Duration d = ParseDuration("P1Y1M3DT1H0.000000003S");
  EXPECT_EQ(ToString(Times(d, std::int64_t{-2})), "P-2Y-2M-6DT-2H-0.000000006S");
  EXPECT_EQ(ToString(DividedBy(d, std::int64_t{2})), "P6M16DT17H44M33.000000001S");
  EXPECT_EQ(ToString(Times(d, 0.5)), "P6M16DT17H44M33.000000001S");
  EXPECT_EQ(ToString(DividedBy(d, 0.5)), "P2Y2M6DT2H0.000000006S");
  EXPECT_EQ(ToString(Times(Duration{0, 0, 1LL << 40, 5}, std::int64_t{1} << 20)),
            ToString(Duration{0, 0, 1LL << 60, 5 << 20}));
  EXPECT_THROW(Times(d, std::int64_t{1} << 60), Error);
  EXPECT_THROW(DividedBy(d, 0.0), Error);
}

TEST(TemporalTest, TruncationOfNegativeYears) {
  EXPECT_EQ(ToString(Truncate(ParseDate("-0044-03-15"), TruncateUnit::kCentury)), "-0100-01-01");
  EXPECT_EQ(ToString(Truncate(ParseDate("2021-01-03"), TruncateUnit::kWeekYear)), "2019-12-30");
  EXPECT_EQ(ParseTruncateUnit("WEEKYEAR"), TruncateUnit::kWeekYear);
  EXPECT_THROW(ParseTruncateUnit("fortnight"), Error);
}

}  // namespace
}  // namespace verbale::graph
