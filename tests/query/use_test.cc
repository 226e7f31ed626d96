// USE: statements that look at the graph as a part of its documents states it.

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/query.h"
#include "tests/graph/facts.h"

namespace verbale::query {
namespace {

using graph::DocumentMaker;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class UseTest : public testing::Test {
 protected:
  UseTest() : graph_(graph::Graph::InMemory()) {
    DocumentMaker early("R/2015"), late("R/2017");
    early.Ratified("Canada", "First Treaty", "2014", "2015-06-04")
        .Ratified("Chile", "First Treaty", "", "2015-07-01");
    late.Ratified("Canada", "First Treaty", "2014-03", "2017-05-01")
        .Ratified("Armenia", "Second Treaty", "2016", "");
    late.Fact(late.Entity("State", "Chile"), "RATIFIED", late.Entity("Treaty", "Second Treaty"), {},
              "2017", graph::Modality::kPlanned);
    const std::vector<graph::DocumentFacts> documents = {early, late};
    graph_->Ingest(documents, {}, {});
    auto transaction = graph_->Begin();
    transaction->CreateNode({});
    transaction->Commit();
    session_ = Session::Open(*graph_);
  }

  std::vector<std::string> Rows(const std::string& text, const Parameters& parameters = {}) {
    std::vector<std::string> rows;
    const auto result = session_->Run(text, parameters);
    while (const auto row = result->Next()) {
      std::string line;
      for (const graph::Value& value : *row) {
        line += (line.empty() ? "" : " ") + ToCypher(value, &result->view());
      }
      rows.push_back(line);
    }
    return rows;
  }

  std::string Failure(const std::string& text, const Parameters& parameters = {}) {
    try {
      Rows(text, parameters);
    } catch (const Error& error) {
      return error.what();
    }
    return "nothing failed";
  }

  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<Session> session_;
};

constexpr const char* kRatified =
    "MATCH (s)-[r:RATIFIED]->() RETURN s.name, r.date, support(r) ORDER BY s.name";

TEST_F(UseTest, OneDocument) {
  EXPECT_THAT(Rows(kRatified),
              ElementsAre("'Armenia' '2016' 1", "'Canada' '2014-03' 2", "'Chile' null 1"));
  EXPECT_THAT(Rows(std::string("USE graph.documents('R/2015') ") + kRatified),
              ElementsAre("'Canada' '2014' 1", "'Chile' null 1"));
  EXPECT_THAT(Rows(std::string("use Graph.Documents($d) ") + kRatified,
                   {{"d", graph::Value(graph::List{graph::Value("R/2017")})}}),
              ElementsAre("'Armenia' '2016' 1", "'Canada' '2014-03' 1"));
  EXPECT_THAT(Rows(kRatified).size(), 3);
}

TEST_F(UseTest, UntilADay) {
  const auto until = [&](const std::string& date) {
    return Rows("USE graph.asOf('" + date + "') " + kRatified);
  };
  EXPECT_THAT(until("2014-12-31"), IsEmpty());
  EXPECT_THAT(until("2015-06-04"), ElementsAre("'Canada' '2014' 1"));
  EXPECT_THAT(until("2015"), ElementsAre("'Canada' '2014' 1", "'Chile' null 1"));
  EXPECT_THAT(until("2018"), ElementsAre("'Canada' '2014-03' 2", "'Chile' null 1"))
      << "what was stated on a day that is not known is left out";
}

TEST_F(UseTest, WhatPeopleMadeIsNotThere) {
  EXPECT_THAT(Rows("MATCH (n) WHERE labels(n) = [] RETURN count(*)"), ElementsAre("1"));
  EXPECT_THAT(Rows("USE graph.asOf('2018') MATCH (n) WHERE labels(n) = [] RETURN count(*)"),
              ElementsAre("0"));
}

TEST_F(UseTest, ProceduresAndReadingsFollow) {
  EXPECT_THAT(Rows("CALL db.readings() YIELD document RETURN document"), ElementsAre("'R/2017'"));
  EXPECT_THAT(Rows("USE graph.documents('R/2015') CALL db.readings() YIELD document "
                   "RETURN document"),
              IsEmpty());
}

TEST_F(UseTest, AStatementRunsAgainWithOtherParameters) {
  const auto statement =
      session_->Prepare("USE graph.documents($d) MATCH (s:State) RETURN count(*)");
  const auto count = [&](const char* document) {
    const auto result = statement->Execute({{"d", graph::Value(document)}});
    return result->Next()->front().as_int();
  };
  EXPECT_EQ(count("R/2015"), 2);
  EXPECT_EQ(count("R/2017"), 2);
  graph_->Ingest({}, std::vector<std::string>{"R/2015"}, {});
  EXPECT_EQ(count("R/2017"), 2);
  EXPECT_THROW(count("R/2015"), Error);
}

TEST_F(UseTest, PlansShowIt) {
  const auto explained = session_->Run("EXPLAIN USE graph.asOf('2015') MATCH (n) RETURN n");
  ASSERT_NE(explained->plan(), nullptr);
  EXPECT_EQ(explained->plan()->name, "UseGraph");
  EXPECT_EQ(explained->plan()->arguments, "graph.asOf('2015')");
  EXPECT_EQ(explained->plan()->children.size(), 1u);
  EXPECT_THAT(session_->Prepare("USE graph.asOf('2015') MATCH (n) RETURN n")->PlanLine(),
              HasSubstr("Use(graph.asOf('2015')) <- "));
  EXPECT_EQ(session_->Run("EXPLAIN MATCH (n) RETURN n")->plan()->name.find("UseGraph"),
            std::string::npos);
}

TEST_F(UseTest, WrongUsesAreTold) {
  EXPECT_THAT(Failure("USE neo4j('x') MATCH (n) RETURN n"), HasSubstr("no graph 'neo4j'"));
  EXPECT_THAT(Failure("USE graph.documents('R/2016') MATCH (n) RETURN n"),
              HasSubstr("no document 'R/2016'"));
  EXPECT_THAT(Failure("USE graph.documents(1) MATCH (n) RETURN n"), HasSubstr("symbols"));
  EXPECT_THAT(Failure("USE graph.documents([]) MATCH (n) RETURN n"), HasSubstr("empty list"));
  EXPECT_THAT(Failure("USE graph.asOf('') MATCH (n) RETURN n"), HasSubstr("a date"));
  for (const char* date : {"foo", "2017-13", "31.12.2016", "2017-02-30", "2016-6", "2016/12",
                           " 2016", "17-06", "2016-12-31T00:00"}) {
    EXPECT_THAT(Failure(std::string("USE graph.asOf('") + date + "') MATCH (n) RETURN n"),
                HasSubstr("takes a date"));
  }
  EXPECT_THAT(Failure("USE graph.asOf('2015', '2016') MATCH (n) RETURN n"), HasSubstr("one date"));
  EXPECT_THAT(Failure("USE graph.asOf(n.date) MATCH (n) RETURN n"), HasSubstr("literals"));
  EXPECT_THAT(Failure("USE graph.asOf($d) MATCH (n) RETURN n"), HasSubstr("$d was not given"));
  EXPECT_THAT(Failure("USE graph.asOf('2015') CREATE (n)"), HasSubstr("cannot write"));
  EXPECT_THAT(Failure("MATCH (n) USE graph.asOf('2015') RETURN n"), HasSubstr("Unexpected 'USE'"));
}

}  // namespace
}  // namespace verbale::query
