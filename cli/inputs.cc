#include "cli/inputs.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>
#include <system_error>

#include <fmt/format.h>
#include <fnmatch.h>

#include "graph/error.h"

namespace verbale::cli {
namespace {

namespace fs = std::filesystem;

bool IsHidden(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.size() > 1 && name[0] == '.' && name != "..";
}

bool MatchesAny(const std::vector<std::string>& patterns, const std::string& path) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return GlobMatches(pattern, path); });
}

class Collector {
 public:
  explicit Collector(const InputOptions& options) : options_(options) {}

  Inputs Collect() && {
    for (const std::string& path : options_.paths) AddPath(path);
    auto& files = inputs_.files;
    std::sort(files.begin(), files.end(), [](const InputFile& a, const InputFile& b) {
      return std::tie(a.path, a.root) < std::tie(b.path, b.root);
    });
    std::sort(inputs_.skipped.begin(), inputs_.skipped.end(),
              [](const SkippedInput& a, const SkippedInput& b) { return a.path < b.path; });
    return std::move(inputs_);
  }

 private:
  void AddPath(const std::string& given) {
    if (given == "-") {
      inputs_.files.push_back({"", options_.stdin_name, ""});
      return;
    }
    std::error_code failed;
    const fs::path path = fs::canonical(given, failed);
    if (failed) {
      throw Error(ErrorCode::kNotFound,
                  fmt::format("cannot read '{}': {}", given, failed.message()));
    }
    if (fs::is_directory(path)) {
      inputs_.roots.push_back(path.string());
      Walk(path);
    } else {
      AddFile({path.parent_path().string(), path.filename().string(), path.string()});
    }
  }

  void Walk(const fs::path& root) {
    std::error_code failed;
    fs::recursive_directory_iterator at(root, failed);
    if (failed) return Skip(root.string(), failed.message(), true);
    for (; at != fs::recursive_directory_iterator(); at.increment(failed)) {
      const fs::path& path = at->path();
      const std::string relative = path.lexically_relative(root).generic_string();
      if (at->is_symlink()) {
        Skip(relative, "symbolic link (name it to have it read)", false);
      } else if (IsHidden(path)) {
        Skip(relative, "hidden", false);
        if (at->is_directory()) at.disable_recursion_pending();
      } else if (at->is_regular_file()) {
        AddFile({root.string(), relative, path.string()});
      } else if (!at->is_directory()) {
        Skip(relative, "not a regular file", false);
      }
    }
    if (failed) Skip(root.string(), failed.message(), true);
  }

  void AddFile(InputFile file) {
    const bool wanted = options_.include.empty() || MatchesAny(options_.include, file.path);
    if (!wanted || MatchesAny(options_.exclude, file.path)) {
      inputs_.filtered.insert(file.absolute);
      return;
    }
    if (!seen_.insert(file.absolute).second)
      return;  // given twice, or inside a folder that was given
    inputs_.files.push_back(std::move(file));
  }

  void Skip(std::string path, std::string why, bool failure) {
    inputs_.skipped.push_back({std::move(path), std::move(why), failure});
  }

  const InputOptions& options_;
  Inputs inputs_;
  std::set<std::string> seen_;
};

}  // namespace

Inputs CollectInputs(const InputOptions& options) { return Collector(options).Collect(); }

bool GlobMatches(const std::string& pattern, const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  return fnmatch(pattern.c_str(), path.c_str(), 0) == 0 ||
         fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
}

std::string ReadInput(const InputFile& file) {
  const bool from_stdin = file.absolute.empty();
  const auto close = [&](std::FILE* f) { return f == nullptr || from_stdin ? 0 : std::fclose(f); };
  const std::unique_ptr<std::FILE, decltype(close)> in(
      from_stdin ? stdin : std::fopen(file.absolute.c_str(), "rb"), close);
  if (in == nullptr) {
    throw Error(ErrorCode::kIo,
                fmt::format("cannot read '{}': {}", file.path, std::strerror(errno)));
  }
  std::string bytes;
  std::size_t got = 0;
  do {
    constexpr std::size_t kChunk = std::size_t{1} << 18;
    const std::size_t size = bytes.size();
    bytes.resize(size + kChunk);
    got = std::fread(bytes.data() + size, 1, kChunk, in.get());
    bytes.resize(size + got);
  } while (got != 0);
  if (std::ferror(in.get()) != 0) {
    throw Error(ErrorCode::kIo,
                fmt::format("cannot read '{}': {}", file.path, std::strerror(errno)));
  }
  return bytes;
}

}  // namespace verbale::cli
