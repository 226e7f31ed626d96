#pragma once

// Numbers of nodes or relationships in ranges that the threads of a statement share.

#include <cstdint>
#include <functional>

#include "query/execute/context.h"

namespace verbale::query {

/// How many threads a statement runs in, at most.
unsigned MostThreads();

/// From `begin` to below `end`.
struct NumberRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
};

/// How many threads are worth it for the numbers below `limit`. One in a statement that writes: its
/// state is not to be read by several.
std::size_t ThreadsFor(const ExecContext& ctx, std::uint32_t limit);

/// Calls run(range, worker) for ranges that together are all numbers below `limit`, as
/// graph::RunParts has it.
void RunRanges(std::uint32_t limit, std::size_t threads,
               const std::function<void(NumberRange range, std::size_t worker)>& run);

}  // namespace verbale::query
