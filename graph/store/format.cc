#include "graph/store/format.h"

#include <string>

#include "graph/error.h"
#include "graph/store/coding.h"

namespace verbale::graph::store {
namespace {

constexpr std::string_view kFormatKey = "format";
constexpr std::string_view kMagic = "verbale";

void WriteFormat(Engine& engine) {
  std::string format;
  AppendString(format, kMagic);
  AppendVarint(format, kFormatVersion);
  AppendVarint(format, kMinimumReader);
  Batch batch;
  batch.Put(Space::kMeta, std::string(kFormatKey), std::move(format));
  engine.Write(batch, Sync::kDurable);
}

}  // namespace

void CheckFormat(Engine& engine, bool read_only) {
  const auto bytes = engine.Get(Space::kMeta, kFormatKey);
  if (!bytes) {
    if (engine.Walk(Space::kMeta)->Valid() || engine.Walk(Space::kNodes)->Valid()) {
      throw Error(ErrorCode::kCorruption, "the store does not say which format it has");
    }
    if (!read_only) WriteFormat(engine);
    return;
  }
  ByteReader reader(*bytes, "format version");
  if (reader.String() != kMagic) reader.Fail("this is not the store of a graph");
  const std::uint32_t version = reader.Varint32();
  const std::uint32_t minimum_reader = reader.Varint32();
  if (minimum_reader > kFormatVersion) {
    throw Error(ErrorCode::kUnsupported, "the graph has format " + std::to_string(version) +
                                             ", and this program reads formats up to " +
                                             std::to_string(kFormatVersion))
        .WithHint("open it with a newer version of this program");
  }
  if (version < kFormatVersion && !read_only) WriteFormat(engine);
}

}  // namespace verbale::graph::store
