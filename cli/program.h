#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

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

/// One command of the program: its options are added to a CLI::App, and when it is chosen `run` is
/// called and gives the exit code.
struct Command {
  std::string name;
  std::string summary;  ///< One line, for the list of commands.
  std::string text;     ///< A paragraph or two for --help and the man page.
  std::vector<std::pair<std::string, std::string>> examples;  ///< Command line and what it does.
  /// Adds the options; returns what to do. Called once, before parsing.
  std::function<std::function<int()>(CLI::App&, Globals&)> setup;
};

/// Every command, in the order in which --help lists them.
const std::vector<Command>& Commands();

/// Adds --graph, to the commands that have one.
void AddGraphOption(CLI::App& app, Globals& globals);
/// Adds --threads.
void AddThreadsOption(CLI::App& app, Globals& globals);

/// Opens the graph that the options name. Error(kIo), so exit code 4, whatever keeps it from
/// opening.
std::unique_ptr<graph::Graph> OpenToRead(const Globals& globals);
/// Likewise to write; `create`: an empty one where there is none. `command` is shown to a second
/// writer.
std::unique_ptr<graph::Graph> OpenToWrite(const Globals& globals, bool create, std::string command);

/// Parses and runs; never throws. Errors go to stderr as one line, `verbale: error: WHERE: what
/// (hint)`, with a caret below where a text of a person is at fault; or as one JSON object.
int RunProgram(int argc, char** argv);

/// Prints one error as RunProgram does. `text`: what the error's position refers to, may be empty.
void PrintError(const Error& error, std::string_view text, const Globals& globals);

/// The program with all its commands, for completions and the man page.
struct Program {
  CLI::App app;
  Globals globals;
  std::function<int()> action;

  Program();
};

}  // namespace verbale::cli
