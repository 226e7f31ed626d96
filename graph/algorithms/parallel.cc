#include "graph/algorithms/internal/parallel.h"

#include <thread>

#include "graph/parallel.h"

namespace verbale::graph::algorithms {

void ForParts(const Work& work, std::size_t parts, const std::function<void(std::size_t)>& run) {
  const unsigned threads = work.threads == 0 ? std::thread::hardware_concurrency() : work.threads;
  RunParts(parts, threads, [&](std::size_t part, std::size_t) {
    work.Check();
    run(part);
  });
}

}  // namespace verbale::graph::algorithms
