#include "query/execute/int_set.h"

#include <bit>

namespace verbale::query {
namespace {

std::size_t PlaceOf(std::int64_t value, std::size_t places) {
  const std::uint64_t hash = static_cast<std::uint64_t>(value) * 0x9E3779B97F4A7C15u;
  return static_cast<std::size_t>(hash ^ (hash >> 32)) & (places - 1);
}

}  // namespace

void IntSet::InsertLarge(std::int64_t value) {
  if ((large_count_ + 1) * 2 > places_.size()) Grow();
  std::size_t place = PlaceOf(value, places_.size());
  while (places_[place] != kFree) {
    if (places_[place] == value) return;
    place = (place + 1) & (places_.size() - 1);
  }
  places_[place] = value;
  ++large_count_;
}

void IntSet::Grow() {
  std::vector<std::int64_t> old(places_.empty() ? 64 : places_.size() * 2, kFree);
  old.swap(places_);
  for (const std::int64_t value : old) {
    if (value == kFree) continue;
    std::size_t place = PlaceOf(value, places_.size());
    while (places_[place] != kFree) place = (place + 1) & (places_.size() - 1);
    places_[place] = value;
  }
}

std::vector<std::int64_t> IntSet::Values() const {
  std::vector<std::int64_t> values;
  values.reserve(size());
  for (std::size_t word = 0; word < bits_.size(); ++word) {
    for (std::uint64_t rest = bits_[word]; rest != 0; rest &= rest - 1) {
      values.push_back(static_cast<std::int64_t>(word * 64) + std::countr_zero(rest));
    }
  }
  for (const std::int64_t value : places_) {
    if (value != kFree) values.push_back(value);
  }
  return values;
}

}  // namespace verbale::query
