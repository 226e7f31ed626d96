// The engine on RocksDB: a column family for each space, one write-ahead log, one batch a commit.

#include "graph/store/rocksdb_engine.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <limits>
#include <thread>

#include <fmt/format.h>
#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/options.h>
#include <rocksdb/slice.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>

#include "graph/error.h"
#include "graph/store/engine.h"
#include "graph/store/folder_copy.h"
#include "graph/store/rocksdb_tables.h"

namespace verbale::graph::store {
namespace {

namespace fs = std::filesystem;

// Of what was written since the last flush, this much is left to the log when the store is closed;
// replaying it costs the next opening a few milliseconds.
constexpr std::uint64_t kLeaveInLog = 1 << 20;
// Once so much is in the log it is flushed beside, so that whoever opens the store after a crash
// has no more than that to replay.
constexpr std::uint64_t kFlushBeside = 16 << 20;
// File names of runs begin so; no file of RocksDB does.
constexpr std::string_view kRunPrefix = "run-";
constexpr int kAttempts = 5;  // to open beside a writer that deletes files
constexpr int kLooks = 40;    // and one that moves what the logs have into tables
// The next levels save two hundredths of the room and take twice the time.
constexpr int kZstdLevel = 1;
// Bytes of a file that are brought to disk at once. A commit that syncs meanwhile waits for them.
constexpr std::uint64_t kSyncedAtOnce = 1 << 20;
constexpr std::size_t kWriteBuffers = 64 << 20;  // bytes, over all column families

rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

void Check(const rocksdb::Status& status) {
  if (status.ok()) return;
  const ErrorCode code = status.IsCorruption()        ? ErrorCode::kCorruption
                         : status.IsNotSupported()    ? ErrorCode::kUnsupported
                         : status.IsInvalidArgument() ? ErrorCode::kCorruption
                                                      : ErrorCode::kIo;
  throw Error(code, "store: " + status.ToString());
}

/// RocksDB's own log of what it does is of no use to users of a graph.
class NoLog final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

/// RocksDB can be built without it. What one build wrote with it, another cannot read.
bool HasZstd() {
  const std::vector<rocksdb::CompressionType> all = rocksdb::GetSupportedCompressions();
  return std::find(all.begin(), all.end(), rocksdb::kZSTD) != all.end();
}

rocksdb::Options MakeOptions(const RocksDbOptions& options, rocksdb::Env& env) {
  rocksdb::Options o;
  o.env = &env;
  o.create_if_missing = options.create;
  o.create_missing_column_families = options.create;
  o.info_log = std::make_shared<NoLog>();
  o.max_background_jobs = 2;
  // A reader opens all files at once and keeps them: another process may delete them later.
  o.max_open_files = options.read_only ? -1 : 256;
  o.max_file_opening_threads = 1;
  o.skip_stats_update_on_db_open = true;
  o.skip_checking_sst_file_sizes_on_db_open = true;
  o.stats_dump_period_sec = 0;
  o.stats_persist_period_sec = 0;
  o.avoid_flush_during_shutdown = true;
  // A record that a crash cut off at the log's end was not acknowledged and may go. One that is
  // whole and damaged was: it must not be dropped in silence, as the default mode does.
  o.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  o.db_write_buffer_size = kWriteBuffers;
  o.max_manifest_file_size = 16 << 20;
  o.bytes_per_sync = kSyncedAtOnce;
  o.compression = rocksdb::kLZ4Compression;
  // Where most of the data comes to lie, and where imports put it, size counts for more.
  if (HasZstd()) {
    o.bottommost_compression = rocksdb::kZSTD;
    o.bottommost_compression_opts.enabled = true;
    o.bottommost_compression_opts.level = kZstdLevel;
  }
  rocksdb::BlockBasedTableOptions table;
  table.format_version = 5;
  table.block_size = 16 << 10;
  table.block_restart_interval = 64;  // Keys that follow one another have most in common.
  // An index of indexes, of which only what is asked for is read: opening a file costs the same
  // whatever its size.
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.cache_index_and_filter_blocks = true;
  o.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return o;
}

class RocksCursor final : public Cursor {
 public:
  RocksCursor(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* family,
              const rocksdb::Snapshot* snapshot, std::string_view prefix)
      : end_(PrefixEnd(prefix)), end_slice_(end_) {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot;
    // The store deletes no ranges. Where RocksDB looks for them, it goes past a file whose first
    // block is damaged as if the file were empty (7.8, LevelIterator).
    options.ignore_range_deletions = true;
    if (!end_.empty()) options.iterate_upper_bound = &end_slice_;
    it_.reset(db->NewIterator(options, family));
    it_->Seek(ToSlice(prefix));
    CheckEnd();
  }

