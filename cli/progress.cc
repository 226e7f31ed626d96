#include "cli/progress.h"

#include <cstdio>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

namespace verbale::cli {
namespace {

constexpr std::size_t kBarCells = 24;
constexpr auto kEvery = std::chrono::milliseconds(100);
/// What is done sooner needs no line.
constexpr auto kMoment = std::chrono::seconds(1);

std::string Bar(std::size_t done, std::size_t all) {
  const std::size_t full = all == 0 ? kBarCells : done * kBarCells / all;
  std::string bar;
  for (std::size_t i = 0; i < kBarCells; ++i) bar += i < full ? "█" : "░";
  return bar;
}

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
  if (shown_ && (Clock::now() - drawn_ >= kEvery || done_ == files_)) Draw();
}

void Progress::Draw() {
  drawn_ = Clock::now();
  const double seconds = std::chrono::duration<double>(drawn_ - start_).count();
  const double speed = seconds > 0 ? static_cast<double>(bytes_) / 1e6 / seconds : 0;
  fmt::print(stderr, "\r{} {}/{} files  {:.1f} MB/s  {} facts\x1b[K", Bar(done_, files_), done_,
             files_, speed, facts_);
  std::fflush(stderr);
}

void ProcedureLine::Tell(const query::ProcedureProgress& progress) {
  // Who comes while another thread draws has nothing newer to say.
  std::unique_lock lock(mutex_, std::defer_lock);
  if (progress.ended) {
    lock.lock();
    if (shown_) fmt::print(stderr, "\r\x1b[K");
    shown_ = false;
    start_.reset();
    return;
  }
  if (!lock.try_lock()) return;
  const Clock::time_point now = Clock::now();
  if (!start_) start_ = now;
  if (now - *start_ < kMoment || now - drawn_ < kEvery) return;
  drawn_ = now;
  shown_ = true;
  Draw(progress);
}

void ProcedureLine::Draw(const query::ProcedureProgress& progress) {
  if (progress.all == 0) {
    fmt::print(stderr, "\r{}: round {}\x1b[K", progress.procedure, progress.done);
  } else {
    fmt::print(stderr, "\r{} {}: {} %\x1b[K", Bar(progress.done, progress.all), progress.procedure,
               progress.done * 100 / progress.all);
  }
  std::fflush(stderr);
}

}  // namespace verbale::cli
