#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "graph/error.h"
#include "graph/graph.h"

namespace verbale::graph {
namespace {

/// The code and TCK detail of the Error that `act` throws; ("none", "") where it throws none.
template <typename Act>
std::pair<std::string, std::string> ErrorOf(const Act& act) {
  try {
    act();
  } catch (const Error& error) {
    return {std::string(Name(error.code())), error.detail()};
  }
  return {"none", ""};
}

using Expected = std::pair<std::string, std::string>;

class TransactionTest : public testing::Test {
 protected:
  NodeNo Create(Transaction& t, const char* label, const char* name) {
    const LabelId id = t.Label(label);
    const NodeNo node = t.CreateNode({&id, 1});
    t.Set(node, t.Key("name"), Value(name));
    return node;
  }

  std::unique_ptr<Graph> graph_ = Graph::InMemory();
};

TEST_F(TransactionTest, EmptyGraphHasNothing) {
  const auto view = graph_->Read();
  NodeNo buffer[4];
  EXPECT_EQ(view->NodeCount(), 0U);
  EXPECT_EQ(view->ScanNodes(std::nullopt, NodeNo{0}, buffer), 0U);
  EXPECT_EQ(view->Neighbours(NodeNo{7}, Direction::kOut, TypeId{3}).size(), 0U);
  EXPECT_FALSE(view->Exists(NodeNo{0}));
  EXPECT_FALSE(view->Find(NodeId{1}));
}

TEST_F(TransactionTest, WritesAreSeenInsideAtOnceAndOutsideAfterCommit) {
  const auto before = graph_->Read();
  auto t = graph_->Begin();
  const NodeNo armenia = Create(*t, "State", "Armenia");
  const NodeNo treaty = Create(*t, "Treaty", "Convention on Cybercrime");
  const RelNo rel = t->CreateRel(armenia, t->Type("RATIFIED"), treaty);
  t->Set(rel, t->Key("date"), Value("2006-10"));
  EXPECT_EQ(t->NodeCount(), 2U);
  EXPECT_EQ(t->Neighbours(armenia, Direction::kOut, t->Type("RATIFIED")).size(), 1U);
  EXPECT_EQ(graph_->Read()->NodeCount(), 0U);
  t->Commit();
  const auto after = graph_->Read();
  EXPECT_EQ(after->NodeCount(), 2U);
  EXPECT_EQ(after->Property(rel, *after->catalog().FindKey("date")).as_string(), "2006-10");
  EXPECT_EQ(before->NodeCount(), 0U);
}

TEST_F(TransactionTest, LeavesNothingWithoutCommit) {
  {
    auto t = graph_->Begin();
    Create(*t, "State", "Armenia");
  }
  EXPECT_EQ(graph_->Read()->NodeCount(), 0U);
}

TEST_F(TransactionTest, IsTheOnlyOne) {
  auto t = graph_->Begin();
  EXPECT_EQ(ErrorOf([&] { graph_->Begin(); }).first, "Io");
  t.reset();
  EXPECT_EQ(ErrorOf([&] { graph_->Begin(); }).first, "none");
}

TEST_F(TransactionTest, IsOverAfterCommit) {
  auto t = graph_->Begin();
  t->Commit();
  EXPECT_EQ(ErrorOf([&] { t->CreateNode({}); }).first, "InvalidArgument");
  EXPECT_EQ(ErrorOf([&] { t->Commit(); }).first, "InvalidArgument");
  EXPECT_EQ(ErrorOf([&] { graph_->Begin(); }).first, "none");
}

TEST_F(TransactionTest, ReadersKeepTheirState) {
  auto t = graph_->Begin();
  const NodeNo a = Create(*t, "State", "A");
  const NodeNo b = Create(*t, "State", "B");
  const TypeId type = t->Type("KNOWS");
  t->CreateRel(a, type, b);
  t->Commit();
  const auto view = graph_->Read();
  const KeyId name = *view->catalog().FindKey("name");
  const Adjacency out = view->Neighbours(a, Direction::kOut, type);

  t = graph_->Begin();
  t->Set(a, name, Value("another"));
  for (int i = 0; i < 10; ++i) t->CreateRel(a, type, b);
  t->Commit();
  EXPECT_EQ(view->Property(a, name).as_string(), "A");
  EXPECT_EQ(view->Neighbours(a, Direction::kOut, type).size(), 1U);
  EXPECT_EQ(out.nodes[0], b);
  EXPECT_EQ(graph_->Read()->Neighbours(a, Direction::kOut, type).size(), 11U);
}

TEST_F(TransactionTest, ConnectedNodeCannotBeDeletedAlone) {
  auto t = graph_->Begin();
  const NodeNo a = Create(*t, "State", "A");
  const NodeNo b = Create(*t, "State", "B");
  const RelNo rel = t->CreateRel(a, t->Type("KNOWS"), b);
  t->Commit();

  t = graph_->Begin();
  t->Delete(a);
  EXPECT_TRUE(t->IsConnected(a));
  EXPECT_EQ(ErrorOf([&] { t->Commit(); }), Expected("InvalidArgument", "DeleteConnectedNode"));
  EXPECT_EQ(graph_->Read()->NodeCount(), 2U);

  t = graph_->Begin();
  t->Delete(a);
  t->Delete(rel);
  t->Commit();
  EXPECT_EQ(graph_->Read()->NodeCount(), 1U);
  EXPECT_EQ(graph_->Read()->RelCount(), 0U);
}

TEST_F(TransactionTest, DeletedThingsRefuseWrites) {
  auto t = graph_->Begin();
  const NodeNo a = Create(*t, "State", "A");
  t->Delete(a);
  EXPECT_EQ(ErrorOf([&] { t->Set(a, t->Key("name"), Value(1)); }),
            Expected("NotFound", "DeletedEntityAccess"));
  EXPECT_EQ(ErrorOf([&] { t->CreateRel(a, t->Type("T"), a); }),
            Expected("NotFound", "DeletedEntityAccess"));
}

TEST_F(TransactionTest, OnlyPropertyValuesAreStored) {
  auto t = graph_->Begin();
  const NodeNo a = Create(*t, "State", "A");
  const KeyId key = t->Key("p");
  const Expected refused("InvalidArgument", "InvalidPropertyType");
  EXPECT_EQ(ErrorOf([&] { t->Set(a, key, Value::OfMap({})); }), refused);
  EXPECT_EQ(ErrorOf([&] { t->Set(a, key, Value(NodeRef{})); }), refused);
  EXPECT_EQ(ErrorOf([&] { t->Set(a, key, Value(List{Value(List{})})); }), refused);
  EXPECT_EQ(ErrorOf([&] { t->Set(a, key, Value(List{Value::OfMap({})})); }), refused);
  t->Set(a, key, Value(List{Value(1), Value(2)}));
  EXPECT_EQ(t->Property(a, key).as_list().size(), 2U);
  t->Set(a, key, Value());
  EXPECT_TRUE(t->Property(a, key).is_null());
}

TEST_F(TransactionTest, RollsBackToASavepointMoreThanOnce) {
  auto t = graph_->Begin();
  const NodeNo a = Create(*t, "State", "A");
  const std::size_t mark = t->Savepoint();
  for (int i = 0; i < 3; ++i) {
    const NodeNo b = Create(*t, "State", "B");
    t->CreateRel(a, t->Type("KNOWS"), b);
    t->Set(a, t->Key("name"), Value(i));
    EXPECT_EQ(t->NodeCount(), 2U);
    t->RollbackTo(mark);
    EXPECT_EQ(t->NodeCount(), 1U);
    EXPECT_EQ(t->RelCount(), 0U);
    EXPECT_EQ(t->Property(a, t->Key("name")).as_string(), "A");
    EXPECT_FALSE(t->IsConnected(a));
  }
  const LabelId state = t->Label("State");
  t->Commit();
  EXPECT_EQ(graph_->Read()->NodeCount(state), 1U);
}

SchemaItem Item(const char* name, SchemaKind kind, const char* type = "") {
  return {name, kind, false, "State", {"name"}, type};
}

TEST_F(TransactionTest, UniqueConstraint) {
  auto t = graph_->Begin();
  t->CreateSchema(Item("one", SchemaKind::kUnique));
  Create(*t, "State", "A");
  t->Commit();
  t = graph_->Begin();
  EXPECT_EQ(ErrorOf([&] { Create(*t, "State", "A"); }), Expected("AlreadyExists", "one"));
  Create(*t, "State", "B");
  const NodeNo other = Create(*t, "Treaty", "A");
  EXPECT_EQ(ErrorOf([&] { t->AddLabel(other, t->Label("State")); }).first, "AlreadyExists");
  t->DropSchema("one");
  EXPECT_TRUE(t->AddLabel(other, t->Label("State")));
  EXPECT_EQ(ErrorOf([&] { t->CreateSchema(Item("one", SchemaKind::kUnique)); }).first,
            "AlreadyExists");
}

TEST_F(TransactionTest, ExistsConstraintIsCheckedAtCommit) {
  auto t = graph_->Begin();
  t->CreateSchema(Item("named", SchemaKind::kExists));
  Create(*t, "State", "A");
  t->Commit();
  t = graph_->Begin();
  const LabelId state = t->Label("State");
  t->CreateNode({&state, 1});
  EXPECT_EQ(ErrorOf([&] { t->Commit(); }), Expected("InvalidArgument", "named"));
  EXPECT_EQ(graph_->Read()->NodeCount(), 1U);
}

TEST_F(TransactionTest, TypeConstraint) {
  auto t = graph_->Begin();
  t->CreateSchema(Item("text", SchemaKind::kType, "STRING"));
  const NodeNo a = Create(*t, "State", "A");
  EXPECT_EQ(ErrorOf([&] { t->Set(a, t->Key("name"), Value(1)); }),
            Expected("InvalidArgument", "text"));
  EXPECT_EQ(t->Property(a, t->Key("name")).as_string(), "A");
  EXPECT_EQ(ErrorOf([&] { t->CreateSchema(Item("x", SchemaKind::kType, "STRNG")); }).first,
            "InvalidArgument");
}

TEST_F(TransactionTest, ConstraintsOnRelationships) {
  const auto item = [](const char* name, SchemaKind kind) {
    return SchemaItem{name, kind, true, "RATIFIED", {"date"}, "STRING"};
  };
  auto t = graph_->Begin();
  const NodeNo a = Create(*t, "State", "A");
  const TypeId type = t->Type("RATIFIED");
  const KeyId date = t->Key("date");
  const RelNo rel = t->CreateRel(a, type, a);
  EXPECT_EQ(ErrorOf([&] { t->CreateSchema(item("dated", SchemaKind::kExists)); }),
            Expected("InvalidArgument", "dated"));
  t->Set(rel, date, Value("2015"));
  t->CreateSchema(item("dated", SchemaKind::kExists));
  t->CreateSchema(item("text", SchemaKind::kType));
  EXPECT_EQ(ErrorOf([&] { t->CreateSchema(item("one", SchemaKind::kUnique)); }).first,
            "Unsupported");
  EXPECT_EQ(ErrorOf([&] { t->Set(rel, date, Value(2015)); }), Expected("InvalidArgument", "text"));
  t->Commit();

  t = graph_->Begin();
  t->CreateRel(a, type, a);
  EXPECT_EQ(ErrorOf([&] { t->Commit(); }), Expected("InvalidArgument", "dated"));
}

TEST_F(TransactionTest, SchemaNames) {
  auto t = graph_->Begin();
  t->CreateSchema(Item("i", SchemaKind::kIndex));
  EXPECT_EQ(ErrorOf([&] { t->CreateSchema(Item("i", SchemaKind::kExists)); }).first,
            "AlreadyExists");
  EXPECT_EQ(ErrorOf([&] { t->CreateSchema(Item("j", SchemaKind::kIndex)); }).first,
            "AlreadyExists");
  EXPECT_EQ(ErrorOf([&] { t->DropSchema("k"); }).first, "NotFound");
  t->Commit();
  EXPECT_EQ(graph_->Read()->Schema().size(), 1U);
}

TEST_F(TransactionTest, LookupSeesWrites) {
  auto t = graph_->Begin();
  Create(*t, "State", "A");
  t->CreateSchema(Item("i", SchemaKind::kIndex));
  const LabelId label = t->Label("State");
  const KeyId key = t->Key("name");
  const auto count = [&](const View& view, const Value& value) {
    return view.Lookup(label, key, value)->size();
  };
  const NodeNo b = Create(*t, "State", "B");
  EXPECT_EQ(count(*t, Value("A")), 1U);
  EXPECT_EQ(count(*t, Value("B")), 1U);
  EXPECT_EQ(count(*t, Value()), 0U);
  t->Set(b, key, Value("A"));
  EXPECT_EQ(count(*t, Value("A")), 2U);
  EXPECT_EQ(count(*t, Value("B")), 0U);
  t->Set(b, key, Value(1.0));
  EXPECT_EQ(count(*t, Value(1)), 1U);
  t->RemoveLabel(b, label);
  EXPECT_EQ(count(*t, Value(1)), 0U);
  t->Commit();
  EXPECT_EQ(count(*graph_->Read(), Value("A")), 1U);
  EXPECT_FALSE(graph_->Read()->Lookup(label, KeyId{99}, Value("A")));
}

TEST_F(TransactionTest, ManyCommitsAreLaidOutAgain) {
  const std::int64_t kRounds = 30, kEach = 500;
  for (std::int64_t round = 0; round < kRounds; ++round) {
    auto t = graph_->Begin();
    const LabelId label = t->Label("N");
    for (std::int64_t i = 0; i < kEach; ++i) {
      t->Set(t->CreateNode({&label, 1}), t->Key("i"), Value(round * kEach + i));
    }
    t->Commit();
  }
  const auto view = graph_->Read();
  std::vector<NodeNo> nodes(kRounds * kEach + 1);
  nodes.resize(view->ScanNodes(view->catalog().FindLabel("N"), NodeNo{0}, nodes));
  ASSERT_EQ(nodes.size(), static_cast<std::size_t>(kRounds * kEach));
  PropertyVector values;
  view->Properties(nodes, *view->catalog().FindKey("i"), values);
  ASSERT_EQ(values.kind, PropertyVector::Kind::kInts);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    EXPECT_EQ(values.ints[i], static_cast<std::int64_t>(i));
  }
}

TEST_F(TransactionTest, HubGrowsAndShrinksInOneTransaction) {
  auto t = graph_->Begin();
  const NodeNo hub = t->CreateNode({});
  const TypeId type = t->Type("T");
  std::vector<RelNo> rels;
  for (int i = 0; i < 100'000; ++i) {
    const NodeNo leaf = t->CreateNode({});
    rels.push_back(t->CreateRel(leaf, type, hub));
    rels.push_back(t->CreateRel(hub, type, leaf));
  }
  EXPECT_EQ(t->Neighbours(hub, Direction::kIn, type).size(), 100'000U);
  for (const RelNo rel : rels) t->Delete(rel);
  EXPECT_FALSE(t->IsConnected(hub));
  t->Commit();
  EXPECT_EQ(graph_->Read()->RelCount(), 0U);
}

TEST_F(TransactionTest, ReadersRunBesideTheWriter) {
  const auto sum = [](const View& view) {
    std::uint64_t degrees = 0;
    NodeNo buffer[64];
    for (NodeNo from;;) {
      const std::size_t n = view.ScanNodes(std::nullopt, from, buffer);
      for (std::size_t i = 0; i < n; ++i) {
        degrees += view.Neighbours(buffer[i], Direction::kOut, TypeId{0}).size();
      }
      if (n < 64) return degrees;
      from = NodeNo{buffer[n - 1].value + 1};
    }
  };
  std::atomic<bool> done = false;
  std::thread reader([&] {
    while (!done) {
      const auto view = graph_->Read();
      EXPECT_EQ(sum(*view), view->RelCount());
    }
  });
  for (int i = 0; i < 200; ++i) {
    auto t = graph_->Begin();
    const TypeId type = t->Type("T");
    const NodeNo node = t->CreateNode({});
    const NodeNo other{static_cast<std::uint32_t>(i) / 2};
    t->CreateRel(node, type, other);
    t->CreateRel(other, type, node);
    t->Commit();
  }
  done = true;
  reader.join();
  EXPECT_EQ(sum(*graph_->Read()), 400U);
}

}  // namespace
}  // namespace verbale::graph
