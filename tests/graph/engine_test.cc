// The contract of store/engine.h, kept by every engine.

#include "graph/store/engine.h"

#include <filesystem>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "graph/error.h"
#include "graph/graph.h"
#include "tests/graph/scratch.h"

namespace verbale::graph::store {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs All(const Reader& reader, Space space, std::string_view prefix = {}) {
  Pairs pairs;
  auto cursor = prefix.empty() ? reader.Walk(space) : reader.Scan(space, prefix);
  for (; cursor->Valid(); cursor->Next()) pairs.emplace_back(cursor->key(), cursor->value());
  return pairs;
}

void Put(Engine& engine, const Pairs& pairs, Space space = Space::kNodes) {
  Batch batch;
  for (const auto& [key, value] : pairs) batch.Put(space, key, value);
  engine.Write(batch, Sync::kBuffered);
}

class EngineContract : public testing::TestWithParam<EngineKind> {
 protected:
  std::unique_ptr<Engine> Open() {
    if (GetParam() == EngineKind::kMemory) return MakeMemoryEngine();
    return OpenRocksDb(scratch_.path("db"), {.read_only = false, .create = true});
  }
  Scratch scratch_;
};

TEST_P(EngineContract, OrdersKeysByUnsignedBytes) {
  const auto engine = Open();
  const std::string zero("\0", 1);
  const Pairs pairs = {{"", "empty"}, {zero, "z"},       {zero + zero, ""},
                       {"a", "1"},    {"a" + zero, "2"}, {"b", zero},
                       {"\x7F", "d"}, {"\xFF", "f"},     {"\xFF\xFF", "ff"}};
  Put(*engine, Pairs(pairs.rbegin(), pairs.rend()));
  EXPECT_EQ(All(*engine, Space::kNodes), pairs);
  EXPECT_EQ(All(*engine, Space::kNodes, "a"), (Pairs{{"a", "1"}, {"a" + zero, "2"}}));
  EXPECT_EQ(All(*engine, Space::kNodes, "\xFF"), (Pairs{{"\xFF", "f"}, {"\xFF\xFF", "ff"}}));
  EXPECT_EQ(All(*engine, Space::kNodes, "c"), Pairs{});
}

TEST_P(EngineContract, KeepsSpacesApart) {
  const auto engine = Open();
  for (std::size_t i = 0; i < kSpaceCount; ++i) {
    Put(*engine, {{"k", std::to_string(i)}}, static_cast<Space>(i));
  }
  for (std::size_t i = 0; i < kSpaceCount; ++i) {
    EXPECT_EQ(engine->Get(static_cast<Space>(i), "k"), std::to_string(i));
  }
}

TEST_P(EngineContract, CountsTheLastOperationOnAKey) {
  const auto engine = Open();
  Batch batch;
  batch.Put(Space::kOut, "a", "1");
  batch.Delete(Space::kOut, "a");
  batch.Delete(Space::kOut, "b");
  batch.Put(Space::kOut, "b", "2");
  batch.Put(Space::kOut, "b", "3");
  for (int i = 0; i < 2; ++i) {
    engine->Write(batch, Sync::kDurable);
    EXPECT_EQ(engine->Get(Space::kOut, "a"), std::nullopt);
    EXPECT_EQ(engine->Get(Space::kOut, "b"), "3");
  }
}

TEST_P(EngineContract, GetsManyInTheOrderAsked) {
  const auto engine = Open();
  Put(*engine, {{"a", "1"}, {"c", "3"}});
  const std::vector<std::string> keys = {"c", "b", "a", "c"};
  const std::vector<std::optional<std::string>> want = {"3", std::nullopt, "1", "3"};
  EXPECT_EQ(engine->MultiGet(Space::kNodes, keys), want);
}

TEST_P(EngineContract, SnapshotStandsStill) {
  const auto engine = Open();
  Put(*engine, {{"a", "1"}, {"b", "1"}});
  const auto first = engine->Snapshot();
  auto cursor = first->Walk(Space::kNodes);
  Put(*engine, {{"a", "2"}, {"aa", "2"}});
  const auto second = engine->Snapshot();
  Batch batch;
  batch.Delete(Space::kNodes, "a");
  batch.Delete(Space::kNodes, "b");
  engine->Write(batch, Sync::kBuffered);
  Put(*engine, {{"b", "3"}});

  EXPECT_EQ(All(*first, Space::kNodes), (Pairs{{"a", "1"}, {"b", "1"}}));
  EXPECT_EQ(All(*second, Space::kNodes), (Pairs{{"a", "2"}, {"aa", "2"}, {"b", "1"}}));
  EXPECT_EQ(All(*engine, Space::kNodes), (Pairs{{"aa", "2"}, {"b", "3"}}));
  EXPECT_EQ(first->Get(Space::kNodes, "aa"), std::nullopt);
  ASSERT_TRUE(cursor->Valid());
  EXPECT_EQ(cursor->value(), "1");
  cursor->Next();
  EXPECT_EQ(cursor->key(), "b");
  EXPECT_EQ(cursor->value(), "1");
  cursor->Next();
  EXPECT_FALSE(cursor->Valid());
}

TEST_P(EngineContract, AgreesWithAMapOverRandomWrites) {
  const auto engine = Open();
  std::mt19937 random(7);
  std::map<std::string, std::string> model;
  std::vector<std::pair<std::shared_ptr<const Reader>, std::map<std::string, std::string>>> pinned;
  for (int round = 0; round < 200; ++round) {
    Batch batch;
    for (int i = 0; i < 5; ++i) {
      const std::string key(1 + random() % 2, static_cast<char>('a' + random() % 6));
      if (random() % 3 == 0) {
        batch.Delete(Space::kRels, key);
        model.erase(key);
      } else {
        const std::string value = std::to_string(random() % 100);
        batch.Put(Space::kRels, key, value);
        model[key] = value;
      }
    }
    engine->Write(batch, Sync::kBuffered);
    if (random() % 4 == 0) pinned.emplace_back(engine->Snapshot(), model);
    if (pinned.size() > 3) pinned.erase(pinned.begin() + static_cast<int>(random() % 4));
    EXPECT_EQ(All(*engine, Space::kRels), Pairs(model.begin(), model.end()));
    for (const auto& [reader, then] : pinned) {
      EXPECT_EQ(All(*reader, Space::kRels), Pairs(then.begin(), then.end()));
    }
  }
}

TEST_P(EngineContract, DoesWhatItSaysItCan) {
  const auto engine = Open();
  const Capabilities can = engine->capabilities();
  Put(*engine, {{"c", "3"}});
  SortedRuns runs;
  for (const Space space : {Space::kNodes, Space::kRels, Space::kNodes}) {
    runs.push_back(engine->NewRun(space));
  }
  runs[0]->Add("d", "4");
  runs[0]->Add("e", "5");
  runs[1]->Add("a", "r");
  EXPECT_THROW(runs[0]->Add("e", "6"), Error);
  EXPECT_EQ(All(*engine, Space::kNodes), (Pairs{{"c", "3"}}));
  engine->Ingest(std::move(runs));
  EXPECT_EQ(All(*engine, Space::kNodes), (Pairs{{"c", "3"}, {"d", "4"}, {"e", "5"}}));
  EXPECT_EQ(All(*engine, Space::kRels), (Pairs{{"a", "r"}}));
  if (can.checkpoint) {
    engine->Checkpoint(scratch_.path("copy"));
    Put(*engine, {{"f", "6"}});
    const auto copy = OpenRocksDb(scratch_.path("copy"), {.read_only = true, .create = false});
    EXPECT_EQ(All(*copy, Space::kNodes), (Pairs{{"c", "3"}, {"d", "4"}, {"e", "5"}}));
  } else {
    EXPECT_THROW(engine->Checkpoint(scratch_.path("copy")), Error);
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, EngineContract,
                         testing::Values(EngineKind::kMemory, EngineKind::kRocksDb),
                         [](const auto& param) {
                           return param.param == EngineKind::kMemory ? "Memory" : "RocksDb";
                         });

TEST(RocksDb, KeepsWhatWasWrittenAndReadsBesideAWriter) {
  const Scratch scratch;
  {
    const auto engine = OpenRocksDb(scratch.path("db"), {.read_only = false, .create = true});
    Put(*engine, {{"a", "1"}});
  }
  const auto writer = OpenRocksDb(scratch.path("db"), {.read_only = false, .create = false});
  const auto reader = OpenRocksDb(scratch.path("db"), {.read_only = true, .create = false});
  Put(*writer, {{"b", "2"}});
  EXPECT_EQ(All(*reader->Snapshot(), Space::kNodes), (Pairs{{"a", "1"}}));
  EXPECT_EQ(All(*writer, Space::kNodes), (Pairs{{"a", "1"}, {"b", "2"}}));
}

TEST(RocksDb, LeavesLittleInTheLogForTheNextOpening) {
  const Scratch scratch;
  {
    const auto engine = OpenRocksDb(scratch.path("db"), {.read_only = false, .create = true});
    const std::string value(std::size_t{1} << 20, 'x');
    for (int i = 0; i < 17; ++i) Put(*engine, {{std::to_string(i), value}});
  }
  std::uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(scratch.path("db"))) {
    if (entry.path().extension() == ".log") bytes += entry.file_size();
  }
  EXPECT_LT(bytes, 2u << 20);
}

TEST(RocksDb, MakesNothingWhereItMayNot) {
  const Scratch scratch;
  for (const bool read_only : {false, true}) {
    try {
      OpenRocksDb(scratch.path("db"), {.read_only = read_only, .create = false});
      FAIL() << "opened what is not there";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kNotFound);
    }
  }
  EXPECT_FALSE(std::filesystem::exists(scratch.path("db")));
}

TEST(PrefixEnd, IsTheFirstKeyBehind) {
  EXPECT_EQ(PrefixEnd("ab"), "ac");
  EXPECT_EQ(PrefixEnd("a\xFF"), "b");
  EXPECT_EQ(PrefixEnd("\xFF\xFF"), "");
  EXPECT_EQ(PrefixEnd(""), "");
}

}  // namespace
}  // namespace verbale::graph::store
