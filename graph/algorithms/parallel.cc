#include "graph/algorithms/internal/parallel.h"

#include <atomic>
#include <exception>
#include <system_error>
#include <thread>

namespace verbale::graph::algorithms {

void ForParts(const Work& work, std::size_t parts, const std::function<void(std::size_t)>& run) {
  unsigned wanted = work.threads == 0 ? std::thread::hardware_concurrency() : work.threads;
  const std::size_t threads = std::min<std::size_t>(std::max(wanted, 1u), parts);
  if (threads < 2) {
    for (std::size_t part = 0; part < parts; ++part) {
      work.Check();
      run(part);
    }
    return;
  }
  std::atomic<std::size_t> next{0};
  std::vector<std::exception_ptr> errors(threads);
  const auto take = [&](std::size_t thread) {
    try {
      for (std::size_t part; (part = next.fetch_add(1)) < parts;) {
        work.Check();
        run(part);
      }
    } catch (...) {
      errors[thread] = std::current_exception();
      next.store(parts);
    }
  };
  {
    std::vector<std::jthread> others;
    try {
      for (std::size_t thread = 1; thread < threads; ++thread) others.emplace_back(take, thread);
    } catch (const std::system_error&) {
      // The system gives no more threads: those that run share the parts.
    }
    take(0);
  }
  for (const std::exception_ptr& error : errors) {
    if (error) std::rethrow_exception(error);
  }
}

}  // namespace verbale::graph::algorithms
