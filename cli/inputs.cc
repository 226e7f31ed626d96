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

#include "graph/ascii.h"
#include "graph/error.h"
#include "graph/graph.h"
#include "graph/value_text.h"

namespace verbale::cli {
namespace {

namespace fs = std::filesystem;

// No document is so large; a device or a pipe may never end.
constexpr std::size_t kLargestInput = std::size_t{256} << 20;

bool IsHidden(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.size() > 1 && name[0] == '.' && name != "..";
}

bool IsHexDigit(char c) { return IsDigit(c) || (c >= 'A' && c <= 'F'); }

bool MatchesAny(const std::vector<std::string>& patterns, const std::string& path) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return GlobMatches(pattern, path); });
}

bool IsStdin(const InputFile& file) { return file.absolute.empty(); }

// A graph lies in a folder of its own, which may well be among the documents.
bool IsGraph(const fs::path& folder) {
  try {
    return graph::HoldsGraph(folder.string());
  } catch (const Error&) {
    return false;  // Listing it will say why it cannot be read.
  }
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
      if (std::any_of(inputs_.files.begin(), inputs_.files.end(), IsStdin)) {
        throw Error(ErrorCode::kInvalidArgument,
                    "standard input was given twice; it is one document");
      }
      inputs_.files.push_back({"", TextOfPath(options_.stdin_name), ""});
      return;
    }
    std::error_code failed;
    const fs::path path = fs::canonical(given, failed);
    if (failed) {
      throw Error(ErrorCode::kNotFound,
                  fmt::format("cannot read '{}': {}", given, failed.message()));
    }
    if (fs::is_directory(path)) {
      if (IsGraph(path)) {
        throw Error(ErrorCode::kInvalidArgument,
                    fmt::format("'{}' is a graph, not documents", given));
      }
      inputs_.roots.push_back(path.string());
      Walk(path);
    } else {
      AddFile({path.parent_path().string(), path.filename().string(), path.string()});
    }
  }

  // Folder by folder, so that one that cannot be read hides nothing but itself.
  void Walk(const fs::path& root) {
    std::vector<fs::path> open = {root};
    while (!open.empty()) {
      const fs::path folder = std::move(open.back());
      open.pop_back();
      List(root, folder, open);
    }
  }

  void List(const fs::path& root, const fs::path& folder, std::vector<fs::path>& open) {
    std::error_code failed;
    fs::directory_iterator entry(folder, failed);
    for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
      Take(root, *entry, open);
    }
    if (failed) Unread(root, folder, failed.message());
  }

  void Take(const fs::path& root, const fs::directory_entry& entry, std::vector<fs::path>& open) {
    const fs::path& path = entry.path();
    const std::string relative = path.lexically_relative(root).generic_string();
    std::error_code failed;
    const fs::file_type type = entry.symlink_status(failed).type();
    if (failed) return Unread(root, path, failed.message());
    if (type == fs::file_type::symlink) {
      Skip(relative, "symbolic link (name it to have it read)", false);
    } else if (IsHidden(path)) {
      Skip(relative, "hidden", false);
    } else if (type == fs::file_type::directory) {
      if (IsGraph(path)) return Skip(relative, "a graph", false);
      open.push_back(path);
    } else if (type == fs::file_type::regular) {
      AddFile({root.string(), relative, path.string()});
    } else {
      Skip(relative, "not a regular file", false);
    }
  }

  void Unread(const fs::path& root, const fs::path& path, const std::string& why) {
    inputs_.unread.push_back(path.string());
    Skip(path == root ? root.string() : path.lexically_relative(root).generic_string(), why, true);
  }

  void AddFile(InputFile file) {
    const bool wanted = options_.include.empty() || MatchesAny(options_.include, file.path);
    if (!wanted || MatchesAny(options_.exclude, file.path)) {
      inputs_.filtered.insert(file.absolute);
      return;
    }
    if (!seen_.insert(file.absolute).second)
      return;  // given twice, or inside a folder that was given
    file.path = TextOfPath(file.path);
    inputs_.files.push_back(std::move(file));
  }

  void Skip(const std::string& path, std::string why, bool failure) {
    inputs_.skipped.push_back({TextOfPath(path), std::move(why), failure});
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

std::string TextOfPath(std::string_view path) {
  std::string text;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t size = graph::Utf8Size(path, at);
    if (size == 0) {
      text += fmt::format("%{:02X}", static_cast<unsigned char>(path[at++]));
    } else {
      text += path.substr(at, size);
      at += size;
    }
  }
  return text;
}

std::string PathOfText(const std::string& text) {
  if (text.find('%') == std::string::npos || fs::exists(text)) return text;
  std::string path;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escape = text[at] == '%' && at + 2 < text.size() && IsHexDigit(text[at + 1]) &&
                        IsHexDigit(text[at + 2]);
    if (!escape) {
      path += text[at];
      continue;
    }
    path += static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
    at += 2;
  }
  return fs::exists(path) ? path : text;
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
    if (bytes.size() > kLargestInput) {
      throw Error(ErrorCode::kLimitExceeded, fmt::format("'{}' is larger than 256 MiB", file.path));
    }
  } while (got != 0);
  if (std::ferror(in.get()) != 0) {
    throw Error(ErrorCode::kIo,
                fmt::format("cannot read '{}': {}", file.path, std::strerror(errno)));
  }
  return bytes;
}

}  // namespace verbale::cli
