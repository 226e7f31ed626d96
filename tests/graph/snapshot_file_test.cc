// The snapshot kept in a file: what is read through it is what the store has, whatever happens to
// the file.

#include "graph/snapshot/snapshot_file.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <numeric>
#include <random>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph/error.h"
#include "graph/graph.h"
#include "graph/value_text.h"
#include "tests/graph/scratch.h"

namespace verbale::graph {
namespace {

namespace fs = std::filesystem;

/// Every node and relationship with everything that a query can see, and what indexes find; in an
/// order that does not depend on numbers, which change from layout to layout.
std::string Describe(const View& view) {
  std::vector<std::string> lines;
  std::ostringstream out;
  const auto properties = [&](const auto& of) {
    for (const auto& [key, value] : of) {
      out << ' ' << view.catalog().KeyName(key) << '=' << DisplayText(value) << '/'
          << TypeName(value.type());
    }
  };
  for (std::uint32_t i = 0; i < view.NodeLimit(); ++i) {
    const NodeNo node{i};
    if (!view.Exists(node)) continue;
    out << view.Id(node).value;
    for (const LabelId label : view.Labels(node)) out << ':' << view.catalog().LabelName(label);
    properties(view.Properties(node));
    for (std::uint32_t type = 0; type < view.catalog().TypeCount(); ++type) {
      for (const Direction direction : {Direction::kOut, Direction::kIn}) {
        const Adjacency rels = view.Neighbours(node, direction, TypeId{type});
        std::vector<std::pair<RelId, std::size_t>> by_id;
        for (std::size_t r = 0; r < rels.size(); ++r) by_id.emplace_back(view.Id(rels.rel(r)), r);
        std::sort(by_id.begin(), by_id.end());
        for (const auto& [id, r] : by_id) {
          out << " [" << id.value << ' ' << view.Id(rels.nodes[r]).value;
          properties(view.Properties(rels.rel(r)));
          out << ']';
        }
      }
    }
    const auto label = view.catalog().FindLabel("Person");
    const auto key = view.catalog().FindKey("name");
    if (label && key) {
      const auto found = view.Lookup(*label, *key, view.Property(node, *key));
      out << " found " << (found ? found->size() : 99);
    }
    out << '\n';
    lines.push_back(std::exchange(out, std::ostringstream()).str());
  }
  std::sort(lines.begin(), lines.end());
  return std::accumulate(lines.begin(), lines.end(), std::string());
}

OpenOptions Writing() {
  return {.engine = EngineKind::kRocksDb, .read_only = false, .create = true, .command = "test"};
}
OpenOptions Reading() {
  return {.engine = EngineKind::kRocksDb, .read_only = true, .create = false, .command = ""};
}

class SnapshotFileTest : public testing::Test {
 protected:
  /// Persons with all kinds of values, who know one another.
  void Fill(int persons) {
    const auto graph = Graph::Open(folder_, Writing());
    auto t = graph->Begin();
    if (graph->Read()->Schema().empty()) {
      t->CreateSchema({"person_name", SchemaKind::kIndex, false, "Person", {"name"}, ""});
    }
    const LabelId person = t->Label("Person"), writer = t->Label("Writer");
    const TypeId knows = t->Type("KNOWS"), likes = t->Type("LIKES");
    std::vector<NodeNo> nodes;
    for (int i = 0; i < persons; ++i) {
      const LabelId both[] = {person, writer};
      nodes.push_back(t->CreateNode(std::span(both, i % 3 == 0 ? 2 : 1)));
      t->Set(nodes.back(), t->Key("name"),
             Value("a person whose name is " + std::to_string(i % (97 + persons / 10))));
      t->Set(nodes.back(), t->Key("age"), Value(i));
      if (i % 2 == 0) t->Set(nodes.back(), t->Key("weight"), Value(i * 0.5));
      if (i % 20 == 0) t->Set(nodes.back(), t->Key("born"), Value(Date{i}));
      if (i % 5 == 0) t->Set(nodes.back(), t->Key("mixed"), i % 10 == 0 ? Value(i) : Value("text"));
      t->Set(nodes.back(), t->Key("list"), Value(List{Value(i), Value("x")}));
    }
    for (int i = 0; i < persons; ++i) {
      for (const int step : {1, 7, 30}) {
        const RelNo rel =
            t->CreateRel(nodes[static_cast<std::size_t>(i)], step == 7 ? likes : knows,
                         nodes[static_cast<std::size_t>((i * 5 + step) % persons)]);
        if (step == 1) t->Set(rel, t->Key("since"), Value(1900 + i % 100));
      }
    }
    t->Commit();
  }

