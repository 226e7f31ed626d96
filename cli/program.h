#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/globals.h"

namespace verbale::cli {

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
