#include "query/query.h"

#include <atomic>
#include <csignal>
#include <fstream>
#include <iterator>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/rows.h"

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

// Ctrl-C stops the running statement; a second one, the program.
std::atomic<query::Session*> running_session{nullptr};

extern "C" void OnInterrupt(int) {
  query::Session* session = running_session.load();
  if (session != nullptr) session->Cancel();
  std::signal(SIGINT, SIG_DFL);
}

graph::Value FromJson(const nlohmann::json& json) {
  using Kind = nlohmann::json::value_t;
  switch (json.type()) {
    case Kind::boolean:
      return graph::Value(json.get<bool>());
    case Kind::number_integer:
    case Kind::number_unsigned:
      return graph::Value(json.get<std::int64_t>());
    case Kind::number_float:
      return graph::Value(json.get<double>());
    case Kind::string:
      return graph::Value(json.get<std::string>());
    case Kind::array: {
      graph::List list;
      for (const auto& item : json) list.push_back(FromJson(item));
      return graph::Value(std::move(list));
    }
    case Kind::object: {
      graph::Map map;
      for (const auto& [key, value] : json.items()) map.emplace_back(key, FromJson(value));
      return graph::Value::OfMap(std::move(map));
    }
    default:
      return {};
  }
}

// A literal of the query language; what is none is taken as a string, so that shells need no two
// layers of quotes.
graph::Value ParameterValue(const std::string& text) {
  try {
    return query::ParseLiteral(text);
  } catch (const Error&) {
    return graph::Value(text);
  }
}

query::Parameters ReadParameters(const Options& options) {
  query::Parameters parameters;
  if (!options.parameter_file.empty()) {
    std::ifstream in(options.parameter_file);
    const auto json = nlohmann::json::parse(in, nullptr, false);
    if (!json.is_object()) {
      throw Error(ErrorCode::kInvalidArgument,
                  fmt::format("'{}' is not a file with one JSON object", options.parameter_file));
    }
    for (const auto& [name, value] : json.items()) parameters.emplace_back(name, FromJson(value));
  }
  for (const std::string& given : options.parameters) {
    const std::size_t equals = given.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw Error(ErrorCode::kInvalidArgument, fmt::format("-P takes name=value, not '{}'", given));
    }
    parameters.emplace_back(given.substr(0, equals), ParameterValue(given.substr(equals + 1)));
  }
  return parameters;
}

std::string ReadScript(const Options& options) {
  if (!options.statement.empty() && options.statement != "-") return options.statement;
  if (!options.file.empty() && options.file != "-")
    return ReadInput({"", options.file, options.file});
  return ReadInput({"", "standard input", ""});
}

std::string CountsText(const graph::WriteCounts& counts) {
  std::vector<std::string> parts;
  const auto add = [&](std::uint64_t count, const char* what) {
    if (count != 0) parts.push_back(fmt::format("{} {}", count, what));
  };
  add(counts.nodes_created, "nodes created");
  add(counts.nodes_deleted, "nodes deleted");
  add(counts.relationships_created, "relationships created");
  add(counts.relationships_deleted, "relationships deleted");
  add(counts.properties_set, "properties set");
  add(counts.labels_added, "labels added");
  add(counts.labels_removed, "labels removed");
  add(counts.indexes_added, "indexes added");
  add(counts.indexes_removed, "indexes removed");
  add(counts.constraints_added, "constraints added");
  add(counts.constraints_removed, "constraints removed");
  return fmt::format("{}", fmt::join(parts, ", "));
}

class Runner {
 public:
  Runner(const Options& options, const Globals& globals) : options_(options), globals_(globals) {
    const bool terminal = isatty(STDOUT_FILENO) != 0;
    rows_.mode = ModeFromName(!options.mode.empty() ? options.mode : terminal ? "table" : "tsv");
    rows_.why = options.why;
    rows_.color = globals.UseColor(STDOUT_FILENO);
    rows_.width = TerminalWidth(STDOUT_FILENO);
    parameters_ = ReadParameters(options);
  }

