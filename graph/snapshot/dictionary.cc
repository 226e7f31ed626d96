#include "graph/snapshot/dictionary.h"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <string_view>
#include <utility>

#include "graph/store/coding.h"

namespace verbale::graph::snapshot {

Dictionary::Dictionary(std::vector<Value> values) : owned_(std::move(values)) { values_ = owned_; }

Dictionary::Dictionary(std::uint32_t size, FlatArray<std::uint64_t> offsets, FlatArray<char> bytes)
    : offsets_(std::move(offsets)), bytes_(std::move(bytes)) {
  if (size == 0) return;
  room_ = std::calloc(size, sizeof(Value));
  if (room_ == nullptr) throw std::bad_alloc();
  values_ = {static_cast<const Value*>(room_), size};
  unmade_ = (size + kGroup - 1) / kGroup;
  made_ = std::make_unique<std::atomic<bool>[]>(unmade_);
}

Dictionary::~Dictionary() {
  if (room_ == nullptr) return;
  auto* values = static_cast<Value*>(room_);
  for (std::size_t group = 0; group * kGroup < size(); ++group) {
    if (!made_[group].load(std::memory_order_relaxed)) continue;
    const std::size_t end = std::min<std::size_t>((group + 1) * kGroup, size());
    for (std::size_t code = group * kGroup; code < end; ++code) values[code].~Value();
  }
  std::free(room_);
}

void Dictionary::PrepareAll() const {
  for (std::size_t code = 0; code < size(); code += kGroup) {
    Prepare(static_cast<std::uint32_t>(code));
  }
}

void Dictionary::Make(std::uint32_t code) const {
  const std::scoped_lock lock(making_);
  const std::size_t group = code / kGroup;
  if (made_[group].load(std::memory_order_relaxed)) return;
  const std::size_t begin = group * kGroup;
  const std::size_t end = std::min<std::size_t>(begin + kGroup, size());
  offsets_.Touch(group, 2);
  const std::size_t length = offsets_[group + 1] - offsets_[group];
  bytes_.Touch(offsets_[group], length);
  store::ByteReader reader({bytes_.data() + offsets_[group], length}, "values of the snapshot");
  std::vector<Value> decoded;
  decoded.reserve(end - begin);
  for (std::size_t i = begin; i < end; ++i) decoded.push_back(reader.Value());
  auto* values = static_cast<Value*>(room_);
  for (std::size_t i = begin; i < end; ++i) new (values + i) Value(std::move(decoded[i - begin]));
  made_[group].store(true, std::memory_order_release);
  unmade_.fetch_sub(1, std::memory_order_release);
}

}  // namespace verbale::graph::snapshot
