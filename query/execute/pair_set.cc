#include "query/execute/pair_set.h"

namespace verbale::query {
namespace {

/// So many numbers of 64 bits at most: 8 MiB.
constexpr std::size_t kMostBits = std::size_t{1} << 20;
/// Larger words, or words of later groups, have no bits.
constexpr std::uint64_t kMostWords = std::uint64_t{1} << 24;
constexpr std::uint32_t kMostGroups = 1u << 16;

}  // namespace

bool PairSet::Reach(std::uint32_t group, std::uint64_t word) {
  if (is_full_ || word >= kMostWords || group >= kMostGroups) return false;
  if (group >= rows_.size()) rows_.resize(group + std::size_t{1});
  Row& row = rows_[group];
  const std::size_t wanted = (word >> 6) + (word >> 8) + 16;
  is_full_ = size_ + wanted - row.size() > kMostBits;
  if (is_full_) return false;
  size_ += wanted - row.size();
  row.resize(wanted, 0);
  return true;
}

bool PairSet::InsertFar(std::uint32_t group, std::uint64_t word) {
  const Pair pair{word, group};
  const auto hash = [](const Pair& of) { return MixHash(MixHash(kHashStart, of.word), of.group); };
  places_.Reserve(far_.size(), [&](std::size_t number) { return hash(far_[number]); });
  std::uint32_t& place =
      places_.Find(hash(pair), [&](std::uint32_t number) { return far_[number] == pair; });
  if (place != HashPlaces::kNone) return false;
  place = static_cast<std::uint32_t>(far_.size());
  far_.push_back(pair);
  return true;
}

}  // namespace verbale::query
