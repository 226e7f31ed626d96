#include "graph/snapshot/dictionary.h"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <string_view>
#include <utility>

#include "graph/store/coding.h"

namespace verbale::graph::snapshot {

Dictionary::Dictionary(std::vector<Value> values) : owned_(std::move(values)) { values_ = owned_; }

Dictionary::Dictionary(FlatArray<std::uint64_t> offsets, FlatArray<char> bytes)
    : offsets_(std::move(offsets)), bytes_(std::move(bytes)) {
  const std::size_t size = offsets_.size() - 1;
  if (size == 0) return;
  room_ = std::calloc(size, sizeof(Value));
  if (room_ == nullptr) throw std::bad_alloc();
  values_ = {static_cast<const Value*>(room_), size};
  made_ = std::make_unique<std::atomic<bool>[]>((size + kGroup - 1) / kGroup);
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
  offsets_.Touch(begin, end - begin + 1);
  bytes_.Touch(offsets_[begin], offsets_[end] - offsets_[begin]);
  std::vector<Value> decoded;
  decoded.reserve(end - begin);
  for (std::size_t i = begin; i < end; ++i) {
    const std::string_view bytes(bytes_.data() + offsets_[i], offsets_[i + 1] - offsets_[i]);
    decoded.push_back(store::ByteReader(bytes, "value of the snapshot").Value());
  }
  auto* values = static_cast<Value*>(room_);
  for (std::size_t i = begin; i < end; ++i) new (values + i) Value(std::move(decoded[i - begin]));
  made_[group].store(true, std::memory_order_release);
}

}  // namespace verbale::graph::snapshot
