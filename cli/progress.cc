#include "cli/progress.h"

#include <cstdio>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

namespace verbale::cli {
namespace {

constexpr std::size_t kBarCells = 24;

}  // namespace

Progress::Progress(std::size_t files)
    : shown_(isatty(STDERR_FILENO) != 0 && files > 1), files_(files) {}

Progress::~Progress() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
}

void Progress::Advance(std::uint64_t bytes, std::uint64_t facts) {
  ++done_;
  bytes_ += bytes;
  facts_ += facts;
  constexpr auto kEvery = std::chrono::milliseconds(100);
  if (shown_ && (Clock::now() - drawn_ >= kEvery || done_ == files_)) Draw();
}

void Progress::Draw() {
  drawn_ = Clock::now();
  const double seconds = std::chrono::duration<double>(drawn_ - start_).count();
  const double speed = seconds > 0 ? static_cast<double>(bytes_) / 1e6 / seconds : 0;
  const std::size_t full = files_ == 0 ? kBarCells : done_ * kBarCells / files_;
  std::string bar;
  for (std::size_t i = 0; i < kBarCells; ++i) bar += i < full ? "█" : "░";
  fmt::print(stderr, "\r{} {}/{} files  {:.1f} MB/s  {} facts\x1b[K", bar, done_, files_, speed,
             facts_);
  std::fflush(stderr);
}

}  // namespace verbale::cli
