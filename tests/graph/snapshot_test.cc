// The parts of a laid-out graph, one by one.

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph/snapshot/layout.h"
#include "graph/snapshot/paged_map.h"
#include "graph/snapshot/snapshot_builder.h"
#include "graph/store/store.h"

namespace verbale::graph::snapshot {
namespace {

using testing::ElementsAre;
using Kind = PropertyVector::Kind;

TEST(PagedMapTest, CopiesKeepWhatTheyHad) {
  PagedMap<int> map;
  map.Edit(5, 1) = 50;
  map.Edit(70'000, 1) = 70;
  const PagedMap<int> copy = map;
  map.Edit(5, 2) = 51;
  map.Edit(6, 2) = 60;
  EXPECT_EQ(*copy.Find(5), 50);
  EXPECT_EQ(copy.Find(6), nullptr);
  EXPECT_EQ(*map.Find(5), 51);
  EXPECT_EQ(map.NextFrom(0), 5U);
  EXPECT_EQ(map.NextFrom(7), 70'000U);
  EXPECT_EQ(map.NextFrom(70'001), std::nullopt);
}

TEST(PagedBitsTest, FindsTheNextMember) {
  PagedBits bits;
  for (const std::uint32_t i : {0U, 63U, 64U, 9'000U}) bits.Put(i, true, 1);
  bits.Put(64, false, 1);
  std::vector<std::uint32_t> members;
  for (auto i = bits.NextFrom(0); i; i = bits.NextFrom(*i + 1)) members.push_back(*i);
  EXPECT_THAT(members, ElementsAre(0, 63, 9'000));
}

TEST(SharedBitsTest, CopiesKeepWhatTheyHad) {
  SharedBits bits;
  bits.Put(100, 1);
  const SharedBits copy = bits;
  bits.Put(101, 2);
  bits.Put(5'000, 2);
  EXPECT_TRUE(copy.Has(100));
  EXPECT_FALSE(copy.Has(101));
  EXPECT_FALSE(copy.Has(5'000));
  EXPECT_TRUE(bits.Has(100) && bits.Has(101) && bits.Has(5'000));
}

TEST(HashRowsTest, FindsEachNumberAmongItsCandidates) {
  std::mt19937_64 random(1);
  std::vector<std::uint64_t> hashes;
  for (std::uint64_t i = 0; i < 1000; ++i) hashes.push_back(i % 3 ? random() : kManualIdBit + i);
  const HashRows rows(hashes);
  std::size_t candidates = 0;
  for (std::uint32_t i = 0; i < hashes.size(); ++i) {
    const auto found = rows.Candidates(hashes[i]);
    EXPECT_NE(std::find(found.begin(), found.end(), i), found.end());
    candidates += found.size();
  }
  EXPECT_LT(candidates, 4 * hashes.size());
  EXPECT_TRUE(HashRows().Candidates(7).empty());
}

/// Three labels whose numbers are not in the order of their names.
class SnapshotTest : public testing::Test {
 protected:
  SnapshotTest() {
    for (const char* name : {"Treaty", "Body", "State"}) names_.labels.Make(name, 0);
    for (const char* name : {"SIGNED", "RATIFIED"}) names_.types.Make(name, 0);
    for (const char* name : {"p", "q"}) names_.keys.Make(name, 0);
  }

  GraphState Build(SnapshotBuilder builder) {
    return {std::move(builder).Build(), names_, store_->Pin(), 0};
  }

  const LabelId treaty_{0}, body_{1}, state_{2};
  const TypeId signed_{0}, ratified_{1};
  const KeyId p_{0}, q_{1};
  NameCatalog names_;
  std::unique_ptr<store::Store> store_ = store::Store::InMemory();
};

TEST_F(SnapshotTest, NumbersDependOnContentOnly) {
  struct Node {
    std::uint64_t id;
    LabelId label;
  };
  std::vector<Node> nodes = {{7, treaty_}, {9, body_}, {3, state_}, {5, treaty_}, {4, state_}};
  std::mt19937 random(1);
  for (int i = 0; i < 20; ++i) {
    std::shuffle(nodes.begin(), nodes.end(), random);
    SnapshotBuilder builder(names_);
    for (const Node& node : nodes) builder.AddNode(NodeId{node.id}, {&node.label, 1});
    const auto snapshot = std::move(builder).Build();
    std::vector<NodeId> ids;
    for (std::uint32_t no = 0; no < snapshot->node_count(); ++no) {
      ids.push_back(snapshot->Id(NodeNo{no}));
    }
    EXPECT_THAT(ids, ElementsAre(NodeId{9}, NodeId{3}, NodeId{4}, NodeId{5}, NodeId{7}));
  }
}

TEST_F(SnapshotTest, RelationshipsOfATypeAreConsecutiveBySource) {
  SnapshotBuilder builder(names_);
  const std::uint32_t a = builder.AddNode(NodeId{1}, {}), b = builder.AddNode(NodeId{2}, {}),
                      c = builder.AddNode(NodeId{3}, {});
  builder.AddRel(RelId{30}, b, signed_, a, 0);
  builder.AddRel(RelId{20}, b, signed_, a, 2);
  builder.AddRel(RelId{10}, c, signed_, c, 0);
  builder.AddRel(RelId{40}, a, ratified_, c, 1);
  const auto snapshot = std::move(builder).Build();
  std::vector<RelId> rel_ids;
  for (std::uint32_t no = 0; no < snapshot->rel_count(); ++no) {
    rel_ids.push_back(snapshot->Id(RelNo{no}));
  }
  EXPECT_THAT(rel_ids, ElementsAre(RelId{40}, RelId{20}, RelId{30}, RelId{10}));
  const Adjacency out = snapshot->Neighbours(NodeNo{1}, Direction::kOut, signed_);
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(out.rels, nullptr);
  EXPECT_EQ(out.rel(1), RelNo{2});
  const Adjacency in = snapshot->Neighbours(NodeNo{0}, Direction::kIn, signed_);
  ASSERT_EQ(in.size(), 2U);
  EXPECT_EQ(in.rel(0), RelNo{1});
  const Adjacency loop = snapshot->Neighbours(NodeNo{2}, Direction::kIn, signed_);
  EXPECT_THAT(loop.nodes, ElementsAre(NodeNo{2}));
  EXPECT_EQ(snapshot->TypeOf(RelNo{0}), ratified_);
  EXPECT_EQ(snapshot->TypeOf(RelNo{3}), signed_);
  EXPECT_EQ(snapshot->SupportOf(RelNo{1}), 2U);
  EXPECT_EQ(snapshot->Find(RelId{30}), RelNo{2});
  EXPECT_EQ(snapshot->Find(RelId{31}), std::nullopt);
}

TEST_F(SnapshotTest, SourcesAreFoundByNumber) {
  // Stretches of nodes from which nothing leads, and nodes from which much does.
  std::mt19937 random(3);
  SnapshotBuilder builder(names_);
  constexpr std::uint32_t kNodes = 300;
  for (std::uint32_t i = 0; i < kNodes; ++i) builder.AddNode(NodeId{i + 1}, {});
  for (std::uint64_t id = 1; id <= 500; ++id) {
    const auto square = static_cast<std::uint32_t>(random() % 17 * (random() % 17));
    builder.AddRel(RelId{id}, square, id % 3 == 0 ? ratified_ : signed_,
                   static_cast<std::uint32_t>(random() % kNodes), 0);
  }
  const GraphState state = Build(std::move(builder));
  std::vector<RelNo> rels;
  std::vector<NodeNo> sources, targets;
  for (const TypeId type : {signed_, ratified_}) {
    for (std::uint32_t node = 0; node < kNodes; ++node) {
      const Adjacency out = state.Neighbours(NodeNo{node}, Direction::kOut, type);
      for (std::size_t i = 0; i < out.size(); ++i) {
        rels.push_back(out.rel(i));
        sources.push_back(NodeNo{node});
        targets.push_back(out.nodes[i]);
        EXPECT_EQ(state.Ends(out.rel(i)).source, NodeNo{node});
        EXPECT_EQ(state.Ends(out.rel(i)).target, out.nodes[i]);
      }
    }
  }
  std::vector<NodeNo> found(rels.size());
  state.NodesOf(rels, Direction::kOut, found);
  EXPECT_EQ(found, sources);
  state.NodesOf(rels, Direction::kIn, found);
  EXPECT_EQ(found, targets);
  std::reverse(rels.begin(), rels.end());
  std::reverse(sources.begin(), sources.end());
  state.NodesOf(rels, Direction::kOut, found);
  EXPECT_EQ(found, sources);
}

TEST_F(SnapshotTest, KnowsWhatAllRelationshipsOfATypeHave) {
  SnapshotBuilder builder(names_);
  for (std::uint32_t i = 0; i < 3; ++i) builder.AddNode(NodeId{i + 1}, {&state_, 1});
  const std::uint32_t treaty = builder.AddNode(NodeId{9}, {&treaty_, 1});
  builder.AddRel(RelId{1}, 0, signed_, treaty, 0);
  GraphState state = Build(std::move(builder));
  const NodeNo one = *state.Find(NodeId{1}), two = *state.Find(NodeId{2}),
               the_treaty = *state.Find(NodeId{9});
  state.StartEpoch(1);
  EXPECT_TRUE(state.AllHaveLabel(signed_, Direction::kOut, state_));
  EXPECT_FALSE(state.AllHaveLabel(signed_, Direction::kIn, state_));
  for (int i = 0; i < 10'000; ++i) state.CreateRel(two, signed_, the_treaty);
  EXPECT_TRUE(state.AllHaveLabel(signed_, Direction::kOut, state_));
  EXPECT_TRUE(state.AllHaveLabel(signed_, Direction::kIn, treaty_));
  EXPECT_FALSE(state.MayHaveLoops(signed_));
  EXPECT_TRUE(state.AllHaveLabel(ratified_, Direction::kOut, state_)) << "there is none";

  GraphState relabelled = state;
  relabelled.StartEpoch(2);
  relabelled.RemoveLabel(one, state_);
  EXPECT_FALSE(relabelled.AllHaveLabel(signed_, Direction::kOut, state_));
  EXPECT_TRUE(relabelled.AllHaveLabel(signed_, Direction::kIn, treaty_));

  state.StartEpoch(2);
  state.CreateRel(state.CreateNode({}), signed_, the_treaty);
  EXPECT_FALSE(state.AllHaveLabel(signed_, Direction::kOut, state_));
  state.CreateRel(one, ratified_, one);
  EXPECT_TRUE(state.MayHaveLoops(ratified_));
  EXPECT_FALSE(state.MayHaveLoops(signed_));
}

struct ColumnCase {
  const char* name;
  std::vector<Value> values;  // Null: the row has none.
  Kind kind;
};

class ColumnTest : public SnapshotTest, public testing::WithParamInterface<ColumnCase> {};

TEST_P(ColumnTest, GivesBackWhatWasPutIn) {
  SnapshotBuilder builder(names_);
  for (std::uint32_t i = 0; i < GetParam().values.size(); ++i) {
    builder.AddNode(NodeId{i + 1}, {&state_, 1});
    const Value& value = GetParam().values[i];
    if (!value.is_null()) builder.SetNodeProperty(i, p_, value);
  }
  const GraphState state = Build(std::move(builder));
  std::vector<NodeNo> nodes(state.base().node_count());
  for (std::uint32_t i = 0; i < nodes.size(); ++i) nodes[i] = NodeNo{i};
  PropertyVector vector;
  state.Properties(nodes, p_, vector);
  EXPECT_EQ(vector.kind, GetParam().kind);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Value& expected = GetParam().values[i];
    EXPECT_EQ(vector.At(i).type(), expected.type());
    EXPECT_TRUE(Equivalent(vector.At(i), expected));
    EXPECT_TRUE(Equivalent(state.Property(nodes[i], p_), expected));
  }
}

/// Only integers and what has codes lie side by side, where each node has a value and none was
/// written since.
TEST_P(ColumnTest, GivesWhatLiesSideBySide) {
  const std::vector<Value>& values = GetParam().values;
  SnapshotBuilder builder(names_);
  for (std::uint32_t i = 0; i < values.size(); ++i) {
    builder.AddNode(NodeId{i + 1}, {&state_, 1});
    if (!values[i].is_null()) builder.SetNodeProperty(i, p_, values[i]);
  }
  GraphState state = Build(std::move(builder));
  const bool has_all =
      std::none_of(values.begin(), values.end(), [](const Value& v) { return v.is_null(); });
  const auto count = static_cast<std::uint32_t>(values.size());
  const auto packed = state.Packed(NodeNo{0}, count, p_);
  EXPECT_EQ(packed.has_value(),
            has_all && (GetParam().kind == Kind::kInts || GetParam().kind == Kind::kDictionary));
  EXPECT_FALSE(state.Packed(NodeNo{0}, count + 1, p_));
  state.StartEpoch(1);
  state.Set(NodeNo{1}, p_, Value(10));
  EXPECT_FALSE(state.Packed(NodeNo{0}, 2, p_));
  EXPECT_EQ(state.Packed(NodeNo{0}, 1, p_).has_value(), packed.has_value());
}

std::vector<Value> OneIn(std::size_t count, const Value& value) {
  std::vector<Value> values(count);
  values[count / 2] = value;
  return values;
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, ColumnTest,
    testing::Values(
        ColumnCase{"Ints", {Value(1), Value(2), Value(-3)}, Kind::kInts},
        ColumnCase{"SameInts", {Value(7), Value(7), Value(7)}, Kind::kInts},
        ColumnCase{"SameIntsWithGaps", {Value(7), Value(), Value(7)}, Kind::kInts},
        ColumnCase{"IntsWithGaps", {Value(1), Value(), Value(-3)}, Kind::kInts},
        ColumnCase{"WideInts", {Value(-300), Value(), Value(70'000)}, Kind::kInts},
        ColumnCase{"IntsOfFourBytes", {Value(5), Value(4'000'000'000)}, Kind::kInts},
        ColumnCase{
            "LeastAndLargestInt", {Value(INT64_MIN), Value(0), Value(INT64_MAX)}, Kind::kInts},
        ColumnCase{"Doubles", {Value(1.5), Value(), Value(0.0)}, Kind::kDoubles},
        ColumnCase{"Strings", {Value("a"), Value("b"), Value("a")}, Kind::kDictionary},
        ColumnCase{"NumbersOfBothTypes", {Value(1), Value(1.0), Value(1)}, Kind::kDictionary},
        ColumnCase{"Lists",
                   {Value(List{Value(1)}), Value(List{Value(1.0)}), Value(true)},
                   Kind::kDictionary},
        ColumnCase{"SparseInts", OneIn(100, Value(7)), Kind::kInts},
        ColumnCase{"SparseStrings", OneIn(100, Value("seven")), Kind::kDictionary},
        ColumnCase{"Nothing", {Value(), Value()}, Kind::kValues}),
    [](const auto& row) { return std::string(row.param.name); });

TEST_F(SnapshotTest, OneDictionaryServesAllLabels) {
  SnapshotBuilder builder(names_);
  builder.SetNodeProperty(builder.AddNode(NodeId{1}, {&state_, 1}), p_, Value("x"));
  builder.SetNodeProperty(builder.AddNode(NodeId{2}, {&treaty_, 1}), p_, Value("x"));
  builder.AddNode(NodeId{3}, {&body_, 1});
  const GraphState state = Build(std::move(builder));
  PropertyVector vector;
  state.Properties(std::vector<NodeNo>{NodeNo{0}, NodeNo{1}, NodeNo{2}}, p_, vector);
  ASSERT_EQ(vector.kind, Kind::kDictionary);
  EXPECT_EQ(vector.dictionary.size(), 1U);
  EXPECT_THAT(vector.valid, ElementsAre(0, 1, 1));
}

TEST_F(SnapshotTest, BatchOfDifferentKindsIsPlainValues) {
  SnapshotBuilder builder(names_);
  builder.SetNodeProperty(builder.AddNode(NodeId{1}, {&state_, 1}), p_, Value("x"));
  builder.SetNodeProperty(builder.AddNode(NodeId{2}, {&treaty_, 1}), p_, Value(2));
  const GraphState state = Build(std::move(builder));
  PropertyVector vector;
  state.Properties(std::vector<NodeNo>{NodeNo{1}, NodeNo{0}, NodeNo{1}}, p_, vector);
  ASSERT_EQ(vector.kind, Kind::kValues);
  EXPECT_EQ(vector.values[0].as_int(), 2);
  EXPECT_EQ(vector.values[1].as_string(), "x");
}

TEST_F(SnapshotTest, WrittenNumbersStayInTypedBatches) {
  SnapshotBuilder builder(names_);
  for (std::uint32_t i = 0; i < 4; ++i) {
    builder.SetNodeProperty(builder.AddNode(NodeId{i + 1}, {}), p_, Value(static_cast<int>(i)));
  }
  GraphState state = Build(std::move(builder));
  state.StartEpoch(1);
  state.Set(NodeNo{1}, p_, Value(10));
  state.Set(NodeNo{2}, p_, Value());
  const NodeNo created = state.CreateNode({});
  PropertyVector vector;
  state.Properties(std::vector<NodeNo>{NodeNo{0}, NodeNo{1}, NodeNo{2}, NodeNo{3}, created}, p_,
                   vector);
  ASSERT_EQ(vector.kind, Kind::kInts);
  EXPECT_THAT(vector.ints, ElementsAre(0, 10, 0, 3, 0));
  EXPECT_THAT(vector.valid, ElementsAre(1, 1, 0, 1, 0));
}

}  // namespace
}  // namespace verbale::graph::snapshot
