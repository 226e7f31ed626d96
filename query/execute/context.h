#pragma once

// What all operators of one execution share: the state of the graph that is read, what is written,
// parameters, limits.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "query/bind/bound.h"
#include "query/functions/registry.h"
#include "query/query.h"

namespace verbale::query {

/// What a statement and whoever may stop it, from another thread, tell one another.
class StopSign {
 public:
  void Raise() noexcept { raised_ = true; }
  void Lower() noexcept { raised_ = false; }
  /// Whether Commit runs: it is too late to stop.
  bool committing() const noexcept { return committing_; }

  /// Error(kLimitExceeded) where the sign is up.
  void Check() const;
  /// Runs `commit`, unless the sign is up. Who raised it and then sees that nothing commits can be
  /// sure that nothing will.
  template <typename Commit>
  void Guard(const Commit& commit) {
    struct Ending {
      std::atomic<bool>& committing;
      ~Ending() { committing = false; }
    };
    committing_ = true;
    const Ending ending{committing_};
    Check();
    commit();
  }

 private:
  std::atomic<bool> raised_{false};
  std::atomic<bool> committing_{false};
};

/// One execution. Lives as long as its operators run; one thread.
class ExecContext {
 public:
  ExecContext(const graph::View& view, graph::Transaction* transaction, const Options& options,
              const Parameters& parameters, StopSign& stop);

  const graph::View& view() const { return *view_; }
  /// For a thread that runs a part of `other`, which must outlive it; it reads only.
  explicit ExecContext(const ExecContext* other);
  ExecContext(const ExecContext&) = delete;
  ExecContext& operator=(const ExecContext&) = delete;

  /// Error(kInternal) in a statement that does not write.
  graph::Transaction& transaction() const;
  bool writes() const { return transaction_ != nullptr; }
  /// What is read may break constraints, which are asked for when a transaction commits.
  bool in_transaction() const { return in_transaction_; }
  std::uint32_t batch_size() const { return batch_size_; }
  /// How many threads may run; 0: as many as there are cores.
  unsigned threads() const { return threads_; }
  const Parameters& parameters() const { return parameters_; }
  /// Whom to tell of procedures; may be empty.
  const std::function<void(const ProcedureProgress&)>& progress() const { return progress_; }
  /// The value of $name; Error(kSemantic) ParameterMissing where it was not given.
  const graph::Value& Parameter(const std::string& name) const;
  const FunctionContext& functions() const { return functions_; }

  /// To be called at least once a batch: Error(kLimitExceeded) when cancelled or out of time.
  void Tick() const;
  /// Memory that is held beyond one batch; Error(kLimitExceeded) past the limit.
  void Hold(std::size_t bytes);
  void Release(std::size_t bytes) { held_ -= bytes < held_ ? bytes : held_; }

  /// A node was made, deleted, or its labels or properties changed.
  void NoteWritten(graph::NodeNo node) {
    if (notes_written_) written_nodes_.push_back(node);
  }
  /// The nodes that were written since this was first called, perhaps several times each.
  const std::vector<graph::NodeNo>& NoteWrittenNodes() {
    notes_written_ = true;
    return written_nodes_;
  }

  /// What was written so far becomes durable, whatever the rest of the statement does.
  void CommitSoFar();

  /// Nodes or relationships were deleted, so that references may point at nothing.
  bool has_deleted() const {
    return counts.nodes_deleted != 0 || counts.relationships_deleted != 0;
  }

  /// Relationships of a node whose other ends are there. A node may be deleted before its
  /// relationships are; a pattern finds neither. Borrowed like what View gives.
  graph::Adjacency Neighbours(graph::NodeNo node, graph::Direction direction, graph::TypeId type) {
    return Living(node, view_->Neighbours(node, direction, type));
  }
  /// `all` that View gives for `node`, likewise.
  graph::Adjacency Living(graph::NodeNo node, const graph::Adjacency& all) {
    return counts.nodes_deleted == 0 ? all : WithoutDeleted(node, all);
  }

  /// Whether neither a relationship nor one of its ends was deleted by the statement.
  bool IsWhole(graph::RelNo rel, const graph::RelEnds& ends) const {
    return !has_deleted() ||
           (view_->Exists(rel) && view_->Exists(ends.source) && view_->Exists(ends.target));
  }

  graph::WriteCounts counts;
  struct DeletedNode {
    graph::NodeNo node;
    ByteSpan span;  ///< Of what named it.
  };
  /// They must have no relationships when the statement ends.
  std::vector<DeletedNode> deleted_nodes;
  bool profile = false;
  bool track_why = false;

 private:
  /// What is left of an adjacency without the deleted ends.
  struct LivingEnds {
    std::vector<graph::NodeNo> nodes;
    std::vector<graph::RelNo> rels;
  };

  graph::Adjacency WithoutDeleted(graph::NodeNo node, const graph::Adjacency& all);

  const graph::View* view_;
  graph::Transaction* transaction_;
  const Parameters& parameters_;
  StopSign* stop_;
  bool in_transaction_;
  std::uint32_t batch_size_;
  unsigned threads_ = 0;
  std::chrono::steady_clock::time_point deadline_;
  bool has_deadline_ = false;
  std::function<void(const ProcedureProgress&)> progress_;
  bool notes_written_ = false;
  std::vector<graph::NodeNo> written_nodes_;
  std::deque<LivingEnds> living_;  ///< Adjacency points into it.
  std::size_t held_ = 0;
  std::size_t memory_limit_ = 0;
  Random random_;
  FunctionContext functions_;
};

/// Counts the memory of results that grow while an expression runs against the statement's limit.
class Holding {
 public:
  explicit Holding(ExecContext& ctx) : ctx_(ctx) {}
  ~Holding() { ctx_.Release(bytes_); }
  Holding(const Holding&) = delete;
  Holding& operator=(const Holding&) = delete;

  void Add(std::size_t bytes) {
    bytes_ += bytes;
    ctx_.Hold(bytes);
  }

 private:
  ExecContext& ctx_;
  std::size_t bytes_ = 0;
};

/// The same for the values of one column while it is made, as far as they are lists and strings.
class HeldValues {
 public:
  explicit HeldValues(ExecContext& ctx) : holding_(ctx) {}
  void Add(const graph::Value& value) {
    if (value.is_list()) {
      open_ += value.as_list().size() * sizeof(graph::Value);
    } else if (value.is_string()) {
      open_ += value.as_string().size();
    }
    if (open_ < kMuch) return;
    holding_.Add(open_);
    open_ = 0;
  }

 private:
  static constexpr std::size_t kMuch = std::size_t{1} << 18;

  Holding holding_;
  std::size_t open_ = 0;  ///< Not yet told.
};

/// Says that an error came of `span`, where it has no place yet: offset and length, without the
/// line, which LocateError finds.
void PlaceError(Error& error, ByteSpan span);
/// What `run` gives; its errors are placed.
template <typename Run>
decltype(auto) AtPlace(ByteSpan span, const Run& run) {
  try {
    return run();
  } catch (Error& error) {
    PlaceError(error, span);
    throw;
  }
}
/// Gives an error that names a place in `text` by its offset alone the line and column, too.
void LocateError(Error& error, std::string_view text);

/// Error of the run-time phase in the words of the TCK.
Error RuntimeError(ErrorCode code, std::string message, std::string type, std::string detail);

}  // namespace verbale::query