  bool Valid() const override { return it_->Valid(); }
  void Next() override {
    it_->Next();
    CheckEnd();
  }
  std::string_view key() const override { return ToView(it_->key()); }
  std::string_view value() const override { return ToView(it_->value()); }

 private:
  // An iterator that met damage ends like one that is through: the status tells them apart.
  void CheckEnd() const {
    if (!it_->Valid()) Check(it_->status());
  }

  std::string end_;
  rocksdb::Slice end_slice_;
  std::unique_ptr<rocksdb::Iterator> it_;
};

/// The open database with its column families, shared by the engine and its snapshots.
class Database {
 public:
  Database(const std::string& folder, const RocksDbOptions& options, rocksdb::Env& env) {
    CheckTableTails(env, folder);
    const rocksdb::Options rocks_options = MakeOptions(options, env);
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (std::size_t i = 0; i < kSpaceCount; ++i) {
      const auto space = static_cast<Space>(i);
      families.emplace_back(
          space == Space::kMeta ? rocksdb::kDefaultColumnFamilyName : std::string(Name(space)),
          rocks_options);
    }
    read_only_ = options.read_only;
    if (read_only_) {
      OpenToRead(folder, rocks_options, families);
    } else {
      rocksdb::DB* db = nullptr;
      Check(rocksdb::DB::Open(rocks_options, folder, families, &families_, &db));
      db_.reset(db);
    }
  }
  ~Database() {
    if (!read_only_ && (unflushed_ > kLeaveInLog || flushes_beside_)) {
      // This also waits for a flush that was begun beside and would be given up by closing. What
      // cannot be flushed stays in the log, where it is safe already.
      db_->Flush(rocksdb::FlushOptions(), families_).PermitUncheckedError();
    }
    CloseFamilies();
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  rocksdb::DB* db() const { return db_.get(); }
  rocksdb::ColumnFamilyHandle* family(Space space) const {
    return families_[static_cast<std::size_t>(space)];
  }
  bool read_only() const { return read_only_; }
  void CountWritten(std::uint64_t bytes) { unflushed_ += bytes; }
  void FlushBeside() {
    if (unflushed_ < kFlushBeside) return;
    rocksdb::FlushOptions options;
    options.wait = false;
    options.allow_write_stall = true;
    // What cannot be flushed stays in the log.
    db_->Flush(options, families_).PermitUncheckedError();
    unflushed_ = 0;
    flushes_beside_ = true;
  }

  std::optional<std::string> Get(Space space, std::string_view key,
                                 const rocksdb::Snapshot* snapshot) const {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot;
    // The store deletes no ranges. Where RocksDB looks for them, it goes past a file whose first
    // block is damaged as if the file were empty (7.8, LevelIterator).
    options.ignore_range_deletions = true;
    std::string value;
    const rocksdb::Status status = db_->Get(options, family(space), ToSlice(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    Check(status);
    return value;
  }

  std::vector<std::optional<std::string>> MultiGet(Space space, std::span<const std::string> keys,
                                                   const rocksdb::Snapshot* snapshot) const {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot;
    // The store deletes no ranges. Where RocksDB looks for them, it goes past a file whose first
    // block is damaged as if the file were empty (7.8, LevelIterator).
    options.ignore_range_deletions = true;
    std::vector<rocksdb::Slice> slices;
    slices.reserve(keys.size());
    for (const std::string& key : keys) slices.push_back(ToSlice(key));
    std::vector<rocksdb::PinnableSlice> found(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    db_->MultiGet(options, family(space), slices.size(), slices.data(), found.data(),
                  statuses.data());
    std::vector<std::optional<std::string>> values(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].IsNotFound()) continue;
      Check(statuses[i]);
      values[i] = std::string(ToView(found[i]));
    }
    return values;
  }

 private:
  /// Beside a writer. It may delete a file between our reading of its name and our opening it, and
  /// move what a log has into tables, one column family after the other: what was read of the list
  /// of tables before and of the logs after that would be no state that ever was. So it counts only
  /// if neither moved meanwhile; that logs grow is no harm, since a batch is in them whole.
  void OpenToRead(const std::string& folder, const rocksdb::Options& options,
                  const std::vector<rocksdb::ColumnFamilyDescriptor>& families) {
    for (int attempt = 0; attempt < kLooks; ++attempt) {
      if (attempt > 0) std::this_thread::sleep_for(std::chrono::milliseconds(attempt));
      const std::string before = FilesThatMove(folder);
      rocksdb::DB* db = nullptr;
      const rocksdb::Status status =
          rocksdb::DB::OpenForReadOnly(options, folder, families, &families_, &db);
      db_.reset(db);
      if (db == nullptr) families_.clear();
      if (status.ok() && FilesThatMove(folder) == before) return;
      if (status.IsInvalidArgument()) {  // It lacks column families.
        throw Error(ErrorCode::kIo, "the making of the graph in '" + folder + "' was stopped")
            .WithHint("what made it makes it whole when it is run again");
      }
      const bool again = status.ok() || status.IsIOError() || status.IsCorruption();
      if (!again || attempt + 1 >= kAttempts) Check(status);
      CloseFamilies();
      db_.reset();
    }
    throw Error(ErrorCode::kIo, "the store in '" + folder + "' is being rewritten all the time");
  }

  /// The list of tables, how long it is, and the names of the logs.
  static std::string FilesThatMove(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
      std::string name = entry.path().filename().string();
      if (name.starts_with("MANIFEST")) name += ' ' + std::to_string(entry.file_size(none));
      if (name.starts_with("MANIFEST") || name.ends_with(".log")) files.push_back(std::move(name));
    }
    std::sort(files.begin(), files.end());
    return fmt::format("{}", fmt::join(files, "\n"));
  }

  void CloseFamilies() {
    for (rocksdb::ColumnFamilyHandle* family : families_) {
      db_->DestroyColumnFamilyHandle(family).PermitUncheckedError();
    }
    families_.clear();
  }
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
  bool read_only_ = false;
  std::uint64_t unflushed_ = 0;  // Bytes, since a flush was begun.
  bool flushes_beside_ = false;
};

class RocksSnapshot final : public Reader {
 public:
  explicit RocksSnapshot(std::shared_ptr<const Database> database)
      : database_(std::move(database)),
        // A read-only database stands still: it is its own snapshot.
        snapshot_(database_->read_only() ? nullptr : database_->db()->GetSnapshot()) {}
  ~RocksSnapshot() override {
    if (snapshot_ != nullptr) database_->db()->ReleaseSnapshot(snapshot_);
  }
  RocksSnapshot(const RocksSnapshot&) = delete;
  RocksSnapshot& operator=(const RocksSnapshot&) = delete;

