// Errors of a running statement say where in its text they come from.

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "graph/error.h"
#include "graph/graph.h"
#include "query/query.h"

namespace verbale::query {
namespace {

class ErrorPlaceTest : public testing::Test {
 protected:
  ErrorPlaceTest() : graph_(graph::Graph::InMemory()), session_(Session::Open(*graph_)) {}

  void Run(const std::string& text) {
    const auto result = session_->Run(text, parameters_);
    while (result->Next()) continue;
  }

  /// Fails, and the error names the piece `place` of the text.
  std::string ExpectAt(const std::string& text, const std::string& place) {
    try {
      Run(text);
      ADD_FAILURE() << text << ": did not fail";
    } catch (const Error& error) {
      const TextPosition& at = error.position();
      EXPECT_EQ(at.line, 1u) << text << ": " << error.what();
      EXPECT_EQ(at.column, at.offset + 1) << text;
      EXPECT_EQ(text.substr(at.offset, at.length), place) << text << ": " << error.what();
      return error.what();
    }
    return {};
  }

  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<Session> session_;
  Parameters parameters_;
};

TEST_F(ErrorPlaceTest, WhatARowMakesOfAnExpression) {
  Run("CREATE (:A {i: 1, s: 'x'})-[:T]->(:B)");
  ExpectAt("MATCH (n:A) WHERE n.i RETURN n", "n.i");
  ExpectAt("MATCH (n:A) WHERE n.s = 'x' AND n.i RETURN n", "n.i");
  ExpectAt("MATCH (n:A) RETURN NOT n.i AS x", "n.i");
  ExpectAt("MATCH (n:A) RETURN sum(n.s) AS x", "sum(n.s)");
  ExpectAt("MATCH (n:A) RETURN n.i AS k, avg(n.s) AS x", "avg(n.s)");
  ExpectAt("RETURN 1 AS x SKIP toInteger('x')", "toInteger('x')");
  ExpectAt("UNWIND [1, 2] AS x RETURN x ORDER BY x LIMIT toInteger('-1')", "toInteger('-1')");
}

TEST_F(ErrorPlaceTest, WhatIsWritten) {
  Run("CREATE (:A {i: 1})-[:T]->(:B)");
  ExpectAt("OPTIONAL MATCH (n:Z) CREATE (n)-[:T]->(:C)", "(n)-[:T]->(:C)");
  ExpectAt("OPTIONAL MATCH (n:Z) MERGE (n)-[:T]->(:C)", "(n)-[:T]->(:C)");
  ExpectAt("MATCH (n:A) DELETE n", "n");
  ExpectAt("MATCH (n:A) DELETE n.i", "n.i");
  ExpectAt("UNWIND [1] AS x CALL (x) { CREATE (:D) } IN TRANSACTIONS OF toInteger('0') ROWS",
           "toInteger('0')");
  EXPECT_EQ(graph_->Stats().nodes, 2u);
}

TEST_F(ErrorPlaceTest, NamesThatAreEmpty) {
  Run("CREATE (:A {i: 1})");
  parameters_ = {{"map", graph::Value::OfMap({{"", graph::Value(1)}})}};
  ExpectAt("MATCH (n:A) SET n += $map", "n += $map");
  ExpectAt("MATCH (n:A) SET n = $map", "n = $map");
  ExpectAt("CREATE (n:B $map)", "$map");
  ExpectAt("MATCH (n:A) SET n[''] = 1", "n[''] = 1");
  EXPECT_EQ(graph_->Stats().nodes, 1u);
}

class LoadCsvErrorTest : public ErrorPlaceTest {
 protected:
  LoadCsvErrorTest()
      : path_(std::filesystem::temp_directory_path() /
              ("verbale-load-csv-" + std::to_string(getpid()) + ".csv")) {}
  ~LoadCsvErrorTest() override { std::filesystem::remove(path_); }

  std::string Load(const std::string& clause, const std::string& bytes) {
    std::ofstream(path_, std::ios::binary) << bytes;
    const std::string source = "'" + path_.string() + "'";
    return ExpectAt(clause + " FROM " + source + " AS row RETURN row", source);
  }

  std::filesystem::path path_;
};

TEST_F(LoadCsvErrorTest, DamagedRecordsAreNotReadAsSomethingElse) {
  const auto ends = [](const std::string& text, const std::string& end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
  };
  EXPECT_TRUE(ends(Load("LOAD CSV", "a,b\n1,\"2\n"), "line 2: a quote is not closed"));
  EXPECT_TRUE(ends(Load("LOAD CSV", "a,b\n\"1\"x,2\n"),
                   "line 2: something follows a closing quote; a quote in a text stands twice"));
  EXPECT_TRUE(ends(Load("LOAD CSV", "a,b\r1,2\r"),
                   "line 1: a carriage return stands alone; LF or CR LF ends a line"));
  EXPECT_TRUE(ends(Load("LOAD CSV WITH HEADERS", "a,b\n1,2\n1,2,3\n"),
                   "line 3: the row has 3 fields, and the header has 2"));
  EXPECT_TRUE(
      ends(Load("LOAD CSV WITH HEADERS", "a,\"b\nc\n1,2\n"), "line 1: a quote is not closed"));
}

}  // namespace
}  // namespace verbale::query
