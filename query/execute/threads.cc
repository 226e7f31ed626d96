#include "query/execute/threads.h"

#include <algorithm>
#include <thread>

#include "graph/parallel.h"

namespace verbale::query {
namespace {

/// Fewer numbers are not worth a thread.
constexpr std::uint32_t kFew = 1u << 14;
/// So many ranges that two threads end at nearly the same time.
constexpr std::uint32_t kRanges = 32;
/// Ranges are whole multiples of it.
constexpr std::uint32_t kUnit = 1u << 12;

}  // namespace

unsigned MostThreads() {
  static const unsigned kCores = std::max(1u, std::thread::hardware_concurrency());
  return std::min(kCores, 16u);
}

std::size_t ThreadsFor(const ExecContext& ctx, std::uint32_t limit) {
  // A profile is of one thread, and a transaction may be read by one only.
  if (limit < kFew || ctx.profile || ctx.writes() || ctx.in_transaction()) return 1;
  const std::size_t most = MostThreads();
  return ctx.threads() == 0 ? most : std::min<std::size_t>(most, ctx.threads());
}

void RunRanges(std::uint32_t limit, std::size_t threads,
               const std::function<void(NumberRange range, std::size_t worker)>& run) {
  if (threads <= 1) return run({0, limit}, 0);
  const std::uint32_t length = (limit / kRanges / kUnit + 1) * kUnit;
  const std::size_t ranges = (limit + std::size_t{length} - 1) / length;
  graph::RunParts(ranges, threads, [&](std::size_t range, std::size_t worker) {
    const auto begin = static_cast<std::uint32_t>(range) * length;
    run({begin, std::min(limit - begin, length) + begin}, worker);
  });
}

}  // namespace verbale::query
