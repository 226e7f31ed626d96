// No argument may crash a function or an operator, or give another result the second time: only a
// value or an Error that tells the caller what was wrong.

#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "graph/error.h"
#include "graph/graph.h"
#include "query/functions/operators.h"
#include "query/functions/registry.h"
#include "query/query.h"

namespace verbale::query {
namespace {

using graph::List;
using graph::Value;

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();

List NastyValues() {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const graph::Date first = graph::ParseDate("-999999999-01-01");
  const graph::Date last = graph::ParseDate("+999999999-12-31");
  const graph::NodeRef node{graph::NodeNo{0}, graph::NodeId{1}};
  const graph::RelRef rel{graph::RelNo{0}, graph::RelId{1}};
  Value deep(List{});
  for (int i = 0; i < 900; ++i) deep = Value(List{deep});
  List values = {
      Value(),
      Value(true),
      Value(0),
      Value(-1),
      Value(3),
      Value(kMax),
      Value(kMin),
      Value(0.0),
      Value(-0.5),
      Value(1e300),
      Value(5e-324),
      Value(kInfinity),
      Value(std::numeric_limits<double>::quiet_NaN()),
      Value(""),
      Value("a"),
      Value("\xC3\xA9\xF0\x9F\x98\x80"),
      Value("\xFF\xC3"),
      Value("hour"),
      Value("P1Y-1.5D"),
      Value("2024-02-29T12:00[Europe/Paris]"),
      Value("+999999999-12-31T23:59:59.999999999-18:00"),
      Value("(((("),
      Value(std::string(5000, 'x')),
      Value(List{}),
      Value(List{Value(1), Value("b"), Value()}),
      deep,
      Value::OfMap({}),
      Value::OfMap({{"year", Value(kMax)}, {"month", Value(kMin)}}),
      Value::OfMap({{"year", Value(2024)}, {"week", Value(53)}, {"dayOfWeek", Value(7)}}),
      Value::OfMap({{"hour", Value(23)}, {"minute", Value(59)}, {"timezone", Value("Z")}}),
      Value::OfMap({{"epochSeconds", Value(kMax)}}),
      Value::OfMap({{"epochMillis", Value(kMin)}}),
      Value::OfMap({{"months", Value(1e18)}, {"seconds", Value(-1e18)}}),
      Value::OfMap({{"date", Value(first)}, {"quarter", Value(4)}, {"dayOfQuarter", Value(92)}}),
      Value(first),
      Value(last),
      Value(graph::LocalTime{0}),
      Value(graph::Time{graph::kNanosPerDay - 1, -18 * 3600}),
      Value(graph::Join(last, {graph::kNanosPerDay - 1})),
      Value(graph::InZone(graph::Join(first, {0}), {"", 18 * 3600})),
      Value(graph::InZone(graph::Join(last, {0}), {"Europe/Paris", 0})),
      Value(graph::Duration{kMax, kMax, kMax, 999'999'999}),
      Value(graph::Duration{kMin, kMin, kMin, 0}),
      Value(node),
      Value(rel),
      Value(graph::Path{{node}, {}, {}}),
  };
  return values;
}

// What a call gives, as text.
template <typename Call>
std::string Outcome(Call call, const graph::View& view) {
  try {
    return ToCypher(call(), &view);
  } catch (const Error& error) {
    EXPECT_NE(error.code(), ErrorCode::kInternal) << error.what();
    return std::string("! ") + error.what();
  }
}

class RobustTest : public testing::Test {
 protected:
  RobustTest() {
    const auto transaction = graph_->Begin();
    const auto node = transaction->CreateNode({});
    transaction->CreateRel(node, transaction->Type("T"), node);
    transaction->Commit();
    view_ = graph_->Read();
    context_.view = view_.get();
    context_.random = &random_;
  }

  std::unique_ptr<graph::Graph> graph_ = graph::Graph::InMemory();
  std::shared_ptr<const graph::View> view_;
  Random random_{7};
  FunctionContext context_;
  List values_ = NastyValues();
};

TEST_F(RobustTest, Functions) {
  constexpr std::size_t kCallsPerFunction = 400;
  for (const Function* function : AllFunctions()) {
    const std::size_t most = std::min<std::size_t>(function->max_args, 4);
    for (std::size_t i = 0; i < kCallsPerFunction; ++i) {
      List args(function->min_args + random_.Next() % (most - function->min_args + 1));
      for (Value& arg : args) arg = values_[random_.Next() % values_.size()];
      SCOPED_TRACE(std::string(function->name));
      const auto call = [&] { return function->call(args, context_); };
      const std::string outcome = Outcome(call, *view_);
      if (function->deterministic) {
        EXPECT_EQ(Outcome(call, *view_), outcome);
      }
    }
  }
}

TEST_F(RobustTest, OperatorsOnAllPairs) {
  using ops::Add, ops::And, ops::Contains, ops::Divide, ops::Equal, ops::GreaterEqual, ops::In;
  Value (*const kOperators[])(const Value&, const Value&) = {
      Add,          ops::Subtract,   ops::Multiply, Divide,    ops::Modulo,
      ops::Power,   Equal,           ops::NotEqual, ops::Less, ops::LessEqual,
      ops::Greater, GreaterEqual,    And,           ops::Or,   ops::Xor,
      In,           ops::StartsWith, ops::EndsWith, Contains,  ops::RegexMatch};
  for (const Value& a : values_) {
    for (const Value& b : values_) {
      for (const auto op : kOperators) Outcome([&] { return op(a, b); }, *view_);
      Outcome([&] { return ops::Index(a, b, context_); }, *view_);
      Outcome([&] { return ops::Slice(a, &b, &a); }, *view_);
      EXPECT_EQ(TotalOrder(a, b) == 0, Equivalent(b, a));
      EXPECT_EQ(TotalOrder(a, b), 0 <=> TotalOrder(b, a));
      EXPECT_TRUE(!Equivalent(a, b) || Hash(a) == Hash(b));
    }
  }
}

TEST_F(RobustTest, AggregatesOfAnything) {
  for (const AggregateFunction& function : AllAggregates()) {
    for (const bool distinct : {false, true}) {
      for (std::size_t i = 0; i < 200; ++i) {
        const auto run = [&] {
          const auto aggregate = NewAggregate(function, distinct);
          const List percentile = {Value(0.25), Value(1), Value(-2), Value("x")};
          for (std::size_t n = 0; n < 3; ++n) {
            List args = {values_[random_.Next() % values_.size()]};
            if (function.max_args == 2) args.push_back(percentile[i % percentile.size()]);
            aggregate->Add(args);
          }
          return aggregate->Finish();
        };
        Outcome(run, *view_);
      }
    }
  }
}

}  // namespace
}  // namespace verbale::query
