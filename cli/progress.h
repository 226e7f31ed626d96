#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

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

}  // namespace verbale::cli
