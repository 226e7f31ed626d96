// Expressions: text → tree, and printing and parsing again gives the same tree.

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "graph/error.h"
#include "query/parse/parse.h"
#include "query/parse/print.h"
#include "tests/query/ast_tree.h"

namespace verbale::query {
namespace {

struct Row {
  std::string_view text;
  std::string_view tree;
};

void Check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.text));
    try {
      const ExprPtr expr = ParseExpression(row.text);
      EXPECT_EQ(TreeOf(*expr), row.tree);
      const std::string printed = ToText(*expr);
      EXPECT_EQ(TreeOf(*ParseExpression(printed)), row.tree) << printed;
    } catch (const Error& error) {
      ADD_FAILURE() << error.what();
    }
  }
}

TEST(ParseExpressionTest, Literals) {
  Check({
      {"1", "1"},
      {"-1", "-1"},
      {"- 1", "-1"},
      {"-(1)", "(neg 1)"},
      {"- -1", "(neg -1)"},
      {"+1", "(pos 1)"},
      {"9223372036854775807", "9223372036854775807"},
      {"-9223372036854775808", "-9223372036854775808"},
      {"0x1F", "31"},
      {"-0xff", "-255"},
      {"0o17", "15"},
      {"-0x8000000000000000", "-9223372036854775808"},
      {"1.5", "1.5f"},
      {".5e-3", "0.0005f"},
      {"1e3", "1000f"},
      {"1e-400", "0f"},
      {"null", "null"},
      {"TRUE", "true"},
      {"faLSE", "false"},
      {"'a\\'b\\n\\u00e9'", "'a'b\n\xC3\xA9'"},
      {"\"it's\"", "'it's'"},
      {"'\\uD83D\\uDE00'", "'\xF0\x9F\x98\x80'"},
      {"'\\U0001F600'", "'\xF0\x9F\x98\x80'"},
      {"$p", "$p"},
      {"$`a b`", "$a b"},
      {"$1", "$1"},
      {"[]", "(list)"},
      {"[1, [2], 'x']", "(list 1 (list 2) 'x')"},
      {"{}", "(map)"},
      {"{a: 1, `b c`: {d: null}}", "(map (a 1) (b c (map (d null))))"},
      {"{match: 1}", "(map (match 1))"},
  });
}

TEST(ParseExpressionTest, Precedence) {
  Check({
      {"1 + 2 * 3", "(+ 1 (* 2 3))"},
      {"(1 + 2) * 3", "(* (+ 1 2) 3)"},
      {"1 - 2 - 3", "(- (- 1 2) 3)"},
      {"1 - (2 - 3)", "(- 1 (- 2 3))"},
      {"2 ^ 3 ^ 4", "(^ (^ 2 3) 4)"},
      {"-2 ^ 3", "(^ -2 3)"},
      {"-a ^ 3", "(^ (neg a) 3)"},
      {"-a.b", "(neg (. a b))"},
      {"a OR b AND c", "(OR a (AND b c))"},
      {"a OR b OR c", "(OR a b c)"},
      {"(a OR b) OR c", "(OR (OR a b) c)"},
      {"a AND b AND c", "(AND a b c)"},
      {"a XOR b OR c", "(OR (XOR a b) c)"},
      {"a XOR b AND c", "(XOR a (AND b c))"},
      {"NOT a AND b", "(AND (NOT a) b)"},
      {"NOT a = b", "(NOT (= a b))"},
      {"NOT NOT a", "(NOT (NOT a))"},
      {"a < b <= c", "(<<= a b c)"},
      {"(a < b) < c", "(< (< a b) c)"},
      {"a = b + 1", "(= a (+ b 1))"},
      {"a IN [1] = b", "(= (IN a (list 1)) b)"},
      {"a IN b + c", "(IN a (+ b c))"},
      {"a IS NULL = b", "(= (null? a) b)"},
      {"a + b IS NOT NULL", "(some? (+ a b))"},
      {"a STARTS WITH b AND c ENDS WITH d", "(AND (STARTS a b) (ENDS c d))"},
      {"a CONTAINS 'x' + 'y'", "(CONTAINS a (+ 'x' 'y'))"},
      {"a =~ 'x.*'", "(=~ a 'x.*')"},
      {"'a' || 'b' || c", "(|| (|| 'a' 'b') c)"},
      {"a % b / c", "(/ (% a b) c)"},
      {"a<-1", "(< a -1)"},
      {"a>-1", "(> a -1)"},
      {"a=-1", "(= a -1)"},
      {"a-1", "(- a 1)"},
      {"1-1", "(- 1 1)"},
  });
}

TEST(ParseExpressionTest, WhatFollowsItsOperand) {
  Check({
      {"a.b.c", "(. (. a b) c)"},
      {"a.type", "(. a type)"},
      {"a[0]", "([] a 0)"},
      {"a[1..2]", "([..] a 1 2)"},
      {"a[..2]", "([..] a _ 2)"},
      {"a[1..]", "([..] a 1 _)"},
      {"a[..]", "([..] a _ _)"},
      {"a.b[0].c", "(. ([] (. a b) 0) c)"},
      {"[1, 2][0]", "([] (list 1 2) 0)"},
      {"{a: 1}.a", "(. (map (a 1)) a)"},
      {"n:A", "(: n A)"},
      {"n:A:B", "(: n (& A B))"},
      {"n:A&!B|C", "(: n (| (& A (! B)) C))"},
      {"n:(A|B)&C", "(: n (& (| A B) C))"},
      {"n:%", "(: n (%))"},
      {"n IS A", "(: n A)"},
      {"(n:A):B", "(: (: n A) B)"},
      {"NOT n:A", "(NOT (: n A))"},
      {"x IS :: INTEGER", "(:: x INTEGER)"},
      {"x IS NOT :: list<string not null>", "(not:: x LIST<STRING NOT NULL>)"},
      {"x IS TYPED ZONED DATETIME", "(:: x ZONED DATETIME)"},
  });
}

