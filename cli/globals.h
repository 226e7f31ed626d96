#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "graph/error.h"
#include "graph/graph.h"

namespace verbale::cli {

// Exit codes, by the table in docs/cli.md. Those of a failed statement or graph come from the
// Error.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kUsage = 2;
inline constexpr int kCheckFailed = 3;
inline constexpr int kCannotOpen = 4;
inline constexpr int kInputsSkipped = 5;

/// What every command may be told.
struct Globals {
  std::string graph;         ///< --graph, else VERBALE_GRAPH, else "verbale.graph".
  unsigned threads = 0;      ///< --threads; 0: all cores.
  bool json_errors = false;  ///< --errors json
  std::string color = "auto";

  unsigned Threads() const;
  bool UseColor(int fd) const;
};

/// Opens the graph that the options name. Error(kIo), so exit code 4, whatever keeps it from
/// opening.
std::unique_ptr<graph::Graph> OpenToRead(const Globals& globals);
/// Likewise to write; `create`: an empty one where there is none. `command` is shown to a second
/// writer.
std::unique_ptr<graph::Graph> OpenToWrite(const Globals& globals, bool create, std::string command);

/// One error as the program prints it: a line with a caret below, or a JSON object. `text`: what
/// the error's position refers to, may be empty.
std::string ErrorText(const Error& error, std::string_view text, const Globals& globals);
/// Prints it to stderr, after what was printed to stdout before.
void PrintError(const Error& error, std::string_view text, const Globals& globals);

}  // namespace verbale::cli