  std::optional<std::string> Get(Space space, std::string_view key) const override {
    return database_->Get(space, key, snapshot_);
  }
  std::vector<std::optional<std::string>> MultiGet(
      Space space, std::span<const std::string> keys) const override {
    return database_->MultiGet(space, keys, snapshot_);
  }
  std::unique_ptr<Cursor> Scan(Space space, std::string_view prefix) const override {
    return std::make_unique<RocksCursor>(database_->db(), database_->family(space), snapshot_,
                                         prefix);
  }
  std::unique_ptr<Cursor> Walk(Space space) const override { return Scan(space, {}); }

 private:
  std::shared_ptr<const Database> database_;  // shared with the engine, which may end before
  const rocksdb::Snapshot* snapshot_;
};

/// A table file beside those of the database, until it becomes one of them.
class RocksRun final : public SortedRun {
 public:
  RocksRun(std::shared_ptr<const Database> database, Space space, std::string file)
      : database_(std::move(database)),
        space_(space),
        file_(std::move(file)),
        // What is written is read soon: it stays in the system's memory.
        writer_(rocksdb::EnvOptions(), database_->db()->GetOptions(database_->family(space)),
                database_->family(space), /*invalidate_page_cache=*/false) {}
  ~RocksRun() override {
    std::error_code error;
    if (is_open_) fs::remove(file_, error);  // Not there where it was taken in.
  }

  void Add(std::string_view key, std::string_view value) override {
    if (!is_open_) {
      is_open_ = true;
      Check(writer_.Open(file_));
    }
    const rocksdb::Status status = writer_.Put(ToSlice(key), ToSlice(value));
    if (status.IsInvalidArgument()) {
      throw Error(ErrorCode::kInvalidArgument, "keys of a sorted run do not ascend");
    }
    Check(status);
  }
  void Finish() override {
    if (is_open_ && !is_finished_) Check(writer_.Finish());
    is_finished_ = true;
  }
  bool empty() const { return !is_open_; }
  Space space() const { return space_; }
  const std::string& file() const { return file_; }

 private:
  std::shared_ptr<const Database> database_;  // shared with the engine, which may end before
  Space space_;
  std::string file_;
  rocksdb::SstFileWriter writer_;
  bool is_open_ = false, is_finished_ = false;
};

/// Runs that a process left behind which did not live to have them taken in.
void RemoveRuns(const std::string& folder) {
  std::error_code error;
  std::vector<fs::path> left;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().filename().string().starts_with(kRunPrefix)) left.push_back(it->path());
  }
  for (const fs::path& file : left) fs::remove(file, error);
}

class RocksEngine final : public Engine {
 public:
  RocksEngine(std::string folder, const RocksDbOptions& options, rocksdb::Env& env)
      : folder_(std::move(folder)), database_(std::make_shared<Database>(folder_, options, env)) {}

