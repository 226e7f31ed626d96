// The store on disk: lock, format, reopening, the manual layer, indexes, damage.

#include "graph/store/store.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "graph/check.h"
#include "graph/dump.h"
#include "graph/error.h"
#include "graph/ingest/ingest.h"
#include "graph/store/apply.h"
#include "graph/store/coding.h"
#include "graph/store/keys.h"
#include "graph/store/records.h"
#include "tests/graph/facts.h"
#include "tests/graph/scratch.h"

namespace verbale::graph::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr NodeId kFirst{kManualIdBit}, kSecond{kManualIdBit + 1};
constexpr RelId kFirstRel{kManualIdBit};

OpenOptions Writing(std::string command = "verbale build") {
  return {.engine = EngineKind::kRocksDb,
          .read_only = false,
          .create = true,
          .command = std::move(command)};
}
OpenOptions Reading() {
  return {.engine = EngineKind::kRocksDb, .read_only = true, .create = false, .command = ""};
}

/// Two persons that know one another.
WriteSet TwoPersons() {
  WriteSet writes;
  writes.labels = {"Person"};
  writes.types = {"KNOWS"};
  writes.keys = {"name"};
  writes.nodes = {{WriteKind::kCreate, kFirst, {LabelId{0}}, {}, {{KeyId{0}, Value("Ada")}}},
                  {WriteKind::kCreate, kSecond, {LabelId{0}}, {}, {{KeyId{0}, Value("Bo")}}}};
  writes.rels = {{WriteKind::kCreate, kFirstRel, kFirst, kSecond, TypeId{0}, {}}};
  writes.author = "ada";
  return writes;
}

std::vector<std::string> NodeNames(const State& state) {
  std::vector<std::string> names;
  state.ForEachNode([&](const StoredNode& node) {
    names.emplace_back(node.properties.empty() ? "" : node.properties[0].second.as_string());
  });
  return names;
}

ErrorCode CodeOf(const std::function<void()>& action, std::string* message = nullptr) {
  try {
    action();
  } catch (const Error& error) {
    if (message != nullptr) *message = error.what();
    return error.code();
  }
  ADD_FAILURE() << "no error";
  return ErrorCode::kInternal;
}

TEST(Store, KeepsEverythingOverReopening) {
  const Scratch scratch;
  const std::string folder = scratch.path("graph");
  {
    const auto store = Store::Open(folder, Writing());
    EXPECT_EQ(store->Apply(TwoPersons()), 1u);
  }
  for (const OpenOptions& options : {Reading(), Writing(), Reading()}) {
    const auto store = Store::Open(folder, options);
    const auto state = store->Pin();
    EXPECT_EQ(state->sequence(), 1u);
    EXPECT_THAT(state->names().labels, ElementsAre("Person"));
    EXPECT_THAT(NodeNames(*state), ElementsAre("Ada", "Bo"));
    EXPECT_EQ(state->manual_ids().node, NodeId{kManualIdBit + 2});
    const auto rel = state->Rel({kFirst, kFirstRel});
    ASSERT_TRUE(rel.has_value());
    EXPECT_EQ(rel->target, kSecond);
    EXPECT_THAT(CheckStore(*state), SizeIs(0));
  }
}

TEST(Store, StateStandsStillWhileOthersWrite) {
  const auto store = Store::InMemory();
  const auto empty = store->Pin();
  store->Apply(TwoPersons());
  const auto two = store->Pin();
  WriteSet writes;
  writes.nodes = {{WriteKind::kDelete, kFirst, {}, {}, {}}};
  writes.rels = {{WriteKind::kDelete, kFirstRel, kFirst, kSecond, TypeId{0}, {}}};
  store->Apply(writes);
  EXPECT_THAT(NodeNames(*empty), ElementsAre());
  EXPECT_THAT(NodeNames(*two), ElementsAre("Ada", "Bo"));
  EXPECT_THAT(NodeNames(*store->Pin()), ElementsAre("Bo"));
  EXPECT_FALSE(store->Pin()->Rel({kFirst, kFirstRel}).has_value());
  EXPECT_EQ(store->Pin()->manual_ids().node, NodeId{kManualIdBit + 2});
}

