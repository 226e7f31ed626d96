// Thousands of random writes on a graph of plain maps and on the real one, which must look the same
// through every reading function: within a transaction, after rolling back, after committing, laid
// out again, and read from the store by another.

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <random>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "graph/error.h"
#include "graph/snapshot/layout.h"
#include "graph/snapshot/live.h"
#include "graph/snapshot/state_reader.h"
#include "graph/store/store.h"

namespace verbale::graph {
namespace {

constexpr std::array<const char*, 4> kLabels = {"Person", "Forum", "Treaty", "Body"};
constexpr std::array<const char*, 3> kTypes = {"KNOWS", "MEMBER_OF", "RATIFIED"};
constexpr std::array<const char*, 4> kKeys = {"name", "age", "weight", "mixed"};

/// What a graph should hold, in the plainest way; ids are those that the real one gave.
struct Model {
  struct Node {
    std::set<std::string> labels;
    std::map<std::string, Value> properties;
  };
  struct Rel {
    NodeId source, target;
    std::string type;
    std::map<std::string, Value> properties;
  };
  std::map<NodeId, Node> nodes;
  std::map<RelId, Rel> rels;

  bool IsConnected(NodeId id) const {
    return std::any_of(rels.begin(), rels.end(), [id](const auto& r) {
      return r.second.source == id || r.second.target == id;
    });
  }
};

bool SameValue(const Value& a, const Value& b) { return a.type() == b.type() && Equivalent(a, b); }

std::vector<NodeNo> ScanAll(const View& view, std::optional<LabelId> label, std::size_t step) {
  std::vector<NodeNo> all, buffer(step);
  for (NodeNo from;;) {
    const std::size_t n = view.ScanNodes(label, from, buffer);
    all.insert(all.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(n));
    if (n < step) return all;
    from = NodeNo{buffer.back().value + 1};
  }
}

class Comparison {
 public:
  Comparison(const View& view, const Model& model) : view_(view), model_(model) {}

  void Run() {
    CompareNodes();
    CompareRels();
    CompareAdjacency();
    CompareBatches();
    CompareLookups();
  }

 private:
  template <typename Thing>
  void CompareProperties(Thing no, const std::map<std::string, Value>& expected) {
    std::map<std::string, Value> found;
    for (const auto& [key, value] : view_.Properties(no)) {
      found[std::string(view_.catalog().KeyName(key))] = value;
      EXPECT_TRUE(SameValue(view_.Property(no, key), value));
    }
    ASSERT_EQ(found.size(), expected.size());
    for (const auto& [key, value] : expected) EXPECT_TRUE(SameValue(found[key], value)) << key;
  }

  void CompareNodes() {
    ASSERT_EQ(view_.NodeCount(), model_.nodes.size());
    const auto all = ScanAll(view_, std::nullopt, 7);
    ASSERT_EQ(all.size(), model_.nodes.size());
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
    for (const NodeNo no : all) {
      ASSERT_TRUE(view_.Exists(no));
      const NodeId id = view_.Id(no);
      ASSERT_EQ(view_.Find(id), no);
      const auto& expected = model_.nodes.at(id);
      std::set<std::string> labels;
      for (const LabelId l : view_.Labels(no)) labels.emplace(view_.catalog().LabelName(l));
      EXPECT_EQ(labels, expected.labels);
      CompareProperties(no, expected.properties);
    }
    for (std::uint32_t l = 0; l < view_.catalog().LabelCount(); ++l) {
      std::vector<NodeNo> members;
      for (const NodeNo no : all) {
        if (view_.HasLabel(no, LabelId{l})) members.push_back(no);
      }
      EXPECT_EQ(ScanAll(view_, LabelId{l}, 5), members);
      EXPECT_EQ(view_.NodeCount(LabelId{l}), members.size());
    }
  }

