#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "graph/snapshot/block_guard.h"

namespace verbale::graph::snapshot {

/// Plain values side by side, in memory of whoever has it: a vector, or a mapped file. Immutable; a
/// copy shares the memory.
///
/// What lies in a file must be touched before it is read: that is when it is verified, and throws
/// Error(kCorruption) where it is not what was written. Touching a vector costs a look at a
/// pointer.
template <typename T>
class FlatArray {
 public:
  using value_type = T;
  using const_iterator = typename std::span<const T>::iterator;

  FlatArray() = default;
  FlatArray(std::vector<T> values) {
    if (values.empty()) return;
    auto owner = std::make_shared<const std::vector<T>>(std::move(values));
    values_ = *owner;
    owner_ = std::move(owner);
  }
  /// `values` and `guard`, which watches over them, live as long as `owner`.
  FlatArray(std::span<const T> values, std::shared_ptr<const void> owner, const BlockGuard* guard)
      : values_(values), owner_(std::move(owner)), guard_(guard) {}

  void Touch() const { Touch(0, size()); }
  void Touch(std::size_t at) const { Touch(at, 1); }
  /// values [at, at + count), which are within the array.
  void Touch(std::size_t at, std::size_t count) const {
    if (guard_ != nullptr) guard_->Check(data() + at, count * sizeof(T));
  }

  const T& operator[](std::size_t i) const { return values_[i]; }
  const T* data() const { return values_.data(); }
  std::size_t size() const { return values_.size(); }
  bool empty() const { return values_.empty(); }
  const_iterator begin() const { return values_.begin(); }
  const_iterator end() const { return values_.end(); }

 private:
  std::span<const T> values_;
  std::shared_ptr<const void> owner_;  // Shared with copies, and with other arrays of a mapping.
  const BlockGuard* guard_ = nullptr;
};

}  // namespace verbale::graph::snapshot
