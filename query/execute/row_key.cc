#include "query/execute/row_key.h"

#include <algorithm>
#include <iterator>

#include "graph/error.h"

namespace verbale::query {
namespace {

std::uint64_t HashOf(const RowKey& key) {
  std::uint64_t hash = kHashStart;
  for (const graph::Value& value : key) hash = MixHash(hash, graph::Hash(value));
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
  places_.Reserve(size(), [&](std::size_t number) { return hashes_[number]; });
  const std::uint64_t hash = HashOf(key);
  std::uint32_t& place = places_.Find(
      hash, [&](std::uint32_t number) { return hashes_[number] == hash && IsAt(number, key); });
  if (place != HashPlaces::kNone) return {place, false};
  if (size() == HashPlaces::kNone) {
    throw Error(ErrorCode::kLimitExceeded, "more than 4294967295 groups");
  }
  width_ = key.size();
  place = static_cast<std::uint32_t>(size());
  hashes_.push_back(hash);
  std::move(key.begin(), key.end(), std::back_inserter(values_));
  return {size() - 1, true};
}

bool RowTable::IsAt(std::size_t number, const RowKey& key) const {
  return std::equal(key.begin(), key.end(),
                    values_.begin() + static_cast<std::ptrdiff_t>(number * width_),
                    [](const graph::Value& a, const graph::Value& b) {
                      return a.IsSame(b) || graph::Equivalent(a, b);
                    });
}

void RowTable::Clear() {
  values_.clear();
  hashes_.clear();
  places_.Clear();
}

}  // namespace verbale::query
