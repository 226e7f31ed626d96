#include "cli/shell/shell.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <new>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/interrupt.h"
#include "cli/shell/history.h"
#include "cli/shell/listed_result.h"
#include "cli/shell/meta.h"
#include "cli/version.h"

namespace verbale::cli {
namespace {

constexpr int kMostFiles = 16;  // files that run files

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

Shell::Shell(const Globals& globals, ConversationOptions options, RunOptions run)
    : globals_(globals), conversation_(globals, std::move(options)), run_(std::move(run)) {}

int Shell::RunInteractive() {
  PrintBanner();
  const HistoryFile history(HistoryPath());
  Script script;
  script.keep_going = true;
  LineEditor editor([&](std::string_view line) { return CompletionsOf(script, line); },
                    run_.rows.color);
  for (const std::string& statement : history.Load()) editor.Remember(statement);
  bool interrupted = false;  // once more leaves
  while (!quit_) {
    conversation_.ReleaseLock();
    const LineEditor::Input input = editor.Read(Prompt(script));
    if (input.outcome == LineEditor::Outcome::kTerminated) return kTerminated;
    if (input.outcome == LineEditor::Outcome::kEnd) break;
    if (input.outcome == LineEditor::Outcome::kInterrupted) {
      const bool is_idle = IsBlank(input.line) && IsBlank(script.pending());
      if (interrupted && is_idle) return Leave(kInterrupted);
      interrupted = is_idle;
      script = {};
      script.keep_going = true;
      if (is_idle) fmt::print(stderr, "Ctrl-C once more, Ctrl-D or :quit leaves\n");
      continue;
    }
    const std::size_t begin = script.begin;
    ForgetInterrupt();
    Take(script, input.line);
    interrupted = WasInterrupted();
    if (script.begin == begin) continue;  // not complete yet
    const std::string entered = script.text.substr(begin, script.text.size() - begin - 1);
    if (!IsBlank(entered)) {
      editor.Remember(entered);
      history.Add(entered);
    }
    script.text.clear();
    script.begin = 0;
  }
  if (!quit_) fmt::print("\n");
  return Leave(kDone);
}

int Shell::Leave(int code) const {
  NoteOpenTransaction(conversation_);
  return code;
}

void Shell::RunFile(const std::string& path, bool keep_going) {
  std::ifstream in(path);
  std::error_code none;
  const bool is_folder = std::filesystem::is_directory(path, none);  // It opens, and has no lines.
  if (!in || is_folder) throw Error(ErrorCode::kNotFound, fmt::format("cannot read '{}'", path));
  if (depth_ == kMostFiles) {
    throw Error(ErrorCode::kLimitExceeded,
                fmt::format("more than {} files run one another", depth_))
        .WithHint(fmt::format("'{}' is not read", path));
  }
  Script script;
  script.name = path;
  script.keep_going = keep_going;
  ++depth_;
  ReadLines(in, script);
  --depth_;
}

int Shell::RunStandardInput(bool keep_going) {
  std::ios::sync_with_stdio(false);  // Else nobody can tell whether more has come.
  Script script;
  script.keep_going = keep_going;
  ReadLines(std::cin, script);
  return WasInterrupted() ? kInterrupted : code_;
}

void Shell::ReadLines(std::istream& in, Script& script) {
  const std::size_t before = failures_;
  const auto stopped = [&] {
    return quit_ || WasInterrupted() || (failures_ != before && !script.keep_going);
  };
  for (std::string line; !stopped();) {
    // Whoever waits for the next line must not keep others from writing.
    if (depth_ == 0 && in.rdbuf()->in_avail() <= 0) conversation_.ReleaseLock();
    if (!std::getline(in, line)) break;
    Take(script, line);
  }
  if (!stopped()) Finish(script);
}

void Shell::Take(Script& script, const std::string& line) {
  const bool at_start = IsBlank(script.pending());
  script.text += line + "\n";
  if (at_start && IsMetaLine(line)) {
    const std::size_t offset = script.begin;
    script.begin = script.text.size();
    RunGuarded(script, offset, [&] { RunMetaLine(*this, line); });
    return;
  }
  if (IsBlank(script.pending())) {
    script.begin = script.text.size();
  } else if (!query::NeedsMoreInput(script.pending())) {
    RunPending(script);
  }
}

// The last statement of a file needs no semicolon.
void Shell::Finish(Script& script) {
  RunPending(script);
  if (depth_ == 0) NoteOpenTransaction(conversation_);
}

void Shell::RunPending(Script& script) {
  const std::size_t begin = script.begin;
  script.begin = script.text.size();
  const std::string text = script.text.substr(begin);
  const std::size_t before = failures_;
  for (const auto& [statement, offset] : query::SplitStatements(text)) {
    last_statement_ = std::string(statement);
    RunGuarded(script, begin + offset, [&] { RunWith(last_statement_, run_); });
    if (WasInterrupted() || (failures_ != before && !script.keep_going)) return;
  }
}

void Shell::RunGuarded(Script& script, std::size_t offset, const std::function<void()>& what) {
  try {
    what();
  } catch (const Error& error) {
    Fail(error, script, offset);
  } catch (const std::bad_alloc&) {
    Fail(Error(ErrorCode::kLimitExceeded, "out of memory"), script, offset);
  }
  std::fflush(stdout);
}

void Shell::Fail(const Error& error, const Script& script, std::size_t offset) {
  if (!SaidInterrupted()) {
    PrintStatementError(error, script.text, offset, script.name, globals_);
  }
  code_ = ExitCode(error.code());
  ++failures_;
}

void Shell::RunWith(const std::string& statement, const RunOptions& options) {
  RunOptions now = options;
  now.rows.width = TerminalWidth(STDOUT_FILENO);  // which may have changed since
  if (max_width_ != 0 && (now.rows.width == 0 || max_width_ < now.rows.width)) {
    now.rows.width = max_width_;
  }
  RunStatement(conversation_, statement, now);
}

void Shell::PrintTable(const std::vector<std::string>& header,
                       const std::vector<std::vector<graph::Value>>& rows) {
  ListedResult result(header, rows, conversation_.graph().Read());
  RowOptions options = run_.rows;
  options.why = false;
  options.max_rows = 0;
  options.width = TerminalWidth(STDOUT_FILENO);
  PrintRows(result, options, stdout);
}

Completions Shell::CompletionsOf(const Script& script, std::string_view line) {
  if (IsBlank(script.pending()) && !line.empty() && (line[0] == ':' || line[0] == '.')) {
    return CompleteMetaLine(*this, line);
  }
  Vocabulary vocabulary = VocabularyOf(conversation_.graph().Read()->catalog());
  for (const auto& [name, value] : run_.parameters) vocabulary.parameters.push_back(name);
  const std::string statement = std::string(script.pending()) + std::string(line);
  Completions completions = CompleteStatement(statement, vocabulary);
  completions.begin -= script.pending().size();
  return completions;
}

std::string Shell::Prompt(const Script& script) const {
  if (!IsBlank(script.pending())) return "     ... ";
  return conversation_.in_transaction() ? "verbale*> " : "verbale> ";
}

void Shell::PrintBanner() {
  const auto view = conversation_.graph().Read();
  fmt::print("verbale {} · {}: {} nodes, {} relationships\n", kVersion, globals_.graph,
             view->NodeCount(), view->RelCount());
  fmt::print("A ; ends a statement. :help lists the commands, Ctrl-D leaves.\n");
}

}  // namespace verbale::cli
