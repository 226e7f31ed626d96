#pragma once

#include <string>

#include "cli/conversation.h"
#include "cli/rows.h"

namespace verbale::cli {

/// How statements are run and shown.
struct RunOptions {
  RowOptions rows;
  query::Parameters parameters;
  /// Standard output is a terminal: the count of rows stands below them.
  bool footer = false;
  bool timer = false;     ///< With the time that the statement took.
  std::string cancelled;  ///< What Ctrl-C says; see StopOnInterrupt.
  bool goes_on = false;   ///< After Ctrl-C the program takes the next statement.
};

/// Options as they are where nothing was said: a box on a terminal, tab-separated values elsewhere.
RunOptions DefaultRunOptions(const Globals& globals);

/// Runs one statement, or BEGIN, COMMIT, ROLLBACK: rows to standard output, counts of changes and
/// notes to standard error. Ctrl-C stops it (StopOnInterrupt). Throws what the statement throws.
void RunStatement(Conversation& conversation, const std::string& text, const RunOptions& options);

/// Says on standard error that a transaction that is still open at the end is rolled back.
void NoteOpenTransaction(const Conversation& conversation);

/// Prints the error of a statement that stands at `offset` in `script`, with the place in the whole
/// script. `file`: what the script was read from; empty where it has no name.
void PrintStatementError(const Error& error, std::string_view script, std::size_t offset,
                         const std::string& file, const Globals& globals);

}  // namespace verbale::cli
