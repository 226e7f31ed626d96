#include "query/execute/row_key.h"

#include <algorithm>
#include <iterator>

#include "graph/error.h"

namespace verbale::query {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;

// The low bits choose the place, so all others are folded into them.
std::uint64_t HashOf(const RowKey& key) {
  std::uint64_t hash = 0x9E3779B97F4A7C15u;
  for (const graph::Value& value : key) {
    hash = (hash ^ graph::Hash(value)) * 0xBF58476D1CE4E5B9u;
    hash ^= hash >> 31;
  }
  return hash;
}

}  // namespace

void ReadKey(const Batch& batch, std::size_t row, std::span<const Slot> slots,
             const graph::View& view, RowKey& key) {
  key.clear();
  for (const Slot slot : slots) key.push_back(batch.at(slot)->At(row, view));
}

void ReadKey(std::span<const ColumnPtr> columns, std::size_t row, const graph::View& view,
             RowKey& key) {
  key.clear();
  for (const ColumnPtr& column : columns) key.push_back(column->At(row, view));
}

std::pair<std::size_t, bool> RowTable::Insert(RowKey& key) {
  if (2 * (size() + 1) > places_.size()) Grow();
  const std::uint64_t hash = HashOf(key);
  const std::size_t mask = places_.size() - 1;
  std::size_t place = hash & mask;
  for (; places_[place] != kNone; place = (place + 1) & mask) {
    const std::uint32_t number = places_[place];
    if (hashes_[number] == hash && IsAt(number, key)) return {number, false};
  }
  if (size() == kNone) throw Error(ErrorCode::kLimitExceeded, "more than 4294967295 groups");
  width_ = key.size();
  places_[place] = static_cast<std::uint32_t>(size());
  hashes_.push_back(hash);
  std::move(key.begin(), key.end(), std::back_inserter(values_));
  return {size() - 1, true};
}

bool RowTable::IsAt(std::size_t number, const RowKey& key) const {
  return std::equal(key.begin(), key.end(),
                    values_.begin() + static_cast<std::ptrdiff_t>(number * width_),
                    graph::Equivalent);
}

void RowTable::Grow() {
  places_.assign(std::max<std::size_t>(64, places_.size() * 2), kNone);
  const std::size_t mask = places_.size() - 1;
  for (std::size_t number = 0; number < size(); ++number) {
    std::size_t place = hashes_[number] & mask;
    while (places_[place] != kNone) place = (place + 1) & mask;
    places_[place] = static_cast<std::uint32_t>(number);
  }
}

void RowTable::Clear() {
  values_.clear();
  hashes_.clear();
  places_.clear();
}

}  // namespace verbale::query
