#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace verbale::cli {

/// Where `kind` of data ("packs", "queries") may be, in the order in which it is looked for: the
/// folder that the variable of the environment names, share/verbale/KIND beside an installed
/// program, data/KIND above a program that stands in its build folder.
std::vector<std::filesystem::path> DataFolders(const std::string& kind, const char* variable);

}  // namespace verbale::cli
