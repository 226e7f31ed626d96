// A prepared statement runs again over a graph that has changed.

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph/graph.h"
#include "query/query.h"

namespace verbale::query {
namespace {

using testing::ElementsAre;

class PreparedTest : public testing::Test {
 protected:
  PreparedTest() : graph_(graph::Graph::InMemory()), session_(Session::Open(*graph_)) {}

  void Run(const std::string& text) {
    const auto result = session_->Run(text);
    while (result->Next()) continue;
  }

  static std::vector<std::string> RowsOf(Statement& statement) {
    const auto result = statement.Execute({});
    std::vector<std::string> rows;
    while (const auto row = result->Next()) {
      std::string text;
      for (const graph::Value& value : *row) {
        text += (text.empty() ? "" : " ") + ToCypher(value, &result->view());
      }
      rows.push_back(text);
    }
    return rows;
  }

  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<Session> session_;
};

// The first constraint makes each node a group of its own; the second has only its name.
TEST_F(PreparedTest, AConstraintIsDroppedAndAnotherHasItsName) {
  Run("CREATE CONSTRAINT one FOR (n:A) REQUIRE n.i IS UNIQUE");
  Run("UNWIND [1, 2] AS x CREATE (:A {i: x, k: x})");
  const auto statement = session_->Prepare("MATCH (n:A) RETURN n.i AS i, count(*) AS c ORDER BY i");
  EXPECT_THAT(RowsOf(*statement), ElementsAre("1 1", "2 1"));
  Run("DROP CONSTRAINT one");
  Run("CREATE CONSTRAINT one FOR (n:A) REQUIRE n.k IS UNIQUE");
  Run("CREATE (:A {i: 2, k: 3})");
  EXPECT_THAT(RowsOf(*statement), ElementsAre("1 1", "2 2"));
}

// A result that is still open gives its plan back when the statement has another one by then.
TEST_F(PreparedTest, AResultOutlivesTheConstraintThatItsPlanReliesOn) {
  Run("CREATE CONSTRAINT one FOR (n:A) REQUIRE n.i IS UNIQUE");
  Run("UNWIND range(1, 20) AS x CREATE (:A {i: x})-[:R {w: 1}]->(:A {i: 100 + x})");
  const auto statement =
      session_->Prepare("MATCH (:A)-[r:R]->(b:A) WITH b.i AS i, sum(r.w) AS n RETURN count(*)");
  auto open = statement->Execute({});
  Run("DROP CONSTRAINT one");
  Run("MATCH (n:A) SET n.i = 7");
  EXPECT_THAT(RowsOf(*statement), ElementsAre("1"));
  while (open->Next()) continue;
  open.reset();
  EXPECT_THAT(RowsOf(*statement), ElementsAre("1"));
}

TEST_F(PreparedTest, AnIndexIsDroppedAndAnotherHasItsName) {
  Run("CREATE INDEX one FOR (n:A) ON (n.i)");
  Run("UNWIND [1, 2, 2] AS x CREATE (:A {i: x})");
  const auto statement = session_->Prepare("MATCH (n:A {i: 2}) RETURN n.i AS i");
  EXPECT_THAT(RowsOf(*statement), ElementsAre("2", "2"));
  Run("DROP INDEX one");
  Run("CREATE INDEX one FOR (n:B) ON (n.i)");
  EXPECT_THAT(RowsOf(*statement), ElementsAre("2", "2"));
}

}  // namespace
}  // namespace verbale::query
