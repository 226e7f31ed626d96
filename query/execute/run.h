#pragma once

// The door of execute/: a plan with its operators, run any number of times.

#include <memory>
#include <vector>

#include "query/execute/build.h"
#include "query/execute/context.h"

namespace verbale::query {

/// A plan made ready to run. One run at a time.
class Runnable {
 public:
  /// `why` are slots whose relationships a run tells beside the columns.
  Runnable(LogicalPlan plan, std::vector<Slot> why);

  const LogicalPlan& plan() const { return plan_; }

  /// Starts a run. The context must outlive it.
  void Open(ExecContext& ctx) { built_.root->Open(ctx); }
  /// The next rows; false at the end.
  bool Next(Batch& batch) { return built_.root->Next(batch); }
  /// The values of the columns in a row.
  void ReadRow(const Batch& batch, std::size_t row, const graph::View& view,
               std::vector<graph::Value>& values) const;
  /// Relationships that made the row, each once, in the order in which they were matched.
  void ReadWhy(const Batch& batch, std::size_t row, const graph::View& view,
               std::vector<graph::RelRef>& rels) const;
  /// The tree, with the figures of the last run where it was profiled.
  PlanNode Describe(bool profiled) const;

 private:
  LogicalPlan plan_;
  std::vector<Slot> why_;
  BuiltPlan built_;
};

}  // namespace verbale::query