  std::string Now() { return Describe(*Graph::Open(folder_, Reading())->Read()); }
  /// What the store has, without the file.
  std::string Truth() {
    const std::string copy = scratch_.path("copy");
    fs::remove_all(copy);
    fs::create_directories(copy);
    fs::copy(folder_ + "/store", copy + "/store", fs::copy_options::recursive);
    std::string text = Describe(*Graph::Open(copy, Reading())->Read());
    return text;
  }
  std::string Bytes() {
    std::ifstream in(file_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void Put(const std::string& bytes) {
    std::ofstream(file_, std::ios::binary | std::ios::trunc) << bytes;
  }

  Scratch scratch_;
  std::string folder_ = scratch_.path("graph");
  std::string file_ = folder_ + "/snapshot";
};

TEST_F(SnapshotFileTest, IsWrittenOnClosingAndReadOnOpening) {
  Fill(500);
  ASSERT_TRUE(fs::exists(file_));
  const auto file = snapshot::MapSnapshotFile(file_);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->sequence, 1U);
  EXPECT_EQ(file->snapshot->node_count(), 500U);
  ASSERT_EQ(file->snapshot->indexes.size(), 1U);
  EXPECT_EQ(Now(), Truth());
}

TEST_F(SnapshotFileTest, LaterCommitsAreTakenUp) {
  Fill(2000);
  const std::string before = Bytes();
  {
    const auto graph = Graph::Open(folder_, Writing());
    auto t = graph->Begin();
    const NodeNo last{1999};
    t->Set(last, t->Key("age"), Value("old"));
    t->AddLabel(last, t->Label("Grown"));
    const NodeNo added = t->CreateNode({});
    t->CreateRel(last, t->Type("NEW"), added);
    const Adjacency knows =
        t->Neighbours(NodeNo{5}, Direction::kOut, *t->catalog().FindType("KNOWS"));
    t->Delete(knows.rel(0));
    t->Commit();
  }
  EXPECT_EQ(Bytes(), before) << "a small change leaves the file";
  EXPECT_EQ(Now(), Truth());
  Fill(1000);
  EXPECT_NE(Bytes(), before) << "a large one replaces it";
  EXPECT_EQ(Now(), Truth());
}

TEST_F(SnapshotFileTest, IsLaidOutAnewWhereItIsMissingOrCut) {
  Fill(300);
  const std::string truth = Truth(), whole = Bytes();
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{100}, std::size_t{4096}, whole.size() / 2, whole.size() - 1}) {
    Put(whole.substr(0, size));
    EXPECT_EQ(Now(), truth) << size;
    EXPECT_EQ(Bytes(), whole) << "the reader puts it right";
  }
  fs::remove(file_);
  EXPECT_EQ(Now(), truth);
  EXPECT_EQ(Bytes(), whole);
}

TEST_F(SnapshotFileTest, FlippedBitsChangeNoAnswer) {
  Fill(300);
  const std::string truth = Truth(), whole = Bytes();
  std::mt19937 random(11);
  for (int round = 0; round < 100; ++round) {
    std::string flipped = whole;
    flipped[random() % flipped.size()] ^= static_cast<char>(1 << random() % 8);
    Put(flipped);
    ASSERT_EQ(Now(), truth) << round;
  }
}

TEST_F(SnapshotFileTest, FlipsInAFileThatIsTooLargeToVerifyAtOnce) {
  Fill(180'000);
  const std::string truth = Truth(), whole = Bytes();
  ASSERT_GT(whole.size(), std::size_t{16} << 20);
  std::mt19937 random(12);
  int detected = 0;
  for (int round = 0; round < 4; ++round) {
    std::string flipped = whole;
    flipped[random() % flipped.size()] ^= 4;
    Put(flipped);
    const auto graph = Graph::Open(folder_, Reading());
    try {
      ASSERT_EQ(Describe(*graph->Read()), truth);
    } catch (const Error& error) {
      ++detected;
      ASSERT_EQ(error.code(), ErrorCode::kCorruption);
      ASSERT_EQ(Describe(*graph->Read()), truth) << "the next question is answered from the store";
    }
  }
  EXPECT_GT(detected, 0);
}

TEST_F(SnapshotFileTest, OneOfAnotherHistoryIsNotUsed) {
  Fill(300);
  const std::string other = Bytes();
  fs::remove_all(folder_);
  Fill(301);
  const std::string truth = Truth();
  Put(other);
  EXPECT_EQ(Now(), truth);
}

TEST_F(SnapshotFileTest, TakesOverBesideReadersAndTheWriter) {
  Fill(30'000);  // More than is laid out at once.
  const auto graph = Graph::Open(folder_, Writing());
  std::atomic<bool> is_done{false};
  std::thread reader([&] {
    while (!is_done) {
      const auto view = graph->Read();
      // One state: every commit adds as many of the one as of the other.
      const auto a = view->catalog().FindLabel("A"), b = view->catalog().FindLabel("B");
      if (!a || !b) continue;
      EXPECT_EQ(view->NodeCount(*a), view->NodeCount(*b));
    }
  });
  for (int round = 0; round < 60; ++round) {
    auto t = graph->Begin();
    for (int i = 0; i < 500; ++i) {
      for (const char* name : {"A", "B"}) {
        const LabelId label = t->Label(name);
        t->Set(t->CreateNode({&label, 1}), t->Key("n"), Value(i));
      }
    }
    t->Commit();
  }
  is_done = true;
  reader.join();
  EXPECT_EQ(graph->Read()->NodeCount(), 90'000U);
}

}  // namespace
}  // namespace verbale::graph
