#include "cli/conversation.h"

#include <system_error>
#include <utility>

#include <unistd.h>

#include "graph/ascii.h"

namespace verbale::cli {
namespace {

// The words of a statement in capitals, one blank between them.
std::string Words(std::string_view text) {
  std::string words;
  for (const char c : text) {
    if (IsSpace(c) && (words.empty() || words.back() == ' ')) continue;
    words += IsSpace(c) ? ' ' : ToUpper(c);
  }
  if (!words.empty() && words.back() == ' ') words.pop_back();
  return words;
}

}  // namespace

Conversation::Conversation(const Globals& globals, ConversationOptions options)
    : globals_(globals), options_(std::move(options)) {
  if (isatty(STDERR_FILENO) != 0) {
    options_.query.progress = [this](const auto& progress) { procedure_line_.Tell(progress); };
  }
  if (options_.create) {
    OpenForWriting(true);
  } else {
    OpenForReading();
  }
}

void Conversation::Open(std::unique_ptr<graph::Graph> graph) {
  AwaitLeaving();
  auto session = query::Session::Open(*graph, options_.query);
  session->set_track_why(track_why_);
  session_ = std::move(session);  // the old session ends before the graph that it borrows
  graph_ = std::move(graph);
}

void Conversation::OpenForWriting(bool create) {
  if (options_.read_only) {
    throw Error(ErrorCode::kInvalidArgument, "the graph was opened with --readonly");
  }
  Open(OpenToWrite(globals_, create, options_.command));  // where it fails, the reader stays
  writable_ = true;
}

void Conversation::OpenForReading() {
  AwaitLeaving();
  if (writable_) {  // the writer's lock is given back before anything is opened
    session_.reset();
    graph_.reset();
  }
  Open(OpenToRead(globals_));
  writable_ = false;
}

std::unique_ptr<query::Statement> Conversation::Prepare(std::string_view text) {
  auto statement = session().Prepare(text);
  if (!statement->writes() || writable_) return statement;
  statement.reset();
  OpenForWriting(false);
  return session().Prepare(text);
}

void Conversation::LetGo(std::unique_ptr<query::Statement> statement,
                         std::unique_ptr<query::Result> result) {
  try {
    leaving_ = std::jthread([held = std::pair(std::move(statement), std::move(result))]() mutable {
      held.second.reset();
      held.first.reset();
    });
  } catch (const std::system_error&) {
    // The system gives no more threads: what they held is gone by now.
  }
}

bool Conversation::RunTransactionWord(std::string_view text) {
  if (text.size() > 40) return false;
  std::string words = Words(text);
  constexpr std::string_view kTransaction = " TRANSACTION";
  if (words.ends_with(kTransaction)) words.resize(words.size() - kTransaction.size());
  if (words == "BEGIN") {
    Begin();
  } else if (words == "COMMIT") {
    session().Commit();
  } else if (words == "ROLLBACK") {
    session().Rollback();
  } else {
    return false;
  }
  return true;
}

void Conversation::Begin() {
  if (!writable_) OpenForWriting(false);
  session().Begin();
}

void Conversation::set_track_why(bool on) {
  track_why_ = on;
  session().set_track_why(on);
}

void Conversation::ReleaseLock() {
  if (writable_ && !in_transaction()) OpenForReading();
}

void Conversation::Reopen() {
  if (in_transaction()) {
    throw Error(ErrorCode::kInvalidArgument, "a transaction is open")
        .WithHint("commit it or roll it back first");
  }
  OpenForReading();
}

}  // namespace verbale::cli
