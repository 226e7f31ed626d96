// Statements, clauses and patterns: text → tree → text → the same tree.

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

// The normal form of a statement; that it parses to the same tree is checked on the way.
std::string Normal(std::string_view text) {
  try {
    const Ast ast = Parse(text);
    const std::string printed = ToText(ast);
    EXPECT_EQ(TreeOf(Parse(printed)), TreeOf(ast)) << printed;
    return printed;
  } catch (const Error& error) {
    return std::string("! ") + error.what();
  }
}

struct Row {
  std::string_view text;
  std::string_view normal;
};

void Check(const std::vector<Row>& rows) {
  for (const Row& row : rows) EXPECT_EQ(Normal(row.text), row.normal) << row.text;
}

TEST(ParseStatementTest, Reading) {
  Check({
      {"match (n) return n", "MATCH (n) RETURN n"},
      {"MATCH (n) RETURN *, n.x AS x ORDER BY x DESC, n.y ASC SKIP 1 LIMIT 2;",
       "MATCH (n) RETURN *, n.x AS x ORDER BY x DESC, n.y SKIP 1 LIMIT 2"},
      {"OPTIONAL MATCH (a)-->(b), (c) RETURN DISTINCT a",
       "OPTIONAL MATCH (a)-[]->(b), (c) RETURN DISTINCT a"},
      {"UNWIND [1,2] AS x WITH x WHERE x > 1 RETURN x",
       "UNWIND [1, 2] AS x WITH x WHERE x > 1 RETURN x"},
      {"RETURN 1 AS a UNION RETURN 2 AS a", "RETURN 1 AS a UNION RETURN 2 AS a"},
      {"RETURN 1 AS a UNION ALL RETURN 2 AS a", "RETURN 1 AS a UNION ALL RETURN 2 AS a"},
      {"RETURN 1 OFFSET 2", "RETURN 1 SKIP 2"},
      {"CALL db.labels", "CALL db.labels"},
      {"CALL db.labels() YIELD label AS l WHERE l > 'A' RETURN l",
       "CALL db.labels() YIELD label AS l WHERE l > 'A' RETURN l"},
      {"CALL f(1, 'x') YIELD *", "CALL f(1, 'x') YIELD *"},
      {"CALL { MATCH (n) RETURN n } RETURN n", "CALL { MATCH (n) RETURN n } RETURN n"},
      {"UNWIND [1] AS x CALL (x) { CREATE (:A {x: x}) } IN TRANSACTIONS OF 10 ROWS RETURN x",
       "UNWIND [1] AS x CALL (x) { CREATE (:A {x: x}) } IN TRANSACTIONS OF 10 ROWS RETURN x"},
      {"MATCH (a) CALL (*) { RETURN 1 AS one } RETURN one",
       "MATCH (a) CALL (*) { RETURN 1 AS one } RETURN one"},
      {"LOAD CSV WITH HEADERS FROM 'a.csv' AS row FIELDTERMINATOR ';' RETURN row",
       "LOAD CSV WITH HEADERS FROM 'a.csv' AS row FIELDTERMINATOR ';' RETURN row"},
      {"EXPLAIN MATCH (n) RETURN n", "EXPLAIN MATCH (n) RETURN n"},
      {"profile RETURN 1", "PROFILE RETURN 1"},
      {"explain use graph.documents('A/1', $more) match (n) return n",
       "EXPLAIN USE graph.documents('A/1', $more) MATCH (n) RETURN n"},
      {"MATCH (n) // all\nRETURN /* of \n them */ n", "MATCH (n) RETURN n"},
  });
}

TEST(ParseStatementTest, Writing) {
  Check({
      {"CREATE (a:A {x: 1})-[:R]->(b), (c)", "CREATE (a:A {x: 1})-[:R]->(b), (c)"},
      {"CREATE (n $props)", "CREATE (n $props)"},
      {"MERGE (a:A) ON CREATE SET a.x = 1 ON MATCH SET a.y = 2, a:B",
       "MERGE (a:A) ON CREATE SET a.x = 1 ON MATCH SET a.y = 2, a:B"},
      {"MATCH (n) SET n += {x: 1}, n = $p, n.x = 2, n:A:B, n['k'] = 3",
       "MATCH (n) SET n += {x: 1}, n = $p, n.x = 2, n:A:B, n['k'] = 3"},
      {"MATCH (n) SET (n).x = 1", "MATCH (n) SET n.x = 1"},
      {"MATCH (n) REMOVE n.x, n:A", "MATCH (n) REMOVE n.x, n:A"},
      {"MATCH (n) DETACH DELETE n, n.x", "MATCH (n) DETACH DELETE n, n.x"},
      {"FOREACH (x IN [1] | CREATE (:A) SET x.y = 1)",
       "FOREACH (x IN [1] | CREATE (:A) SET x.y = 1)"},
  });
}

