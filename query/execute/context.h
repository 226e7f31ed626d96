#pragma once

// What all operators of one execution share: the state of the graph that is read, what is written,
// parameters, limits.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <vector>

#include "graph/graph.h"
#include "query/bind/bound.h"
#include "query/functions/registry.h"
#include "query/query.h"

namespace verbale::query {

/// One execution. Lives as long as its operators run; one thread.
class ExecContext {
 public:
  ExecContext(const graph::View& view, graph::Transaction* transaction, const Options& options,
              const Parameters& parameters, const std::atomic<bool>* cancelled);

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
  /// The value of $name; Error(kSemantic) ParameterMissing where it was not given.
  const graph::Value& Parameter(const std::string& name) const;
  const FunctionContext& functions() const { return functions_; }

  /// To be called at least once a batch: Error(kLimitExceeded) when cancelled or out of time.
  void Tick() const;
  /// Memory that is held beyond one batch; Error(kLimitExceeded) past the limit.
  void Hold(std::size_t bytes);
  void Release(std::size_t bytes) { held_ -= bytes < held_ ? bytes : held_; }

  /// Nodes or relationships were deleted, so that references may point at nothing.
  bool has_deleted() const {
    return counts.nodes_deleted != 0 || counts.relationships_deleted != 0;
  }

  graph::WriteCounts counts;
  /// Nodes that were deleted and must have no relationships when the statement ends.
  std::vector<graph::NodeNo> deleted_nodes;
  bool profile = false;
  bool track_why = false;

 private:
  const graph::View* view_;
  graph::Transaction* transaction_;
  const Parameters& parameters_;
  const std::atomic<bool>* cancelled_;
  bool in_transaction_;
  std::uint32_t batch_size_;
  unsigned threads_ = 0;
  std::chrono::steady_clock::time_point deadline_;
  bool has_deadline_ = false;
  std::size_t held_ = 0;
  std::size_t memory_limit_ = 0;
  Random random_;
  FunctionContext functions_;
};

/// Error of the run-time phase in the words of the TCK.
Error RuntimeError(ErrorCode code, std::string message, std::string type, std::string detail);

}  // namespace verbale::query
