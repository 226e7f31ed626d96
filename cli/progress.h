#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>

#include "query/query.h"

namespace verbale::cli {

/// A line on stderr that says how far a build is: files, MB/s, facts. Silent where stderr is no
/// terminal.
class Progress {
 public:
  explicit Progress(std::size_t files);
  ~Progress();  ///< Wipes the line.
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Advance(std::uint64_t bytes, std::uint64_t facts);

 private:
  void Draw();

  using Clock = std::chrono::steady_clock;

  const bool shown_;
  const std::size_t files_;
  std::size_t done_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t facts_ = 0;
  const Clock::time_point start_ = Clock::now();
  Clock::time_point drawn_{};
};

/// A line on stderr that says how far a procedure is that runs for more than a moment.
class ProcedureLine {
 public:
  /// From any thread.
  void Tell(const query::ProcedureProgress& progress);

 private:
  void Draw(const query::ProcedureProgress& progress);

  using Clock = std::chrono::steady_clock;

  std::mutex mutex_;
  std::optional<Clock::time_point> start_;  ///< Of the procedure that runs.
  Clock::time_point drawn_{};
  bool shown_ = false;
};

}  // namespace verbale::cli
