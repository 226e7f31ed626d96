#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "graph/error.h"
#include "graph/graph.h"
#include "tests/tck/expected.h"
#include "tests/tck/gherkin.h"
#include "tests/tck/side_effects.h"

namespace verbale::tck {
namespace {

constexpr std::string_view kFeature = R"(
# a comment
@tag
Feature: Two and a half

  Background:
    Given any graph

  Scenario: [1] Plain
    When executing query:
      """
      RETURN 'a'
        AS b
      """
    Then the result should be, in any order:
      | b      |
      | 'x\|y' |

  Scenario Outline: [2] With rows
    When executing query:
      """
      RETURN <a> + <b>
      """
    Then the result should be, in order:
      | <a> |

    Examples:
      | a | b |
      | 1 | 2 |
      | 3 | 4 |
)";

TEST(GherkinTest, ScenariosAndOutlines) {
  const auto cases = ReadFeature(kFeature, "f");
  ASSERT_EQ(cases.size(), 3u);
  EXPECT_EQ(cases[0].Name(), "f: [1] Plain");
  ASSERT_EQ(cases[0].steps.size(), 3u);
  EXPECT_EQ(cases[0].steps[0].text, "any graph");
  EXPECT_EQ(cases[0].steps[1].doc, "RETURN 'a'\n  AS b");
  EXPECT_EQ(cases[0].steps[2].table, (Table{{"b"}, {"'x|y'"}}));
  EXPECT_EQ(cases[2].Name(), "f: [2] With rows (2)");
  EXPECT_EQ(cases[2].steps[1].doc, "RETURN 3 + 4");
  EXPECT_EQ(cases[2].steps[2].table, (Table{{"3"}}));
  EXPECT_THROW(ReadFeature("Feature: x\n  nonsense\n", "f"), Error);
}

TEST(ExpectedTest, CanonicalText) {
  const auto canonical = [](std::string_view cell) {
    return CanonicalExpected(cell, ListOrder::kKept);
  };
  EXPECT_EQ(canonical("(:B:A {z: 1, a: 'x'})"), "(:A:B {a: 'x', z: 1})");
  EXPECT_EQ(canonical("[:T {a: null}]"), "[:T {a: null}]");
  EXPECT_EQ(canonical("[ 1,2.50,  -1e3]"), "[1, 2.5, -1000.0]");
  EXPECT_EQ(canonical("<(:A)-[:R]->()<-[:S {x: []}]-(:B)>"), "<(:A)-[:R]->()<-[:S {x: []}]-(:B)>");
  EXPECT_EQ(canonical("'it\\'s'"), "'it\\'s'");
  EXPECT_EQ(CanonicalExpected("[2, [4, 3], 1]", ListOrder::kIgnored), "[1, 2, [3, 4]]");
  for (const std::string_view bad : {"", "(", "[1,", "{a 1}", "1 2", "nul", "<(:A)-[:R]>"}) {
    EXPECT_THROW(canonical(bad), Error) << bad;
  }
}

TEST(ExpectedTest, ActualValuesByStructure) {
  const auto graph = graph::Graph::InMemory();
  auto transaction = graph->Begin();
  const graph::LabelId labels[] = {transaction->Label("B"), transaction->Label("A")};
  const auto a = transaction->CreateNode(labels);
  const auto b = transaction->CreateNode({});
  transaction->Set(b, transaction->Key("k"), graph::Value(graph::ParseDate("2024-07-01")));
  const auto rel = transaction->CreateRel(b, transaction->Type("T"), a);
  const GraphState before = GraphState::Of(*graph->Read());
  transaction->Commit();
  const auto view = graph->Read();
  const GraphState after = GraphState::Of(*view);
  EXPECT_EQ(
      Difference(before, after),
      (SideEffects{{"+labels", 2}, {"+nodes", 2}, {"+properties", 1}, {"+relationships", 1}}));
  const graph::NodeRef start{a, view->Id(a)};
  const graph::NodeRef end{b, view->Id(b)};
  const graph::Value path(graph::Path{{start, end}, {{rel, view->Id(rel)}}, {false}});
  EXPECT_EQ(CanonicalActual(path, *view, ListOrder::kKept),
            CanonicalExpected("<(:A:B)<-[:T]-({k: '2024-07-01'})>", ListOrder::kKept));
}

TEST(ExpectedTest, Parameters) {
  EXPECT_TRUE(graph::Equivalent(
      ToValue("{a: [1, 2.5, 'x\\'y', null, true]}"),
      graph::Value::OfMap(
          {{"a", graph::Value(graph::List{graph::Value(1), graph::Value(2.5), graph::Value("x'y"),
                                          graph::Value(), graph::Value(true)})}})));
  EXPECT_THROW(ToValue("(:A)"), Error);
}

TEST(SideEffectsTest, CountersMustAgree) {
  graph::WriteCounts counts;
  counts.nodes_created = 3;
  counts.nodes_deleted = 1;
  EXPECT_EQ(Contradiction({{"+nodes", 2}}, counts), "");
  EXPECT_NE(Contradiction({{"+nodes", 3}}, counts), "");
  EXPECT_NE(Contradiction({{"+nodes", 2}, {"+properties", 1}}, counts), "");
}

}  // namespace
}  // namespace verbale::tck
