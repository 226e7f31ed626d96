#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace verbale::cli {

/// A file to read.
struct InputFile {
  std::string root;  ///< Absolute folder that was given, or that holds the file that was given.
  /// Relative to root, '/' between parts, as TextOfPath() writes it; the name that stdin goes by.
  std::string path;
  std::string absolute;  ///< Empty for stdin.
};

/// What was not read, and why.
struct SkippedInput {
  std::string path;  ///< As a person would name it.
  std::string why;
  /// A failure (exit code 5), not a rule that leaves things out.
  bool failure = false;
};

struct InputOptions {
  std::vector<std::string> paths;    ///< Files, folders, "-" for stdin.
  std::vector<std::string> include;  ///< Globs over relative paths or names; empty: everything.
  std::vector<std::string> exclude;
  std::string stdin_name = "stdin";
};

struct Inputs {
  std::vector<InputFile> files;  ///< Ordered by relative path, then root: no order of traversal.
  std::vector<SkippedInput> skipped;
  std::vector<std::string> roots;  ///< Absolute folders that were given as folders.
  std::set<std::string> filtered;  ///< Absolute paths that include and exclude left out.
  /// Absolute paths of files and folders that the system did not let be read: what they hold is not
  /// known.
  std::vector<std::string> unread;
};

/// Walks folders. Hidden files and folders, symbolic links and graphs inside folders are left out
/// (and listed); what is named on the command line is always followed. Error(kNotFound) for a path
/// that is not there, Error(kInvalidArgument) for one that is a graph.
Inputs CollectInputs(const InputOptions& options);

/// A path as text: bytes of it that are no UTF-8 are written as "%FF".
std::string TextOfPath(std::string_view path);
/// The file that such a text means.
std::string PathOfText(const std::string& text);

/// The whole of a file, or of stdin where `absolute` is empty. Error(kIo).
std::string ReadInput(const InputFile& file);

/// Whether a glob (`*` also crosses '/') matches the whole of `path` or its last part.
bool GlobMatches(const std::string& pattern, const std::string& path);

}  // namespace verbale::cli
