#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "graph/error.h"
#include "graph/snapshot/block_guard.h"
#include "graph/snapshot/snapshot_archive.h"
#include "graph/snapshot/snapshot_file.h"
#include "graph/store/checksum.h"
#include "graph/store/coding.h"

namespace verbale::graph::snapshot {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kAlignment = 64;

/// Bytes that are brought to disk at once. Whoever syncs the log meanwhile waits for them, too.
constexpr std::uint64_t kSyncedAtOnce = 1 << 20;

/// A file that is not there under its name before it is whole and on disk.
class NewFile {
 public:
  explicit NewFile(const std::string& path)
      : path_(path), temporary_(path + ".new." + std::to_string(::getpid())) {
    descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor_ < 0) Fail("open");
  }
  ~NewFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!is_published_) ::unlink(temporary_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void Write(std::string_view bytes, std::uint64_t at) {
    unsynced_ += bytes.size();
    while (!bytes.empty()) {
      const ssize_t written =
          ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(at));
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) Fail("write");
      bytes.remove_prefix(static_cast<std::size_t>(written));
      at += static_cast<std::uint64_t>(written);
    }
    if (unsynced_ > kSyncedAtOnce) Sync();
  }

  void Publish() {
    Sync();
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) Fail("rename");
    is_published_ = true;
    const std::string folder = fs::path(path_).parent_path().string();
    const int parent = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (parent < 0) return;
    ::fsync(parent);  // Without it the old file may come back, which is no worse.
    ::close(parent);
  }

 private:
  void Sync() {
    if (::fdatasync(descriptor_) != 0) Fail("sync");
    unsynced_ = 0;
  }
  [[noreturn]] void Fail(const char* what) const {
    throw Error(ErrorCode::kIo,
                std::string("cannot ") + what + " '" + temporary_ + "': " + std::strerror(errno));
  }

  std::string path_, temporary_;
  int descriptor_ = -1;
  std::uint64_t unsynced_ = 0;  // bytes
  bool is_published_ = false;
};

/// Puts arrays into the file and what remains into the directory.
class Writer {
 public:
  explicit Writer(NewFile& file) : file_(file) { buffer_.reserve(BlockGuard::kBlock); }

  template <typename Unsigned>
  void Number(Unsigned& number) {
    store::AppendVarint(directory_, number);
  }
  template <typename T>
  void Count(std::vector<T>& items) {
    store::AppendVarint(directory_, items.size());
  }
  template <typename T>
  void Array(FlatArray<T>& values) {
    values.Touch();
    Section({reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)},
            values.size());
  }
  void Dictionary(std::shared_ptr<const snapshot::Dictionary>& dictionary) {
    constexpr std::size_t kGroup = snapshot::Dictionary::kGroup;
    std::vector<std::uint64_t> offsets;
    std::string bytes;
    const std::size_t size = dictionary ? dictionary->size() : 0;
    store::AppendVarint(directory_, size);
    if (size > 0) dictionary->PrepareAll();
    for (std::uint32_t code = 0; code < size; ++code) {
      if (code % kGroup == 0) offsets.push_back(bytes.size());
      store::AppendValue(bytes, dictionary->values()[code]);
    }
    offsets.push_back(bytes.size());
    FlatArray<std::uint64_t> flat(std::move(offsets));
    Array(flat);
    Section(bytes, bytes.size());
  }

  /// Writes what is left, the tables and the header.
  void Finish(std::uint64_t sequence, std::uint64_t history) {
    const std::uint64_t data_bytes = written_ + buffer_.size();
    Flush();
    const std::string_view sums(reinterpret_cast<const char*>(sums_.data()),
                                sums_.size() * sizeof(std::uint64_t));
    SnapshotHeader header{};
    std::memcpy(header.magic, "verbsnap", sizeof header.magic);
    header.version = kSnapshotFileVersion;
    header.byte_order = 0x01020304;
    header.sequence = sequence;
    header.history = history;
    header.data_bytes = data_bytes;
    header.sums_at = Align(SnapshotHeader::kPage + data_bytes);
    header.sum_count = sums_.size();
    header.directory_at = header.sums_at + sums.size();
    header.directory_bytes = directory_.size();
    header.sums_sum = store::Checksum64(sums);
    header.directory_sum = store::Checksum64(directory_);
    header.header_sum = store::Checksum64(
        {reinterpret_cast<const char*>(&header), offsetof(SnapshotHeader, header_sum)});
    file_.Write(sums, header.sums_at);
    file_.Write(directory_, header.directory_at);
    file_.Write({reinterpret_cast<const char*>(&header), sizeof header}, 0);
  }

 private:
  static std::uint64_t Align(std::uint64_t at) {
    return (at + kAlignment - 1) / kAlignment * kAlignment;
  }

  void Section(std::string_view bytes, std::size_t count) {
    const std::uint64_t at = written_ + buffer_.size();
    Append(std::string(Align(at) - at, '\0'));
    store::AppendVarint(directory_, Align(at));
    store::AppendVarint(directory_, count);
    Append(bytes);
  }

  void Append(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::string_view part = bytes.substr(0, BlockGuard::kBlock - buffer_.size());
      buffer_ += part;
      bytes.remove_prefix(part.size());
      if (buffer_.size() == BlockGuard::kBlock) Flush();
    }
  }

  void Flush() {
    if (buffer_.empty()) return;
    sums_.push_back(store::Checksum64(buffer_, sums_.size()));
    file_.Write(buffer_, SnapshotHeader::kPage + written_);
    written_ += buffer_.size();
    buffer_.clear();
  }

  NewFile& file_;
  std::string buffer_;         // The block that is being filled.
  std::uint64_t written_ = 0;  // Bytes of data in the file.
  std::vector<std::uint64_t> sums_;
  std::string directory_;
};

}  // namespace

void WriteSnapshotFile(const std::string& path, const GraphState& state) {
  NewFile file(path);
  SnapshotParts parts = state.base();  // shares the memory
  parts.indexes.clear();
  for (const NodeIndex& index : state.delta().indexes) {
    parts.indexes.push_back({index.label, index.key, index.base->rows()});
  }
  Writer writer(file);
  ArchiveSnapshot(writer, parts);
  writer.Finish(state.pinned->sequence(), state.pinned->history());
  file.Publish();
}

}  // namespace verbale::graph::snapshot