TEST(ParseStatementTest, Patterns) {
  Check({
      {"MATCH (a)<--(b)--(c)<-->(d) RETURN a", "MATCH (a)<-[]-(b)-[]-(c)-[]-(d) RETURN a"},
      {"MATCH (a)-[r:A|:B|C*2..3 {x: 1}]->(b) RETURN a",
       "MATCH (a)-[r:A|B|C*2..3 {x: 1}]->(b) RETURN a"},
      {"MATCH (a)-[*]-(b)-[*3]-(c)-[*..4]-(d)-[*0..]-(e) RETURN a",
       "MATCH (a)-[*1..]-(b)-[*3..3]-(c)-[*1..4]-(d)-[*0..]-(e) RETURN a"},
      {"MATCH (a:A&!B|% WHERE a.x > 1)-[r IS T WHERE r.y]->(b IS B) RETURN a",
       "MATCH (a:(A&!B)|% WHERE a.x > 1)-[r:T WHERE r.y]->(b:B) RETURN a"},
      {"MATCH p = ((a)-[r]->(b) WHERE a.x < b.x){1,3} RETURN p",
       "MATCH p = ((a)-[r]->(b) WHERE a.x < b.x){1,3} RETURN p"},
      {"MATCH (x) ((a)-->(b))+ (y)-[:R]->*(z) RETURN x",
       "MATCH (x)((a)-[]->(b)){1,}(y)-[:R]->{0,}(z) RETURN x"},
      {"MATCH (a)-->{2}(b)-->{,3}(c)-->{4,}(d) RETURN a",
       "MATCH (a)-[]->{2,2}(b)-[]->{0,3}(c)-[]->{4,}(d) RETURN a"},
      {"MATCH p = SHORTEST 2 (a)-->+(b) RETURN p", "MATCH p = SHORTEST 2 (a)-[]->{1,}(b) RETURN p"},
      {"MATCH p = ANY SHORTEST (a)-->+(b) RETURN p",
       "MATCH p = SHORTEST 1 (a)-[]->{1,}(b) RETURN p"},
      {"MATCH ALL SHORTEST PATHS (a)-->+(b) RETURN a",
       "MATCH ALL SHORTEST (a)-[]->{1,}(b) RETURN a"},
      {"MATCH SHORTEST 3 PATH GROUPS (a)-->+(b) RETURN a",
       "MATCH SHORTEST 3 GROUPS (a)-[]->{1,}(b) RETURN a"},
      {"MATCH ANY (a)-->(b) RETURN a", "MATCH ANY 1 (a)-[]->(b) RETURN a"},
      {"MATCH p = shortestPath((a)-[:R*..5]-(b)) RETURN p",
       "MATCH p = shortestPath((a)-[:R*1..5]-(b)) RETURN p"},
      {"MATCH allShortestPaths((a)-[*]->(b)) RETURN a",
       "MATCH allShortestPaths((a)-[*1..]->(b)) RETURN a"},
      {"MATCH (`match`:Match {return: 1}) RETURN `match`.return",
       "MATCH (`match`:`Match` {`return`: 1}) RETURN `match`.`return`"},
  });
}

TEST(ParseStatementTest, SchemaAndShow) {
  Check({
      {"CREATE INDEX FOR (n:A) ON (n.x, n.y)", "CREATE INDEX FOR (n:A) ON (n.x, n.y)"},
      {"CREATE RANGE INDEX i IF NOT EXISTS FOR ()-[r:T]-() ON (r.x)",
       "CREATE INDEX i IF NOT EXISTS FOR ()-[r:T]-() ON (r.x)"},
      {"CREATE INDEX ON :A(x)", "CREATE INDEX FOR (n:A) ON (n.x)"},
      {"DROP INDEX i IF EXISTS", "DROP INDEX i IF EXISTS"},
      {"CREATE CONSTRAINT c FOR (n:A) REQUIRE n.x IS UNIQUE",
       "CREATE CONSTRAINT c FOR (n:A) REQUIRE (n.x) IS UNIQUE"},
      {"CREATE CONSTRAINT FOR (n:A) REQUIRE (n.x, n.y) IS UNIQUE",
       "CREATE CONSTRAINT FOR (n:A) REQUIRE (n.x, n.y) IS UNIQUE"},
      {"CREATE CONSTRAINT FOR ()-[r:T]->() REQUIRE r.x IS NOT NULL",
       "CREATE CONSTRAINT FOR ()-[r:T]-() REQUIRE (r.x) IS NOT NULL"},
      {"CREATE CONSTRAINT FOR (n:A) REQUIRE n.x IS :: string",
       "CREATE CONSTRAINT FOR (n:A) REQUIRE (n.x) IS :: STRING"},
      {"DROP CONSTRAINT c", "DROP CONSTRAINT c"},
      {"CREATE index = (a)-[:R]->(b)", "CREATE index = (a)-[:R]->(b)"},
      {"SHOW INDEXES", "SHOW INDEXES"},
      {"show constraint", "SHOW CONSTRAINTS"},
      {"SHOW PROCEDURES YIELD name, description AS d ORDER BY name LIMIT 3 WHERE name > 'a' "
       "RETURN d",
       "SHOW PROCEDURES YIELD name, description AS d ORDER BY name LIMIT 3 WHERE name > 'a' "
       "RETURN d"},
      {"SHOW FUNCTIONS YIELD *", "SHOW FUNCTIONS YIELD *"},
      {"SHOW DATABASES", "SHOW DATABASES"},
  });
}

TEST(ParseStatementTest, SpansAreThoseOfTheText) {
  const std::string text = "MATCH (n) RETURN  n.name + 'x'  AS y";
  const Ast ast = Parse(text);
  const auto& clauses = std::get<Query>(ast.statement).branches.front().clauses;
  const auto& projection = std::get<ProjectionClause>(clauses[1].node);
  const auto at = [&](ByteSpan span) { return text.substr(span.begin, span.size()); };
  EXPECT_EQ(at(projection.items.front().span), "n.name + 'x'");
  EXPECT_EQ(at(clauses[0].span), "MATCH (n)");
  const auto& sum = std::get<BinaryExpr>(projection.items.front().value->node);
  EXPECT_EQ(at(sum.left->span), "n.name");
  EXPECT_EQ(at(sum.right->span), "'x'");
}

}  // namespace
}  // namespace verbale::query
