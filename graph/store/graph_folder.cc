#include "graph/store/graph_folder.h"

#include <filesystem>
#include <system_error>

#include "graph/error.h"

namespace verbale::graph::store {
namespace {

namespace fs = std::filesystem;

/// What is in the folder of a graph, also while it is written or after a writer died.
bool BelongsToGraph(const std::string& name) {
  return name == "lock" || name == "store" || name.starts_with("snapshot") || name == "last" ||
         name == "last.new";
}

}  // namespace

std::string DatabaseIn(const std::string& folder) { return folder + "/store"; }

bool HoldsStore(const std::string& folder) {
  std::error_code failed;
  const fs::file_status current = fs::status(fs::path(DatabaseIn(folder)) / "CURRENT", failed);
  const bool missing = current.type() == fs::file_type::not_found;
  if (failed && !missing) {
    throw Error(ErrorCode::kIo, "cannot open '" + folder + "': " + failed.message());
  }
  return !missing;
}

void ExpectNothingElse(const std::string& folder) {
  std::error_code failed;
  const fs::file_status status = fs::status(folder, failed);
  if (status.type() == fs::file_type::not_found) return;
  if (!failed && !fs::is_directory(status)) {
    throw Error(ErrorCode::kIo, "'" + folder + "' is not a folder");
  }
  fs::directory_iterator entry(folder, failed);
  if (failed) throw Error(ErrorCode::kIo, "cannot open '" + folder + "': " + failed.message());
  for (; entry != fs::directory_iterator(); ++entry) {
    const std::string name = entry->path().filename().string();
    if (BelongsToGraph(name)) continue;
    throw Error(ErrorCode::kIo, "'" + folder + "' holds other things ('" + name + "')")
        .WithHint("name a folder that is empty or does not exist yet");
  }
}

}  // namespace verbale::graph::store
