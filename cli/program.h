#pragma once

#include <functional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/globals.h"
#include "cli/options.h"

namespace verbale::cli {

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

/// Parses and runs; never throws. Errors go to stderr as one line, `verbale: error: WHERE: what
/// (hint)`, with a caret below where a text of a person is at fault; or as one JSON object.
int RunProgram(int argc, char** argv);

/// The program with all its commands, for completions and the man page.
struct Program {
  CLI::App app;
  Globals globals;
  std::function<int()> action;

  Program();
};

}  // namespace verbale::cli
