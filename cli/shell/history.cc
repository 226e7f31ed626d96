#include "cli/shell/history.h"

#include <cstdlib>
#include <fstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace verbale::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kKept = 2000;
constexpr std::size_t kLongest = 2 * kKept;

// A statement of several lines stands in one line of the file.
std::string Escaped(const std::string& statement) {
  std::string line;
  for (const char c : statement) {
    if (c == '\\') line += "\\\\";
    if (c == '\n') line += "\\n";
    if (c != '\\' && c != '\n') line += c;
  }
  return line;
}

std::string Unescaped(const std::string& line) {
  std::string statement;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '\\' || i + 1 == line.size()) {
      statement += line[i];
    } else {
      statement += line[++i] == 'n' ? '\n' : line[i];
    }
  }
  return statement;
}

// Owner only, whatever the umask says.
bool WriteTo(const fs::path& path, int flags, const std::string& text) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
  if (fd < 0) return false;
  fchmod(fd, 0600);
  const bool written = write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  return close(fd) == 0 && written;
}

fs::path UserFile(const char* variable, const char* below_home, const char* name) {
  const char* folder = std::getenv(variable);
  if (folder != nullptr && *folder == '/') return fs::path(folder) / "verbale" / name;
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home != '/') return {};
  return fs::path(home) / below_home / "verbale" / name;
}

}  // namespace

std::vector<std::string> HistoryFile::Load() const {
  std::vector<std::string> lines;
  if (path_.empty()) return lines;
  std::ifstream in(path_);
  for (std::string line; std::getline(in, line);) lines.push_back(std::move(line));
  if (lines.size() > kKept) {
    const bool long_file = lines.size() > kLongest;
    lines.erase(lines.begin(), lines.end() - kKept);
    if (long_file) {
      std::string text;
      for (const std::string& line : lines) text += line + "\n";
      const fs::path shorter = path_.string() + ".new";
      std::error_code ignored;
      if (WriteTo(shorter, O_TRUNC, text)) fs::rename(shorter, path_, ignored);
    }
  }
  for (std::string& line : lines) line = Unescaped(line);
  return lines;
}

void HistoryFile::Add(const std::string& statement) const {
  if (path_.empty()) return;
  std::error_code ignored;
  if (fs::create_directories(path_.parent_path(), ignored)) {
    fs::permissions(path_.parent_path(), fs::perms::owner_all, ignored);
  }
  WriteTo(path_, O_APPEND, Escaped(statement) + "\n");
}

fs::path HistoryPath() { return UserFile("XDG_STATE_HOME", ".local/state", "history"); }

fs::path InitFilePath() { return UserFile("XDG_CONFIG_HOME", ".config", "rc"); }

}  // namespace verbale::cli
