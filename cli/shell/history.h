#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace verbale::cli {

/// Statements of earlier shells in a file of one line each, readable by its owner only. Shells that
/// run at the same time add to it without losing each other's.
class HistoryFile {
 public:
  /// An empty path keeps nothing. A file that cannot be read or written is no error: a shell works
  /// without history.
  explicit HistoryFile(std::filesystem::path path) : path_(std::move(path)) {}

  /// The last ones, oldest first. Shortens a file that has grown long.
  std::vector<std::string> Load() const;
  void Add(const std::string& statement) const;

 private:
  std::filesystem::path path_;
};

/// $XDG_STATE_HOME/verbale/history, else ~/.local/state/verbale/history; empty where there is no
/// home.
std::filesystem::path HistoryPath();
/// $XDG_CONFIG_HOME/verbale/rc, else ~/.config/verbale/rc; empty where there is no home. Never a
/// file of the current folder: a folder of data must not run commands.
std::filesystem::path InitFilePath();

}  // namespace verbale::cli