  void CompareRels() {
    ASSERT_EQ(view_.RelCount(), model_.rels.size());
    std::map<std::uint32_t, std::uint64_t> counts;
    std::size_t existing = 0;
    for (std::uint32_t no = 0; no < view_.RelLimit(); ++no) {
      const RelNo rel{no};
      if (!view_.Exists(rel)) continue;
      ++existing;
      const auto& expected = model_.rels.at(view_.Id(rel));
      ASSERT_EQ(view_.Find(view_.Id(rel)), rel);
      const RelEnds ends = view_.Ends(rel);
      EXPECT_EQ(view_.Id(ends.source), expected.source);
      EXPECT_EQ(view_.Id(ends.target), expected.target);
      EXPECT_EQ(view_.catalog().TypeName(ends.type), expected.type);
      ++counts[ends.type.value];
      CompareProperties(rel, expected.properties);
    }
    EXPECT_EQ(existing, model_.rels.size());
    for (std::uint32_t t = 0; t < view_.catalog().TypeCount(); ++t) {
      EXPECT_EQ(view_.RelCount(TypeId{t}), counts[t]);
    }
  }

  void CompareAdjacency() {
    for (const NodeNo no : ScanAll(view_, std::nullopt, 64)) {
      for (std::uint32_t t = 0; t < view_.catalog().TypeCount(); ++t) {
        for (const Direction direction : {Direction::kOut, Direction::kIn}) {
          const Adjacency a = view_.Neighbours(no, direction, TypeId{t});
          std::vector<std::pair<NodeNo, RelNo>> found, expected;
          for (std::size_t i = 0; i < a.size(); ++i) found.emplace_back(a.nodes[i], a.rel(i));
          EXPECT_TRUE(std::is_sorted(found.begin(), found.end()));
          for (const auto& [id, rel] : model_.rels) {
            const NodeId near = direction == Direction::kOut ? rel.source : rel.target;
            const NodeId far = direction == Direction::kOut ? rel.target : rel.source;
            if (near != view_.Id(no) || rel.type != view_.catalog().TypeName(TypeId{t})) continue;
            expected.emplace_back(*view_.Find(far), *view_.Find(id));
          }
          std::sort(expected.begin(), expected.end());
          EXPECT_EQ(found, expected);
          std::uint32_t degree = 0;
          view_.Table(direction, TypeId{t}).Degrees(no, {&degree, 1});
          EXPECT_EQ(degree, expected.size());
          ComparePart(no, direction, TypeId{t});
        }
      }
    }
  }

  /// The arrays of some nodes together, where they have all of them.
  void ComparePart(NodeNo first, Direction direction, TypeId type) {
    const AdjacencyTable table = view_.Table(direction, type);
    for (const std::uint32_t count : {1u, 2u, 5u}) {
      const auto part = table.Part(first, count);
      if (!part) continue;
      for (std::uint32_t i = 0; i < count; ++i) {
        const Adjacency expected = view_.Neighbours(NodeNo{first.value + i}, direction, type);
        ASSERT_EQ(part->starts[i + 1] - part->starts[i], expected.size());
        for (std::size_t k = 0; k < expected.size(); ++k) {
          const std::size_t at = part->starts[i] + k;
          EXPECT_EQ(part->nodes[at], expected.nodes[k]);
          const RelNo rel = part->rels != nullptr
                                ? part->rels[at]
                                : RelNo{part->first_rel.value + static_cast<std::uint32_t>(at)};
          EXPECT_EQ(rel, expected.rel(k));
        }
      }
    }
  }

  void CompareBatches() {
    PropertyVector vector;
    const auto nodes = ScanAll(view_, std::nullopt, 64);
    std::vector<RelNo> rels;
    for (std::uint32_t no = 0; no < view_.RelLimit(); ++no) {
      if (view_.Exists(RelNo{no})) rels.push_back(RelNo{no});
    }
    for (std::uint32_t k = 0; k < view_.catalog().KeyCount(); ++k) {
      view_.Properties(nodes, KeyId{k}, vector);
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        EXPECT_TRUE(SameValue(vector.At(i), view_.Property(nodes[i], KeyId{k})));
      }
      view_.Properties(rels, KeyId{k}, vector);
      for (std::size_t i = 0; i < rels.size(); ++i) {
        EXPECT_TRUE(SameValue(vector.At(i), view_.Property(rels[i], KeyId{k})));
      }
      ComparePacked<NodeNo>(view_.NodeLimit(), KeyId{k});
      ComparePacked<RelNo>(view_.RelLimit(), KeyId{k});
    }
  }

