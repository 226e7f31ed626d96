#include "graph/store/engine.h"

#include "graph/error.h"

namespace verbale::graph::store {
namespace {

// In the order of Space. Names of column families: do not rename.
constexpr std::array<std::string_view, kSpaceCount> kSpaceNames = {
    "meta",     "catalog", "nodes",    "out",   "in",     "rels",
    "evidence", "docs",    "docfacts", "index", "changes"};

[[noreturn]] void ThrowUnsupported(std::string_view what) {
  throw Error(ErrorCode::kUnsupported, "this engine cannot " + std::string(what));
}

}  // namespace

std::string_view Name(Space space) { return kSpaceNames[static_cast<std::size_t>(space)]; }

void Engine::IngestSorted(Space, std::span<const std::pair<std::string, std::string>>) {
  ThrowUnsupported("ingest sorted runs");
}

void Engine::DeleteRange(Space, std::string_view, std::string_view) {
  ThrowUnsupported("delete a range");
}

void Engine::Checkpoint(const std::string&) const { ThrowUnsupported("make a checkpoint"); }

std::string PrefixEnd(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xFF) end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

}  // namespace verbale::graph::store
