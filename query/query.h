#pragma once

// The door of query/: a question in, rows out.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/error.h"
#include "graph/graph.h"
#include "graph/value.h"

namespace verbale::query {

/// Bytes that a statement may hold where its Limits say nothing: a quarter of the machine's memory,
/// or 1 GiB where the machine does not say how much it has.
std::uint64_t DefaultMemoryBudget();

/// Bounds of one statement. Crossing one is Error(kLimitExceeded); nothing is left behind.
struct Limits {
  std::chrono::milliseconds timeout{0};  ///< 0: none.
  std::uint64_t memory_bytes = 0;  ///< For rows held by the statement; 0: DefaultMemoryBudget().
  std::uint64_t max_rows = 0;      ///< Of the result; 0: no bound.
  std::uint32_t max_depth = 1000;  ///< Nesting of the text.
};

/// How far a procedure is that runs long.
struct ProcedureProgress {
  std::string_view procedure;
  std::size_t done = 0, all = 0;  ///< Steps; `all` is 0 where nobody knows how many there will be.
  bool ended = false;             ///< It gave its rows, or failed; told once, the last of all.
};

/// How a session runs its statements.
struct Options {
  Limits limits;
  unsigned threads = 0;             ///< 0: all cores. The rows do not depend on it.
  bool optimize = true;             ///< Off: the plan as it was first drawn, for tests.
  std::uint32_t batch_size = 2048;  ///< Rows per batch, ≥ 1.
  std::string author;               ///< Recorded with what statements write.
  /// May be told of procedures, often, from any of their threads.
  std::function<void(const ProcedureProgress&)> progress = {};
};

/// Named values for $name in a statement.
using Parameters = std::vector<std::pair<std::string, graph::Value>>;

/// One column of a result.
struct Column {
  std::string name;
};

/// One operator of a plan, as EXPLAIN and PROFILE show it.
struct PlanNode {
  std::string name;       ///< "Expand"
  std::string arguments;  ///< "(s)-[r:RATIFIED]->(t)"
  double estimated_rows = 0;
  std::optional<std::uint64_t> rows;         ///< PROFILE only.
  std::optional<std::uint64_t> nanoseconds;  ///< PROFILE only; without the children.
  std::vector<PlanNode> children;
};

/// Something worth knowing about a statement that is no error: a label that nothing has.
struct Notification {
  std::string code, title, description;
  TextPosition position;
};

/// Rows of one execution, pulled by the caller. Values refer to `view()`, which lives as long as
/// the Result. One thread at a time.
class Result {
 public:
  virtual ~Result() = default;
  virtual const std::vector<Column>& columns() const = 0;
  /// The next row, or an empty optional at the end. The span lives until the next call.
  virtual std::optional<std::span<const graph::Value>> Next() = 0;
  /// Complete only after the last row.
  virtual const graph::WriteCounts& counts() const = 0;
  /// The state that nodes and relationships in the rows belong to.
  virtual const graph::View& view() const = 0;
  /// Present for EXPLAIN and, after the last row, for PROFILE.
  virtual const PlanNode* plan() const = 0;
  virtual const std::vector<Notification>& notifications() const = 0;
  /// Relationships that made the current row (`--why`): those bound by the MATCH clauses that led
  /// to it, each once. Filled only where Session::set_track_why was called.
  virtual std::span<const graph::RelRef> why() const = 0;
};

/// A statement that was parsed and bound once and can run many times. Planned again only when the
/// schema or the graph's statistics changed much.
class Statement {
 public:
  virtual ~Statement() = default;
  virtual std::unique_ptr<Result> Execute(const Parameters& parameters) = 0;
  virtual const std::vector<Column>& columns() const = 0;
  /// Whether it may change the graph: a caller that opened read-only opens anew before Execute.
  virtual bool writes() const = 0;
  /// The logical plan in one line, for goldens.
  virtual std::string PlanLine() const = 0;
};

/// What a procedure that may run long is called in. The functions may be called from any thread.
struct CallContext {
  const graph::View& view;
  unsigned threads = 0;                   ///< How many it may use; 0: as many as cores.
  std::function<void()> check;            ///< To be called often; throws when it must stop.
  std::function<void(std::size_t)> hold;  ///< Told of bytes that it takes; may throw.
  std::function<void(std::size_t done, std::size_t all)> tell;  ///< Of steps; may be empty.
  /// Where the statement has the value of `key`, for a first argument that is a map: for errors.
  std::function<TextPosition(std::string_view key)> place;
};

/// A procedure for CALL. Signature in openCypher's words: `test.my.proc(name :: STRING?, id ::
/// INTEGER?) :: (city :: STRING?)`.
struct Procedure {
  std::string signature;
  std::string description;
  bool writes = false;
  /// Called once per incoming row; gives all rows for it. Arguments are checked against the
  /// signature before.
  std::function<std::vector<std::vector<graph::Value>>(const graph::View&,
                                                       std::span<const graph::Value>)>
      call = {};
  /// Instead of `call`, for one that runs long.
  std::function<std::vector<std::vector<graph::Value>>(const CallContext&,
                                                       std::span<const graph::Value>)>
      run = {};
};

/// A conversation with one graph: its transaction, its options, its procedures. One thread; Cancel
/// from any.
class Session {
 public:
  /// Borrows the graph, which must outlive the Session and every Result.
  static std::unique_ptr<Session> Open(graph::Graph& graph, Options options = {});
  virtual ~Session() = default;

  /// Error(kSyntax, kSemantic, …) with position and hint.
  virtual std::unique_ptr<Statement> Prepare(std::string_view text) = 0;
  /// Prepare and Execute. A statement that writes outside BEGIN … COMMIT has committed when this
  /// returns; one that reads makes its rows as they are pulled. One that fails leaves nothing
  /// behind.
  virtual std::unique_ptr<Result> Run(std::string_view text, const Parameters& parameters = {}) = 0;

  virtual void Begin() = 0;
  virtual void Commit() = 0;
  virtual void Rollback() = 0;
  virtual bool in_transaction() const = 0;

  virtual void Register(Procedure procedure) = 0;
  virtual void set_track_why(bool on) = 0;
  virtual Options& options() = 0;
  /// Stops the running statement with the error Cancelled() at its next batch. Async-signal-safe.
  virtual void Cancel() noexcept = 0;
  /// Whether what the running statement wrote is being made durable: Cancel comes too late for it.
  /// From any thread.
  virtual bool committing() const noexcept = 0;
};

/// What a statement throws after Session::Cancel: an Error(kLimitExceeded).
Error Cancelled();

/// Splits a script at its semicolons, minding strings, comments and backticks. Each piece with its
/// offset in `script`; empty pieces are left out.
std::vector<std::pair<std::string_view, std::size_t>> SplitStatements(std::string_view script);

/// Whether `text` ends inside a string, comment, bracket or before its semicolon: the shell reads
/// on.
bool NeedsMoreInput(std::string_view text);

/// Every keyword of the language, in capitals, ascending: for completion.
const std::vector<std::string>& Keywords();
/// Every function and aggregate by its documented name, ascending.
const std::vector<std::string>& FunctionNames();

/// A literal as Cypher writes it ("42", "'a'", "[1, 2]", "{a: date('2015-07-14')}") to a value: for
/// -P.
graph::Value ParseLiteral(std::string_view text);

/// A value as text. Nodes, relationships and paths need the view that they came from.
std::string ToCypher(const graph::Value& value, const graph::View* view);
/// JSON in the shapes of Neo4j's HTTP Query API v2 (docs/cli.md).
std::string ToJson(const graph::Value& value, const graph::View* view);

}  // namespace verbale::query