  /// Values as they lie, wherever some lie so.
  template <typename No>
  void ComparePacked(std::uint32_t limit, KeyId key) {
    for (std::uint32_t first = 0; first < limit; ++first) {
      for (std::uint32_t count = 1; count <= 3 && count <= limit - first; ++count) {
        const auto packed = view_.Packed(No{first}, count, key);
        for (std::uint32_t i = 0; packed && i < count; ++i) {
          EXPECT_TRUE(view_.Exists(No{first + i}));
          const Value expected = view_.Property(No{first + i}, key);
          EXPECT_TRUE(SameValue(ValueOf(*packed, i), expected));
        }
      }
    }
  }

  static Value ValueOf(const PackedProperty& packed, std::size_t i) {
    std::uint64_t distance = 0;
    if (packed.width != 0) {
      std::memcpy(&distance, static_cast<const char*>(packed.data) + i * packed.width,
                  packed.width);
    }
    if (!packed.dictionary.empty()) return packed.dictionary[distance];
    return Value(static_cast<std::int64_t>(static_cast<std::uint64_t>(packed.base) + distance));
  }

  void CompareLookups() {
    for (const SchemaItem& item : view_.Schema()) {
      const LabelId label = *view_.catalog().FindLabel(item.label);
      const KeyId key = *view_.catalog().FindKey(item.keys[0]);
      const auto members = ScanAll(view_, label, 64);
      for (const NodeNo no : members) {
        const Value value = view_.Property(no, key);
        std::vector<NodeNo> expected;
        for (const NodeNo other : members) {
          if (Equals(view_.Property(other, key), value).value_or(false)) expected.push_back(other);
        }
        EXPECT_EQ(view_.Lookup(label, key, value), expected);
      }
    }
  }

  const View& view_;
  const Model& model_;
};

class RandomWriter {
 public:
  explicit RandomWriter(unsigned seed) : random_(seed) {}

  std::size_t Below(std::size_t n) { return random_() % n; }

  Value AnyValue(std::size_t key) {
    switch (key == 3 ? Below(5) : key) {
      case 0:
        return Value(Below(2) ? "a name that is stored on the heap" + std::to_string(Below(5))
                              : "n" + std::to_string(Below(9)));
      case 1:
        return Value(static_cast<std::int64_t>(Below(6)));
      case 2:
        return Value(static_cast<double>(Below(6)) / 2);
      case 3:
        return Value(Below(2) == 0);
      default:
        return Value(List{Value(1), Value("x")});
    }
  }

  template <typename Map>
  typename Map::iterator AnyOf(Map& map) {
    return std::next(map.begin(), static_cast<std::ptrdiff_t>(Below(map.size())));
  }

  /// One write on both; what it wrote on is chosen at random.
  void Step(Transaction& t, Model& m) {
    const std::size_t what = Below(20);
    if (what < 5 || m.nodes.empty()) return CreateNode(t, m);
    if (what < 10) return CreateRel(t, m);
    if (what < 13) return SetOnNode(t, m);
    if (what < 15) return ChangeLabel(t, m);
    if (what < 16) return DeleteNode(t, m);
    if (m.rels.empty()) return;
    const auto rel = AnyOf(m.rels);
    if (what < 18) {
      const std::size_t key = Below(kKeys.size());
      const Value value = Below(4) ? AnyValue(key) : Value();
      t.Set(*t.Find(rel->first), t.Key(kKeys[key]), value);
      Put(rel->second.properties, kKeys[key], value);
    } else {
      t.Delete(*t.Find(rel->first));
      m.rels.erase(rel);
    }
  }

