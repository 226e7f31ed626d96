// The end of a table file
// (https://github.com/facebook/rocksdb/wiki/Rocksdb-BlockBasedTable-Format):
//
//   … properties, its trailer, metaindex, its trailer, footer
//
// A trailer is the kind of compression and a checksum. The footer is the kind of checksum and the
// handles (offset, size) of the metaindex and of the index, filled up, then version and magic
// number. The metaindex has, among others, an entry of the key "rocksdb.properties" with the handle
// of that block. The last word of a block is the number of its restart points; its highest bit says
// that an index of hashes stands before it.

#include "graph/store/rocksdb_tables.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <rocksdb/env.h>

#include "graph/error.h"

namespace verbale::graph::store {
namespace {

constexpr std::size_t kFooter = 53, kHandlesAt = 1, kWord = 4;
constexpr std::uint64_t kMostMetaindex = 1 << 16;
constexpr std::string_view kProperties = "rocksdb.properties";

struct Handle {
  std::uint64_t offset = 0, size = 0;
};

/// RocksDB's own numbers: 7 bits a byte, the lowest first. Takes it from the front.
std::optional<std::uint64_t> TakeNumber(std::string_view& bytes) {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    number |= std::uint64_t{byte & 0x7Fu} << shift;
    if ((byte & 0x80u) == 0) return number;
  }
  return std::nullopt;
}

std::optional<Handle> TakeHandle(std::string_view bytes) {
  const auto offset = TakeNumber(bytes);
  const auto size = offset ? TakeNumber(bytes) : std::nullopt;
  if (!size) return std::nullopt;
  return Handle{*offset, *size};
}

class Table {
 public:
  Table(rocksdb::Env& env, const std::string& path) {
    if (!env.GetFileSize(path, &size_).ok()) size_ = 0;
    if (!env.NewRandomAccessFile(path, &file_, rocksdb::EnvOptions()).ok()) size_ = 0;
  }

  /// Whether its properties seem to have an index of hashes; false where they are not found.
  bool HasHashedProperties() {
    const auto properties = FindProperties();
    if (!properties || properties->size < kWord) return false;
    const auto last = Read(properties->offset + properties->size - 1, 1);
    return last && (static_cast<unsigned char>(last->front()) & 0x80u) != 0;
  }

 private:
  std::optional<std::string> Read(std::uint64_t offset, std::uint64_t size) {
    if (offset > size_ || size > size_ - offset) return std::nullopt;
    std::string bytes(size, '\0');
    rocksdb::Slice read;
    if (!file_->Read(offset, size, &read, bytes.data()).ok() || read.size() != size) {
      return std::nullopt;
    }
    return read.ToString();
  }

  std::optional<Handle> FindProperties() {
    if (size_ < kFooter) return std::nullopt;
    const auto footer = Read(size_ - kFooter, kFooter);
    const auto metaindex =
        footer ? TakeHandle(std::string_view(*footer).substr(kHandlesAt)) : std::nullopt;
    if (!metaindex || metaindex->size > kMostMetaindex) return std::nullopt;
    const auto block = Read(metaindex->offset, metaindex->size);
    const std::size_t at = block ? block->find(kProperties) : std::string::npos;
    if (at == std::string::npos) return std::nullopt;
    return TakeHandle(std::string_view(*block).substr(at + kProperties.size()));
  }

  std::uint64_t size_ = 0;
  std::unique_ptr<rocksdb::RandomAccessFile> file_;
};

}  // namespace

void CheckTableTails(rocksdb::Env& env, const std::string& folder) {
  std::vector<std::string> names;
  if (!env.GetChildren(folder, &names).ok()) return;
  for (const std::string& name : names) {
    if (!name.ends_with(".sst")) continue;
    if (!Table(env, folder + "/" + name).HasHashedProperties()) continue;
    throw Error(ErrorCode::kCorruption, "store: the properties of " + name + " are damaged");
  }
}

}  // namespace verbale::graph::store
