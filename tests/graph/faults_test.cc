// What is acknowledged survives a lost page cache and a failing disk; what is not, leaves no half.

#include <filesystem>
#include <memory>
#include <random>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include "graph/check.h"
#include "graph/error.h"
#include "graph/store/rocksdb_engine.h"
#include "graph/store/store.h"
#include "tests/graph/faulty_file_system.h"
#include "tests/graph/scratch.h"

namespace verbale::graph::store {
namespace {

/// A commit that makes `count` nodes with the same number as property, in two spaces.
WriteSet Nodes(const State& state, int number, int count) {
  WriteSet writes;
  if (state.names().keys.empty()) writes.keys = {"number"};
  if (state.names().types.empty()) writes.types = {"NEXT"};
  NodeId node = state.manual_ids().node;
  RelId rel = state.manual_ids().rel;
  for (int i = 0; i < count; ++i, ++node.value, ++rel.value) {
    writes.nodes.push_back({WriteKind::kCreate, node, {}, {}, {{KeyId{0}, Value(number)}}});
    writes.rels.push_back({WriteKind::kCreate, rel, node, node, TypeId{0}, {}});
  }
  return writes;
}

class FaultsTest : public testing::Test {
 protected:
  FaultsTest()
      : system_(std::make_shared<FaultyFileSystem>()), env_(rocksdb::NewCompositeEnv(system_)) {}

  std::unique_ptr<Store> Open() {
    return Store::Over(OpenRocksDbOn(*env_, folder_, {.read_only = false, .create = true}));
  }

  /// Commits until one fails or there are enough; the number of those acknowledged.
  int Commit(Store& store, int most) {
    for (int done = 0; done < most; ++done) {
      try {
        store.Apply(Nodes(*store.Pin(), static_cast<int>(store.Pin()->sequence()), 1 + done % 50));
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::kIo) << error.what();
        return done;
      }
    }
    return most;
  }

  /// Everything up to the acknowledged commit is there, and at most those that were under way
  /// beside it; each whole.
  void ExpectWhole(std::uint64_t acknowledged, std::uint64_t beside = 1) {
    const auto store = Open();
    const auto state = store->Pin();
    EXPECT_GE(state->sequence(), acknowledged);
    EXPECT_LE(state->sequence(), acknowledged + beside);
    EXPECT_THAT(CheckStore(*state), testing::IsEmpty());
  }

  Scratch scratch_;
  std::string folder_ = scratch_.path("store");
  std::shared_ptr<FaultyFileSystem> system_;
  std::unique_ptr<rocksdb::Env> env_;
  static constexpr int kBuffered = 5;
  std::mt19937 random_{5};
};

TEST_F(FaultsTest, WhatIsAcknowledgedOutlivesThePageCache) {
  std::uint64_t acknowledged = 0;
  for (int round = 0; round < 15; ++round) {
    {
      const auto store = Open();
      Commit(*store, static_cast<int>(random_() % 20) + 1);
      acknowledged = store->Pin()->sequence();
      // Not acknowledged: each is there whole, or not at all.
      for (int i = 0; i < kBuffered; ++i) store->Apply(Nodes(*store->Pin(), i, 3), Sync::kBuffered);
    }
    system_->LosePower();
    ExpectWhole(acknowledged, kBuffered);
  }
  EXPECT_GT(system_->files_cut(), 0U);
}

TEST_F(FaultsTest, BufferedCommitsAreDurableAfterSync) {
  {
    const auto store = Open();
    for (int i = 0; i < 100; ++i) {
      store->Apply(Nodes(*store->Pin(), i, 3), Sync::kBuffered);
    }
    store->SyncLog();
  }
  system_->LosePower();
  ExpectWhole(100);
}

class FaultKinds : public FaultsTest, public testing::WithParamInterface<Fault::Kind> {};

TEST_P(FaultKinds, FailsCleanlyAndOpensAgain) {
  std::uint64_t hits = 0;
  for (int round = 0; round < 25; ++round) {
    std::uint64_t acknowledged = 0;
    try {
      const auto store = Open();
      acknowledged = store->Pin()->sequence();
      system_->Inject({GetParam(), static_cast<std::int64_t>(random_() % 60)});
      acknowledged += static_cast<std::uint64_t>(Commit(*store, 40));
      system_->Inject({});
    } catch (const Error& error) {  // of opening
      system_->Inject({});
      EXPECT_TRUE(error.code() == ErrorCode::kIo || error.code() == ErrorCode::kCorruption);
    }
    hits = system_->hits();
    if (round % 2 == 0) system_->LosePower();
    ExpectWhole(acknowledged);
  }
  if (GetParam() != Fault::Kind::kReadError) {
    EXPECT_GT(hits, 10U);
  }
}

INSTANTIATE_TEST_SUITE_P(All, FaultKinds,
                         testing::Values(Fault::Kind::kNoSpace, Fault::Kind::kWriteError,
                                         Fault::Kind::kShortWrite, Fault::Kind::kSyncError,
                                         Fault::Kind::kReadError));

}  // namespace
}  // namespace verbale::graph::store
