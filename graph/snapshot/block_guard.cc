#include "graph/snapshot/block_guard.h"

#include <algorithm>
#include <string_view>

#include "graph/error.h"
#include "graph/store/checksum.h"

namespace verbale::graph::snapshot {

BlockGuard::BlockGuard(std::span<const char> data, std::span<const std::uint64_t> sums)
    : data_(data),
      sums_(sums),
      verified_(std::make_unique<std::atomic<std::uint64_t>[]>((sums.size() + 63) / 64)) {}

void BlockGuard::Verify(std::size_t block) const {
  const std::size_t begin = block * kBlock;
  const std::string_view bytes(data_.data() + begin, std::min(kBlock, data_.size() - begin));
  if (store::Checksum64(bytes, block) != sums_[block]) {
    is_damaged_.store(true, std::memory_order_relaxed);
    throw Error(ErrorCode::kCorruption, "the snapshot of the graph is damaged")
        .WithHint("ask again: it is laid out anew from the store");
  }
  verified_[block >> 6].fetch_or(std::uint64_t{1} << (block & 63), std::memory_order_relaxed);
}

}  // namespace verbale::graph::snapshot
