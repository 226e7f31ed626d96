#include "graph/snapshot/hash_rows.h"

#include <algorithm>
#include <bit>

namespace verbale::graph::snapshot {

HashRows::HashRows(std::span<const std::uint64_t> hashes, std::span<const std::uint32_t> numbers) {
  Fill(hashes, numbers.data());
}

HashRows::HashRows(std::span<const std::uint64_t> hashes) { Fill(hashes, nullptr); }

void HashRows::Fill(std::span<const std::uint64_t> hashes, const std::uint32_t* numbers) {
  if (hashes.empty()) return;
  const auto bits = std::max(1U, static_cast<unsigned>(std::bit_width(hashes.size() - 1)));
  shift_ = 64 - bits;
  starts_.assign((std::size_t{1} << bits) + 1, 0);
  for (const std::uint64_t hash : hashes) ++starts_[(Mix(hash) >> shift_) + 1];
  for (std::size_t b = 1; b < starts_.size(); ++b) starts_[b] += starts_[b - 1];
  numbers_.resize(hashes.size());
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    numbers_[next[Mix(hashes[i]) >> shift_]++] =
        numbers ? numbers[i] : static_cast<std::uint32_t>(i);
  }
}

}  // namespace verbale::graph::snapshot
