#pragma once

// What the store needs of whatever keeps its bytes: an ordered map from key to value in eleven
// spaces, written in atomic batches. Everything above speaks in these terms only.
//
// Contract, for every engine:
//  - Keys are byte strings, ordered by unsigned bytes, shorter first. Values are byte strings. Both
//    may be empty and may hold any byte.
//  - Every key begins with the name of its partition (Partition() in keys.h). A scan stays within
//    one partition; only Walk crosses them, and a batch may touch several.
//  - Write applies all of a batch or nothing, also over a crash. Of several operations on one key
//  in
//    a batch the last one counts. Readers see none or all of it. With Sync::kDurable it is on disk
//    when Write returns. Writing the same batch twice leaves what writing it once leaves.
//  - Snapshot pins the present state: its reads are the same for as long as it lives.
//  - Reads may come from any number of threads; Write from one at a time.
//  - Errors are Error(kIo) where the system refuses and Error(kCorruption) where bytes are not what
//    was written. An engine that refused a write refuses all later ones.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace verbale::graph::store {

/// Key spaces; a RocksDB column family each. Layout of the keys: keys.h.
enum class Space : std::uint8_t {
  kMeta,      ///< Format version, sequence number, counters.
  kCatalog,   ///< Names and their numbers; schema items.
  kNodes,     ///< Node records, derived and manual.
  kOut,       ///< Outgoing adjacency.
  kIn,        ///< Incoming adjacency.
  kRels,      ///< Relationship records, derived and manual.
  kEvidence,  ///< What documents say of a node and of the relationships that it sources.
  kDocs,      ///< Documents: metadata, sections, bytes.
  kDocFacts,  ///< What one document said, so that it can be taken back.
  kIndex,     ///< Entries of declared indexes.
  kChanges,   ///< What each commit touched.
};
inline constexpr std::size_t kSpaceCount = 11;
/// "nodes", "out", … as they name column families and messages.
std::string_view Name(Space space);

/// Writes that belong together.
class Batch {
 public:
  struct Operation {
    Space space;
    std::string key;
    std::optional<std::string> value;  ///< nullopt deletes; deleting what is not there is fine.
  };

  void Put(Space space, std::string key, std::string value) {
    operations_.push_back({space, std::move(key), std::move(value)});
  }
  void Delete(Space space, std::string key) {
    operations_.push_back({space, std::move(key), std::nullopt});
  }
  const std::vector<Operation>& operations() const { return operations_; }
  bool empty() const { return operations_.empty(); }

 private:
  std::vector<Operation> operations_;
};

/// A walk over keys in ascending order. Views live until Next or the cursor's end. One thread.
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual bool Valid() const = 0;
  virtual void Next() = 0;
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
};

/// Reads, of the newest state (Engine) or of a pinned one (Engine::Snapshot).
class Reader {
 public:
  virtual ~Reader() = default;

  virtual std::optional<std::string> Get(Space space, std::string_view key) const = 0;
  /// In the order of `keys`.
  virtual std::vector<std::optional<std::string>> MultiGet(
      Space space, std::span<const std::string> keys) const = 0;
  /// Keys that start with `prefix`, which names a partition at least. The cursor sees the state at
  /// this call and must not outlive the reader.
  virtual std::unique_ptr<Cursor> Scan(Space space, std::string_view prefix) const = 0;
  /// All keys of a space.
  virtual std::unique_ptr<Cursor> Walk(Space space) const = 0;
};

enum class Sync : std::uint8_t {
  kDurable,   ///< On disk when Write returns.
  kBuffered,  ///< On disk at the latest with the next durable write.
};

/// Pairs of one space on their way into an engine, outside of any batch. One thread.
class SortedRun {
 public:
  virtual ~SortedRun() = default;
  /// Error(kInvalidArgument) where keys do not ascend strictly.
  virtual void Add(std::string_view key, std::string_view value) = 0;
  /// Nothing more comes. What it holds is brought to disk now, in the caller's thread, and not when
  /// it is ingested.
  virtual void Finish() {}
};
using SortedRuns = std::vector<std::unique_ptr<SortedRun>>;

/// What an engine offers beyond the contract.
struct Capabilities {
  bool durable = false;     ///< Survives the end of the process.
  bool checkpoint = false;  ///< Checkpoint.
};

class Engine : public Reader {
 public:
  virtual Capabilities capabilities() const = 0;
  virtual std::shared_ptr<const Reader> Snapshot() const = 0;
  virtual void Write(const Batch& batch, Sync sync) = 0;

  /// Makes everything durable that was written so far.
  virtual void SyncLog() {}

  /// A run to be ingested by this engine. From any thread; several may be filled at once.
  virtual std::unique_ptr<SortedRun> NewRun(Space space);
  /// Adds what the runs hold, durably and all in one step, as one batch would; several times as
  /// fast where there is much. No key in two of them. Under the rules of Write.
  virtual void Ingest(SortedRuns runs);

  // The following are Error(kUnsupported) where capabilities() does not say that they are there.

  /// A copy of the present state, openable as a store, in `folder`, which must not exist. Others
  /// may read and write meanwhile.
  virtual void Checkpoint(const std::string& folder) const;
  /// Gives back what was deleted and overwritten; takes as long as there is data.
  virtual void Compact() {}

  /// Bytes on disk, or held in memory; roughly.
  virtual std::uint64_t SizeInBytes() const = 0;
};

std::unique_ptr<Engine> MakeMemoryEngine();

struct RocksDbOptions {
  bool read_only = false;  ///< Never writes, not even a log; works on read-only media.
  bool create = false;     ///< Make the folder where there is none.
};
/// Error(kNotFound) where there is nothing to open and `create` is off. On another file system than
/// the machine's: rocksdb_engine.h.
std::unique_ptr<Engine> OpenRocksDb(const std::string& folder, const RocksDbOptions& options);

/// The first key behind all that start with `prefix`; empty where there is none (all 0xFF).
std::string PrefixEnd(std::string_view prefix);

}  // namespace verbale::graph::store
