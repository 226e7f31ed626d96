#include "query/query.h"

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/interrupt.h"
#include "cli/parameters.h"
#include "cli/run_statement.h"

namespace verbale::cli {
namespace {

struct Options {
  std::string statement;
  std::string file;
  std::vector<std::string> parameters;
  std::string parameter_file;
  std::string mode;
  bool why = false;
  bool create = false;
  bool keep_going = false;
  double timeout = 0;
  std::uint64_t max_rows = 0;
  std::uint64_t memory = 0;
};

query::Parameters ReadParameters(const Options& options) {
  query::Parameters parameters;
  if (!options.parameter_file.empty()) parameters = ReadParameterFile(options.parameter_file);
  AddParameters(options.parameters, parameters);
  return parameters;
}

std::string ReadScript(const Options& options) {
  if (!options.statement.empty() && !options.file.empty()) {
    FailUsage("a statement and a file (-f) were given; which of them?");
  }
  if (!options.statement.empty() && options.statement != "-") return options.statement;
  if (!options.file.empty() && options.file != "-")
    return ReadInput({"", options.file, options.file});
  return ReadInput({"", "standard input", ""});
}

query::Options SessionOptions(const Options& options, const Globals& globals) {
  query::Options session;
  session.threads = globals.Threads();
  session.limits.timeout =
      std::chrono::milliseconds(static_cast<std::int64_t>(options.timeout * 1000));
  session.limits.max_rows = options.max_rows;
  session.limits.memory_bytes = options.memory << 20;
  return session;
}

RunOptions ShowOptions(const Options& options, const Globals& globals) {
  RunOptions run = DefaultRunOptions(globals);
  if (!options.mode.empty()) run.rows.mode = CheckedMode(options.mode);
  run.rows.why = options.why;
  run.timer = run.footer;
  run.parameters = ReadParameters(options);
  return run;
}

int Run(const Options& options, const Globals& globals) {
  const RunOptions run = ShowOptions(options, globals);
  const std::string script = ReadScript(options);
  const std::string file = options.file == "-" ? "" : options.file;
  Conversation conversation(
      globals, {SessionOptions(options, globals), "verbale query", options.create, false});
  int code = kDone;
  for (const auto& [statement, offset] : query::SplitStatements(script)) {
    try {
      RunStatement(conversation, std::string(statement), run);
    } catch (const Error& error) {
      PrintStatementError(error, script, offset, file, globals);
      if (WasInterrupted()) return kInterrupted;
      code = ExitCode(error.code());
      if (!options.keep_going) break;
    }
    if (WasInterrupted()) return kInterrupted;  // It came too late for this statement.
  }
  NoteOpenTransaction(conversation);
  return code;
}

}  // namespace

Command QueryCommand() {
  Command command;
  command.name = "query";
  command.summary = "Ask an openCypher question";
  command.text =
      "Runs one or more statements (separated by ';') from the command line, a file or standard "
      "input. "
      "With --why every row is followed by the sentences that prove it. A statement that writes "
      "takes the "
      "writer's lock; one that reads never does.";
  command.examples = {
      {"verbale query \"MATCH (s:State)-[r:RATIFIED]->(t:Treaty) RETURN s.name, t.name, r.date\"",
       "who ratified what"},
      {"verbale query --why -P treaty='Convention on Cybercrime' \\\n"
       "      'MATCH (s:State)-[r:RATIFIED]->(:Treaty {name: $treaty}) RETURN s.name'",
       "with the proving sentences"},
      {"verbale query --mode json -f question.cypher", "from a file, for a program"},
  };
  command.setup = [](CommandLine& line, Globals& globals) {
    auto options = std::make_shared<Options>();
    line.Add("statement", options->statement, "The statement; - for standard input").Type("CYPHER");
    line.Add("-f,--file", options->file, "Read statements from this file").Type("FILE");
    line.Add("-P,--param", options->parameters, "Value of $name; what is no literal is a string")
        .Type("NAME=VALUE")
        .Check(ProblemOfParameter)
        .OneEach();
    line.Add("--params", options->parameter_file, "Values from a JSON object").Type("FILE");
    AddModeOption(line, options->mode);
    line.Flag("--why", options->why, "Show the sentences behind every row");
    line.Flag("--create", options->create, "Make an empty graph if there is none");
    line.Flag("--keep-going", options->keep_going, "Go on with the next statement after an error");
    line.Add("--timeout", options->timeout, "Stop a statement after this many seconds")
        .Type("SECONDS")
        .AtLeastZero();
    line.Add("--max-rows", options->max_rows, "Stop a statement that gives more rows").Type("N");
    line.Add("--memory", options->memory, "Stop a statement that holds more (MiB)").Type("MIB");
    AddGraphOption(line, globals);
    AddThreadsOption(line, globals);
    return [options, &globals] { return Run(*options, globals); };
  };
  return command;
}

}  // namespace verbale::cli
