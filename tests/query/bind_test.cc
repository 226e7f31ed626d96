// What the binder makes of statements that mean something.

#include "query/bind/bind.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "graph/error.h"
#include "query/functions/registry.h"
#include "query/parse/parse.h"

namespace verbale::query {
namespace {

BoundStatement BindText(std::string_view text, const BindOptions& options = {}) {
  return Bind(Parse(text), options);
}

const BoundQuery& QueryOf(const BoundStatement& statement) {
  return std::get<BoundQuery>(statement.statement);
}

template <typename Clause>
const Clause& ClauseAt(const BoundStatement& statement, std::size_t i) {
  return std::get<Clause>(QueryOf(statement).branches.front().clauses.at(i).node);
}

std::string Columns(std::string_view text) {
  const BoundStatement statement = BindText(text);
  std::string names;
  for (const BoundColumn& column : QueryOf(statement).columns) {
    if (!names.empty()) names += '|';
    names += column.name;
  }
  return names;
}

TEST(BindTest, ColumnsAreNamedAsTheyAreWritten) {
  EXPECT_EQ(Columns("MATCH (n) RETURN n, n.name, n . x  + 1 AS y, cOuNt( * )"),
            "n|n.name|y|cOuNt( * )");
  EXPECT_EQ(Columns("MATCH (b)-[a]->(c) RETURN *"), "a|b|c");
  EXPECT_EQ(Columns("WITH 1 AS z, 2 AS a RETURN *, 3 AS m"), "a|z|m");
  EXPECT_EQ(Columns("RETURN (1)"), "(1)");
  EXPECT_EQ(Columns("MATCH (n) SET n.x = 1"), "");
}

TEST(BindTest, VariablesKeepTheirSlots) {
  const BoundStatement statement = BindText("MATCH (n) WITH n, n AS m RETURN n, m");
  const auto& match = ClauseAt<BoundMatch>(statement, 0);
  const Slot node = match.pattern.paths.front().start.slot;
  const auto& with = ClauseAt<BoundProjection>(statement, 1);
  EXPECT_EQ(with.items[0].slot, node);
  EXPECT_NE(with.items[1].slot, node);
  EXPECT_EQ(statement.slots[with.items[1].slot.value].kind, SlotKind::kNode);
  EXPECT_EQ(statement.slots[with.items[1].slot.value].name, "m");
  EXPECT_EQ(QueryOf(statement).columns[0].slot, node);
}

TEST(BindTest, BoundMeansBeforeTheClause) {
  const BoundStatement statement = BindText("MATCH (a) MATCH (a)-->(b)-->(b) RETURN a");
  const auto& match = ClauseAt<BoundMatch>(statement, 1);
  const BoundPath& path = match.pattern.paths.front();
  EXPECT_TRUE(path.start.bound);
  EXPECT_FALSE(path.steps[0].node.bound);
  EXPECT_FALSE(path.steps[1].node.bound);
  EXPECT_EQ(path.steps[0].node.slot, path.steps[1].node.slot);
}

TEST(BindTest, AggregatesAreTakenOut) {
  const BoundStatement statement =
      BindText("MATCH (n) RETURN n.x AS x, n.x + count(*) AS c, count(*) ORDER BY count(*), n.x");
  const auto& projection = ClauseAt<BoundProjection>(statement, 1);
  EXPECT_TRUE(projection.aggregating);
  ASSERT_EQ(projection.groups.size(), 1u);
  ASSERT_EQ(projection.aggregates.size(), 1u) << "count(*) is counted once";
  ASSERT_EQ(projection.items.size(), 3u);
  const Slot x = projection.groups[0].slot;
  const BoundExpr& sum = *projection.items[1].value;
  EXPECT_EQ(sum.kind, BoundKind::kBinary);
  EXPECT_EQ(sum.args[0]->slot, x);
  EXPECT_EQ(sum.args[1]->slot, projection.aggregates[0].slot);
  EXPECT_EQ(projection.order[1].value->slot, x);
}

TEST(BindTest, UnionGoesByName) {
  const BoundStatement statement = BindText("RETURN 1 AS a, 2 AS b UNION RETURN 3 AS b, 4 AS a");
  const BoundQuery& query = QueryOf(statement);
  ASSERT_EQ(query.branches.size(), 2u);
  const auto& slots = statement.slots;
  EXPECT_EQ(slots[query.branches[1].output[0].value].name, "a");
  EXPECT_EQ(slots[query.branches[1].output[1].value].name, "b");
  EXPECT_NE(query.columns[0].slot, query.branches[0].output[0]);
}

TEST(BindTest, PatternsInExpressionsAreQueries) {
  const BoundStatement statement =
      BindText("MATCH (n) WHERE (n)-->(:A) RETURN [(n)-->(m) WHERE m.x | m.y] AS ys");
  const auto& match = ClauseAt<BoundMatch>(statement, 0);
  ASSERT_EQ(match.pattern.where->kind, BoundKind::kSubquery);
  EXPECT_EQ(match.pattern.where->subquery->kind, SubqueryKind::kExists);
  const auto& inner =
      std::get<BoundMatch>(match.pattern.where->subquery->query->branches[0].clauses[0].node);
  EXPECT_TRUE(inner.pattern.paths[0].start.bound);
  const auto& projection = ClauseAt<BoundProjection>(statement, 1);
  const BoundSubquery& collect = *projection.items[0].value->subquery;
  EXPECT_EQ(collect.kind, SubqueryKind::kCollect);
  EXPECT_EQ(collect.query->columns.size(), 1u);
}

TEST(BindTest, ShortestPathAsAValueIsTheHeadOfAll) {
  const BoundStatement statement =
      BindText("MATCH (a), (b) RETURN length(shortestPath((a)-[*]->(b))) AS l");
  const auto& projection = ClauseAt<BoundProjection>(statement, 1);
  const BoundExpr& head = *projection.items[0].value->args[0];
  EXPECT_EQ(head.function, FindFunction("head"));
  EXPECT_EQ(head.args[0]->subquery->kind, SubqueryKind::kCollect);
}

TEST(BindTest, ChainsOfComparisons) {
  const BoundStatement statement = BindText("UNWIND [1] AS x RETURN 0 < x <= 2 AS b");
  const BoundExpr& both = *ClauseAt<BoundProjection>(statement, 1).items[0].value;
  EXPECT_EQ(both.kind, BoundKind::kAnd);
  ASSERT_EQ(both.args.size(), 2u);
  EXPECT_EQ(both.args[0]->args[1], both.args[1]->args[0]);
  EXPECT_EQ(both.args[1]->compare, CompareOp::kLessOrEqual);
}

TEST(BindTest, GroupsBecomeLists) {
  const BoundStatement statement =
      BindText("MATCH (s) ((a)-[r]->(b WHERE b.x > a.x)){1,3} (e) RETURN a, r, e");
  const BoundPath& path = ClauseAt<BoundMatch>(statement, 0).pattern.paths.front();
  ASSERT_EQ(path.steps.size(), 1u);
  const BoundGroup& group = *path.steps[0].group;
  EXPECT_EQ(group.lists.size(), 3u);
  EXPECT_EQ(group.length.min, 1u);
  EXPECT_EQ(group.length.max, 3u);
  EXPECT_EQ(statement.slots[group.lists[1].second.value].kind, SlotKind::kRelList);
  EXPECT_EQ(QueryOf(statement).columns[0].slot, group.lists[0].second);
  const BoundStatement repeated = BindText("MATCH (a)-[r:T]->+(b)-->*() RETURN r");
  const BoundPath& steps = ClauseAt<BoundMatch>(repeated, 0).pattern.paths.front();
  ASSERT_EQ(steps.steps.size(), 2u);
  EXPECT_EQ(steps.steps[0].group->path.steps.size(), 1u);
  EXPECT_EQ(steps.steps[1].group->length.min, 0u);
}

TEST(BindTest, RemoveIsSetToNullAndLabelsGoApart) {
  const BoundStatement statement = BindText("MATCH (n) REMOVE n.x, n:A, n.y");
  EXPECT_TRUE(statement.writes);
  const auto& set = ClauseAt<BoundSet>(statement, 1);
  ASSERT_EQ(set.items.size(), 2u);
  EXPECT_TRUE(set.items[1].value->value.is_null());
  EXPECT_EQ(ClauseAt<BoundRemove>(statement, 2).items[0].labels[0], "A");
}

TEST(BindTest, SubqueriesImportVariables) {
  const BoundStatement older =
      BindText("UNWIND [1] AS x CALL { WITH x RETURN x + 1 AS y } RETURN x, y");
  const auto& call = ClauseAt<BoundCallSubquery>(older, 1);
  EXPECT_EQ(call.query->branches[0].clauses.size(), 1u) << "the importing WITH is gone";
  EXPECT_FALSE(call.unit);
  const BoundStatement unit = BindText("UNWIND [1] AS x CALL (x) { CREATE (:A {x: x}) } RETURN x");
  EXPECT_TRUE(ClauseAt<BoundCallSubquery>(unit, 1).unit);
  EXPECT_TRUE(unit.writes);
}

std::vector<std::string> ParameterNames(const BoundStatement& statement) {
  std::vector<std::string> names;
  for (const BoundParameter& parameter : statement.parameters) names.push_back(parameter.name);
  return names;
}

TEST(BindTest, ParametersAndWrites) {
  const BoundStatement statement = BindText("MATCH (n {x: $b}) WHERE n.y = $a + $b RETURN n");
  EXPECT_EQ(ParameterNames(statement), (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(statement.writes);
}

TEST(BindTest, StandaloneCallTakesParametersAndReturnsAll) {
  ProcedureCatalog procedures;
  procedures.Add({"p(a :: STRING?) :: (x :: STRING?, y :: INTEGER?)", "", false, {}});
  const BoundStatement statement = BindText("CALL p", {&procedures, nullptr});
  EXPECT_EQ(ParameterNames(statement), std::vector<std::string>{"a"});
  EXPECT_EQ(QueryOf(statement).columns.size(), 2u);
  const BoundStatement other = BindText("CALL p('a') YIELD y AS z", {&procedures, nullptr});
  ASSERT_EQ(QueryOf(other).columns.size(), 1u);
  EXPECT_EQ(QueryOf(other).columns[0].name, "z");
}

// A graph that knows one label, one type and one key.
class TinyCatalog : public graph::Catalog {
 public:
  std::optional<graph::LabelId> FindLabel(std::string_view name) const override {
    if (name != "State") return std::nullopt;
    return graph::LabelId(0);
  }
  std::optional<graph::TypeId> FindType(std::string_view name) const override {
    if (name != "RATIFIED") return std::nullopt;
    return graph::TypeId(0);
  }
  std::optional<graph::KeyId> FindKey(std::string_view name) const override {
    if (name != "name") return std::nullopt;
    return graph::KeyId(0);
  }
  std::string_view LabelName(graph::LabelId /*id*/) const override { return "State"; }
  std::string_view TypeName(graph::TypeId /*id*/) const override { return "RATIFIED"; }
  std::string_view KeyName(graph::KeyId /*id*/) const override { return "name"; }
  std::uint32_t LabelCount() const override { return 1; }
  std::uint32_t TypeCount() const override { return 1; }
  std::uint32_t KeyCount() const override { return 1; }
};

TEST(BindTest, UnknownNamesAreWarnedOf) {
  const TinyCatalog catalog;
  const BoundStatement statement =
      BindText("MATCH (s:Stat)-[:RATIFIED]->(t:State)<-[:RATIFED]-() WHERE s.nam = 1 RETURN t.name",
               {nullptr, &catalog});
  ASSERT_EQ(statement.notifications.size(), 3u);
  EXPECT_EQ(statement.notifications[0].code,
            "Neo.ClientNotification.Statement.UnknownLabelWarning");
  EXPECT_EQ(statement.notifications[0].description,
            "The graph has no label 'Stat'; did you mean State?");
  EXPECT_EQ(statement.notifications[0].position.column, 10u);
  EXPECT_EQ(statement.notifications[1].title, "Unknown relationship type");
  EXPECT_EQ(statement.notifications[2].title, "Unknown property key");
}

TEST(BindTest, WhatTheStatementMakesIsNotWarnedOf) {
  const TinyCatalog catalog;
  for (const char* text : {
           "MATCH (s:State) SET s.rank = 1 RETURN s.rank",
           "MATCH (s:State) SET s += {rank: 1} RETURN s.rank",
           "MATCH (s:State) SET s = $map RETURN s.rank",
           "MATCH (s:State) SET s:Member WITH s MATCH (m:Member) RETURN m",
           "CREATE (a:Forum {rank: 1})-[:HOSTED {since: 2}]->(b) WITH a "
           "MATCH (f:Forum)-[h:HOSTED]->() RETURN f.rank, h.since",
           "MERGE (f:Forum {rank: 1}) ON CREATE SET f.new = true RETURN f.rank, f.new",
       }) {
    EXPECT_TRUE(BindText(text, {nullptr, &catalog}).notifications.empty()) << text;
  }
  for (const char* text : {
           "MATCH (s:State) REMOVE s.rank RETURN s.rank",
           "MATCH (s:State) WHERE s.rank = 1 SET s.rank = 2",
           "MATCH (m:Member) SET m:Member",
       }) {
    EXPECT_EQ(BindText(text, {nullptr, &catalog}).notifications.size(), 1u) << text;
  }
}

}  // namespace
}  // namespace verbale::query
