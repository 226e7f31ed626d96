#include "cli/program.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/version.h"

namespace verbale::cli {
namespace {

// Help as people know it from git: what, how, options, then examples that can be pasted.
class Formatter : public CLI::Formatter {
 public:
  Formatter() { column_width(30); }
};

std::string Examples(const Command& command) {
  std::string out = "Examples:\n";
  for (const auto& [line, what] : command.examples) {
    out += fmt::format("  {}\n      {}\n", line, what);
  }
  return out;
}

std::vector<std::string> CommandNames() {
  std::vector<std::string> names;
  for (const Command& command : Commands()) names.push_back(command.name);
  return names;
}

int UsageError(const std::string& message, const std::string& hint, const Globals& globals) {
  PrintError(Error(ErrorCode::kInvalidArgument, message).WithHint(hint), {}, globals);
  return kUsage;
}

// CLI11's own message for a wrong command line, with the nearest command where the first word is
// none.
int ReportParseError(const CLI::ParseError& error, const Program& program,
                     const std::vector<std::string>& arguments) {
  if (!arguments.empty() && arguments[0][0] != '-') {
    const std::string& given = arguments[0];
    const auto names = CommandNames();
    if (std::find(names.begin(), names.end(), given) == names.end()) {
      return UsageError(fmt::format("no command is called '{}'", given),
                        DidYouMean(given, names, "verbale --help lists them"), program.globals);
    }
    return UsageError(error.what(), fmt::format("verbale {} --help", given), program.globals);
  }
  return UsageError(error.what(), "verbale --help", program.globals);
}

// `verbale GRAPH [OPTION]…` is `verbale shell --graph GRAPH …`, and `verbale GRAPH STATEMENT …` is
// `verbale query --graph GRAPH STATEMENT …`, where GRAPH is a folder and no command.
std::vector<std::string> Arguments(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.empty() || arguments[0].empty() || arguments[0][0] == '-') return arguments;
  const auto names = CommandNames();
  if (std::find(names.begin(), names.end(), arguments[0]) != names.end()) return arguments;
  if (!std::filesystem::is_directory(arguments[0])) return arguments;
  const bool asks = arguments.size() > 1 && !arguments[1].empty() && arguments[1][0] != '-';
  arguments.insert(arguments.begin(), {asks ? "query" : "shell", "--graph"});
  return arguments;
}

int PrintHelp(const Program& program, const CLI::Success& success) {
  if (dynamic_cast<const CLI::CallForVersion*>(&success) != nullptr) {
    fmt::print("verbale {}\n", kVersion);
  } else {
    const auto chosen = program.app.get_subcommands();
    fmt::print("{}", (chosen.empty() ? &program.app : chosen.front())->help());
  }
  return kDone;
}

// Where one of the three was closed, the next file that is opened, one of the store maybe, would
// take its number and what is printed. On this one, reading and writing fails as on a closed one.
void ReserveStandardStreams() {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    const bool is_open = ::fcntl(fd, F_GETFD) != -1 || errno != EBADF;
    if (!is_open) ::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

// A write that failed earlier has left its mark, whoever looked.
void FlushOutput() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
    throw Error(ErrorCode::kIo, "cannot write to standard output");
}

int ParseAndRun(Program& program, const std::vector<std::string>& arguments) {
  int code = kDone;
  try {
    // CLI11 takes them backwards.
    program.app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    code = program.action();
  } catch (const CLI::Success& success) {
    code = PrintHelp(program, success);
  } catch (const CLI::ParseError& error) {
    return ReportParseError(error, program, arguments);
  }
  FlushOutput();
  return code;
}

int Failed(const Error& error, const Program& program) {
  PrintError(error, {}, program.globals);
  return ExitCode(error.code());
}

}  // namespace

Program::Program()
    : app("Builds a knowledge graph from documents and answers openCypher questions about it.",
          "verbale") {
  app.formatter(std::make_shared<Formatter>());
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("verbale ") + kVersion);
  app.footer("verbale COMMAND --help shows a command with examples.");
  const char* from_environment = std::getenv("VERBALE_GRAPH");
  globals.graph =
      from_environment != nullptr && *from_environment != '\0' ? from_environment : "verbale.graph";
  CommandLine line(app);
  AddCommonOptions(line, globals);
  for (const Command& command : Commands()) {
    CLI::App* sub = app.add_subcommand(command.name, command.summary);
    sub->description(command.text);
    sub->footer(Examples(command));
    sub->fallthrough();
    CommandLine options(*sub);
    auto run = command.setup(options, globals);
    sub->callback([this, run] { action = run; });
  }
}

int RunProgram(int argc, char** argv) {
  ReserveStandardStreams();
  std::signal(SIGPIPE, SIG_DFL);  // a closed pipe ends us quietly, as it does every filter
  Program program;
  try {
    return ParseAndRun(program, Arguments(argc, argv));
  } catch (const Error& error) {
    return Failed(error, program);
  } catch (const std::bad_alloc&) {
    return Failed(Error(ErrorCode::kLimitExceeded, "out of memory"), program);
  } catch (const std::filesystem::filesystem_error& error) {
    return Failed(Error(ErrorCode::kIo,
                        fmt::format("'{}': {}", error.path1().string(), error.code().message())),
                  program);
  } catch (const std::system_error& error) {  // of what prints, mostly
    return Failed(Error(ErrorCode::kIo, error.what()), program);
  } catch (const std::exception& error) {
    return Failed(Error(ErrorCode::kInternal, error.what()), program);
  }
}

}  // namespace verbale::cli
