#include "graph/snapshot/hash_rows.h"

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

namespace verbale::graph::snapshot {

HashRows::HashRows(std::span<const std::uint64_t> hashes, std::span<const std::uint32_t> given) {
  Fill(hashes, given.data());
}

HashRows::HashRows(std::span<const std::uint64_t> hashes) { Fill(hashes, nullptr); }

void HashRows::Fill(std::span<const std::uint64_t> hashes, const std::uint32_t* given) {
  if (hashes.empty()) return;
  const auto bits = std::max(1U, static_cast<unsigned>(std::bit_width(hashes.size() - 1)));
  shift = 64 - bits;
  std::vector<std::uint32_t> begins((std::size_t{1} << bits) + 1, 0);
  for (const std::uint64_t hash : hashes) ++begins[(Mix(hash) >> shift) + 1];
  for (std::size_t b = 1; b < begins.size(); ++b) begins[b] += begins[b - 1];
  std::vector<std::uint32_t> in_order(hashes.size());
  std::vector<std::uint32_t> next(begins.begin(), begins.end() - 1);
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    const std::size_t bucket = Mix(hashes[i]) >> shift;
    in_order[next[bucket]++] = given ? given[i] : static_cast<std::uint32_t>(i);
  }
  starts = std::move(begins);
  numbers = std::move(in_order);
}

RowsOfIds::RowsOfIds(std::vector<std::uint64_t> ids) : ids_(std::move(ids)) {
  const auto gap = std::adjacent_find(ids_.begin(), ids_.end(),
                                      [](std::uint64_t a, std::uint64_t b) { return b != a + 1; });
  follow_ = !ids_.empty() && gap == ids_.end();
  if (!follow_) rows_ = HashRows(ids_);
}

}  // namespace verbale::graph::snapshot
