#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "cli/globals.h"
#include "cli/progress.h"
#include "query/query.h"

namespace verbale::cli {

/// How a conversation with a graph begins.
struct ConversationOptions {
  query::Options query;
  std::string command;     ///< Shown to a second writer: "verbale shell".
  bool create = false;     ///< An empty graph where there is none.
  bool read_only = false;  ///< Statements that write are refused.
};

/// A graph and the session on it. The graph is opened to read; it is opened again to write, with
/// the writer's lock, when a statement needs it. One thread.
class Conversation {
 public:
  /// Opens. Error(kIo) where the graph cannot be opened. Borrows the globals.
  Conversation(const Globals& globals, ConversationOptions options);

  graph::Graph& graph() { return *graph_; }
  query::Session& session() {
    AwaitLeaving();
    return *session_;
  }
  bool in_transaction() const { return session_->in_transaction(); }

  /// Compiles, after making sure that the statement may write where it does. The Statement must be
  /// gone before the next call of a non-const function here.
  std::unique_ptr<query::Statement> Prepare(std::string_view text);

  /// Gives back what a statement held that was stopped, beside, since that may take a while. Either
  /// may be nullptr.
  void LetGo(std::unique_ptr<query::Statement> statement, std::unique_ptr<query::Result> result);

  /// Whether the text is BEGIN, COMMIT or ROLLBACK (with or without TRANSACTION), which are no
  /// statements of the query language; where it is, it was done.
  bool RunTransactionWord(std::string_view text);

  void Begin();
  void set_track_why(bool on);

  /// Gives the writer's lock back, where it is held and no transaction is open.
  void ReleaseLock();

  /// Opens the graph anew, to see what others committed since. Error(kInvalidArgument) in a
  /// transaction.
  void Reopen();

 private:
  void Open(std::unique_ptr<graph::Graph> graph);
  void OpenForWriting(bool create);
  void OpenForReading();
  /// Until what was let go is gone: nobody asks the session before.
  void AwaitLeaving() { leaving_ = {}; }

  const Globals& globals_;
  ConversationOptions options_;
  ProcedureLine procedure_line_;
  bool track_why_ = false;
  bool writable_ = false;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<query::Session> session_;
  std::jthread leaving_;  // Ends before the session does.
};

}  // namespace verbale::cli