TEST(Store, TellsWhatChanged) {
  const auto store = Store::InMemory();
  const auto empty = store->Pin();
  store->Apply(TwoPersons());
  const auto two = store->Pin();
  WriteSet writes;
  writes.nodes = {{WriteKind::kChange, kSecond, {}, {}, {{KeyId{0}, Value("Bea")}}}};
  store->Apply(writes);
  const auto state = store->Pin();
  const auto since = [](const State& now, const State& then) {
    return now.ChangesSince(then.sequence(), then.history());
  };
  EXPECT_THAT(since(*state, *two)->nodes, ElementsAre(kSecond));
  EXPECT_THAT(since(*state, *empty)->nodes, ElementsAre(kFirst, kSecond));
  EXPECT_THAT(since(*state, *empty)->rels, ElementsAre(RelKey{kFirst, kFirstRel}));
  EXPECT_THAT(since(*state, *state)->nodes, ElementsAre());
  EXPECT_EQ(since(*two, *state), std::nullopt);
  EXPECT_EQ(state->ChangesSince(1, two->history() + 1), std::nullopt) << "another history";
  EXPECT_EQ(state->ChangesSince(2, two->history()), std::nullopt);
  for (int i = 0; i < 8000; ++i) store->Apply(writes);
  const auto later = store->Pin();
  for (int i = 0; i < 1000; ++i) store->Apply(writes);
  EXPECT_EQ(since(*store->Pin(), *two), std::nullopt);
  EXPECT_TRUE(since(*store->Pin(), *later).has_value());
}

TEST(Store, KeepsDeclaredIndexes) {
  const auto store = Store::InMemory();
  store->Apply(TwoPersons());
  const auto lookup = [&](const char* name) {
    return store->Pin()->Lookup(LabelId{0}, KeyId{0}, Value(name));
  };
  EXPECT_EQ(lookup("Ada"), std::nullopt);
  WriteSet declare;
  declare.schema_created = {{"by_name", SchemaKind::kIndex, false, "Person", {"name"}, ""}};
  store->Apply(declare);
  EXPECT_THAT(*lookup("Ada"), ElementsAre(kFirst));
  EXPECT_THAT(*lookup("Cy"), ElementsAre());
  WriteSet rename;
  rename.nodes = {{WriteKind::kChange, kFirst, {}, {}, {{KeyId{0}, Value("Bo")}}}};
  store->Apply(rename);
  EXPECT_THAT(*lookup("Ada"), ElementsAre());
  EXPECT_THAT(*lookup("Bo"), ElementsAre(kFirst, kSecond));
  EXPECT_THAT(CheckStore(*store->Pin()), SizeIs(0));
  WriteSet unlabel;
  unlabel.nodes = {{WriteKind::kChange, kFirst, {}, {LabelId{0}}, {}}};
  store->Apply(unlabel);
  EXPECT_THAT(*lookup("Bo"), ElementsAre(kSecond));
  WriteSet drop;
  drop.schema_dropped = {"by_name"};
  store->Apply(drop);
  EXPECT_EQ(lookup("Bo"), std::nullopt);
  EXPECT_THAT(CheckStore(*store->Pin()), SizeIs(0));
}

TEST(Store, WritesForAnIndexMoreOnlyItsOwnKeys) {
  const auto store = Store::InMemory();
  WriteSet persons = TwoPersons();
  persons.keys.push_back("year");
  for (NodeWrite& node : persons.nodes) node.properties.emplace_back(KeyId{1}, Value(1815));
  store->Apply(persons);
  WriteSet by_name, by_year;
  by_name.schema_created = {{"by_name", SchemaKind::kIndex, false, "Person", {"name"}, ""}};
  by_year.schema_created = {{"by_year", SchemaKind::kIndex, false, "Person", {"year"}, ""}};
  store->Apply(by_name);
  const Commit commit = MakeCommit(*store->Pin(), by_year);
  EXPECT_THAT(commit.batch.operations(), SizeIs(2));
  for (const Batch::Operation& operation : commit.batch.operations()) {
    EXPECT_TRUE(operation.value.has_value());
  }
}

