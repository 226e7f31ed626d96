#include "extract/text/zip.h"

#include <cstdint>
#include <optional>

#include <zlib.h>

#include "graph/error.h"

// A ZIP archive is read from its end: the end record names the central directory, whose headers
// name the entries and where each begins. Everything is little-endian. Zip64 is left out: no
// document is that large.

namespace verbale::extract {
namespace {

constexpr std::size_t kEndRecordSize = 22;
constexpr std::size_t kLongestComment = 0xFFFF;
constexpr std::size_t kDirectoryHeaderSize = 46;
constexpr std::size_t kLocalHeaderSize = 30;
constexpr std::uint64_t kLargestEntry = std::uint64_t{256} << 20;

struct Entry {
  std::uint32_t flags = 0, method = 0, checksum = 0;
  std::uint64_t packed = 0, size = 0, header = 0;
};

std::uint32_t Little(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size && at + i < bytes.size(); ++i) {
    value |= static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[at + i])) << (8 * i);
  }
  return value;
}

std::optional<Entry> FindEntry(std::string_view archive, std::string_view name) {
  if (archive.size() < kEndRecordSize) return std::nullopt;
  const std::size_t end = archive.rfind("PK\x05\x06", archive.size() - kEndRecordSize);
  if (end == std::string_view::npos || archive.size() - end > kEndRecordSize + kLongestComment) {
    return std::nullopt;
  }
  std::size_t at = Little(archive, end + 16, 4);
  while (at < end && end - at >= kDirectoryHeaderSize && archive.substr(at, 4) == "PK\x01\x02") {
    const std::size_t name_size = Little(archive, at + 28, 2);
    if (archive.substr(at + kDirectoryHeaderSize, name_size) == name) {
      Entry entry;
      entry.flags = Little(archive, at + 8, 2), entry.method = Little(archive, at + 10, 2);
      entry.checksum = Little(archive, at + 16, 4), entry.packed = Little(archive, at + 20, 4);
      entry.size = Little(archive, at + 24, 4), entry.header = Little(archive, at + 42, 4);
      return entry;
    }
    at += kDirectoryHeaderSize + name_size + Little(archive, at + 30, 2) +
          Little(archive, at + 32, 2);
  }
  return std::nullopt;
}

[[noreturn]] void Damaged(std::string_view name) {
  throw Error(ErrorCode::kCorruption,
              "the archive is damaged: '" + std::string(name) + "' cannot be unpacked");
}

std::string Inflate(std::string_view packed, std::uint64_t size, std::string_view name) {
  std::string out(size, '\0');
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) Damaged(name);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = inflate(&stream, Z_FINISH);
  const uLong produced = stream.total_out;
  inflateEnd(&stream);
  if (result != Z_STREAM_END || produced != size) Damaged(name);
  return out;
}

}  // namespace

bool HasZipEntry(std::string_view archive, std::string_view name) {
  return FindEntry(archive, name).has_value();
}

std::string ReadZipEntry(std::string_view archive, std::string_view name) {
  const std::optional<Entry> entry = FindEntry(archive, name);
  if (!entry) Damaged(name);
  if ((entry->flags & 1) != 0 || (entry->method != 0 && entry->method != 8)) {
    throw Error(ErrorCode::kUnsupported,
                "the archive is encrypted or compressed in an unusual way");
  }
  if (entry->size > kLargestEntry) {
    throw Error(ErrorCode::kLimitExceeded,
                "'" + std::string(name) + "' is larger than 256 MiB when unpacked");
  }
  if (entry->header + kLocalHeaderSize > archive.size()) Damaged(name);
  const std::uint64_t data = entry->header + kLocalHeaderSize +
                             Little(archive, entry->header + 26, 2) +
                             Little(archive, entry->header + 28, 2);
  if (data + entry->packed > archive.size()) Damaged(name);
  const std::string_view packed = archive.substr(data, entry->packed);
  if (entry->method == 0 && entry->packed != entry->size) Damaged(name);
  std::string out = entry->method == 0 ? std::string(packed) : Inflate(packed, entry->size, name);
  const uLong checksum =
      crc32(0, reinterpret_cast<const Bytef*>(out.data()), static_cast<uInt>(out.size()));
  if (checksum != entry->checksum) Damaged(name);
  return out;
}

}  // namespace verbale::extract
