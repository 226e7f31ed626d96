#pragma once

// The base of operators that make any number of rows of each incoming row.

#include <vector>

#include "query/execute/operator.h"

namespace verbale::query {

/// Asks for the rows of one incoming row at a time, in pieces, and gives them out in batches beside
/// what they were made of.
class RowExpander : public Operator {
 protected:
  /// A new incoming row: `row` of `rows`.
  virtual void BeginRow(const Batch& rows, std::uint32_t row) = 0;
  /// Makes about `room` rows at most, by Add; true when the incoming row has no more.
  virtual bool Produce(std::size_t room) = 0;
  /// Puts the columns of the rows that were made into `out` and forgets them.
  virtual void Emit(Batch& out) = 0;

  void DoReset() override;
  bool DoNext(Batch& out) final;

  /// `count` more rows were made of the current incoming row.
  void Add(std::size_t count = 1) { parents_.insert(parents_.end(), count, reader_.row()); }
  /// Takes the last rows that were made back, as many as there are above `size`.
  void ShrinkTo(std::size_t size) { parents_.resize(size); }
  std::size_t made() const { return parents_.size(); }
  bool Keeps(Slot slot) const;

 private:
  RowReader reader_;
  std::vector<std::uint32_t> parents_;
  bool in_row_ = false;
};

}  // namespace verbale::query
