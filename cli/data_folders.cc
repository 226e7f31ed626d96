#include "cli/data_folders.h"

#include <cstdlib>
#include <system_error>

namespace verbale::cli {

std::vector<std::filesystem::path> DataFolders(const std::string& kind, const char* variable) {
  namespace fs = std::filesystem;
  std::vector<fs::path> folders;
  const char* named = std::getenv(variable);
  if (named != nullptr && *named != '\0') folders.emplace_back(named);
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  if (failed) return folders;
  folders.push_back(program.parent_path().parent_path() / "share/verbale" / kind);
  for (fs::path at = program.parent_path(); at != at.root_path(); at = at.parent_path()) {
    folders.push_back(at / "data" / kind);
  }
  return folders;
}

}  // namespace verbale::cli
