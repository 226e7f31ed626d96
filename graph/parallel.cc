#include "graph/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <system_error>
#include <thread>
#include <vector>

namespace verbale::graph {

void RunParts(std::size_t parts, std::size_t threads,
              const std::function<void(std::size_t part, std::size_t worker)>& run) {
  std::atomic<std::size_t> next{0};
  std::vector<std::exception_ptr> errors(std::max<std::size_t>(1, std::min(threads, parts)));
  const auto work = [&](std::size_t worker) {
    try {
      for (std::size_t part; (part = next.fetch_add(1)) < parts;) run(part, worker);
    } catch (...) {
      errors[worker] = std::current_exception();
      next.store(parts);
    }
  };
  {
    std::vector<std::jthread> others;
    try {
      for (std::size_t worker = 1; worker < errors.size(); ++worker) {
        others.emplace_back(work, worker);
      }
    } catch (const std::system_error&) {
      // The system gives no more threads: those that run share the parts.
    }
    work(0);
  }
  for (const std::exception_ptr& error : errors) {
    if (error) std::rethrow_exception(error);
  }
}

}  // namespace verbale::graph
