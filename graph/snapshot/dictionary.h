#pragma once

// The values of one key, by code.
//
// They come from a vector, or from a mapped file, where they stand encoded one behind the other, in
// groups of which the beginning is known. A query needs them as Values side by side; making all of
// them would take longer than most questions do. So there is room for all (zero bytes from the
// system, which are null Values and cost no memory until they are written), and a group is made
// when one of it is asked for.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "graph/snapshot/flat_array.h"
#include "graph/value.h"

namespace verbale::graph::snapshot {

/// Immutable as far as anyone sees; any number of threads.
class Dictionary {
 public:
  /// So many values a group.
  static constexpr std::uint32_t kGroup = 64;

  explicit Dictionary(std::vector<Value> values);
  /// The values of group i are encoded in bytes[offsets[i], offsets[i + 1]).
  Dictionary(std::uint32_t size, FlatArray<std::uint64_t> offsets, FlatArray<char> bytes);
  ~Dictionary();
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;

  std::size_t size() const { return values_.size(); }
  const Value& operator[](std::uint32_t code) const {
    Prepare(code);
    return values_[code];
  }
  /// By code; only those are there that were prepared.
  std::span<const Value> values() const { return values_; }
  void Prepare(std::uint32_t code) const {
    if (made_ && !made_[code / kGroup].load(std::memory_order_acquire)) [[unlikely]]
      Make(code);
  }
  void Prepare(std::span<const std::uint32_t> codes) const {
    if (unmade_.load(std::memory_order_acquire) == 0) return;
    for (const std::uint32_t code : codes) Prepare(code);
  }
  void PrepareAll() const;

 private:
  void Make(std::uint32_t code) const;

  std::span<const Value> values_;
  std::vector<Value> owned_;

  // Of a mapped one.
  FlatArray<std::uint64_t> offsets_;
  FlatArray<char> bytes_;
  void* room_ = nullptr;                        // for size() values
  std::unique_ptr<std::atomic<bool>[]> made_;   // by group
  mutable std::atomic<std::size_t> unmade_{0};  // so many groups are not made yet
  mutable std::mutex making_;                   // held while a group is made
};

}  // namespace verbale::graph::snapshot
