#pragma once

// Work in parts. The parts are fixed by the size of the work and never by the number of threads,
// and what parts compute is put together in their order: so a result has the same bits with one
// thread and with many.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <vector>

#include "graph/algorithms/work.h"

namespace verbale::graph::algorithms {

/// Counts steps that threads share. Borrows the work.
class Steps {
 public:
  Steps(const Work& work, std::size_t all) : work_(work), all_(all) {}

  /// Before each step: throws when the run must stop.
  void Next() {
    work_.Check();
    if (work_.tell) work_.tell(begun_++, all_);
  }

 private:
  const Work& work_;
  const std::size_t all_;
  std::atomic<std::size_t> begun_{0};
};

/// Calls `run(part)` once for each part below `parts`, on as many threads as `work` allows, which
/// is asked before each part. Throws what a part threw.
void ForParts(const Work& work, std::size_t parts, const std::function<void(std::size_t)>& run);

/// Calls `run(part, begin, end)` for consecutive ranges of `length` numbers below `count`.
template <typename Run>
void ForRanges(const Work& work, std::size_t count, std::size_t length, const Run& run) {
  ForParts(work, (count + length - 1) / length, [&](std::size_t part) {
    run(part, part * length, std::min(count, (part + 1) * length));
  });
}

/// The sum of `term(begin, end)` over ranges of `length`, added in their order.
template <typename Term>
double SumOfRanges(const Work& work, std::size_t count, std::size_t length, const Term& term) {
  std::vector<double> sums((count + length - 1) / length);
  ForRanges(work, count, length, [&](std::size_t part, std::size_t begin, std::size_t end) {
    sums[part] = term(begin, end);
  });
  double sum = 0;
  for (const double part : sums) sum += part;
  return sum;
}

}  // namespace verbale::graph::algorithms
