#include "graph/store/format.h"

#include <string>

#include "graph/error.h"
#include "graph/store/coding.h"

namespace verbale::graph::store {
namespace {

constexpr std::string_view kFormatKey = "format";
constexpr std::string_view kMagic = "verbale";
/// There in a store of this format that was made with one before it.
constexpr std::string_view kByNameKey = "nodes by name";
/// The first format whose nodes are told apart by their readable ids.
constexpr std::uint32_t kFormatOfIds = 3;

void WriteFormat(Engine& engine, bool by_name) {
  std::string format;
  AppendString(format, kMagic);
  AppendVarint(format, kFormatVersion);
  AppendVarint(format, kMinimumReader);
  Batch batch;
  batch.Put(Space::kMeta, std::string(kFormatKey), std::move(format));
  if (by_name) batch.Put(Space::kMeta, std::string(kByNameKey), "");
  engine.Write(batch, Sync::kDurable);
}

struct Format {
  std::uint32_t version, minimum_reader;
};

Format DecodeFormat(const std::string& bytes) {
  ByteReader reader(bytes, "format version");
  if (reader.String() != kMagic) reader.Fail("this is not the store of a graph");
  const std::uint32_t version = reader.Varint32();
  return {version, reader.Varint32()};
}

}  // namespace

void CheckFormat(Engine& engine, bool read_only) {
  const auto bytes = engine.Get(Space::kMeta, kFormatKey);
  if (!bytes) {
    if (engine.Walk(Space::kMeta)->Valid() || engine.Walk(Space::kNodes)->Valid()) {
      throw Error(ErrorCode::kCorruption, "the store does not say which format it has");
    }
    if (!read_only) WriteFormat(engine, false);
    return;
  }
  const auto [version, minimum_reader] = DecodeFormat(*bytes);
  if (minimum_reader > kFormatVersion) {
    throw Error(ErrorCode::kUnsupported, "the graph has format " + std::to_string(version) +
                                             ", and this program reads formats up to " +
                                             std::to_string(kFormatVersion))
        .WithHint("open it with a newer version of this program");
  }
  if (version < kFormatVersion && !read_only) WriteFormat(engine, TellsByName(engine));
}

bool TellsByName(const Reader& reader) {
  const auto bytes = reader.Get(Space::kMeta, kFormatKey);
  if (!bytes) return false;  // In memory, where no other program writes.
  return DecodeFormat(*bytes).version < kFormatOfIds || reader.Get(Space::kMeta, kByNameKey);
}

}  // namespace verbale::graph::store
