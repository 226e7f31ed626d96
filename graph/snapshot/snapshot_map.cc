#include <cstring>
#include <limits>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "graph/error.h"
#include "graph/snapshot/block_guard.h"
#include "graph/snapshot/snapshot_archive.h"
#include "graph/snapshot/snapshot_file.h"
#include "graph/store/checksum.h"
#include "graph/store/coding.h"

namespace verbale::graph::snapshot {
namespace {

// Files up to this size are verified when they are mapped, which takes a millisecond or two: then
// damage is found while it is still easy to do without the file.
constexpr std::size_t kVerifiedAtOnce = std::size_t{16} << 20;

/// A file in memory, and the guard over its data.
class Mapping {
 public:
  Mapping(const char* begin, std::size_t size) : bytes_(begin, size) {}
  ~Mapping() { ::munmap(const_cast<char*>(bytes_.data()), bytes_.size()); }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  std::string_view bytes() const { return bytes_; }
  std::span<const char> data() const { return data_; }
  const BlockGuard& guard() const { return *guard_; }
  void Watch(std::span<const char> data, std::span<const std::uint64_t> sums) {
    data_ = data;
    guard_ = std::make_unique<BlockGuard>(data, sums);
  }

 private:
  std::string_view bytes_;
  std::span<const char> data_;
  std::unique_ptr<BlockGuard> guard_;
};

std::shared_ptr<Mapping> MapFile(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return nullptr;
  struct stat status {};
  void* begin = MAP_FAILED;
  if (::fstat(descriptor, &status) == 0 &&
      static_cast<std::size_t>(status.st_size) >= SnapshotHeader::kPage) {
    begin = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_SHARED,
                   descriptor, 0);
  }
  ::close(descriptor);
  if (begin == MAP_FAILED) return nullptr;
  return std::make_shared<Mapping>(static_cast<const char*>(begin),
                                   static_cast<std::size_t>(status.st_size));
}

/// The header, where the file is as long as it says and its tables are what was written.
std::optional<SnapshotHeader> ReadHeader(std::string_view file) {
  SnapshotHeader header;
  std::memcpy(&header, file.data(), sizeof header);
  const auto sum = store::Checksum64(file.substr(0, offsetof(SnapshotHeader, header_sum)));
  if (std::memcmp(header.magic, "verbsnap", sizeof header.magic) != 0 ||
      header.byte_order != 0x01020304 || header.version != kSnapshotFileVersion ||
      header.header_sum != sum) {
    return std::nullopt;
  }
  if (header.directory_at + header.directory_bytes != file.size()) return std::nullopt;
  const std::string_view sums =
      file.substr(header.sums_at, header.sum_count * sizeof(std::uint64_t));
  const std::string_view directory = file.substr(header.directory_at, header.directory_bytes);
  if (store::Checksum64(sums) != header.sums_sum ||
      store::Checksum64(directory) != header.directory_sum) {
    return std::nullopt;
  }
  return header;
}

/// Gives the arrays of a Snapshot their places in the mapping.
class ArchiveReader {
 public:
  ArchiveReader(std::string_view directory, std::shared_ptr<const Mapping> mapping)
      : directory_(directory, "directory of the snapshot"), mapping_(std::move(mapping)) {}

  template <typename Unsigned>
  void Number(Unsigned& number) {
    number = directory_.Varint32();
  }
  template <typename T>
  void Count(std::vector<T>& items) {
    items.resize(directory_.Count());
  }
  template <typename T>
  void Array(FlatArray<T>& values) {
    const std::uint64_t at = directory_.Varint();
    const std::uint64_t count = directory_.Varint();
    const std::span<const char> data = mapping_->data();
    if (at > data.size() || count > (data.size() - at) / sizeof(T)) {
      directory_.Fail("an array is not within the file");
    }
    if (count == 0) return;
    values = {{reinterpret_cast<const T*>(data.data() + at), static_cast<std::size_t>(count)},
              mapping_,
              &mapping_->guard()};
  }
  void Dictionary(std::shared_ptr<const snapshot::Dictionary>& dictionary) {
    FlatArray<std::uint64_t> offsets;
    FlatArray<char> bytes;
    const std::uint32_t size = directory_.Varint32();
    Array(offsets);
    Array(bytes);
    constexpr std::size_t kGroup = snapshot::Dictionary::kGroup;
    if (offsets.size() != (size + kGroup - 1) / kGroup + 1) {
      directory_.Fail("a dictionary has not as many groups as values need");
    }
    dictionary =
        std::make_shared<const snapshot::Dictionary>(size, std::move(offsets), std::move(bytes));
  }
  void ExpectEnd() const { directory_.ExpectEnd(); }

 private:
  store::ByteReader directory_;
  std::shared_ptr<const Mapping> mapping_;  // Shared with the arrays.
};

}  // namespace

std::optional<SnapshotFile> MapSnapshotFile(const std::string& path) {
  const std::shared_ptr<Mapping> mapping = MapFile(path);
  if (!mapping) return std::nullopt;
  const std::string_view file = mapping->bytes();
  const auto header = ReadHeader(file);
  if (!header) return std::nullopt;
  const auto* sums = reinterpret_cast<const std::uint64_t*>(file.data() + header->sums_at);
  mapping->Watch({file.data() + SnapshotHeader::kPage, header->data_bytes},
                 {sums, header->sum_count});
  auto snapshot = std::make_shared<Snapshot>();
  try {
    if (file.size() <= kVerifiedAtOnce) mapping->guard().CheckAll();
    ArchiveReader reader(file.substr(header->directory_at), mapping);
    ArchiveSnapshot(reader, *snapshot);
    reader.ExpectEnd();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kCorruption) throw;
    return std::nullopt;
  }
  snapshot->ConnectDictionaries();
  snapshot->guard = std::shared_ptr<const BlockGuard>(mapping, &mapping->guard());
  return SnapshotFile{std::move(snapshot), header->sequence, header->history, file.size()};
}

}  // namespace verbale::graph::snapshot
