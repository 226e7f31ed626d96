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

/// In memory until it becomes part of a batch.
class BufferedRun final : public SortedRun {
 public:
  explicit BufferedRun(Space space) : space_(space) {}

  void Add(std::string_view key, std::string_view value) override {
    if (!pairs_.empty() && pairs_.back().first >= key) {
      throw Error(ErrorCode::kInvalidArgument, "keys of a sorted run do not ascend");
    }
    pairs_.emplace_back(key, value);
  }
  void MoveTo(Batch& batch) {
    for (auto& [key, value] : pairs_) batch.Put(space_, std::move(key), std::move(value));
    pairs_.clear();
  }

 private:
  Space space_;
  std::vector<std::pair<std::string, std::string>> pairs_;
};

}  // namespace

std::string_view Name(Space space) { return kSpaceNames[static_cast<std::size_t>(space)]; }

std::unique_ptr<SortedRun> Engine::NewRun(Space space) {
  return std::make_unique<BufferedRun>(space);
}

void Engine::Ingest(SortedRuns runs) {
  Batch all;
  for (const auto& run : runs) static_cast<BufferedRun&>(*run).MoveTo(all);
  Write(all, Sync::kDurable);
}

void Engine::Checkpoint(const std::string&) const { ThrowUnsupported("make a checkpoint"); }

std::string PrefixEnd(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xFF) end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

}  // namespace verbale::graph::store
