// Which relationships are named as what made a row.

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "graph/graph.h"
#include "query/query.h"

namespace verbale::query {
namespace {

/// The property `n` of the relationships behind each row, ascending: "1 2; 3".
std::string Why(const std::string& query) {
  const auto graph = graph::Graph::InMemory();
  const auto session = Session::Open(*graph);
  session->Run(
      "CREATE (a:A {k: 1}), (b:B {k: 2}), (c:C {k: 3}), (d:A {k: 4}), (a)-[:T {n: 1}]->(b), "
      "(b)-[:U {n: 2}]->(c), (a)-[:U {n: 3}]->(c), (d)-[:T {n: 4}]->(b)");
  session->set_track_why(true);
  const auto result = session->Run(query);
  std::string text;
  while (result->Next()) {
    std::vector<std::int64_t> numbers;
    const graph::KeyId key = *result->view().catalog().FindKey("n");
    for (const graph::RelRef& rel : result->why()) {
      numbers.push_back(result->view().Property(rel.no, key).as_int());
    }
    std::sort(numbers.begin(), numbers.end());
    if (!text.empty()) text += ";";
    for (const std::int64_t number : numbers) text += " " + std::to_string(number);
  }
  return text;
}

TEST(Why, OfWhatMustExist) {
  EXPECT_EQ(Why("MATCH (a:A) WHERE EXISTS { (a)-[:U]->(:C) } RETURN a.k"), " 3");
  EXPECT_EQ(Why("MATCH (a:A)-[:T]->(b) WHERE (b)-[:U]->() RETURN a.k ORDER BY a.k"), " 1 2; 2 4");
  EXPECT_EQ(Why("MATCH (a:A) WHERE EXISTS { (a)-[:T]->(b) WHERE EXISTS { (b)-[:U]->(:C) } } "
                "RETURN a.k ORDER BY a.k"),
            " 1 2; 2 4");
}

TEST(Why, OfWhatMustNotExistIsNothing) {
  EXPECT_EQ(Why("MATCH (a:A {k: 4}) WHERE NOT EXISTS { (a)-[:U]->() } RETURN a.k"), "");
}

TEST(Why, OfWhatIsCounted) {
  EXPECT_EQ(Why("MATCH (a:A {k: 1}) RETURN COUNT { (a)-->() } AS n"), " 1 3");
  EXPECT_EQ(Why("MATCH (b:B) WHERE COUNT { (b)<-[:T]-() } > 1 RETURN b.k"), " 1 4");
  EXPECT_EQ(Why("MATCH (a:A) RETURN sum(COUNT { (a)-[:T]->() }) AS n"), " 1 4");
  EXPECT_EQ(Why("MATCH (a:A {k: 1}) RETURN COLLECT { MATCH (a)-[:U]->(c) RETURN c.k } AS n"), " 3");
}

TEST(Why, OfOneOfTwo) {
  EXPECT_EQ(Why("MATCH (a:A) WHERE a.k = 4 OR EXISTS { (a)-[:U]->() } RETURN a.k ORDER BY a.k"),
            " 3;");
}

}  // namespace
}  // namespace verbale::query
