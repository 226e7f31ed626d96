#include "graph/snapshot/hash_rows.h"

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

namespace verbale::graph::snapshot {

HashRows::HashRows(std::span<const std::uint64_t> hashes, std::span<const std::uint32_t> numbers) {
  Fill(hashes, numbers.data());
}

HashRows::HashRows(std::span<const std::uint64_t> hashes) { Fill(hashes, nullptr); }

void HashRows::Fill(std::span<const std::uint64_t> hashes, const std::uint32_t* numbers) {
  if (hashes.empty()) return;
  const auto bits = std::max(1U, static_cast<unsigned>(std::bit_width(hashes.size() - 1)));
  shift_ = 64 - bits;
  std::vector<std::uint32_t> starts((std::size_t{1} << bits) + 1, 0);
  for (const std::uint64_t hash : hashes) ++starts[(Mix(hash) >> shift_) + 1];
  for (std::size_t b = 1; b < starts.size(); ++b) starts[b] += starts[b - 1];
  std::vector<std::uint32_t> in_order(hashes.size());
  std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    const std::size_t bucket = Mix(hashes[i]) >> shift_;
    in_order[next[bucket]++] = numbers ? numbers[i] : static_cast<std::uint32_t>(i);
  }
  starts_ = std::move(starts);
  numbers_ = std::move(in_order);
}

}  // namespace verbale::graph::snapshot
