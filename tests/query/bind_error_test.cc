// What parses and means nothing: detail, caret and hint.

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "graph/error.h"
#include "query/bind/bind.h"
#include "query/parse/parse.h"

namespace verbale::query {
namespace {

struct Row {
  std::string_view text;
  std::string_view marked;  ///< The bytes under the caret.
  std::string_view detail;
  std::string_view hint = {};
  std::string_view type = "SyntaxError";
};

void Check(const std::vector<Row>& rows) {
  ProcedureCatalog procedures;
  procedures.Add({"my.proc(name :: STRING?, id :: INTEGER?) :: (city :: STRING?, code :: INTEGER?)",
                  "",
                  false,
                  {}});
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.text));
    try {
      Bind(Parse(row.text), {&procedures, nullptr});
      if (!row.detail.empty()) ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.phase(), ErrorPhase::kCompileTime);
      EXPECT_EQ(error.type(), row.type);
      EXPECT_EQ(error.detail(), row.detail) << error.what();
      const TextPosition& at = error.position();
      EXPECT_EQ(row.text.substr(at.offset, at.length), row.marked) << error.what();
      EXPECT_EQ(error.hint(), row.hint) << error.what();
    }
  }
}

TEST(BindErrorTest, Variables) {
  Check({
      {"RETURN foo", "foo", "UndefinedVariable"},
      {"MATCH (person) RETURN persn.name", "persn", "UndefinedVariable", "did you mean person?"},
      {"MATCH (n) WITH n.x AS x RETURN n", "n", "UndefinedVariable"},
      {"MATCH (n) WHERE (n)-->(m) RETURN n", "m", "UndefinedVariable"},
      {"RETURN [x IN [1] | x] + x", "x", "UndefinedVariable"},
      {"CALL { RETURN n } RETURN 1", "n", "UndefinedVariable"},
      {"MATCH (n) CALL { RETURN n.x AS y } RETURN y", "n", "UndefinedVariable"},
      {"MATCH (n) CALL (m) { RETURN 1 AS y } RETURN y", "m", "UndefinedVariable"},
      {"UNWIND [1] AS x UNWIND [2] AS x RETURN x", "x", "VariableAlreadyBound"},
      {"MATCH p = (), p = () RETURN p", "p", "VariableAlreadyBound"},
      {"MATCH (a) CREATE (a:B)", "a", "VariableAlreadyBound"},
      {"MATCH (a) MERGE (a)", "a", "VariableAlreadyBound"},
      {"UNWIND [1] AS x CALL { RETURN 2 AS x } RETURN x", "RETURN 2 AS x", "VariableAlreadyBound"},
      {"MATCH (a)-[a]->() RETURN a", "a", "VariableTypeConflict"},
      {"WITH 1 AS n MATCH (n) RETURN n", "n", "VariableTypeConflict"},
      {"MATCH ()-[r]->()-[r]->() RETURN r", "r", "RelationshipUniquenessViolation"},
      {"MATCH (a) MATCH ((a)-->(b)){2} RETURN b", "a", "VariableAlreadyBound"},
      {"CREATE (a {x: b.x}), (b)", "b", "UndefinedVariable"},
      {"MERGE (a {x: 1})-[:R]->({y: a.x})", "a", "UndefinedVariable"},
      {"FOREACH (x IN [1] | CREATE (:A)) RETURN x", "x", "UndefinedVariable"},
      {"MATCH (n) RETURN * ORDER BY m", "m", "UndefinedVariable"},
  });
}

