// A database is a set of table files that never change, a manifest that names them, and logs that
// only grow. As long as neither the names nor the manifest change while it is copied, a copy of the
// logs up to any point is the state after some commit: batches in a log are whole or ignored. A
// writer changes them only when it flushes or compacts, so a second attempt mostly finds them
// still.

#include "graph/store/folder_copy.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <string_view>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

#include "graph/error.h"

namespace verbale::graph::store {
namespace {

namespace fs = std::filesystem;

constexpr int kAttempts = 50;
constexpr auto kPause = std::chrono::milliseconds(20);

/// Names of the files that make up the database; of the manifest also its size.
std::map<std::string, std::uintmax_t> FilesOf(const std::string& folder) {
  std::map<std::string, std::uintmax_t> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool belongs = name == "CURRENT" || name == "IDENTITY" || name.starts_with("MANIFEST-") ||
                         name.ends_with(".sst") || name.ends_with(".log");
    if (belongs) files[name] = name.starts_with("MANIFEST-") ? entry.file_size() : 0;
  }
  return files;
}

void SyncPath(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool is_synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!is_synced) throw Error(ErrorCode::kIo, "cannot sync '" + path + "'");
}

void CopyOnce(const std::string& from, const std::string& to,
              const std::map<std::string, std::uintmax_t>& files) {
  for (const auto& [name, unused] : files) {
    const std::string source = from + "/" + name, target = to + "/" + name;
    std::error_code error;
    if (name.ends_with(".sst")) fs::create_hard_link(source, target, error);
    if (!name.ends_with(".sst") || error) fs::copy_file(source, target);
    SyncPath(target);
  }
  SyncPath(to);
}

}  // namespace

void CopyDatabaseFolder(const std::string& from, const std::string& to) {
  std::string reason = "it is written all the time";
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (attempt != 0) std::this_thread::sleep_for(kPause);
    try {
      fs::remove_all(to);
      fs::create_directories(to);
      const auto files = FilesOf(from);
      CopyOnce(from, to, files);
      if (FilesOf(from) == files) return;
    } catch (const fs::filesystem_error& error) {  // Most likely a file that went.
      reason = error.what();
    }
  }
  throw Error(ErrorCode::kIo, "cannot copy '" + from + "': " + reason);
}

}  // namespace verbale::graph::store
