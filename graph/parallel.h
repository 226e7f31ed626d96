#pragma once

#include <cstddef>
#include <functional>

namespace verbale::graph {

/// Calls `run(part, worker)` once for each part below `parts`, on up to `threads` threads: the
/// caller's, which is worker 0, and others. Each takes the next part that nobody has. Returns when
/// all have ended. After the first part that throws no further one begins, and what it threw is
/// thrown. Where the system gives no more threads, those that run share the parts.
void RunParts(std::size_t parts, std::size_t threads,
              const std::function<void(std::size_t part, std::size_t worker)>& run);

}  // namespace verbale::graph