TEST(BindErrorTest, Projections) {
  Check({
      {"RETURN *", "RETURN *", "NoVariablesInScope"},
      {"RETURN 1 AS a, 2 AS a", "a", "ColumnNameConflict"},
      {"MATCH (n) WITH n.x RETURN 1", "n.x", "NoExpressionAlias"},
      {"RETURN 1 AS a UNION RETURN 1 AS b", "RETURN 1 AS b", "DifferentColumnsInUnion"},
      {"RETURN 1 AS a UNION RETURN 1 AS a, 2 AS b", "RETURN 1 AS a, 2 AS b",
       "DifferentColumnsInUnion"},
      {"RETURN 1 LIMIT -1", "-1", "NegativeIntegerArgument"},
      {"RETURN 1 SKIP 1.5", "1.5", "InvalidArgumentType"},
      {"MATCH (n) RETURN n LIMIT n.x", "n", "NonConstantExpression"},
      {"MATCH (n) RETURN n SKIP size([(n)-->() | 1])", "[(n)-->() | 1]", "NonConstantExpression"},
      {"MATCH (a) RETURN DISTINCT a.x ORDER BY a.y", "a", "UndefinedVariable"},
  });
}

TEST(BindErrorTest, Aggregation) {
  Check({
      {"MATCH (n) WHERE count(n) > 1 RETURN n", "count(n)", "InvalidAggregation"},
      {"UNWIND [count(1)] AS x RETURN x", "count(1)", "InvalidAggregation"},
      {"RETURN [x IN [1] | count(x)]", "count(x)", "InvalidAggregation"},
      {"MATCH (n) RETURN n ORDER BY count(n)", "count(n)", "InvalidAggregation"},
      {"MATCH (n) WITH n, count(*) AS c WHERE count(*) > 1 RETURN n", "count(*)",
       "InvalidAggregation"},
      {"MATCH (n) SET n.x = count(n)", "count(n)", "InvalidAggregation"},
      {"RETURN sum(count(*))", "count(*)", "NestedAggregation"},
      {"RETURN count(rand())", "rand()", "NonConstantExpression", "compute it in a WITH before"},
      {"MATCH (n) RETURN n.x + count(*)", "n", "AmbiguousAggregationExpression"},
      {"MATCH (n) RETURN n.x + 1, n.x + 1 + count(*)", "n", "AmbiguousAggregationExpression"},
      {"MATCH (n) RETURN n.x AS x, n.x + count(*)", "", ""},
      {"MATCH (n) RETURN n, n.x + count(*)", "", ""},
      {"MATCH (n) RETURN n.x AS x, count(*) ORDER BY n.x, count(*)", "", ""},
      {"MATCH (n) RETURN n.x, count(*) ORDER BY n.y", "n", "UndefinedVariable"},
  });
}

TEST(BindErrorTest, Types) {
  Check({
      {"RETURN NOT 1", "1", "InvalidArgumentType"},
      {"RETURN true AND 'x'", "'x'", "InvalidArgumentType"},
      {"MATCH (n) WHERE n RETURN n", "n", "InvalidArgumentType"},
      {"MATCH (n) RETURN type(n)", "n", "InvalidArgumentType"},
      {"MATCH p = () RETURN size(p)", "p", "InvalidArgumentType"},
      {"RETURN 1 IN 2", "2", "InvalidArgumentType"},
      {"RETURN any(x IN ['a'] WHERE x % 2 = 0)", "x", "InvalidArgumentType"},
      {"RETURN toUpper()", "toUpper()", "InvalidNumberOfArguments"},
      {"RETURN toUper('a')", "toUper", "UnknownFunction", "did you mean toUpper?"},
      {"RETURN 'a' - 1", "'a'", "InvalidArgumentType"},
      {"WITH 1 AS x RETURN x.y", "x.y", "InvalidArgumentType", "", "TypeError"},
      {"MATCH (n) DELETE n:A", "n:A", "InvalidDelete"},
      {"MATCH (n) RETURN exists(n.x + 1)", "n.x + 1", "InvalidArgumentExpression",
       "for any other value write IS NOT NULL"},
      {"DELETE 1 + 1", "1 + 1", "InvalidArgumentType"},
      {"WITH null AS n MATCH (n) RETURN n", "", ""},
      {"WITH null AS n RETURN n.x, NOT n", "", ""},
  });
}

