// A graph large enough for scans in parts: the rows are the same with one thread and with several,
// and without the optimizer.

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "graph/graph.h"
#include "query/query.h"

namespace verbale::query {
namespace {

class PartsTest : public testing::TestWithParam<const char*> {
 protected:
  static void SetUpTestSuite() {
    graph_ = graph::Graph::InMemory();
    const auto session = Session::Open(*graph_);
    session->Run("CREATE CONSTRAINT node_id FOR (n:N) REQUIRE n.id IS UNIQUE");
    session->Run(
        "UNWIND range(0, 39999) AS i "
        "CREATE (:N {id: i, even: i % 2 = 0, part: 'p' + toString(i % 13), x: i / 3.0})");
    session->Run("UNWIND range(0, 4999) AS i CREATE (:M {id: i, part: 'q' + toString(i % 3)})");
    session->Run(
        "UNWIND range(0, 39999) AS i MATCH (a:N {id: i}), (b:N {id: (i * 7 + 1) % 40000}), "
        "(c:N {id: (i * 49 + 8) % 40000}), (m:M {id: i % 5000}) "
        "CREATE (a)-[:T {w: i % 101}]->(b), (a)-[:T {w: i % 7}]->(c), (a)-[:U]->(m)");
  }
  static void TearDownTestSuite() { graph_.reset(); }

  static std::vector<std::string> Rows(const Options& options) {
    const auto session = Session::Open(*graph_, options);
    const auto result = session->Run(GetParam());
    std::vector<std::string> rows;
    while (const auto row = result->Next()) {
      std::string line;
      for (const graph::Value& value : *row) line += ToCypher(value, &result->view()) + " | ";
      rows.push_back(line);
    }
    return rows;
  }

