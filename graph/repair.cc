#include "graph/repair.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/error.h"
#include "graph/store/index.h"
#include "graph/store/keys.h"
#include "graph/store/records.h"

namespace verbale::graph {
namespace {

namespace fs = std::filesystem;

using store::Space;

/// What has to be written so that `space` has the keys `expected`, ascending, and no others.
std::uint64_t Mend(const store::Reader& reader, Space space,
                   const std::vector<std::string>& expected, store::Batch& batch) {
  std::uint64_t wrong = 0;
  auto next = expected.begin();
  const auto put_before = [&](const std::string_view* key) {
    for (; next != expected.end() && (key == nullptr || *next < *key); ++next, ++wrong) {
      batch.Put(space, *next, {});
    }
  };
  for (auto cursor = reader.Walk(space); cursor->Valid(); cursor->Next()) {
    const std::string_view key = cursor->key();
    put_before(&key);
    if (next != expected.end() && *next == key) {
      ++next;
      continue;
    }
    batch.Delete(space, std::string(key));
    ++wrong;
  }
  put_before(nullptr);
  return wrong;
}

/// Keys of both adjacencies, in no order.
struct AdjacencyKeys {
  std::vector<std::string> out, in;

  void Add(NodeId source, TypeId type, NodeId target, RelId rel) {
    out.push_back(store::AdjacencyKey(source, type, target, rel));
    in.push_back(store::AdjacencyKey(target, type, source, rel));
  }
};

AdjacencyKeys KeysOfRecords(const store::Reader& reader) {
  AdjacencyKeys keys;
  for (auto cursor = reader.Walk(Space::kRels); cursor->Valid(); cursor->Next()) {
    const auto [key, layer] = store::ParseRelKey(cursor->key());
    if (layer == store::RecordLayer::kDerived) {
      const store::DerivedRel rel = store::DecodeDerivedRel(cursor->value());
      keys.Add(key.source, rel.type, rel.target, key.rel);
    } else if (const auto rel = store::DecodeManualRel(cursor->value()); rel.created) {
      keys.Add(key.source, rel.type, rel.target, key.rel);
    }
  }
  std::sort(keys.out.begin(), keys.out.end());
  std::sort(keys.in.begin(), keys.in.end());
  return keys;
}

}  // namespace

std::uint64_t RepairStore(store::Store& store) {
  const auto state = store.Pin();
  const store::Reader& reader = state->reader();
  store::Commit commit;
  std::uint64_t wrong = 0;
  {
    const AdjacencyKeys keys = KeysOfRecords(reader);
    wrong += Mend(reader, Space::kOut, keys.out, commit.batch);
    wrong += Mend(reader, Space::kIn, keys.in, commit.batch);
  }
  const store::Indexes indexes(state->schema(), state->names());
  std::vector<std::string> entries;
  if (!indexes.empty()) {
    state->ForEachNode([&](const store::StoredNode& node) {
      for (std::string& key : indexes.Entries(node)) entries.push_back(std::move(key));
    });
    std::sort(entries.begin(), entries.end());
  }
  wrong += Mend(reader, Space::kIndex, entries, commit.batch);
  if (wrong != 0) store.Write(std::move(commit));
  return wrong;
}

void BackupStore(const store::Store& store, const std::string& folder) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_empty(folder, error)) {
    throw Error(ErrorCode::kIo, "'" + folder + "' is there already")
        .WithHint("name a folder that does not exist yet");
  }
  fs::create_directories(folder, error);
  if (error) throw Error(ErrorCode::kIo, "cannot make '" + folder + "': " + error.message());
  try {
    store.Checkpoint(folder + "/store");
    // Opening it to write moves what is in the log to table files, and closing it notes the last
    // commit: the copy lacks nothing without its log, and misses any other file that goes.
    OpenOptions options;
    options.command = "verbale backup";
    store::Store::Open(folder, options)->Pin();
  } catch (...) {
    fs::remove_all(folder, error);
    throw;
  }
}

}  // namespace verbale::graph
