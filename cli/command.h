#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command_line.h"
#include "cli/globals.h"
#include "cli/options.h"

namespace verbale::cli {

/// One command of the program: it declares its options, and when it is chosen what it gave back is
/// called and gives the exit code.
struct Command {
  std::string name;
  std::string summary;  ///< One line, for the list of commands.
  std::string text;     ///< A paragraph or two for --help and the man page.
  std::vector<std::pair<std::string, std::string>> examples;  ///< Command line and what it does.
  /// Declares the options; returns what to do. Called once, before the command line is read.
  std::function<std::function<int()>(CommandLine& line, Globals& globals)> setup;
};

}  // namespace verbale::cli