TEST(Store, IndexesWhatDocumentsMake) {
  const auto store = Store::InMemory();
  const auto ingest = [&](const std::vector<DocumentFacts>& documents,
                          const std::vector<std::string>& removed) {
    store->Write(ingest::MakeIngestion(*store->Pin(), documents, removed, {}, false).commit);
  };
  WriteSet declare;
  declare.schema_created = {{"by_name", SchemaKind::kIndex, false, "State", {"name"}, ""}};
  store->Apply(declare);
  ingest({DocumentMaker("A").Ratified("Canada", "T")}, {});
  const auto find = [](const std::vector<std::string>& names, std::string_view name) {
    return static_cast<std::uint32_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  const Names names = store->Pin()->names();
  const LabelId state{find(names.labels, "State")};
  const KeyId name{find(names.keys, "name")};
  EXPECT_THAT(*store->Pin()->Lookup(state, name, Value("Canada")), SizeIs(1));
  EXPECT_THAT(CheckStore(*store->Pin()), SizeIs(0));
  ingest({}, {"A"});
  EXPECT_THAT(*store->Pin()->Lookup(state, name, Value("Canada")), SizeIs(0));
  EXPECT_THAT(CheckStore(*store->Pin()), SizeIs(0));
}

TEST(Lock, NamesTheHolder) {
  const Scratch scratch;
  const std::string folder = scratch.path("graph");
  const auto store = Store::Open(folder, Writing("verbale build replies"));
  std::string message;
  EXPECT_EQ(CodeOf([&] { Store::Open(folder, Writing()); }, &message), ErrorCode::kIo);
  EXPECT_THAT(message, HasSubstr("pid " + std::to_string(::getpid())));
  EXPECT_THAT(message, HasSubstr("verbale build replies"));
  EXPECT_EQ(Store::Open(folder, Reading())->Pin()->sequence(), 0u);
}

TEST(Lock, OfADeadProcessStopsNobody) {
  const Scratch scratch;
  const std::string folder = scratch.path("graph");
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/lock") << "pid 1, verbale build\n";
  EXPECT_EQ(Store::Open(folder, Writing())->Apply(TwoPersons()), 1u);

  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto store = Store::Open(folder, Writing());
    WriteSet writes;
    writes.nodes = {{WriteKind::kChange, kFirst, {}, {}, {{KeyId{0}, Value("Cy")}}}};
    store->Apply(writes);
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_THAT(NodeNames(*Store::Open(folder, Writing())->Pin()), ElementsAre("Cy", "Bo"));
}

TEST(Open, NeverMakesAGraphForAReader) {
  const Scratch scratch;
  const std::string folder = scratch.path("graph");
  OpenOptions no_create = Writing();
  no_create.create = false;
  EXPECT_EQ(CodeOf([&] { Store::Open(folder, Reading()); }), ErrorCode::kNotFound);
  EXPECT_EQ(CodeOf([&] { Store::Open(folder, no_create); }), ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST(Open, DoesNotMoveInWithOtherFiles) {
  const Scratch scratch;
  const std::string folder = scratch.path("documents");
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/thesis.txt") << "mine";
  EXPECT_EQ(CodeOf([&] { Store::Open(folder, Writing()); }), ErrorCode::kIo);
}

TEST(Open, RefusesANewerFormat) {
  const Scratch scratch;
  const std::string folder = scratch.path("graph");
  Store::Open(folder, Writing())->Apply(TwoPersons());
  {
    const auto engine = OpenRocksDb(folder + "/store", {});
    std::string format;
    AppendString(format, "verbale");
    AppendVarint(format, 9);
    AppendVarint(format, 8);
    Batch batch;
    batch.Put(Space::kMeta, "format", format);
    engine->Write(batch, Sync::kDurable);
  }
  std::string message;
  for (const OpenOptions& options : {Reading(), Writing()}) {
    EXPECT_EQ(CodeOf([&] { Store::Open(folder, options); }, &message), ErrorCode::kUnsupported);
    EXPECT_THAT(message, HasSubstr("format 9"));
  }
}

TEST(Open, ReadsOnlyWhereNobodyMayWrite) {
  const Scratch scratch;
  const std::string folder = scratch.path("graph");
  Store::Open(folder, Writing())->Apply(TwoPersons());
  const auto store = Store::Open(folder, Reading());
  EXPECT_EQ(CodeOf([&] { store->Apply(TwoPersons()); }), ErrorCode::kIo);
}

// ---- Damage
// --------------------------------------------------------------------------------------

/// A store with documents and hand-made things, on the engine that is given.
void Fill(Store& store) {
  store.Write(ingest::MakeIngestion(
                  *store.Pin(),
                  std::vector<DocumentFacts>{DocumentMaker("A").Ratified("Canada", "T", "2015"),
                                             DocumentMaker("B").Ratified("Canada", "T")},
                  {}, {}, false)
                  .commit);
  WriteSet writes = TwoPersons();
  const auto state = store.Pin();
  writes.schema_created = {{"by_name", SchemaKind::kIndex, false, "Person", {"name"}, ""}};
  for (NodeWrite& node : writes.nodes) {
    node.labels_added[0].value += static_cast<std::uint32_t>(state->names().labels.size());
    node.properties[0].first.value += static_cast<std::uint32_t>(state->names().keys.size());
  }
  writes.rels[0].type.value += static_cast<std::uint32_t>(state->names().types.size());
  store.Apply(writes);
}

struct StoredRecord {
  Space space;
  std::string key, value;
};

/// A filled store on an engine that the test can reach below it.
class Damage : public testing::Test {
 protected:
  Damage() {
    auto engine = MakeMemoryEngine();
    engine_ = engine.get();
    store_ = Store::Over(std::move(engine));
    Fill(*store_);
    for (std::size_t i = 0; i < kSpaceCount; ++i) {
      const auto space = static_cast<Space>(i);
      if (space == Space::kMeta || space == Space::kCatalog || space == Space::kChanges) continue;
      for (auto cursor = engine_->Walk(space); cursor->Valid(); cursor->Next()) {
        records_.push_back({space, std::string(cursor->key()), std::string(cursor->value())});
      }
    }
  }

  void Put(const StoredRecord& record) {
    Batch batch;
    batch.Put(record.space, record.key, record.value);
    engine_->Write(batch, Sync::kBuffered);
  }
  void Lose(const StoredRecord& record) {
    Batch batch;
    batch.Delete(record.space, record.key);
    engine_->Write(batch, Sync::kBuffered);
  }

  Engine* engine_;
  std::unique_ptr<Store> store_;
  std::vector<StoredRecord> records_;
};

TEST_F(Damage, OfEachRecordThatIsLostIsNoticed) {
  ASSERT_THAT(CheckStore(*store_->Pin()), SizeIs(0));
  ASSERT_GT(records_.size(), 25u);
  for (const StoredRecord& record : records_) {
    // A list of sections has no mirror.
    if (record.space == Space::kDocs && record.key.back() != '\0') continue;
    Lose(record);
    EXPECT_GT(CheckStore(*store_->Pin()).size(), 0u)
        << Name(record.space) << ", key of " << record.key.size() << " bytes";
    Put(record);
  }
  EXPECT_THAT(CheckStore(*store_->Pin()), SizeIs(0));
}

TEST_F(Damage, OfBytesIsAnErrorAndNeverACrash) {
  std::mt19937 random(5);
  for (const StoredRecord& record : records_) {
    for (int i = 0; i < 30 && !record.value.empty(); ++i) {
      StoredRecord damaged = record;
      damaged.value[random() % damaged.value.size()] ^= static_cast<char>(1 + random() % 255);
      Put(damaged);
      const auto state = store_->Pin();
      CheckStore(*state);
      try {
        DumpHash(*state);
        state->ForEachNode([](const StoredNode&) {});
        state->ForEachRel([](const StoredRel&) {});
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::kCorruption);
      }
    }
    Put(record);
  }
}

}  // namespace
}  // namespace verbale::graph::store
