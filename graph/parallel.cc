// Threads are kept between calls, parked, since making one costs more than many a part: a call
// wakes them. Whoever calls does parts itself and so needs nobody; a thread that is busy elsewhere,
// or a call from within a part, only means fewer hands.

#include "graph/parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace verbale::graph {
namespace {

constexpr std::size_t kMostThreads = 64;
/// How often a thread looks for its next call before it parks: some microseconds, which is what a
/// loop needs between two rounds.
constexpr int kLooks = 100;

/// One call of RunParts.
class Job {
 public:
  Job(std::size_t parts, std::size_t workers,
      const std::function<void(std::size_t, std::size_t)>& run)
      : parts_(parts), run_(run), errors_(workers) {}

  void Work(std::size_t worker) {
    try {
      for (std::size_t part; (part = next_.fetch_add(1)) < parts_;) run_(part, worker);
    } catch (...) {
      errors_[worker] = std::current_exception();
      next_.store(parts_);
    }
  }

  void ThrowFirst() const {
    for (const std::exception_ptr& error : errors_) {
      if (error) std::rethrow_exception(error);
    }
  }

  std::size_t workers() const { return errors_.size(); }

  // Under the pool's mutex.
  std::size_t taken = 1;   ///< Workers that have come, the caller among them.
  std::size_t inside = 0;  ///< Those of the pool that have not left.

 private:
  std::size_t parts_;
  const std::function<void(std::size_t, std::size_t)>& run_;
  std::atomic<std::size_t> next_{0};
  std::vector<std::exception_ptr> errors_;  // by worker
};

/// Never destroyed: its threads end with the process, so that a forked child need not wait for
/// threads that it does not have.
class Pool {
 public:
  /// Returns when nobody is at work on `job` any more.
  void Run(Job& job) {
    Post(job);
    job.Work(0);
    std::unique_lock lock(mutex_);
    if (const auto it = std::find(jobs_.begin(), jobs_.end(), &job); it != jobs_.end()) {
      jobs_.erase(it);
      open_ = jobs_.size();
    }
    left_.wait(lock, [&job] { return job.inside == 0; });
  }

 private:
  void Post(Job& job) {
    const std::size_t helpers = job.workers() - 1;
    {
      const std::lock_guard lock(mutex_);
      jobs_.push_back(&job);
      open_ = jobs_.size();
      try {
        while (free_ < helpers && threads_ < kMostThreads) {
          std::thread([this] { Serve(); }).detach();
          ++threads_;
          ++free_;
        }
      } catch (const std::system_error&) {
        // The system gives no more threads: those that there are share the parts.
      }
    }
    for (std::size_t i = 0; i < helpers; ++i) wake_.notify_one();
  }

  [[noreturn]] void Serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_.wait(lock, [this] { return !jobs_.empty(); });
      Job& job = *jobs_.front();
      const std::size_t worker = job.taken++;
      if (job.taken == job.workers()) {
        jobs_.pop_front();
        open_ = jobs_.size();
      }
      ++job.inside;
      --free_;
      lock.unlock();
      job.Work(worker);
      lock.lock();
      ++free_;
      if (--job.inside == 0) left_.notify_all();
      lock.unlock();
      for (int look = 0; look < kLooks && open_ == 0; ++look) {
        std::this_thread::yield();
      }
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;      // jobs_.
  std::condition_variable left_;      // A job's `inside`.
  std::deque<Job*> jobs_;             // That want more workers.
  std::atomic<std::size_t> open_{0};  // Their number.
  std::size_t threads_ = 0;
  std::size_t free_ = 0;  // Threads that are at no job.
};

}  // namespace

void RunParts(std::size_t parts, std::size_t threads,
              const std::function<void(std::size_t part, std::size_t worker)>& run) {
  Job job(parts, std::clamp<std::size_t>(parts, 1, std::max<std::size_t>(threads, 1)), run);
  if (job.workers() == 1) {
    job.Work(0);
  } else {
    static Pool& pool = *new Pool;
    pool.Run(job);
  }
  job.ThrowFirst();
}

}  // namespace verbale::graph