  static inline std::unique_ptr<graph::Graph> graph_;
};

TEST_P(PartsTest, ThreadsDoNotShow) {
  Options one;
  one.threads = 1;
  Options two;
  two.threads = 2;
  const std::vector<std::string> rows = Rows(one);
  EXPECT_FALSE(rows.empty());
  EXPECT_EQ(Rows(two), rows);
}

TEST_P(PartsTest, OptimizerDoesNotShow) {
  Options plain;
  plain.optimize = false;
  std::vector<std::string> expected = Rows(plain);
  std::vector<std::string> rows = Rows({});
  std::sort(expected.begin(), expected.end());
  std::sort(rows.begin(), rows.end());
  EXPECT_EQ(rows, expected);
}

INSTANTIATE_TEST_SUITE_P(
    Queries, PartsTest,
    testing::Values(
        "MATCH (n:N) WHERE n.id >= 777 AND n.id < 30777 RETURN count(*), min(n.id), max(n.id)",
        "MATCH (n) RETURN n.part, count(*), sum(n.id), count(n.even)",
        "MATCH (n:N) RETURN n.even, sum(n.x), min(n.x)",
        "MATCH (n:N) WITH n.part AS part, CASE WHEN n.id < 9 THEN duration({days: n.id}) END AS d "
        "RETURN part, sum(d)",
        "MATCH (n:N) RETURN sum(CASE WHEN n.id < 9 THEN duration({days: n.id}) END)",
        "MATCH (n:N) RETURN sum(CASE WHEN n.id < 20000 THEN 9000000000000000000 "
        "ELSE -9000000000000000000 END)",
        "MATCH (n:N) RETURN n.part, avg(n.x), count(DISTINCT n.even)",
        "MATCH (n:N) WHERE n.id < 0 RETURN count(*), sum(n.id), max(n.id)",
        "MATCH (n:N) RETURN n.id, n.part ORDER BY n.part DESC, n.id LIMIT 7",
        "MATCH (:N)-[t:T]->(:N) WHERE t.w > 90 RETURN count(*)",
        "MATCH (:M)-[t:T]->(:N) RETURN count(*)",
        "MATCH (a:N)<-[t:T]-(b) RETURN a.part, b.part, count(*), sum(t.w)",
        "MATCH (a)-[:T|U]->(b:M) RETURN b.part, count(*)",
        "MATCH (a:N)-[:T]->(b:N) RETURN b.id, count(*) AS n ORDER BY n DESC, b.id LIMIT 9",
        "MATCH (a:N)-[:T]->(b:N) RETURN a.id, count(*) AS n ORDER BY n DESC, a.id LIMIT 9",
        "MATCH (a:N)-[:T]->(b:N)-[:T]->(c:N) RETURN count(*)",
        "MATCH (a:N)-[:T]->(b:N)<-[:T]-(c:N) RETURN count(*)",
        "MATCH (a:N)-[:T]->(b:N)-[:T]->(c:N), (a)-[:T]->(c) RETURN count(*)",
        "MATCH (a:N)-[:T]->(b:N)-[:T]->(c:N), (a)-[:T]->(c) RETURN a.part, count(*)",
        "MATCH (m1:M)<-[:U]-(a:N)-[:T]->(b:N)-[:U]->(m2:M) WHERE m1.id < m2.id RETURN count(*)",
        "MATCH (m:M)<-[:U]-(a:N)-[:T]->(b:N) WHERE m.id < b.id AND b.id < 500 "
        "RETURN m.id, b.id, count(*) AS n ORDER BY n DESC, m.id, b.id LIMIT 20",
        "MATCH (n:N) WHERE NOT (n)-[:T]->(:M) RETURN count(*)",
        "MATCH (n) WHERE n.id < 100 OPTIONAL MATCH (n)-[:U]->(m:M) RETURN count(*), count(m)",
        "MATCH (n:N) WHERE NOT (n)-[:U]->(:M {part: 'q1'}) RETURN n.part, count(*)",
        "MATCH (n:N) WHERE EXISTS { MATCH (n)-[:U]->(m:M) WHERE m.part <> 'q1' } RETURN count(*)",
        "MATCH (n:N) WHERE n.even OPTIONAL MATCH (n)-[:U]->(m:M) WHERE m.id < 2000 "
        "RETURN count(*), count(m)",
        "MATCH (m:M) WHERE NOT (m)<-[:U]-(:N {part: 'p3'}) RETURN count(*)",
        "MATCH (n:N) WHERE NOT EXISTS { (n)<-[:T]-(:N {part: 'p5'}) } RETURN count(*), max(n.id)",
        "MATCH (m:M) WHERE EXISTS { (m)<-[:U]-(:N {even: true}) } RETURN count(*), min(m.id)",
        "MATCH (n:N)-[:U]->(m:M) WHERE n.even AND m.id > n.id RETURN count(DISTINCT m.id)",
        "MATCH (n:N)-[:U]->(m:M) WHERE n.id > 300 RETURN collect(DISTINCT m.part), max(m.id)",
        "MATCH (n:N)-[:U]->(m:M) WHERE n.part IN ['p1', 'p2'] RETURN count(DISTINCT m.id)",
        "MATCH (n:N)-[:U]->(m:M) WHERE n.even RETURN count(DISTINCT m.part), max(m.id)",
        "MATCH (n:N)-[:U]->(m:M) RETURN count(DISTINCT n), count(DISTINCT n.part)",
        "MATCH (n:N)-[t:T]->(m:N) WHERE t.w > 90 RETURN count(DISTINCT m.id), max(m.part)",
        "MATCH (n:N)-[t:T]-(m:N) WHERE t.w > 90 AND m.even RETURN count(DISTINCT n.id)",
        "MATCH (n:N)-[:T]->(m:N) WHERE n.part = 'p4' RETURN count(DISTINCT m.x)",
        "MATCH (n:N)-[:T]->(m:N) WHERE n.part = 'p4' WITH DISTINCT m RETURN count(*), max(m.id)",
        "MATCH (n:N)-[:T|U]->(m) WITH DISTINCT m RETURN count(*), sum(m.id)",
        "MATCH ()-[t]->(m) WHERE t.w > 90 RETURN type(t), count(*), count(DISTINCT t)",
        "MATCH (n:N)-[:U]->(m:M) RETURN m.part AS p, count(DISTINCT n.id) AS a, "
        "count(DISTINCT n.part) AS b, min(n.part) AS c, size(collect(DISTINCT n.part)) AS d",
        "MATCH (n:N)-[:U]->(m:M) RETURN m.id AS id, count(DISTINCT n) AS a ORDER BY a, id LIMIT 9",
        "MATCH (n:N) WHERE n.id < 30000 RETURN n.id AS id, n.part AS part, n.x AS x "
        "ORDER BY part DESC, id LIMIT 7",
        "MATCH (n:N) WHERE n.id < 30000 RETURN n.id AS id, n.part AS part, n.x AS x "
        "ORDER BY part DESC, id SKIP 4990 LIMIT 7",
        "MATCH (n:N) WHERE NOT (n.id >= 777 AND n.id < 30777) OR n.part ENDS WITH '3' "
        "RETURN count(*), min(n.id)",
        "MATCH (a:N)-[:T]->(b:N) WHERE a.part < b.part RETURN count(*), min(a.part)",
        "MATCH (a:N)-[:U]->(b:M) WHERE a.part <> b.part RETURN count(*), max(b.part)",
        "MATCH (a:N)-[:T]->(b:N) WHERE a.part <> b.part RETURN a.part, count(*)",
        "MATCH (a:N {id: 5})-[:T]->(m)<-[:T]-(b:N {id: 36}) RETURN m.id",
        "MATCH (b:N {id: 36})<-[t:T]-(a:N {id: 5}) RETURN t.w",
        "MATCH (n:N) WHERE n.id = 5 OR 36 = n.id OR n.id = null RETURN n.part",
        "MATCH (n:N) WHERE NOT EXISTS { MATCH (n)-[t:T]->(:N) WHERE t.w > 90 } RETURN count(*)",
        "MATCH (n:N) WHERE EXISTS { MATCH (n)<-[t:T]-(m:N) WHERE t.w > 2 AND t.w < 9 AND m.even } "
        "RETURN count(*), max(n.id)",
        "MATCH (n:N) RETURN sum(COUNT { MATCH (n)-[t:T|U]->(m) WHERE t.w > 4 AND m.id < 9000 })",
        "MATCH (n) WHERE n.id < 6000 OPTIONAL MATCH (n)-[t:T]->(m:N) WHERE t.w > 50 "
        "RETURN count(*), count(m)",
        "MATCH (:N)-[t:T]->(n:N) WHERE t.w > 5 RETURN n.id, count(*) AS c ORDER BY c DESC, n.id "
        "LIMIT 9",
        "MATCH (a:N)-[t:T]->(n:N) WHERE a.even AND t.w > 5 RETURN n, count(*) AS c "
        "ORDER BY c DESC, n.id LIMIT 9",
        "MATCH (m:M) WHERE EXISTS { (m)<-[:U]-(n:N) WHERE 1 / (n.id + 1) = 0 } RETURN count(*)",
        "MATCH (n:N) RETURN n.part AS part, n.id AS id ORDER BY part, id LIMIT 200",
        "MATCH (n:N) WITH n, 'k' + toString(n.id * 7919 % 40000) AS k "
        "RETURN k, n.id AS id ORDER BY k DESC LIMIT 25",
        "MATCH (n) RETURN min(n.part), max(n.part), collect(DISTINCT n.even), min(n.even)",
        "MATCH (n) RETURN n.even AS even, n.part AS part, n.id AS id "
        "ORDER BY even DESC, part, id DESC LIMIT 90",
        "MATCH (n:N) RETURN n.x AS x, n.id AS id ORDER BY n.id % 7, x DESC LIMIT 40",
        "MATCH (n) RETURN n.even AS even, n.id AS id ORDER BY even, id SKIP 19990 LIMIT 30",
        "MATCH (:N)-[t:T]->(:N) WHERE t.w < 90 AND t.w <> 3 RETURN min(t.w), max(t.w), avg(t.w)",
        "MATCH (n) WHERE n.id < 30000 RETURN count(n.even), sum(n.id), min(n.part), max(n.x)",
        "MATCH (n) RETURN avg(n.id), sum(n.x), count(*), max(n.nothing), count(n.nothing)",
        "MATCH (n:N) RETURN n.part, avg(n.id), min(n.id), max(n.id), sum(n.id)",
        "MATCH (n:N) RETURN (n.id - 20000) / 1000 AS k, count(*)",
        "MATCH (n:N) WHERE n.part = 'p1' OR NOT n.even OR n.nothing > 1 RETURN count(*), max(n.id)",
        "MATCH (n:N) WHERE NOT (n.part = 'p1' AND n.nothing > 1) RETURN count(*), min(n.id)",
        "MATCH (a:N)-[:T]->(b:N)-[:T]->(c:N) WHERE b.part = 'p3' RETURN count(*)",
        "MATCH (a:N)<-[:T]-(b:N)-[:T]->(c:N) WHERE b.part = 'p3' AND c.even RETURN count(*)",
        "MATCH (a:N)-[:T]->(b:N)-[:U]->(c:M) WHERE b.part = 'p3' RETURN c.id, count(*) AS n "
        "ORDER BY n DESC, c.id LIMIT 5",
        "MATCH (a:N)-[:T]->(b:N)-[:T]->(c:N) WHERE a <> c RETURN count(*)",
        "MATCH (a:N)-[:T]-(b:N)-[:T]-(c:N) WHERE NOT a = c AND b.even RETURN count(*)",
        "MATCH (a:N)-[:T]->(b:N)<-[:T]-(c:N) WHERE a <> c RETURN c.part, count(*)",
        "MATCH (a:N {part: 'p1'})-[:T]->(b)-[:T|U]->(c) WHERE c <> a RETURN a.id, count(*) AS n "
        "ORDER BY n DESC, a.id LIMIT 9",
        "MATCH (a:N)-[:T]->(b:N)-[:U]->(c:M) RETURN b.part, count(*)",
        "MATCH (a:N)-[:T]->(b:N)<-[:T]-(c:N) WHERE b.even RETURN b.id, count(*) AS n "
        "ORDER BY n DESC, b.id LIMIT 9",
        "MATCH (a:N)-[:T]->(b:N)<-[:T]-(c:N) WHERE a <> c RETURN b.part, count(*)",
        "MATCH (n) RETURN toUpper(n.part) AS p, count(*), max(n.id)",
        "MATCH (n) RETURN substring(n.part, 0, 1) AS p, size(n.part) AS s, count(DISTINCT n.even)",
        "MATCH (n:N) WHERE size(n.part) = 3 OR toUpper(n.part) ENDS WITH '4' RETURN count(*)",
        "MATCH (n:N)-[:T]->(m:N) RETURN CASE WHEN n.part < 'p3' THEN n.part WHEN n.part = 'p7' "
        "THEN 7 END AS k, count(DISTINCT toUpper(m.part)), count(*)",
        "MATCH (n) WITH n.part + 'x' AS part, n.id AS id RETURN part, id "
        "ORDER BY part DESC, id LIMIT 30",
        "MATCH (n) RETURN toString(n.even) AS even, collect(DISTINCT right(n.part, 1)), count(*)",
        "MATCH (a:N)-[s:T]->(b:N)-[t:T]->(c:N) WHERE s.w > 50 RETURN count(*)",
        "MATCH (a:N)-[s:T]->(b:N)-[t:T]->(c:N) WHERE t.w > 50 RETURN count(*)",
        "MATCH (a:N)-[s:T]->(b:N)-[t:T]->(c:N) WHERE s.w > 5 AND t.w < 5 AND b.even RETURN "
        "count(*)",
        "MATCH (a:N)<-[s:T]-(b:N)-[t:T]->(c:N) WHERE s.w > 5 AND t.w > 5 RETURN count(*)",
        "MATCH (a:N)-[s:T]-(b:N)-[t:T]-(c:N) WHERE s.w > 5 RETURN c.part, count(*)",
        "MATCH (a:N)-[s:T]->(b:N)<-[t:T]-(c:N) WHERE a <> c AND t.w > 50 RETURN c.part, count(*)",
        "MATCH (a:N)-[t:T]->(b:N) RETURN b.id, min(t.w), avg(t.w), count(DISTINCT a.part)",
        "MATCH (a)-[t:T]->(b) WHERE t.w > 50 RETURN b.part, b.id, max(t.w), count(*)",
        "MATCH (a:N)-[t:T]->(b:N) RETURN b.id, max(t.w), sum(t.w), count(t), avg(a.id)",
        "MATCH (a:N)-[t:T]->(b:N) WHERE a.part = b.part RETURN b.id, count(*), min(a.id)",
        "MATCH (a:N)-[t:T]->(b:N) WHERE a.even <> b.even AND t.w < 60 AND a.part > 'p3' "
        "RETURN a.id, count(*), max(b.id), count(DISTINCT b.part)",
        "MATCH (a:N)-[t:T]->(b:N) WHERE a.id < b.id AND b.id % 3 = 0 RETURN b.id, max(t.w)",
        "MATCH (a:N)-[t:T]->(b:N) WHERE t.w >= b.id AND b.even RETURN b.id, sum(t.w), avg(t.w)",
        "MATCH (a:N)-[t:T]-(b:N) WHERE a.part = 'p1' RETURN b.id, max(t.w), count(DISTINCT a.id)",
        "MATCH (a:N)-[t:T]->(b:N) RETURN b.id, count(DISTINCT a.id), count(DISTINCT t.w), "
        "min(a.part)",
        "MATCH (a:N)-[:T]->(b:N) RETURN b.id, count(DISTINCT a.id) AS n, count(a.x)",
        "MATCH (a:N)-[:U]->(b:M) RETURN a.id, a.part, max(b.id), count(DISTINCT b.part)",
        "MATCH (a:N)-[t:T|U]->(b) RETURN a.id, max(b.id), count(b.part), sum(t.w)",
        "MATCH (a)-[:T]->(b) WHERE a <> b RETURN b.id, count(*) AS n ORDER BY n, b.id LIMIT 9",
        "MATCH (n:N) WHERE NOT (n)-[:T]->(:N)-[:U]->(:M {part: 'q1'}) RETURN count(*), min(n.id)",
        "MATCH (n:N) WHERE EXISTS { MATCH (n)-[s:T]->(b:N)-[t:T]->(c) WHERE s.w > 50 AND b.even "
        "AND t.w < 3 AND c.part <> 'p3' } RETURN count(*), max(n.id)",
        "MATCH (n:N) WHERE EXISTS { (n)-[:T]->(:N)<-[:T]-(:N {part: 'p3'}) } RETURN count(*)",
        "MATCH (n:N)-[:T]->(:N)-[:U]->(m:M) WHERE m.part = 'q2' RETURN count(DISTINCT n.id)",
        "MATCH (a:N)-[s:T]->(b:N)-[t:T]->(c:N) WHERE s.w > 90 AND t.w > 90 AND b.even "
        "RETURN count(DISTINCT c), max(c.part)",
        "MATCH (a:N)-[:T]->(b:N)-[:T]->(c:N) WITH DISTINCT c RETURN count(*), sum(c.id)",
        "MATCH (:N)-[t:T]-(:N) WHERE t.w > 90 RETURN count(*), count(t), min(t.w)",
        "MATCH (a)-[t:T]-(b:N) RETURN t.w, count(a), count(DISTINCT t)",
        "MATCH (a)-[t:T|U]-(b:N) RETURN type(t), count(*)",
        "MATCH (a:N)-[:T]->(b:N) WHERE a.part = 'p1' RETURN a.part, b.part, count(*)",
        "MATCH (a:N)-[:T]->(b:N)-[:U]->(c:M) WHERE 'p1' = b.part RETURN c.part, b.part, count(*)",
        "MATCH (n:N) WHERE n.part = 'p5' RETURN n.part, max(n.id)",
        "MATCH (n:N) WHERE n.even OPTIONAL MATCH (n)-[:U]->(m:M) WHERE m.part = 'q1' "
        "RETURN count(DISTINCT n), count(m), count(*)",
        "MATCH (n:N) WHERE n.even OPTIONAL MATCH (n)-[:U]->(m:M) RETURN count(*), "
        "count(DISTINCT m)",
        "MATCH (n) WHERE n.part =~ 'p1.*' OR n.part =~ '.*3' OR n.part =~ 'q1' RETURN count(*)",
        "MATCH (n) WHERE n.part =~ '.*1.*' AND NOT n.part =~ 'p.' RETURN n.part, count(*)",
        "MATCH (n:N) RETURN DISTINCT n.part, n.even",
        "MATCH (n) WITH DISTINCT n.id % 7 AS k, n.x / 100 > 50 AS large RETURN k, large",
        "MATCH (n:N) WHERE n.id % 3 = 1 RETURN n.part, collect(n.id)[..50], count(n.id)",
        "MATCH (n:N) RETURN n.part, avg(n.x), sum(n.x), count(n.x), collect(DISTINCT n.even)",
        "MATCH (a:N)-[:T]->(b:N)-[:U]->(c:M) WHERE b.part IN ['p1', 'p2'] RETURN count(*)",
        "MATCH (a)-[t:T]->(b) WHERE t.w = 99 RETURN b.id, count(*), min(a.id)",
        "MATCH (a)-[t:T]->(b) WHERE t.w = 99 RETURN b, collect(a.id)",
        "MATCH (n:N) WHERE n.id % 37 = 0 RETURN CASE WHEN n.id < 20000 THEN n.id * 1000 ELSE "
        "n.id % 50 END AS k, collect(n.id)",
        "MATCH (n:N) WHERE n.id % 3 = 1 WITH n ORDER BY n.part DESC, n.even "
        "RETURN collect(n.id)[..99]",
        "MATCH (n:N) WITH n ORDER BY CASE WHEN n.id % 5 > 0 THEN n.id % 100 END DESC "
        "RETURN collect(n.id)[..9000][8900..]",
        "MATCH (m:M)<-[:U]-(a:N)-[:T]->(b:N) RETURN m.id, b.part, count(*), min(b.id)",
        "MATCH (m:M)<-[:U]-(a:N)-[:T]->(b:N) RETURN m.id, b.id, count(*)",
        "MATCH (m:M)<-[:U]-(a:N) RETURN m.id, count(*), count(a)",
        "MATCH (n:N) RETURN n.id AS id, n.part AS part ORDER BY id DESC LIMIT 20",
        "MATCH (n:N) RETURN n.id / 1000 AS k, n.id AS id ORDER BY k DESC, id LIMIT 15",
        "MATCH (n) RETURN -n.id AS k, n.even AS even ORDER BY k, even LIMIT 9",
        "MATCH (a:N)-[s:T]->(b:N)-[t:T]->(c:N) WHERE a.even AND t.w > 95 AND c.part = 'p1' "
        "RETURN count(*)",
        "MATCH (a:N)-[s:T]->(b:N)-[t:T]->(c:N) WHERE t.w > 95 RETURN c.id, count(*) AS n "
        "ORDER BY n DESC, c.id LIMIT 20",
        "MATCH (a)-[:T]->(b:N)-[:T]->(c:N) WHERE b.id % 3 = 1 RETURN b.part, b.even, count(*)",
        "MATCH (a:N {id: 5})-[r:T*1..4]->(c) WHERE all(t IN r WHERE t.w > 5) "
        "RETURN count(DISTINCT c), min(c.id)"));

TEST(Plans, AreMadeAnewWhenWhatTheyRelyOnIsNoLongerTrue) {
  const auto graph = graph::Graph::InMemory();
  const auto session = Session::Open(*graph);
  session->Run("CREATE CONSTRAINT node_id FOR (n:N) REQUIRE n.id IS UNIQUE");
  session->Run("CREATE (:N {id: 1})-[:T]->(:N {id: 2})");
  const auto count = [&](Statement& statement) {
    const auto result = statement.Execute({});
    std::int64_t rows = 0;
    while (result->Next()) ++rows;
    return rows;
  };
  const auto apart = session->Prepare("MATCH (a)-[:T]->(b) WHERE a <> b RETURN a");
  const auto ends = session->Prepare("MATCH ()-[:T]->(b) RETURN b.id, count(*)");
  EXPECT_EQ(count(*apart), 1);
  EXPECT_EQ(count(*ends), 1);
  session->Run("MATCH (n:N {id: 2}) CREATE (n)-[:T]->(n)");
  EXPECT_EQ(count(*apart), 1);
  session->Run("MATCH (n:N {id: 1}) CREATE (n)-[:T]->(:M {id: 2})");
  EXPECT_EQ(count(*apart), 2);
  EXPECT_EQ(count(*ends), 1);
}

}  // namespace
}  // namespace verbale::query
