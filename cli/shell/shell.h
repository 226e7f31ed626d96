#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

#include "cli/run_statement.h"
#include "cli/shell/line_editor.h"

namespace verbale::cli {

/// A script as it arrives line by line. What was run stays, so that an error can show its line.
struct Script {
  std::string name;       ///< File; empty for standard input and the terminal.
  std::string text;       ///< Everything so far.
  std::size_t begin = 0;  ///< Where the statement that is not complete yet begins.
  bool keep_going = false;

  std::string_view pending() const { return std::string_view(text).substr(begin); }
};

/// A conversation in statements and commands. A line that begins with ':' or '.', where no
/// statement has been begun, is a command (cli/shell/meta.h); everything else is read until a ';'
/// ends it.
class Shell {
 public:
  /// Borrows the globals. Opens the graph.
  Shell(const Globals& globals, ConversationOptions options, RunOptions run);

  /// Takes lines from the terminal until the end. Returns the exit code.
  int RunInteractive();
  /// Takes all lines of a file. Errors are printed; the first one ends it unless `keep_going`.
  void RunFile(const std::string& path, bool keep_going);
  /// Takes all lines of standard input. Returns the exit code.
  int RunStandardInput(bool keep_going);

  // What commands work on.
  const Globals& globals() const { return globals_; }
  Conversation& conversation() { return conversation_; }
  RunOptions& run() { return run_; }
  /// The statement that was run last; empty before the first one.
  const std::string& last_statement() const { return last_statement_; }
  /// Prints rows in the mode that is set.
  void PrintTable(const std::vector<std::string>& header,
                  const std::vector<std::vector<graph::Value>>& rows);
  /// Runs one statement with options that may differ from `run()`.
  void RunWith(const std::string& statement, const RunOptions& options);
  void Quit() { quit_ = true; }

  /// How wide a box may be: what the terminal has, or max_width where that is less.
  void set_max_width(std::size_t columns) { max_width_ = columns; }
  std::size_t max_width() const { return max_width_; }

 private:
  void ReadLines(std::istream& in, Script& script);
  void Take(Script& script, const std::string& line);
  void Finish(Script& script);
  /// What there is to say at the end of a talk; gives `code`.
  int Leave(int code) const;
  void RunPending(Script& script);
  void RunGuarded(Script& script, std::size_t offset, const std::function<void()>& what);
  void Fail(const Error& error, const Script& script, std::size_t offset);
  Completions CompletionsOf(const Script& script, std::string_view line);
  std::string Prompt(const Script& script) const;
  void PrintBanner();

  const Globals& globals_;
  Conversation conversation_;
  RunOptions run_;
  std::size_t max_width_ = 0;
  std::string last_statement_;
  bool quit_ = false;
  int code_ = kDone;          // of the last statement or command that failed
  std::size_t failures_ = 0;  // how many did
  int depth_ = 0;             // of files that run files
};

}  // namespace verbale::cli
