// Saved questions by name. Their parameters are options that only the question knows, so the
// command line is taken as it comes and read here.

#include <cerrno>
#include <filesystem>

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/export.h"
#include "cli/interrupt.h"
#include "cli/question.h"
#include "cli/run_statement.h"

extern char** environ;  // NOLINT: POSIX has it so

namespace verbale::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string mode, picture;
  bool why = false;
};

/// What follows `ask` and is no option of the command itself.
struct Asked {
  std::string name;  ///< Empty: the list is wanted.
  Answers answers;
};

Asked ReadWords(const std::vector<std::string>& words) {
  Asked asked;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!word.starts_with("--")) {
      if (!asked.name.empty()) {
        throw Error(ErrorCode::kInvalidArgument, fmt::format("'{}' is not expected here", word))
            .WithHint("one question at a time; what belongs together stands in quotes");
      }
      asked.name = word;
      continue;
    }
    const std::size_t equals = word.find('=');
    if (equals != std::string::npos) {
      asked.answers.emplace_back(word.substr(2, equals - 2), word.substr(equals + 1));
    } else if (i + 1 < words.size()) {
      asked.answers.emplace_back(word.substr(2), words[i + 1]);
      ++i;
    } else {
      throw Error(ErrorCode::kInvalidArgument, fmt::format("{} needs a value", word));
    }
  }
  return asked;
}

std::string ParametersText(const Question& question) {
  std::string text;
  for (const QuestionParameter& parameter : question.parameters) {
    if (!text.empty()) text += ' ';
    text += parameter.preset.empty() ? fmt::format("--{} …", parameter.name)
                                     : fmt::format("[--{} {}]", parameter.name, parameter.preset);
  }
  return text;
}

int ListQuestions(const Globals& globals) {
  std::vector<std::vector<std::string>> table;
  for (const Question& question : AllQuestions()) {
    table.push_back({question.name, ParametersText(question), question.title});
  }
  PrintTextTable({"question", "parameters", "asks"}, table, DefaultRunOptions(globals).rows,
                 stdout);
  return kDone;
}

/// Graphviz, from a file to a file.
void RunDot(const std::string& type, const std::string& from, const std::string& to) {
  std::string program = "dot", form = "-T" + type, input = from, output = "-o" + to;
  char* arguments[] = {program.data(), form.data(), input.data(), output.data(), nullptr};
  pid_t child = 0;
  if (posix_spawnp(&child, "dot", nullptr, nullptr, arguments, environ) != 0) {
    throw Error(ErrorCode::kUnsupported,
                fmt::format("{} is made by Graphviz, which is not installed", type))
        .WithHint("install graphviz, or write a .gv or .html file");
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw Error(ErrorCode::kIo, fmt::format("Graphviz cannot write '{}'", to));
  }
}

void Draw(const Question& question, const query::Parameters& parameters, const std::string& file,
          graph::Graph& graph) {
  if (question.picture.empty()) {
    throw Error(ErrorCode::kInvalidArgument, fmt::format("'{}' makes no picture", question.name))
        .WithHint("a line '// picture: STATEMENT' in its file says what to draw");
  }
  ExportOptions options;
  options.query = question.picture;
  options.parameters = parameters;
  options.title = question.title;
  options.output = file;
  const std::string ending = fs::path(file).extension().string();
  if (ending != ".svg" && ending != ".png" && ending != ".pdf") return Export(graph, options);
  options.output += ".gv";
  options.format = "dot";
  Export(graph, options);
  try {
    RunDot(ending.substr(1), options.output, file);
  } catch (...) {
    fs::remove(options.output);
    throw;
  }
  fs::remove(options.output);
}

int Ask(const std::vector<std::string>& words, const Options& options, const Globals& globals) {
  const Asked asked = ReadWords(words);
  if (asked.name.empty()) {
    if (asked.answers.empty()) return ListQuestions(globals);
    throw Error(ErrorCode::kInvalidArgument, "which question?").WithHint("verbale ask lists them");
  }
  const Question question = FindQuestion(asked.name);
  ConversationOptions how;
  how.query.threads = globals.Threads();
  how.command = "verbale ask";
  how.read_only = true;
  Conversation conversation(globals, how);
  RunOptions run = DefaultRunOptions(globals);
  if (!options.mode.empty()) run.rows.mode = CheckedMode(options.mode);
  run.rows.why = options.why;
  run.parameters = BindAnswers(question, asked.answers, *conversation.graph().Read());
  try {
    RunStatement(conversation, question.statement, run);
  } catch (const Error& error) {
    PrintStatementError(error, question.statement, 0, question.file, globals);
    if (WasInterrupted()) return kInterrupted;
    return ExitCode(error.code());
  }
  if (!options.picture.empty()) {
    Draw(question, run.parameters, options.picture, conversation.graph());
  }
  return kDone;
}

}  // namespace

Command AskCommand() {
  Command command;
  command.name = "ask";
  command.summary = "Ask a saved question";
  command.text =
      "Asks a question that was saved under a name, or lists those that there are. What a question "
      "wants to know is given as options of its own; names of States, treaties, groups … may be "
      "aliases. Questions are files of Cypher in $VERBALE_QUERIES or beside the program; a file of "
      "your own is given by its path.";
  command.examples = {
      {"verbale ask", "what can be asked"},
      {"verbale ask ratifications --treaty 'Budapest Convention'", "who ratified it, and when"},
      {"verbale ask compare --one Canada --other Finland --mode markdown", "as a table to paste"},
      {"verbale ask forums --picture forums.svg", "and a picture of it (.gv, .svg, .html …)"},
  };
  command.setup = [](CommandLine& line, Globals& globals) {
    auto options = std::make_shared<Options>();
    line.KeepOthers();  // What the command does not know is the question's.
    AddCommonOptions(line, globals);
    AddModeOption(line, options->mode);
    line.Flag("--why", options->why, "Show the sentences behind every row");
    line.Add("--picture", options->picture,
             "Draw what the question draws: DOT, SVG, HTML … by the ending of FILE")
        .Type("FILE");
    AddGraphOption(line, globals);
    AddThreadsOption(line, globals);
    return [options, line, &globals] { return Ask(line.Others(), *options, globals); };
  };
  return command;
}

}  // namespace verbale::cli
