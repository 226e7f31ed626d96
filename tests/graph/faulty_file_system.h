#pragma once

// A disk that fails as disks do. It stands on the real file system and
//  - forgets what was not synced, when told that the power went: each file goes back to the length
//    that its last sync made sure of (a page cache that is lost, the worst case),
//  - refuses the n-th write, sync or read with ENOSPC or EIO, or writes only half of it.

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

namespace verbale::graph::store {

/// What the file system does wrong, from which operation of that kind on.
struct Fault {
  enum class Kind : std::uint8_t {
    kNone,
    kNoSpace,
    kWriteError,
    kShortWrite,
    kSyncError,
    kReadError
  };
  Kind kind = Kind::kNone;
  std::int64_t after = 0;  ///< So many of the operations that it hits go well first.
};

class FaultyFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  FaultyFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "FaultyFileSystem"; }

  void Inject(Fault fault) {
    fault_ = fault.kind;
    left_ = fault.after;
  }
  std::uint64_t hits() const { return hits_; }

  /// Cuts every file back to what was synced. Nobody may have one open.
  void LosePower() {
    const std::scoped_lock lock(mutex_);
    for (const auto& [name, sizes] : files_) {
      if (sizes.synced == sizes.written) continue;
      target()->Truncate(name, sizes.synced, {}, nullptr).PermitUncheckedError();
      ++files_cut_;
    }
    files_.clear();
  }
  std::uint64_t files_cut() const { return files_cut_; }

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewRandomAccessFile(const std::string& name,
                                        const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                                        rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override {
    const std::scoped_lock lock(mutex_);
    if (const auto at = files_.find(from); at != files_.end()) {
      files_[to] = at->second;
      files_.erase(from);
    }
    return FileSystemWrapper::RenameFile(from, to, options, context);
  }
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override {
    const std::scoped_lock lock(mutex_);
    files_.erase(name);
    return FileSystemWrapper::DeleteFile(name, options, context);
  }

  /// What an operation of this kind meets: the fault, or kNone.
  Fault::Kind Meet(bool is_write, bool is_sync) {
    const Fault::Kind kind = fault_;
    const bool hits_writes = kind == Fault::Kind::kNoSpace || kind == Fault::Kind::kWriteError ||
                             kind == Fault::Kind::kShortWrite;
    const bool is_hit = is_sync    ? kind == Fault::Kind::kSyncError
                        : is_write ? hits_writes
                                   : kind == Fault::Kind::kReadError;
    if (!is_hit || left_.fetch_sub(1) > 0) return Fault::Kind::kNone;
    ++hits_;
    return kind;
  }
  void NoteWritten(const std::string& name, std::uint64_t size) {
    const std::scoped_lock lock(mutex_);
    files_[name].written = size;
  }
  void NoteSynced(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    files_[name].synced = files_[name].written;
  }

 private:
  struct Sizes {
    std::uint64_t written = 0, synced = 0;
  };

  std::atomic<Fault::Kind> fault_{Fault::Kind::kNone};
  std::atomic<std::int64_t> left_{0};
  std::atomic<std::uint64_t> hits_{0};
  std::uint64_t files_cut_ = 0;
  std::mutex mutex_;  // guards what follows
  std::map<std::string, Sizes> files_;
};

class FaultyWritableFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultyWritableFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::string name,
                     FaultyFileSystem& system)
      : FSWritableFileOwnerWrapper(std::move(file)), name_(std::move(name)), system_(system) {
    system_.NoteWritten(name_, 0);
  }

  rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* context) override {
    const Fault::Kind fault = system_.Meet(true, false);
    const bool half = fault == Fault::Kind::kShortWrite;
    if (fault != Fault::Kind::kNone && !half) return Status(fault);
    const rocksdb::Slice part(data.data(), half ? data.size() / 2 : data.size());
    const rocksdb::IOStatus status = FSWritableFileOwnerWrapper::Append(part, options, context);
    if (status.ok()) system_.NoteWritten(name_, size_ += part.size());
    return half ? Status(fault) : status;
  }
  rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                           const rocksdb::DataVerificationInfo&,
                           rocksdb::IODebugContext* context) override {
    return Append(data, options, context);
  }
  rocksdb::IOStatus Truncate(std::uint64_t size, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* context) override {
    system_.NoteWritten(name_, size_ = size);
    return FSWritableFileOwnerWrapper::Truncate(size, options, context);
  }
  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* context) override {
    const Fault::Kind fault = system_.Meet(false, true);
    if (fault != Fault::Kind::kNone) return Status(fault);
    const rocksdb::IOStatus status = FSWritableFileOwnerWrapper::Sync(options, context);
    if (status.ok()) system_.NoteSynced(name_);
    return status;
  }
  rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* context) override {
    return Sync(options, context);
  }
  // A range is no promise: it does not keep what lies before it.
  rocksdb::IOStatus RangeSync(std::uint64_t, std::uint64_t, const rocksdb::IOOptions&,
                              rocksdb::IODebugContext*) override {
    return rocksdb::IOStatus::OK();
  }

 private:
  static rocksdb::IOStatus Status(Fault::Kind fault) {
    return fault == Fault::Kind::kNoSpace ? rocksdb::IOStatus::NoSpace("injected ENOSPC")
                                          : rocksdb::IOStatus::IOError("injected EIO");
  }

  std::string name_;
  FaultyFileSystem& system_;
  std::uint64_t size_ = 0;
};

class FaultyReader final : public rocksdb::FSRandomAccessFileOwnerWrapper {
 public:
  FaultyReader(std::unique_ptr<rocksdb::FSRandomAccessFile> file, FaultyFileSystem& system)
      : FSRandomAccessFileOwnerWrapper(std::move(file)), system_(system) {}

  rocksdb::IOStatus Read(std::uint64_t offset, std::size_t size, const rocksdb::IOOptions& options,
                         rocksdb::Slice* result, char* scratch,
                         rocksdb::IODebugContext* context) const override {
    if (system_.Meet(false, false) != Fault::Kind::kNone) {
      return rocksdb::IOStatus::IOError("injected EIO");
    }
    return FSRandomAccessFileOwnerWrapper::Read(offset, size, options, result, scratch, context);
  }

 private:
  FaultyFileSystem& system_;
};

inline rocksdb::IOStatus FaultyFileSystem::NewWritableFile(
    const std::string& name, const rocksdb::FileOptions& options,
    std::unique_ptr<rocksdb::FSWritableFile>* result, rocksdb::IODebugContext* context) {
  std::unique_ptr<rocksdb::FSWritableFile> file;
  const rocksdb::IOStatus status =
      FileSystemWrapper::NewWritableFile(name, options, &file, context);
  if (status.ok()) *result = std::make_unique<FaultyWritableFile>(std::move(file), name, *this);
  return status;
}

inline rocksdb::IOStatus FaultyFileSystem::NewRandomAccessFile(
    const std::string& name, const rocksdb::FileOptions& options,
    std::unique_ptr<rocksdb::FSRandomAccessFile>* result, rocksdb::IODebugContext* context) {
  std::unique_ptr<rocksdb::FSRandomAccessFile> file;
  const rocksdb::IOStatus status =
      FileSystemWrapper::NewRandomAccessFile(name, options, &file, context);
  if (status.ok()) *result = std::make_unique<FaultyReader>(std::move(file), *this);
  return status;
}

}  // namespace verbale::graph::store