  std::optional<std::string> Get(Space space, std::string_view key) const override {
    return database_->Get(space, key, nullptr);
  }
  std::vector<std::optional<std::string>> MultiGet(
      Space space, std::span<const std::string> keys) const override {
    return database_->MultiGet(space, keys, nullptr);
  }
  std::unique_ptr<Cursor> Scan(Space space, std::string_view prefix) const override {
    return std::make_unique<RocksCursor>(database_->db(), database_->family(space), nullptr,
                                         prefix);
  }
  std::unique_ptr<Cursor> Walk(Space space) const override { return Scan(space, {}); }

  Capabilities capabilities() const override { return {.durable = true, .checkpoint = true}; }
  std::shared_ptr<const Reader> Snapshot() const override {
    return std::make_shared<const RocksSnapshot>(database_);
  }

  void Write(const Batch& batch, Sync sync) override {
    rocksdb::WriteBatch writes;
    for (const Batch::Operation& operation : batch.operations()) {
      rocksdb::ColumnFamilyHandle* family = database_->family(operation.space);
      Check(operation.value ? writes.Put(family, ToSlice(operation.key), ToSlice(*operation.value))
                            : writes.Delete(family, ToSlice(operation.key)));
    }
    rocksdb::WriteOptions options;
    options.sync = sync == Sync::kDurable;
    Check(database_->db()->Write(options, &writes));
    database_->CountWritten(writes.GetDataSize());
    database_->FlushBeside();
  }

  void SyncLog() override {
    // FlushWAL also syncs what buffered writes left with the system.
    Check(database_->db()->FlushWAL(true));
  }

  std::unique_ptr<SortedRun> NewRun(Space space) override {
    const std::string file = folder_ + "/" + std::string(kRunPrefix) + std::to_string(runs_++);
    return std::make_unique<RocksRun>(database_, space, file);
  }

  void Ingest(SortedRuns runs) override {
    std::vector<rocksdb::IngestExternalFileArg> arguments;
    for (const auto& run : runs) {
      auto& rocks_run = static_cast<RocksRun&>(*run);
      if (rocks_run.empty()) continue;
      rocks_run.Finish();
      rocksdb::ColumnFamilyHandle* family = database_->family(rocks_run.space());
      const auto same = std::find_if(arguments.begin(), arguments.end(),
                                     [&](const auto& a) { return a.column_family == family; });
      if (same != arguments.end()) {
        same->external_files.push_back(rocks_run.file());
        continue;
      }
      arguments.emplace_back();
      arguments.back().column_family = family;
      arguments.back().external_files = {rocks_run.file()};
      arguments.back().options.move_files = true;
    }
    if (!arguments.empty()) Check(database_->db()->IngestExternalFiles(arguments));
  }

  void Checkpoint(const std::string& folder) const override {
    if (database_->read_only()) return CopyDatabaseFolder(folder_, folder);
    rocksdb::Checkpoint* made = nullptr;
    Check(rocksdb::Checkpoint::Create(database_->db(), &made));
    const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
    Check(checkpoint->CreateCheckpoint(folder));
  }

  void Compact() override {
    for (std::size_t i = 0; i < kSpaceCount; ++i) {
      Check(database_->db()->CompactRange({}, database_->family(static_cast<Space>(i)), nullptr,
                                          nullptr));
    }
  }

  std::uint64_t SizeInBytes() const override {
    std::uint64_t size = 0;
    std::error_code error;
    for (fs::directory_iterator it(folder_, error), end; !error && it != end; it.increment(error)) {
      const std::uint64_t file = it->file_size(error);
      if (!error) size += file;
      error.clear();  // a file that RocksDB deleted meanwhile
    }
    return size;
  }

 private:
  std::string folder_;
  std::shared_ptr<Database> database_;  // shared with the snapshots and runs
  std::atomic<unsigned> runs_{0};
};

}  // namespace

std::unique_ptr<Engine> OpenRocksDb(const std::string& folder, const RocksDbOptions& options) {
  return OpenRocksDbOn(*rocksdb::Env::Default(), folder, options);
}

std::unique_ptr<Engine> OpenRocksDbOn(rocksdb::Env& env, const std::string& folder,
                                      const RocksDbOptions& options) {
  if (!options.create && !fs::exists(fs::path(folder) / "CURRENT")) {
    throw Error(ErrorCode::kNotFound, "there is no graph in '" + folder + "'");
  }
  if (!options.read_only) RemoveRuns(folder);
  return std::make_unique<RocksEngine>(folder, options, env);
}

}  // namespace verbale::graph::store
