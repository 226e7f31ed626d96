#include "cli/globals.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "cli/width.h"

namespace verbale::cli {
namespace {

std::unique_ptr<graph::Graph> OpenGraph(const Globals& globals, const graph::OpenOptions& options) {
  try {
    return graph::Graph::Open(globals.graph, options);
  } catch (const Error& error) {
    const bool missing = error.code() == ErrorCode::kNotFound;
    const std::string hint =
        missing ? "verbale build makes one; --graph names another" : error.hint();
    throw Error(error.code() == ErrorCode::kCorruption ? error.code() : ErrorCode::kIo,
                error.what())
        .WithHint(hint);
  }
}

}  // namespace

unsigned Globals::Threads() const {
  return threads != 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
}

bool Globals::UseColor(int fd) const {
  if (color == "always") return true;
  const char* no_color = std::getenv("NO_COLOR");
  return color == "auto" && isatty(fd) != 0 && (no_color == nullptr || *no_color == '\0');
}

std::unique_ptr<graph::Graph> OpenToRead(const Globals& globals) {
  graph::OpenOptions options;
  options.read_only = true;
  return OpenGraph(globals, options);
}

std::unique_ptr<graph::Graph> OpenToWrite(const Globals& globals, bool create,
                                          std::string command) {
  graph::OpenOptions options;
  options.create = create;
  options.command = std::move(command);
  return OpenGraph(globals, options);
}

std::string ErrorText(const Error& error, std::string_view text, const Globals& globals) {
  const TextPosition& at = error.position();
  if (globals.json_errors) {
    nlohmann::ordered_json object;
    object["code"] = Name(error.code());
    object["gqlStatus"] = GqlStatus(error.code());
    object["message"] = error.what();
    if (!error.hint().empty()) object["hint"] = error.hint();
    if (!at.file.empty()) object["file"] = at.file;
    if (at.line != 0) object["line"] = at.line, object["column"] = at.column;
    const auto replace = nlohmann::ordered_json::error_handler_t::replace;
    return object.dump(-1, ' ', false, replace) + "\n";
  }
  std::string where;
  if (!at.file.empty()) where += at.file + ":";
  if (at.line != 0) where += fmt::format("{}:{}:", at.line, at.column);
  if (!where.empty()) where += " ";
  const std::string hint = error.hint().empty() ? "" : fmt::format(" ({})", error.hint());
  std::string line =
      OneLine(fmt::format("verbale: error: {}{}{}", where, error.what(), hint)) + "\n";
  if (at.line != 0 && !text.empty()) line += CaretLines(text, at) + "\n";
  return line;
}

void PrintError(const Error& error, std::string_view text, const Globals& globals) {
  std::fflush(stdout);
  fmt::print(stderr, "{}", ErrorText(error, text, globals));
}

}  // namespace verbale::cli
