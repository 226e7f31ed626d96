#include "cli/packs.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "cli/data_folders.h"
#include "graph/error.h"
#include "graph/graph.h"

namespace verbale::cli {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> PackFolders() { return DataFolders("packs", "VERBALE_PACKS"); }

}  // namespace

std::string FindPack(const std::string& given) {
  if (fs::is_regular_file(fs::path(given) / "pack.yml")) return given;
  std::vector<std::string> known;
  for (const fs::path& folder : PackFolders()) {
    if (fs::is_regular_file(folder / given / "pack.yml")) return (folder / given).string();
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none)) {
      if (fs::is_regular_file(entry.path() / "pack.yml"))
        known.push_back(entry.path().filename().string());
    }
  }
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  throw Error(ErrorCode::kNotFound,
              fmt::format("no pack '{}': neither a folder with a pack.yml nor a known name", given))
      .WithHint(known.empty() ? "VERBALE_PACKS names the folder that packs are in"
                              : fmt::format("there are {}", fmt::join(known, ", ")));
}

std::string HashOfReading(const extract::Pack& pack, bool keep_unasserted) {
  return keep_unasserted ? graph::Sha256Hex(pack.hash() + " unasserted") : pack.hash();
}

std::shared_ptr<const extract::Pack> LoadPack(const std::string& given, extract::PackParts parts) {
  std::vector<std::string> shelves;
  for (const fs::path& folder : PackFolders()) shelves.push_back(folder.string());
  return extract::Pack::Load(FindPack(given), shelves, parts);
}

}  // namespace verbale::cli
