#include "graph/value.h"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "graph/error.h"

namespace verbale::graph {
namespace {

constexpr std::int64_t kTwoTo53 = 9007199254740992;
const double kNan = std::numeric_limits<double>::quiet_NaN();
const double kInfinity = std::numeric_limits<double>::infinity();

Value ListOf(std::initializer_list<Value> values) { return Value(List(values)); }
Value MapOf(Map map) { return Value::OfMap(std::move(map)); }

TEST(ValueTest, IntegersAndFloatsCompareWithoutRounding) {
  EXPECT_EQ(Equals(Value(1), Value(1.0)), true);
  EXPECT_EQ(Equals(Value(kTwoTo53 + 1), Value(static_cast<double>(kTwoTo53))), false);
  EXPECT_EQ(Compare(Value(kTwoTo53 + 1), Value(static_cast<double>(kTwoTo53))),
            std::partial_ordering::greater);
  EXPECT_EQ(Compare(Value(std::numeric_limits<std::int64_t>::max()), Value(9223372036854775808.0)),
            std::partial_ordering::less);
  EXPECT_EQ(Equals(Value(std::numeric_limits<std::int64_t>::min()), Value(-9223372036854775808.0)),
            true);
  EXPECT_EQ(Compare(Value(-1), Value(-1.5)), std::partial_ordering::greater);
  EXPECT_EQ(Compare(Value(5), Value(-kInfinity)), std::partial_ordering::greater);
}

TEST(ValueTest, NanEqualsNothingYetIsEquivalentToItself) {
  EXPECT_EQ(Equals(Value(kNan), Value(kNan)), false);
  EXPECT_EQ(Equals(Value(kNan), Value(1)), false);
  EXPECT_EQ(Compare(Value(kNan), Value(1)), std::partial_ordering::unordered);
  EXPECT_EQ(Compare(Value(kNan), Value("a")), std::nullopt);
  EXPECT_TRUE(Equivalent(Value(kNan), Value(-kNan)));
  EXPECT_EQ(Hash(Value(kNan)), Hash(Value(-kNan)));
}

TEST(ValueTest, NullIsUnknownAlsoInside) {
  EXPECT_EQ(Equals(Value(), Value()), std::nullopt);
  EXPECT_EQ(Equals(ListOf({Value(1), Value()}), ListOf({Value(1), Value(2)})), std::nullopt);
  EXPECT_EQ(Equals(ListOf({Value(1), Value()}), ListOf({Value(2), Value(2)})), false);
  EXPECT_EQ(Equals(ListOf({Value()}), ListOf({})), false);
  EXPECT_EQ(Equals(MapOf({{"k", Value()}}), MapOf({{"k", Value()}})), std::nullopt);
  EXPECT_EQ(Equals(MapOf({{"k", Value()}}), MapOf({{"l", Value()}})), false);
  EXPECT_TRUE(Equivalent(ListOf({Value(1), Value()}), ListOf({Value(1.0), Value()})));
}

TEST(ValueTest, ListsCompareElementByElement) {
  EXPECT_EQ(Compare(ListOf({Value(1), Value(0)}), ListOf({Value(1)})),
            std::partial_ordering::greater);
  EXPECT_EQ(Compare(ListOf({Value(1), Value()}), ListOf({Value(1)})),
            std::partial_ordering::greater);
  EXPECT_EQ(Compare(ListOf({Value(1), Value(2)}), ListOf({Value(1), Value()})), std::nullopt);
  EXPECT_EQ(Compare(ListOf({Value(1), Value(2)}), ListOf({Value(3), Value()})),
            std::partial_ordering::less);
}

TEST(ValueTest, DurationsAreOnlyKnownToBeEqual) {
  const Value month(Duration{1, 0, 0, 0});
  const Value days(Duration{0, 30, 0, 0});
  EXPECT_EQ(Compare(month, days), std::nullopt);
  EXPECT_EQ(Compare(month, month), std::partial_ordering::equivalent);
  EXPECT_EQ(TotalOrder(month, days), std::strong_ordering::greater);
}

TEST(ValueTest, SameInstantInAnotherZoneIsAnotherValue) {
  const Value west(Time{11LL * 3600 * 1'000'000'000, -3600});
  const Value utc(Time{12LL * 3600 * 1'000'000'000, 0});
  EXPECT_EQ(Equals(west, utc), false);
  EXPECT_EQ(Compare(west, utc), std::partial_ordering::less);
}

// One value of each place in the order of ORDER BY, ascending.
TEST(ValueTest, TotalOrderAcrossTypes) {
  const NodeRef node{NodeNo{0}, NodeId{7}};
  const RelRef rel{RelNo{0}, RelId{7}};
  const std::vector<Value> ascending = {
      MapOf({}),
      MapOf({{"a", Value(1)}}),
      MapOf({{"a", Value(2)}}),
      Value(node),
      Value(rel),
      ListOf({}),
      ListOf({Value("a")}),
      ListOf({Value("a"), Value(1)}),
      ListOf({Value(1)}),
      ListOf({Value()}),
      Value(Path{{node}, {}, {}}),
      Value(Path{{node, node}, {rel}, {true}}),
      Value(DateTime{0, 0, 0, ""}),
      Value(LocalDateTime{0, 0}),
      Value(Date{0}),
      Value(Time{0, 0}),
      Value(LocalTime{0}),
      Value(Duration{0, 0, 1, 0}),
      Value("a"),
      Value("a string longer than what fits inline"),
      Value(false),
      Value(true),
      Value(-kInfinity),
      Value(1),
      Value(1.5),
      Value(kInfinity),
      Value(kNan),
      Value(),
  };
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      EXPECT_EQ(TotalOrder(ascending[i], ascending[j]), i <=> j) << i << " and " << j;
      EXPECT_EQ(Equivalent(ascending[i], ascending[j]), i == j);
      EXPECT_EQ(Hash(ascending[i]) == Hash(ascending[j]), i == j) << i << " and " << j;
    }
  }
}

TEST(ValueTest, EquivalentValuesHashAlike) {
  EXPECT_EQ(Hash(Value(1)), Hash(Value(1.0)));
  EXPECT_EQ(Hash(Value(0.0)), Hash(Value(-0.0)));
  EXPECT_EQ(Hash(ListOf({Value(2)})), Hash(ListOf({Value(2.0)})));
  // Kept graphs do not depend on it, but equal runs on two machines must agree.
  EXPECT_EQ(Hash(Value("abc")), 3816114960571578706u);
}

TEST(ValueTest, NestingIsBounded) {
  Value deep(List{});
  for (std::uint32_t i = 1; i < Value::kMaxNesting; ++i) deep = Value(List{deep});
  EXPECT_TRUE(Equivalent(deep, deep));
  try {
    Value beyond(List{deep});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kLimitExceeded);
  }
}

}  // namespace
}  // namespace verbale::graph