TEST(BindErrorTest, Patterns) {
  Check({
      {"MATCH (n) RETURN (n)-->()", "(n)-->()", "UnexpectedSyntax",
       "for its matches write [pattern | value], for their number COUNT { pattern }"},
      {"MATCH (n $p) RETURN n", "$p", "InvalidParameterUse"},
      {"MERGE (n $p)", "$p", "InvalidParameterUse"},
      {"CREATE (a)-[:R*2]->(b)", "-[:R*2]->", "CreatingVarLength"},
      {"CREATE (a)-->(b)", "-->", "NoSingleRelationshipType"},
      {"CREATE (a)-[:R|S]->(b)", "-[:R|S]->", "NoSingleRelationshipType"},
      {"CREATE (a)-[:R]-(b)", "-[:R]-", "RequiresDirectedRelationship"},
      {"MERGE (a)-[:R]-(b)", "", ""},
      {"CREATE (a:A|B)", "A|B", "UnexpectedSyntax"},
      {"MATCH shortestPath((a)-->(b)-->(c)) RETURN a", "shortestPath((a)-->(b)-->(c))",
       "UnexpectedSyntax"},
      {"MATCH (n) WHERE EXISTS { MATCH (n) SET n.x = 1 } RETURN n", "SET n.x = 1",
       "InvalidClauseComposition"},
      {"RETURN COLLECT { RETURN 1 AS a, 2 AS b }", "COLLECT { RETURN 1 AS a, 2 AS b }",
       "UnexpectedSyntax"},
  });
}

TEST(BindErrorTest, UnderstoodAndNotOffered) {
  for (const std::string_view text :
       {"MATCH (x) ((a)-->(b)) (y) RETURN x", "MATCH (((a)-->(b)){2}){2} RETURN 1",
        "MATCH ((a)-[*2]->(b)){2} RETURN 1", "MATCH (p = (a)-->(b)){2} RETURN 1",
        "MATCH (p = (a)-->(b)) RETURN 1"}) {
    try {
      Bind(Parse(text));
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kUnsupported) << text << ": " << error.what();
    }
  }
  EXPECT_NO_THROW(Bind(Parse("MATCH (((a)-->(b))) RETURN a, b")));
}

TEST(BindErrorTest, Procedures) {
  Check({
      {"CALL my.prc('a', 1)", "my.prc", "ProcedureNotFound", "did you mean my.proc?",
       "ProcedureError"},
      {"CALL my.proc('a')", "my.proc", "InvalidNumberOfArguments"},
      {"CALL my.proc(1, 1)", "1", "InvalidArgumentType"},
      {"CALL my.proc YIELD city RETURN city", "my.proc", "InvalidArgumentPassingMode"},
      {"CALL my.proc('a', 1) YIELD * RETURN city", "my.proc", "UnexpectedSyntax"},
      {"CALL my.proc('a', 1) YIELD cty RETURN 1", "cty", "UndefinedVariable", "did you mean city?"},
      {"CALL my.proc('a', 1) YIELD city, code AS city RETURN 1", "city", "VariableAlreadyBound"},
      {"MATCH (n) CALL my.proc(count(n), 1) YIELD city RETURN city", "count(n)",
       "InvalidAggregation"},
      {"CALL my.proc", "", ""},
      {"CALL my.proc('a', null)", "", ""},
  });
}

TEST(BindErrorTest, InTransactions) {
  Check({
      {"UNWIND [1] AS i CALL (i) { CREATE () } IN TRANSACTIONS OF 5 ROWS", "", ""},
      {"CREATE (a) WITH a CALL (a) { CREATE () } IN TRANSACTIONS", "CREATE ()",
       "InvalidClauseComposition"},
      {"CALL { CALL { CREATE () } IN TRANSACTIONS }", "CREATE ()", "InvalidClauseComposition"},
      {"CALL { CREATE () } IN TRANSACTIONS RETURN 1 AS x UNION RETURN 2 AS x", "CREATE ()",
       "InvalidClauseComposition"},
      {"RETURN COUNT { CALL { RETURN 1 AS y } IN TRANSACTIONS RETURN y }", "RETURN 1 AS y",
       "InvalidClauseComposition"},
  });
}

}  // namespace
}  // namespace verbale::query