 private:
  static void Put(std::map<std::string, Value>& properties, const char* key, const Value& value) {
    if (value.is_null()) {
      properties.erase(key);
    } else {
      properties[key] = value;
    }
  }
  void CreateNode(Transaction& t, Model& m) {
    std::vector<LabelId> ids;
    Model::Node node;
    for (const char* label : kLabels) {
      if (Below(3)) continue;
      ids.push_back(t.Label(label));
      node.labels.insert(label);
    }
    m.nodes[t.Id(t.CreateNode(ids))] = node;
  }
  void CreateRel(Transaction& t, Model& m) {
    const NodeId source = AnyOf(m.nodes)->first, target = AnyOf(m.nodes)->first;
    const char* type = kTypes[Below(kTypes.size())];
    const RelNo rel = t.CreateRel(*t.Find(source), t.Type(type), *t.Find(target));
    m.rels[t.Id(rel)] = {source, target, type, {}};
  }
  void SetOnNode(Transaction& t, Model& m) {
    const auto node = AnyOf(m.nodes);
    const std::size_t key = Below(kKeys.size());
    const Value value = Below(5) ? AnyValue(key) : Value();
    t.Set(*t.Find(node->first), t.Key(kKeys[key]), value);
    Put(node->second.properties, kKeys[key], value);
  }
  void ChangeLabel(Transaction& t, Model& m) {
    const auto node = AnyOf(m.nodes);
    const char* label = kLabels[Below(kLabels.size())];
    const NodeNo no = *t.Find(node->first);
    if (Below(2)) {
      EXPECT_EQ(t.AddLabel(no, t.Label(label)), node->second.labels.insert(label).second);
    } else {
      EXPECT_EQ(t.RemoveLabel(no, t.Label(label)), node->second.labels.erase(label) == 1);
    }
  }
  void DeleteNode(Transaction& t, Model& m) {
    const auto node = AnyOf(m.nodes);
    const NodeId id = node->first;
    EXPECT_EQ(t.IsConnected(*t.Find(id)), m.IsConnected(id));
    for (auto rel = m.rels.begin(); rel != m.rels.end();) {
      if (rel->second.source == id || rel->second.target == id) {
        t.Delete(*t.Find(rel->first));
        rel = m.rels.erase(rel);
      } else {
        ++rel;
      }
    }
    t.Delete(*t.Find(id));
    m.nodes.erase(node);
  }

  std::mt19937 random_;
};

void Compare(const View& view, const Model& model) { Comparison(view, model).Run(); }

class SnapshotModelTest : public testing::TestWithParam<unsigned> {};

TEST_P(SnapshotModelTest, LooksLikePlainMaps) {
  RandomWriter writer(GetParam());
  const auto store = store::Store::InMemory();
  auto live = snapshot::Live::Open(*store);
  const auto other = snapshot::Live::Open(*store);  // Sees the commits of `live` as a stranger's.
  Model committed;
  std::vector<std::pair<std::shared_ptr<const View>, Model>> readers;
  for (int round = 0; round < 25 && !HasFailure(); ++round) {
    SCOPED_TRACE(round);
    auto transaction = live->Begin("");
    Model model = committed;
    if (round == 3) {
      transaction->CreateSchema({"by_name", SchemaKind::kIndex, false, "Person", {"name"}, ""});
      transaction->CreateSchema({"by_mixed", SchemaKind::kIndex, false, "Forum", {"mixed"}, ""});
    }
    std::vector<std::pair<std::size_t, Model>> marks;
    const std::size_t steps = writer.Below(60);
    for (std::size_t i = 0; i < steps; ++i) {
      writer.Step(*transaction, model);
      if (writer.Below(8) == 0) marks.emplace_back(transaction->Savepoint(), model);
      if (!marks.empty() && writer.Below(12) == 0) {
        marks.resize(writer.Below(marks.size()) + 1);
        transaction->RollbackTo(marks.back().first);
        model = marks.back().second;
      }
      if (!marks.empty() && writer.Below(20) == 0) {
        transaction->Release(marks.back().first);
        marks.pop_back();
      }
      if (writer.Below(30) == 0) Compare(*transaction, model);
    }
    Compare(*transaction, model);
    if (writer.Below(4) == 0) {
      transaction.reset();
    } else {
      transaction->Commit();
      committed = model;
    }
    transaction.reset();
    Compare(*live->Read(), committed);
    if (writer.Below(5) == 0) readers.emplace_back(live->Read(), committed);
    if (writer.Below(4) == 0) live->Refresh();
    other->Refresh();
    if (writer.Below(2) == 0) Compare(*other->Read(), committed);
    const auto& view = dynamic_cast<const snapshot::CommittedView&>(*live->Read());
    if (writer.Below(3) == 0) {
      Compare(snapshot::CommittedView(snapshot::LayOutAgain(view.state())), committed);
    }
    if (writer.Below(3) == 0) Compare(*snapshot::Live::Open(*store)->Read(), committed);
  }
  for (const auto& [view, model] : readers) Compare(*view, model);
}

INSTANTIATE_TEST_SUITE_P(Seeds, SnapshotModelTest, testing::Range(1U, 41U));

}  // namespace
}  // namespace verbale::graph
