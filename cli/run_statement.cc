#include "cli/run_statement.h"

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/interrupt.h"
#include "cli/plan_text.h"

namespace verbale::cli {
namespace {

std::string CountsText(const graph::WriteCounts& counts) {
  std::vector<std::string> parts;
  const auto add = [&](std::uint64_t count, const char* one, const char* many, const char* what) {
    if (count != 0) parts.push_back(fmt::format("{} {} {}", count, count == 1 ? one : many, what));
  };
  add(counts.nodes_created, "node", "nodes", "created");
  add(counts.nodes_deleted, "node", "nodes", "deleted");
  add(counts.relationships_created, "relationship", "relationships", "created");
  add(counts.relationships_deleted, "relationship", "relationships", "deleted");
  add(counts.properties_set, "property", "properties", "set");
  add(counts.labels_added, "label", "labels", "added");
  add(counts.labels_removed, "label", "labels", "removed");
  add(counts.indexes_added, "index", "indexes", "added");
  add(counts.indexes_removed, "index", "indexes", "removed");
  add(counts.constraints_added, "constraint", "constraints", "added");
  add(counts.constraints_removed, "constraint", "constraints", "removed");
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string TimeText(std::chrono::steady_clock::duration elapsed) {
  const double ms = std::chrono::duration<double, std::milli>(elapsed).count();
  return ms < 1000 ? fmt::format("{:.1f} ms", ms) : fmt::format("{:.2f} s", ms / 1000);
}

// Below the rows on a terminal; on standard error where standard output is for programs.
void PrintFooter(const query::Result& result, const PrintedRows& printed, const RunOptions& options,
                 std::chrono::steady_clock::duration elapsed) {
  const bool has_rows = !result.columns().empty();
  const std::string counts = CountsText(result.counts());
  const bool on_stdout = options.footer && (printed.for_people || !has_rows);
  std::vector<std::string> parts;
  if (has_rows && (on_stdout || options.timer)) parts.push_back(FooterText(printed));
  if (!counts.empty()) parts.push_back(counts);
  if (options.timer) parts.push_back(TimeText(elapsed));
  if (parts.empty()) return;
  if (!on_stdout) std::fflush(stdout);
  fmt::print(on_stdout ? stdout : stderr, "{}\n", fmt::join(parts, " · "));
}

// What EXPLAIN asks for is data; what PROFILE adds to rows is not, where a program reads them.
void PrintPlan(const query::Result& result, const PrintedRows& printed) {
  if (result.plan() == nullptr) return;
  const bool on_stdout = result.columns().empty() || printed.for_people;
  std::fflush(stdout);
  fmt::print(on_stdout ? stdout : stderr, "{}", PlanText(*result.plan()));
}

void Show(query::Result& result, const RunOptions& options,
          std::chrono::steady_clock::time_point start) {
  const PrintedRows printed = PrintRows(result, options.rows, stdout);
  if (SaidInterrupted()) throw query::Cancelled();  // Which is then what happened.
  PrintPlan(result, printed);
  PrintFooter(result, printed, options, std::chrono::steady_clock::now() - start);
  std::fflush(stdout);
  for (const auto& note : result.notifications()) {
    fmt::print(stderr, "verbale: note: {}\n", note.description);
  }
}

}  // namespace

RunOptions DefaultRunOptions(const Globals& globals) {
  RunOptions options;
  options.footer = isatty(STDOUT_FILENO) != 0;
  options.rows.mode = options.footer ? "box" : "tsv";
  options.rows.color = globals.UseColor(STDOUT_FILENO);
  options.rows.width = TerminalWidth(STDOUT_FILENO);
  if (isatty(STDERR_FILENO) != 0) options.cancelled = "\r\x1b[K";  // A procedure's progress.
  options.cancelled += ErrorText(query::Cancelled(), {}, globals);
  return options;
}

void RunStatement(Conversation& conversation, const std::string& text, const RunOptions& options) {
  if (conversation.RunTransactionWord(text)) return;
  const auto start = std::chrono::steady_clock::now();
  conversation.set_track_why(options.rows.why || ModeShowsEvidence(options.rows.mode));
  // Ends last, since the statement keeps what its rows were made of.
  std::optional<StopOnInterrupt> stop;
  auto statement = conversation.Prepare(text);
  std::unique_ptr<query::Result> result;
  stop.emplace(conversation.session(), options.cancelled,
               options.goes_on ? AfterInterrupt::kGoOn : AfterInterrupt::kEnd);
  try {
    result = statement->Execute(options.parameters);
    Show(*result, options, start);
  } catch (...) {
    if (options.goes_on && WasInterrupted()) {
      conversation.LetGo(std::move(statement), std::move(result));
    }
    throw;
  }
}

void NoteOpenTransaction(const Conversation& conversation) {
  if (!conversation.in_transaction()) return;
  fmt::print(stderr, "verbale: note: the transaction that was open at the end is rolled back\n");
}

void PrintStatementError(const Error& error, std::string_view script, std::size_t offset,
                         const std::string& file, const Globals& globals) {
  if (error.position().line == 0) return PrintError(error, {}, globals);
  TextPosition position =
      LocateInText(script, offset + error.position().offset, error.position().length);
  position.file = file;
  PrintError(Error(error).WithPosition(position), script, globals);
}

}  // namespace verbale::cli
