#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "graph/error.h"
#include "graph/value_text.h"
#include "query/functions/operators.h"
#include "query/functions/registry.h"
#include "query/functions/text.h"
#include "query/query.h"

namespace verbale::query {
namespace {

using graph::FloatText;
using graph::List;
using graph::Value;

// 2024-07-01T12:00:00Z.
FunctionContext Context() {
  static Random random(1);
  FunctionContext context;
  context.statement_time = {1'719'835'200, 0, 0, ""};
  context.transaction_time = context.statement_time;
  context.random = &random;
  return context;
}

Value Call(std::string_view name, List args) {
  const Function* function = FindFunction(name);
  if (!function) throw Error(ErrorCode::kNotFound, "no function " + std::string(name));
  EXPECT_GE(args.size(), function->min_args);
  EXPECT_LE(args.size(), function->max_args);
  return function->call(args, Context());
}

Value Map(graph::Map entries) { return Value::OfMap(std::move(entries)); }

struct CallRow {
  std::string_view name;
  List args;
  std::string_view shown;  ///< As ToCypher writes it, or "! detail of the error".
};

void CheckCalls(const std::vector<CallRow>& rows) {
  for (const CallRow& row : rows) {
    SCOPED_TRACE(std::string(row.name) + " of " + ToCypher(Value(row.args), nullptr));
    try {
      EXPECT_EQ(ToCypher(Call(row.name, row.args), nullptr), row.shown);
    } catch (const Error& error) {
      EXPECT_EQ("! " + error.detail(), row.shown) << error.what();
    }
  }
}

const Value kNull;

TEST(FunctionsTest, NamesIgnoreCaseAndAreSorted) {
  EXPECT_EQ(FindFunction("TOUPPER"), FindFunction("toUpper"));
  EXPECT_EQ(FindFunction("toupperx"), nullptr);
  EXPECT_NE(FindFunction("datetime.fromepochmillis"), nullptr);
  EXPECT_EQ(FindAggregate("STDEVP")->name, "stDevP");
  EXPECT_EQ(FindAggregate("size"), nullptr);
  for (const Function* function : AllFunctions()) {
    EXPECT_NE(function->call, nullptr) << function->name;
    EXPECT_FALSE(function->description.empty()) << function->name;
    EXPECT_FALSE(function->category.empty()) << function->name;
  }
}

TEST(FunctionsTest, Strings) {
  CheckCalls({
      {"toUpper", {Value("straße")}, "'STRASSE'"},
      {"toLower", {Value("ÀB")}, "'àb'"},
      {"left", {Value("héllo"), Value(2)}, "'hé'"},
      {"left", {Value("hé"), Value(5)}, "'hé'"},
      {"left", {Value("hé"), Value(-1)}, "! NegativeIntegerArgument"},
      {"right", {Value("héllo"), Value(4)}, "'éllo'"},
      {"right", {Value("hé"), Value(5)}, "'hé'"},
      {"substring", {Value("héllo"), Value(1), Value(2)}, "'él'"},
      {"substring", {Value("héllo"), Value(9)}, "''"},
      {"substring", {kNull, Value(9)}, "null"},
      {"replace", {Value("aXbXc"), Value("X"), Value("--")}, "'a--b--c'"},
      {"replace", {Value("aXbXc"), Value("X"), Value("-"), Value(1)}, "'a-bXc'"},
      {"replace", {Value("abc"), Value(""), Value("-")}, "'-a-b-c-'"},
      {"split", {Value("a,b,,c"), Value(",")}, "['a', 'b', '', 'c']"},
      {"split", {Value("a,b;c"), Value(List{Value(","), Value(";")})}, "['a', 'b', 'c']"},
      {"split", {Value("aéc"), Value("")}, "['a', 'é', 'c']"},
      {"split", {Value(""), Value(",")}, "['']"},
      {"trim", {Value(" \tx y\n")}, "'x y'"},
      {"ltrim", {Value(" x ")}, "'x '"},
      {"rtrim", {Value(" x ")}, "' x'"},
      {"btrim", {Value("xxhixy"), Value("xy")}, "'hi'"},
      {"reverse", {Value("hé")}, "'éh'"},
      {"reverse", {Value(List{Value(1), Value(2)})}, "[2, 1]"},
      {"size", {Value("hé")}, "2"},
      {"size", {Value(List{kNull})}, "1"},
      {"normalize", {Value("e\xCC\x81")}, "'é'"},
      {"toUpper", {Value(1)}, "! InvalidArgumentType"},
  });
}

TEST(FunctionsTest, Numbers) {
  CheckCalls({
      {"abs", {Value(-3)}, "3"},
      {"abs", {Value(std::numeric_limits<std::int64_t>::min())}, "! IntegerOverflow"},
      {"ceil", {Value(1.2)}, "2.0"},
      {"round", {Value(2.5)}, "3.0"},
      {"round", {Value(-2.5)}, "-2.0"},
      {"round", {Value(0.49999999999999994)}, "0.0"},
      {"round", {Value(1.005), Value(2)}, "1.01"},
      {"round", {Value(-1.55), Value(1)}, "-1.6"},
      {"round", {Value(9.99), Value(1)}, "10.0"},
      {"round", {Value(2.5), Value(0), Value("HALF_EVEN")}, "2.0"},
      {"round", {Value(-1.21), Value(1), Value("CEILING")}, "-1.2"},
      {"round", {Value(-1.21), Value(1), Value("up")}, "-1.3"},
      {"sign", {Value(-0.5)}, "-1"},
      {"sqrt", {Value(2.25)}, "1.5"},
      {"toInteger", {Value("2.9")}, "2"},
      {"toInteger", {Value(" 42 ")}, "42"},
      {"toInteger", {Value("9223372036854775807")}, "9223372036854775807"},
      {"toInteger", {Value(1e300)}, "! NumberOutOfRange"},
      {"toInteger", {Value(List{})}, "! InvalidArgumentValue"},
      {"toIntegerOrNull", {Value(List{})}, "null"},
      {"toIntegerList", {Value(List{Value("1"), Value(List{}), kNull})}, "[1, null, null]"},
      {"toFloat", {Value("1e3")}, "1000.0"},
      {"toFloat", {Value("+.5")}, "0.5"},
      {"toFloat", {Value("-Infinity")}, "-Infinity"},
      {"toFloat", {Value("inf")}, "null"},
      {"toFloat", {Value("0x10")}, "null"},
      {"toFloat", {Value(true)}, "! InvalidArgumentValue"},
      {"toBoolean", {Value("TRUE")}, "true"},
      {"toBoolean", {Value("yes")}, "null"},
      {"toBoolean", {Value(1.0)}, "! InvalidArgumentValue"},
      {"toString", {Value(1e21)}, "'1.0E21'"},
      {"toString", {Value(graph::Date{0})}, "'1970-01-01'"},
      {"range", {Value(1), Value(9), Value(4)}, "[1, 5, 9]"},
      {"range",
       {Value(std::numeric_limits<std::int64_t>::max() - 1),
        Value(std::numeric_limits<std::int64_t>::max())},
       "[9223372036854775806, 9223372036854775807]"},
      {"range", {Value(1), Value(9.0)}, "! InvalidArgumentType"},
      {"range", {Value(1), Value(9), Value(0)}, "! NumberOutOfRange"},
      {"valueType",
       {Value(List{Value(1), Value(2), Value("a")})},
       "'LIST<INTEGER NOT NULL | STRING NOT NULL> NOT NULL'"},
      {"coalesce", {kNull, Value(2), Value(3)}, "2"},
      {"nullIf", {Value(1), Value(1.0)}, "null"},
  });
}

TEST(FunctionsTest, Temporals) {
  CheckCalls({
      {"date", {}, "date('2024-07-01')"},
      {"time", {Map({{"timezone", Value("Asia/Tokyo")}})}, "time('21:00+09:00')"},
      {"localtime.statement", {Value("America/New_York")}, "localtime('08:00')"},
      {"date", {Map({{"year", Value(2021)}, {"week", Value(53)}})}, "! "},
      {"date", {Map({{"year", Value(2021)}, {"day", Value(3)}})}, "! InvalidArgument"},
      {"date",
       {Map({{"year", Value(2021)}, {"month", Value(1)}, {"week", Value(1)}})},
       "! InvalidArgument"},
      {"date", {Map({{"yaer", Value(2021)}})}, "! InvalidArgument"},
      {"localtime", {Map({{"hour", Value(1)}, {"second", Value(2)}})}, "! InvalidArgument"},
      {"localtime",
       {Map({{"hour", Value(1)},
             {"minute", Value(2)},
             {"second", Value(3)},
             {"millisecond", Value(4)},
             {"nanosecond", Value(5)}})},
       "localtime('01:02:03.004000005')"},
      {"datetime",
       {Map({{"epochMillis", Value(-1)}, {"timezone", Value("+01:00")}})},
       "datetime('1970-01-01T00:59:59.999+01:00')"},
      {"time",
       {Value(graph::ParseDateTime("2024-07-01T12:00[Europe/Paris]"))},
       "time('12:00+02:00')"},
      {"datetime",
       {Map({{"time", Value(graph::ParseDateTime("2024-07-01T12:00[Europe/Paris]"))},
             {"year", Value(2024)},
             {"month", Value(1)},
             {"day", Value(1)}})},
       "datetime('2024-01-01T12:00+01:00[Europe/Paris]')"},
      {"duration", {Map({{"days", Value(0.5)}, {"seconds", Value(INT64_MAX)}})}, "! "},
      {"duration",
       {Map({{"months", Value(0.75)}, {"days", Value(0.5)}})},
       "duration('P23DT7H51M49.5S')"},
      {"duration.between",
       {Value(graph::ParseDate("2024-01-31")), Value(graph::ParseDate("2024-03-01"))},
       "duration('P1M1D')"},
      {"datetime.truncate",
       {Value("hour"), Value(graph::ParseDateTime("2024-07-01T12:34:56[Europe/Paris]"))},
       "datetime('2024-07-01T12:00+02:00[Europe/Paris]')"},
      {"date.truncate",
       {Value("hour"), Value(graph::ParseDate("2024-01-31"))},
       "! InvalidArgument"},
  });
  const Value t(graph::ParseDateTime("2024-12-30T01:02:03.004005006-03:30"));
  const auto component = [&](std::string_view key) {
    return ToCypher(ops::Property(t, key, Context()), nullptr);
  };
  EXPECT_EQ(component("weekYear"), "2025");
  EXPECT_EQ(component("dayOfQuarter"), "91");
  EXPECT_EQ(component("microsecond"), "4005");
  EXPECT_EQ(component("offset"), "'-03:30'");
  EXPECT_EQ(component("offsetMinutes"), "-210");
  EXPECT_EQ(component("epochMillis"), "1735533123004");
  EXPECT_THROW(component("fortnight"), Error);
}

struct OperatorRow {
  Value (*op)(const Value&, const Value&);
  Value a, b;
  std::string_view shown;
};

TEST(OperatorsTest, Table) {
  const Value max(std::numeric_limits<std::int64_t>::max());
  const Value min(std::numeric_limits<std::int64_t>::min());
  const std::vector<OperatorRow> rows = {
      {ops::Add, Value(1), Value(2.5), "3.5"},
      {ops::Add, max, Value(1), "! IntegerOverflow"},
      {ops::Add, Value("a"), Value(1), "'a1'"},
      {ops::Add, Value(List{Value(1)}), Value(2), "[1, 2]"},
      {ops::Add, Value(1), Value(List{Value(2)}), "[1, 2]"},
      {ops::Add, Value(List{Value(1)}), kNull, "null"},
      {ops::Add, Value(true), Value(1), "! InvalidArgumentType"},
      {ops::Divide, Value(-7), Value(2), "-3"},
      {ops::Divide, Value(1), Value(0), "! DivisionByZero"},
      {ops::Divide, Value(1.0), Value(0), "Infinity"},
      {ops::Divide, min, Value(-1), "! IntegerOverflow"},
      {ops::Modulo, Value(-7), Value(2), "-1"},
      {ops::Modulo, min, Value(-1), "0"},
      {ops::Power, Value(2), Value(10), "1024.0"},
      {ops::And, Value(false), kNull, "false"},
      {ops::And, Value(true), kNull, "null"},
      {ops::Or, Value(true), kNull, "true"},
      {ops::Xor, Value(true), kNull, "null"},
      {ops::And, Value(1), Value(true), "! InvalidArgumentType"},
      {ops::Less, Value(1), Value("a"), "null"},
      {ops::Less, Value(std::nan("")), Value(1), "false"},
      {ops::In, Value(1), Value(List{kNull, Value(1)}), "true"},
      {ops::In, Value(1), Value(List{kNull}), "null"},
      {ops::In, kNull, Value(List{}), "false"},
      {ops::StartsWith, Value("abc"), Value("ab"), "true"},
      {ops::Contains, Value(1), Value("a"), "null"},
      {ops::RegexMatch, Value("Norway"), Value("(?i)nor.*"), "true"},
      {ops::RegexMatch, Value("Norway"), Value("way"), "false"},
      {ops::RegexMatch, Value("Norway"), Value("("), "! InvalidRegularExpression"},
      {ops::Multiply, Value(graph::Duration{1, 0, 0, 0}), Value(2), "duration('P2M')"},
      {ops::Subtract, Value(graph::Date{0}), Value(graph::Duration{0, 1, 0, 0}),
       "date('1969-12-31')"},
      {ops::Subtract, Value(graph::Duration{0, 1, 0, 0}), Value(graph::Date{0}),
       "! InvalidArgumentType"},
  };
  for (const OperatorRow& row : rows) {
    SCOPED_TRACE(ToCypher(row.a, nullptr) + " and " + ToCypher(row.b, nullptr));
    try {
      EXPECT_EQ(ToCypher(row.op(row.a, row.b), nullptr), row.shown);
    } catch (const Error& error) {
      EXPECT_EQ("! " + error.detail(), row.shown) << error.what();
    }
  }
}

Value Aggregated(std::string_view name, const std::vector<List>& rows, bool distinct = false) {
  const auto aggregate = NewAggregate(*FindAggregate(name), distinct);
  for (const List& row : rows) aggregate->Add(row);
  return aggregate->Finish();
}

Value AggregatedInParts(std::string_view name, const std::vector<List>& rows, std::size_t split) {
  const DividedAggregate divided = Divided(*FindAggregate(name));
  List parts[2];
  for (const AggregateFunction* function : {divided.part, divided.other_part}) {
    if (function == nullptr) continue;
    const auto first = NewAggregate(*function, false);
    const auto second = NewAggregate(*function, false);
    for (std::size_t i = 0; i < rows.size(); ++i) (i < split ? first : second)->Add(rows[i]);
    parts[0].push_back(first->Finish());
    parts[1].push_back(second->Finish());
  }
  const auto whole = NewAggregate(*divided.whole, false);
  for (const List& part : parts) whole->Add(part);
  return whole->Finish();
}

TEST(AggregatesTest, DoNotDependOnHowRowsAreDivided) {
  std::vector<List> rows;
  for (int i = 0; i < 100; ++i) rows.push_back({Value(0.1 * (i % 7) + 1e15 * (i % 3 - 1))});
  rows.push_back({kNull});
  rows.push_back({Value(7)});
  const std::vector<List> wide = {{Value(INT64_MAX)}, {Value(INT64_MAX)}, {Value(INT64_MIN)},
                                  {Value(INT64_MIN)}, {Value(3)},         {Value(-1)}};
  const std::vector<List> durations = {
      {kNull}, {kNull}, {Value(graph::Duration{1, 0, 0, 0})}, {Value(graph::Duration{0, 1, 0, 0})}};
  const std::vector<List> boundless = {{Value(1.5)}, {Value(HUGE_VAL)}, {Value(2)}};
  for (const std::string_view name : {"sum", "avg", "min", "max", "count"}) {
    for (const auto& some : {rows, wide, durations, boundless, std::vector<List>()}) {
      const std::string whole = ToCypher(Aggregated(name, some), nullptr);
      for (std::size_t split = 0; split <= some.size(); ++split) {
        EXPECT_EQ(ToCypher(AggregatedInParts(name, some, split), nullptr), whole)
            << name << " " << split;
      }
    }
  }
  for (const std::string_view name : {"stDev", "collect"}) {
    EXPECT_EQ(Divided(*FindAggregate(name)).whole, nullptr) << name;
  }
}

TEST(AggregatesTest, Values) {
  const auto of = [](std::string_view name, const std::vector<List>& rows, bool distinct = false) {
    return ToCypher(Aggregated(name, rows, distinct), nullptr);
  };
  EXPECT_EQ(of("sum", {}), "0");
  EXPECT_EQ(of("sum", std::vector<List>(10, {Value(0.1)})), "1.0");
  EXPECT_EQ(of("sum", {{Value(INT64_MAX)}, {Value(1)}, {Value(-1)}}), "9223372036854775807");
  EXPECT_THROW(of("sum", {{Value(INT64_MAX)}, {Value(1)}}), Error);
  EXPECT_THROW(of("sum", {{Value(1)}, {Value(graph::Duration{})}}), Error);
  EXPECT_EQ(of("avg", {}), "null");
  EXPECT_EQ(of("avg", {{Value(1)}, {Value(2)}}), "1.5");
  EXPECT_EQ(of("max", {{Value(1)}, {Value("a")}, {Value(List{Value(1)})}, {kNull}}), "1");
  EXPECT_EQ(of("min", {{Value(1)}, {Value("a")}, {Value(List{Value(1)})}, {kNull}}), "[1]");
  EXPECT_EQ(of("collect", {{Value(1)}, {kNull}, {Value(1)}}), "[1, 1]");
  EXPECT_EQ(of("count", {{Value(1)}, {kNull}, {Value(1)}}, true), "1");
  EXPECT_EQ(of("count", {{}, {}}), "2");
  EXPECT_EQ(of("stDev", {{Value(1)}, {Value(3)}}), FloatText(std::sqrt(2.0)));
  const std::vector<List> thirds = {
      {Value(10.0), Value(0.5)}, {Value(20.0), Value(0.5)}, {Value(30.0), Value(0.5)}};
  EXPECT_EQ(of("percentileDisc", thirds), "20.0");
  EXPECT_EQ(of("percentileCont", thirds), "20.0");
  EXPECT_THROW(of("percentileCont", {{Value(1), Value(1.5)}}), Error);
}

TEST(TextTest, FloatsAndQuotes) {
  EXPECT_EQ(FloatText(1.0), "1.0");
  EXPECT_EQ(FloatText(-0.0), "-0.0");
  EXPECT_EQ(FloatText(1e7), "1.0E7");
  EXPECT_EQ(FloatText(1.5e-4), "1.5E-4");
  EXPECT_EQ(FloatText(0.001), "0.001");
  EXPECT_EQ(FloatText(9999999.5), "9999999.5");
  EXPECT_EQ(ToCypher(Value("it's\n"), nullptr), "'it\\'s\\n'");
  EXPECT_EQ(ToCypher(Map({{"a b", Value(1)}, {"c", Value("x")}}), nullptr), "{`a b`: 1, c: 'x'}");
  EXPECT_EQ(ToJson(Map({{"a\"", Value(1.0)}, {"c", Value(std::nan(""))}}), nullptr),
            R"({"a\"":1.0,"c":"NaN"})");
}

}  // namespace
}  // namespace verbale::query
