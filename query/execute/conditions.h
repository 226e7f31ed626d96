#pragma once

// Conditions of which all must be true.

#include <cstdint>
#include <span>
#include <vector>

#include "query/execute/expression.h"

namespace verbale::query {

/// A later one is evaluated only for the rows that the ones before leave. Where it cannot fail and
/// those are many, it is evaluated for all rows: side by side they take less time.
class Conditions {
 public:
  /// Borrowed; opened by its owner. `can_fail`: on rows for which another one is not true.
  void Add(Expression* condition, bool can_fail) { all_.push_back({condition, can_fail}); }
  bool empty() const { return all_.empty(); }

  /// The rows for which all are true, ascending.
  void Select(const Batch& batch, const graph::View& view, std::vector<std::uint32_t>& rows);
  /// Beside each row kTrue where all are true, else kFalse. Borrowed until the next call.
  std::span<Truth> Mark(const Batch& batch, const graph::View& view);

 private:
  struct Condition {
    Expression* expression;
    bool can_fail;
  };

  bool AreFew() const;
  void Narrow(Expression& next, const Batch& batch, const graph::View& view);

  std::vector<Condition> all_;
  std::vector<Truth> truth_;
  std::vector<std::uint32_t> rows_;
};

}  // namespace verbale::query
