#include <filesystem>

#include <unistd.h>

#include "cli/commands.h"
#include "cli/parameters.h"
#include "cli/shell/history.h"
#include "cli/shell/shell.h"

namespace verbale::cli {
namespace {

// Rows of a long result that a person sees at first.
constexpr std::uint64_t kShownRows = 100;

struct Options {
  std::string mode;
  std::vector<std::string> parameters;
  bool no_init = false;
  bool read_only = false;
  bool create = false;
  bool keep_going = false;
};

int Run(const Options& options, const Globals& globals) {
  RunOptions run = DefaultRunOptions(globals);
  const bool interactive = isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;
  run.timer = interactive;
  if (interactive) {
    run.rows.max_rows = kShownRows;
    run.goes_on = true;
  }
  if (!options.mode.empty()) run.rows.mode = CheckedMode(options.mode);
  AddParameters(options.parameters, run.parameters);
  query::Options session;
  session.threads = globals.Threads();
  Shell shell(globals, {session, "verbale shell", options.create, options.read_only}, run);
  const std::filesystem::path init = InitFilePath();
  if (!options.no_init && !init.empty() && std::filesystem::exists(init)) {
    shell.RunFile(init.string(), true);
  }
  return interactive ? shell.RunInteractive() : shell.RunStandardInput(options.keep_going);
}

}  // namespace

Command ShellCommand() {
  Command command;
  command.name = "shell";
  command.summary = "Talk with a graph";
  command.text =
      "Reads statements, each ended by ';', and commands, which begin with ':'. On a terminal with "
      "editing, history and completion; elsewhere it runs what standard input says and prints only "
      "data. verbale GRAPH, where GRAPH is a folder, is the same as verbale shell --graph GRAPH.";
  command.examples = {
      {"verbale shell", "talk with verbale.graph"},
      {"verbale my.graph", "talk with another one"},
      {"echo ':labels' | verbale shell", "labels and their counts, tab-separated"},
  };
  command.setup = [](CommandLine& line, Globals& globals) {
    auto options = std::make_shared<Options>();
    AddGraphOption(line, globals);
    AddThreadsOption(line, globals);
    AddModeOption(line, options->mode);
    line.Add("-P,--param", options->parameters, "Value of $name; what is no literal is a string")
        .Type("NAME=VALUE")
        .Check(ProblemOfParameter)
        .OneEach();
    line.Flag("--no-init", options->no_init, "Do not run $XDG_CONFIG_HOME/verbale/rc");
    line.Flag("--readonly", options->read_only, "Refuse statements that write");
    line.Flag("--create", options->create, "Make an empty graph if there is none");
    line.Flag("--keep-going", options->keep_going, "Go on with the next statement after an error");
    return [options, &globals] { return Run(*options, globals); };
  };
  return command;
}

}  // namespace verbale::cli
