#pragma once

// One aggregate over all groups, fed by columns.

#include <memory>
#include <span>
#include <vector>

#include "query/execute/column.h"
#include "query/execute/kernels.h"
#include "query/functions/registry.h"

namespace verbale::query {

class Accumulator {
 public:
  virtual ~Accumulator() = default;
  /// A batch of rows; `groups[i]` is the group of row i, all below `group_count`.
  virtual void Add(std::span<const ColumnPtr> args, std::span<const std::uint32_t> groups,
                   std::size_t group_count) = 0;
  /// To the one group there is: integers that come to `totals`, none of them null. False where
  /// they have to be added one by one.
  virtual bool AddTotals(const IntTotals&) { return false; }
  /// One value a group.
  virtual ColumnPtr Finish(std::size_t group_count) = 0;
  /// Memory that is held beside a few words a group, roughly.
  virtual std::size_t Bytes() const { return 0; }
};

/// `function` as in BoundAggregate. `view` is borrowed.
std::unique_ptr<Accumulator> MakeAccumulator(const AggregateFunction* function, bool distinct,
                                             const graph::View& view);

}  // namespace verbale::query