TEST(ParseExpressionTest, Calls) {
  Check({
      {"f()", "(f)"},
      {"toUpper(a)", "(toUpper a)"},
      {"duration.between(a, b)", "(duration.between a b)"},
      {"count(*)", "(count *)"},
      {"count ( * )", "(count *)"},
      {"count(DISTINCT a.b)", "(count DISTINCT (. a b))"},
      {"exists(n.p)", "(exists (. n p))"},
      {"left('abc', 2)", "(left 'abc' 2)"},
      {"`my fn`(1)", "(my fn 1)"},
  });
}

TEST(ParseExpressionTest, Forms) {
  Check({
      {"CASE WHEN a THEN 1 END", "(case _ (a 1) _)"},
      {"CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' ELSE 'z' END", "(case a (1 'x') (2 'y') 'z')"},
      {"CASE a WHEN 1, 2 THEN 'x' END", "(case a (1 2 'x') _)"},
      {"CASE a WHEN > 1, IS NULL THEN 'x' END", "(case a ((> subject 1) (null? subject) 'x') _)"},
      {"[x IN xs]", "(for x xs _ _)"},
      {"[x IN xs WHERE x > 1 | x * 2]", "(for x xs (> x 1) (* x 2))"},
      {"[x IN xs WHERE x:A | x]", "(for x xs (: x A) x)"},
      {"[x IN xs WHERE x:(A|B) | x]", "(for x xs (: x (| A B)) x)"},
      {"[(x IN xs)]", "(list (IN x xs))"},
      {"[1 IN xs]", "(list (IN 1 xs))"},
      {"[x IN xs WHERE [y IN x WHERE y:A | y] = [] | 1]",
       "(for x xs (= (for y x (: y A) y) (list)) 1)"},
      {"all(x IN xs WHERE x)", "(all x xs x)"},
      {"ANY(x IN xs WHERE x = 1)", "(any x xs (= x 1))"},
      {"none(x IN xs)", "(none x xs _)"},
      {"single(x IN xs WHERE x)", "(single x xs x)"},
      {"any((x IN xs))", "(any (IN x xs))"},
      {"reduce(s = 0, x IN xs | s + x)", "(reduce s 0 x xs (+ s x))"},
      {"n {.a, .*, b, c: 1}", "(project n (0 a _) (1  _) (2 b _) (3 c 1))"},
      {"n {}", "(project n)"},
      {"all", "all"},
      {"count", "count"},
      {"`count` {.a}", "(project count (0 a _))"},
  });
}

TEST(ParseExpressionTest, PatternsAndQueriesInside) {
  Check({
      {"(a)-->(b)", "(path _ 0 1 (node a _ _ _) (-> _ _ _ _ _ _) (node b _ _ _))"},
      {"(a)--(b)", "(path _ 0 1 (node a _ _ _) (-- _ _ _ _ _ _) (node b _ _ _))"},
      {"(a) - (b)", "(- a b)"},
      {"(a) < (b)", "(< a b)"},
      {"(a)<-[:T]-({x: 1})",
       "(path _ 0 1 (node a _ _ _) (<- _ T _ _ _ _) (node _ _ (map (x 1)) _))"},
      {"[(a)-->(b) WHERE b:A | b.x]",
       "(forpath (path _ 0 1 (node a _ _ _) (-> _ _ _ _ _ _) (node b _ _ _)) (: b A) (. b x))"},
      {"[p = (a)-->() | p]",
       "(forpath (path p 0 1 (node a _ _ _) (-> _ _ _ _ _ _) (node _ _ _ _)) _ p)"},
      {"shortestPath((a)-[*]->(b))",
       "(path _ 5 1 (node a _ _ _) (-> _ _ 1.. _ _ _) (node b _ _ _))"},
      {"EXISTS { (a)-->(b) }",
       "(EXISTS (query (MATCH (path _ 0 1 (node a _ _ _) (-> _ _ _ _ _ _) (node b _ _ _)) _)))"},
      {"COUNT { MATCH (a) RETURN a }",
       "(COUNT (query (MATCH (path _ 0 1 (node a _ _ _)) _) (RETURN (a _) order _ _ _)))"},
      {"COLLECT { UNWIND [1] AS x RETURN x }",
       "(COLLECT (query (UNWIND (list 1) x) (RETURN (x _) order _ _ _)))"},
  });
}

TEST(ParseExpressionTest, PrinterWritesTheShortestForm) {
  const std::vector<std::pair<std::string_view, std::string_view>> rows = {
      {"((a))", "a"},
      {"(a+b)*c", "(a + b) * c"},
      {"a+(b*c)", "a + b * c"},
      {"not(a and b)", "NOT (a AND b)"},
      {"`plain`", "plain"},
      {"`two words`.`match`", "`two words`.`match`"},
      {"`row`.`index`", "row.index"},
      {"'it\\'s'", "'it\\'s'"},
      {"1.0", "1.0"},
      {"n is  not   null", "n IS NOT NULL"},
  };
  for (const auto& [text, printed] : rows) EXPECT_EQ(ToText(*ParseExpression(text)), printed);
}

}  // namespace
}  // namespace verbale::query