  int Run() {
    const std::string script = ReadScript(options_);
    if (options_.create) {
      Reopen(true);
    } else {
      Open(OpenToRead(globals_));
    }
    int code = kDone;
    for (const auto& [statement, offset] : query::SplitStatements(script)) {
      try {
        RunOne(std::string(statement));
      } catch (const Error& error) {
        Report(error, script, offset);
        code = ExitCode(error.code());
        if (!options_.keep_going) break;
      }
    }
    return code;
  }

 private:
  void Open(std::unique_ptr<graph::Graph> graph) {
    session_.reset();
    graph_ = std::move(graph);
    query::Options options;
    options.threads = globals_.Threads();
    options.limits.timeout =
        std::chrono::milliseconds(static_cast<std::int64_t>(options_.timeout * 1000));
    options.limits.max_rows = options_.max_rows;
    options.limits.memory_bytes = options_.memory << 20;
    session_ = query::Session::Open(*graph_, options);
    session_->set_track_why(options_.why);
  }

  void Reopen(bool create) {
    session_.reset();  // a reader of the same folder is closed before the writer opens it
    graph_.reset();
    Open(OpenToWrite(globals_, create, "verbale query"));
    writable_ = true;
  }

  void RunOne(const std::string& text) {
    auto statement = session_->Prepare(text);
    if (statement->writes() && !writable_) {
      statement.reset();
      Reopen(false);
      statement = session_->Prepare(text);
    }
    running_session = session_.get();
    std::signal(SIGINT, OnInterrupt);
    const auto result = statement->Execute(parameters_);
    PrintRows(*result, rows_, stdout);
    running_session = nullptr;
    std::signal(SIGINT, SIG_DFL);
    for (const auto& note : result->notifications()) {
      fmt::print(stderr, "verbale: note: {}\n", note.description);
    }
    const std::string counts = CountsText(result->counts());
    if (!counts.empty()) fmt::print(stderr, "{}\n", counts);
  }

  // The statement's positions count from its own start; people see them in the whole script.
  void Report(const Error& error, const std::string& script, std::size_t offset) {
    running_session = nullptr;
    if (error.position().line == 0) return PrintError(error, {}, globals_);
    TextPosition position =
        LocateInText(script, offset + error.position().offset, error.position().length);
    position.file = options_.file == "-" ? "" : options_.file;
    PrintError(Error(error).WithPosition(position), script, globals_);
  }

  const Options& options_;
  const Globals& globals_;
  RowOptions rows_;
  query::Parameters parameters_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<query::Session> session_;
  bool writable_ = false;
};

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
  command.setup = [](CLI::App& app, Globals& globals) {
    auto options = std::make_shared<Options>();
    app.add_option("statement", options->statement, "The statement; - for standard input")
        ->type_name("CYPHER");
    app.add_option("-f,--file", options->file, "Read statements from this file")->type_name("FILE");
    app.add_option("-P,--param", options->parameters,
                   "Value of $name; what is no literal is a string")
        ->type_name("NAME=VALUE")
        ->expected(1)
        ->take_all();
    app.add_option("--params", options->parameter_file, "Values from a JSON object")
        ->type_name("FILE");
    app.add_option("-m,--mode", options->mode,
                   "table (on a terminal), tsv (elsewhere), json, jsonl, csv, markdown")
        ->type_name("MODE");
    app.add_flag("--why", options->why, "Show the sentences behind every row");
    app.add_flag("--create", options->create, "Make an empty graph if there is none");
    app.add_flag("--keep-going", options->keep_going,
                 "Go on with the next statement after an error");
    app.add_option("--timeout", options->timeout, "Stop a statement after this many seconds")
        ->type_name("SECONDS")
        ->check(CLI::NonNegativeNumber);
    app.add_option("--max-rows", options->max_rows, "Stop a statement that gives more rows")
        ->type_name("N");
    app.add_option("--memory", options->memory, "Stop a statement that holds more (MiB)")
        ->type_name("MIB");
    AddGraphOption(app, globals);
    AddThreadsOption(app, globals);
    return [options, &globals] { return Runner(*options, globals).Run(); };
  };
  return command;
}

}  // namespace verbale::cli
