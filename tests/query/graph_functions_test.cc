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

// One document that says twice that Norway ratified a convention, and a node made by hand.
class GraphFunctionsTest : public testing::Test {
 protected:
  GraphFunctionsTest() {
    graph::DocumentFacts document;
    document.document.symbol = "D/1";
    document.document.path = "d.txt";
    document.document.hash = std::string(64, '0');
    document.document.pack = std::string(64, '1');
    document.text = "Norway ratified it in 2006. The Convention was ratified.";
    document.document.bytes = document.text.size();
    document.entities = {{"State", "Norway", "state:norway", {}, {}},
                         {"Treaty", "Convention", "treaty:convention", {}, {}}};
    document.facts.push_back(Fact("Norway ratified it in 2006.", {0, 27}, "2006-10"));
    document.facts.push_back(Fact("The Convention was ratified.", {28, 56}, "2007"));
    graph_->Ingest(std::vector{document}, {}, {});
    const auto transaction = graph_->Begin();
    const graph::LabelId labels[] = {transaction->Label("Z"), transaction->Label("A")};
    const auto made = transaction->CreateNode(labels);
    transaction->Set(made, transaction->Key("z"), Value(1));
    transaction->Set(made, transaction->Key("a"), Value("x"));
    transaction->CreateRel(made, transaction->Type("MADE"), made);
    transaction->Commit();
    view_ = graph_->Read();
  }

  static graph::Fact Fact(const std::string& sentence, ByteSpan span, const std::string& date) {
    graph::Fact fact;
    fact.subject = 0;
    fact.type = "RATIFIED";
    fact.object = 1;
    fact.evidence = {"D/1",
                     "Norway",
                     date,
                     "d.txt",
                     span,
                     sentence,
                     "ratified.active",
                     graph::Modality::kAsserted,
                     {}};
    return fact;
  }

  FunctionContext Context() const {
    FunctionContext context;
    context.view = view_.get();
    return context;
  }

  std::string Call(std::string_view name, const Value& arg) const {
    return ToCypher(FindFunction(name)->call(List{arg}, Context()), view_.get());
  }

  // The relationship of a type, of which there is one.
  Value RelOf(std::string_view type) const {
    for (std::uint32_t i = 0; i < view_->RelLimit(); ++i) {
      const graph::RelNo rel{i};
      if (view_->Exists(rel) && view_->catalog().TypeName(view_->Ends(rel).type) == type) {
        return Value(graph::RelRef{rel, view_->Id(rel)});
      }
    }
    throw Error(ErrorCode::kNotFound, std::string(type));
  }

  Value StartOf(std::string_view type) const {
    return FindFunction("startNode")->call(List{RelOf(type)}, Context());
  }

  std::unique_ptr<graph::Graph> graph_ = graph::Graph::InMemory();
  std::shared_ptr<const graph::View> view_;
};

TEST_F(GraphFunctionsTest, PartsOfNodesAndRelationships) {
  EXPECT_EQ(Call("labels", StartOf("MADE")), "['A', 'Z']");
  EXPECT_EQ(Call("keys", StartOf("MADE")), "['a', 'z']");
  EXPECT_EQ(Call("properties", StartOf("MADE")), "{a: 'x', z: 1}");
  EXPECT_EQ(Call("type", RelOf("MADE")), "'MADE'");
  EXPECT_EQ(Call("endNode", RelOf("MADE")), "(:A:Z {a: 'x', z: 1})");
  EXPECT_EQ(Call("id", Value()), "null");
  EXPECT_EQ(Call("elementId", StartOf("MADE")), "'n:" + Call("id", StartOf("MADE")) + "'");
  EXPECT_EQ(ToCypher(ops::Property(StartOf("RATIFIED"), "name", Context()), nullptr), "'Norway'");
  EXPECT_TRUE(ops::Property(StartOf("RATIFIED"), "no_such_key", Context()).is_null());
  EXPECT_THROW(Call("labels", Value(1)), Error);
  EXPECT_THROW(Call("type", StartOf("MADE")), Error);
}

TEST_F(GraphFunctionsTest, EvidenceStrongestFirst) {
  const Value rel = RelOf("RATIFIED");
  EXPECT_EQ(Call("support", rel), "2");
  EXPECT_EQ(Call("quote", rel), "'Norway ratified it in 2006.'");
  EXPECT_EQ(Call("source", rel), "'D/1, Norway (2006-10)'");
  EXPECT_EQ(Call("modality", rel), "'asserted'");
  const Value evidence = FindFunction("evidence")->call(List{rel}, Context());
  ASSERT_EQ(evidence.as_list().size(), 2u);
  EXPECT_EQ(ToCypher(evidence.as_list()[1], nullptr),
            "{attributes: {}, date: '2007', document: 'D/1', end: 56, modality: 'asserted', "
            "path: 'd.txt', rule: 'ratified.active', section: 'Norway', "
            "sentence: 'The Convention was ratified.', start: 28}");
}

TEST_F(GraphFunctionsTest, WhatPeopleMadeIsMarked) {
  EXPECT_EQ(Call("modality", RelOf("MADE")), "'manual'");
  EXPECT_EQ(Call("support", RelOf("MADE")), "0");
  EXPECT_EQ(Call("quote", RelOf("MADE")), "null");
  EXPECT_EQ(Call("evidence", RelOf("MADE")), "[]");
}

TEST_F(GraphFunctionsTest, WhatWasDeletedIsNotRead) {
  const Value node = StartOf("MADE");
  const Value rel = RelOf("MADE");
  const auto transaction = graph_->Begin();
  transaction->Delete(rel.as_rel().no);
  transaction->Delete(node.as_node().no);
  FunctionContext context;
  context.view = transaction.get();
  EXPECT_EQ(FindFunction("type")->call(List{rel}, context).as_string(), "MADE");
  for (const std::string_view name : {"labels", "keys", "properties"}) {
    try {
      FindFunction(name)->call(List{node}, context);
      FAIL() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.type(), "EntityNotFound");
      EXPECT_EQ(error.detail(), "DeletedEntityAccess");
    }
  }
  EXPECT_THROW(ops::Property(rel, "a", context), Error);
}

TEST_F(GraphFunctionsTest, JsonHasTheShapesOfTheQueryApi) {
  EXPECT_EQ(ToJson(StartOf("MADE"), view_.get()),
            R"({"elementId":"n:)" + Call("id", StartOf("MADE")) +
                R"(","labels":["A","Z"],"properties":{"a":"x","z":1}})");
}

}  // namespace
}  // namespace verbale::query
