#include "cli/places.h"

#include <filesystem>

#include <fmt/format.h>

namespace verbale::cli {

namespace fs = std::filesystem;

std::string PlaceOf(const std::string& path) {
  fs::path place = fs::weakly_canonical(path);
  if (place.has_relative_path() && place.filename().empty()) place = place.parent_path();
  return place.string();
}

std::string NameBeside(const std::string& place, const char* ending) {
  std::string name = place + ending;
  for (int i = 2; fs::exists(fs::symlink_status(name)); ++i) {
    name = fmt::format("{}{}-{}", place, ending, i);
  }
  return name;
}

}  // namespace verbale::cli
