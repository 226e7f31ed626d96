#include "query/execute/pair_set.h"

#include <algorithm>

#include "query/execute/hash_places.h"

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

PairSet::Pair& PairSet::Find(std::uint32_t group, std::uint64_t word) {
  std::uint64_t place = MixHash(MixHash(kHashStart, word), group);
  for (;; ++place) {
    Pair& pair = places_[place & (places_.size() - 1)];
    if (pair.group == kFree || (pair.group == group && pair.word == word)) return pair;
  }
}

bool PairSet::InsertFar(std::uint32_t group, std::uint64_t word) {
  if ((far_ + 1) * 2 > places_.size()) Grow();
  Pair& pair = Find(group, word);
  if (pair.group != kFree) return false;
  pair = {word, group};
  ++far_;
  return true;
}

void PairSet::Grow() {
  std::vector<Pair> old(places_.empty() ? 64 : places_.size() * 2);
  old.swap(places_);
  for (const Pair& pair : old) {
    if (pair.group != kFree) Find(pair.group, pair.word) = pair;
  }
}

}  // namespace verbale::query
