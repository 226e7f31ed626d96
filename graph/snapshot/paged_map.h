#pragma once

// A map from dense numbers to values whose copies share what they have in common.
//
// Three levels: a directory, branches of 64 leaves, leaves of 64 slots. Copying the map copies one
// pointer. Writing copies the leaf, branch and directory on the way, unless the writer made them
// itself: each page carries the epoch in which it was made, and a page of the writer's own epoch is
// known to be seen by nobody else. So a writer pays for a page once, a reader that took a copy
// before never sees a change, and no reference count is read to decide it.

#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace verbale::graph::snapshot {

/// Who may change a page in place. Grows with each writer and each savepoint.
using Epoch = std::uint64_t;

/// `page` itself where it is of `epoch`, else a copy of it put in its place.
template <typename Page>
Page& OwnPage(std::shared_ptr<Page>& page, Epoch epoch) {
  if (!page || page->epoch != epoch) {
    page = page ? std::make_shared<Page>(*page) : std::make_shared<Page>();
    page->epoch = epoch;
  }
  return *page;
}

/// Copies may be read by any number of threads while one writer changes its own copy. The writer
/// must use an epoch that no page of the map it began with was made in.
template <typename T>
class PagedMap {
 public:
  /// The value of `index`, or nullptr. Lives until its slot is written in the same epoch.
  const T* Find(std::uint32_t index) const {
    const Leaf* leaf = FindLeaf(index);
    return leaf && leaf->Has(index & kMask) ? &leaf->slots[index & kMask] : nullptr;
  }

  /// The value of `index` to be changed by the writer of `epoch`; made where there is none.
  T& Edit(std::uint32_t index, Epoch epoch) {
    Leaf& leaf = EditLeaf(index, epoch);
    leaf.present |= std::uint64_t{1} << (index & kMask);
    return leaf.slots[index & kMask];
  }

  /// The first index from `from` on that has a value.
  std::optional<std::uint32_t> NextFrom(std::uint32_t from) const {
    if (!directory_) return std::nullopt;
    std::uint64_t at = from;
    while ((at >> (2 * kBits)) < directory_->branches.size()) {
      const Branch* branch = directory_->branches[at >> (2 * kBits)].get();
      if (!branch) {
        at = ((at >> (2 * kBits)) + 1) << (2 * kBits);
        continue;
      }
      const Leaf* leaf = branch->leaves[(at >> kBits) & kMask].get();
      const std::uint64_t rest = leaf ? leaf->present >> (at & kMask) : 0;
      if (rest) return static_cast<std::uint32_t>(at + std::countr_zero(rest));
      at = ((at >> kBits) + 1) << kBits;
    }
    return std::nullopt;
  }

  bool empty() const { return !directory_; }

 private:
  static constexpr unsigned kBits = 6;
  static constexpr std::uint32_t kMask = 63;

  struct Leaf {
    Epoch epoch = 0;
    std::uint64_t present = 0;
    std::array<T, 64> slots{};

    bool Has(std::uint32_t slot) const { return present >> slot & 1; }
  };
  struct Branch {
    Epoch epoch = 0;
    std::array<std::shared_ptr<Leaf>, 64> leaves;  // Shared with other copies of the map.
  };
  struct Directory {
    Epoch epoch = 0;
    std::vector<std::shared_ptr<Branch>> branches;  // Shared with other copies of the map.
  };

  const Leaf* FindLeaf(std::uint32_t index) const {
    if (!directory_ || (index >> (2 * kBits)) >= directory_->branches.size()) return nullptr;
    const Branch* branch = directory_->branches[index >> (2 * kBits)].get();
    return branch ? branch->leaves[(index >> kBits) & kMask].get() : nullptr;
  }

  Leaf& EditLeaf(std::uint32_t index, Epoch epoch) {
    Directory& directory = OwnPage(directory_, epoch);
    const std::size_t at = index >> (2 * kBits);
    if (at >= directory.branches.size()) directory.branches.resize(at + 1);
    Branch& branch = OwnPage(directory.branches[at], epoch);
    return OwnPage(branch.leaves[(index >> kBits) & kMask], epoch);
  }

  std::shared_ptr<Directory> directory_;  // Shared with other copies of the map.
};

/// A set of dense numbers, likewise.
class PagedBits {
 public:
  bool Has(std::uint32_t index) const {
    const std::uint64_t* word = words_.Find(index >> 6);
    return word && (*word >> (index & 63) & 1);
  }
  void Put(std::uint32_t index, bool on, Epoch epoch) {
    std::uint64_t& word = words_.Edit(index >> 6, epoch);
    const std::uint64_t bit = std::uint64_t{1} << (index & 63);
    word = on ? word | bit : word & ~bit;
  }
  /// The first member from `from` on.
  std::optional<std::uint32_t> NextFrom(std::uint32_t from) const {
    std::uint32_t keep_from = from & 63;
    for (auto at = words_.NextFrom(from >> 6); at; at = words_.NextFrom(*at + 1)) {
      std::uint64_t word = *words_.Find(*at);
      if (*at == from >> 6) word &= ~std::uint64_t{0} << keep_from;
      if (word) return (*at << 6) + static_cast<std::uint32_t>(std::countr_zero(word));
    }
    return std::nullopt;
  }

 private:
  PagedMap<std::uint64_t> words_;
};

/// A set of dense numbers, likewise, for asking often and writing little: one flat array of bits,
/// which a writer copies once an epoch.
class SharedBits {
 public:
  bool Has(std::uint32_t index) const { return Word(index) >> (index & 63) & 1; }
  /// All bits; the numbers behind them are no members.
  std::span<const std::uint64_t> words() const { return {words_, size_}; }
  /// The bits of the 64 numbers that have the same index / 64.
  std::uint64_t Word(std::uint32_t index) const {
    return (index >> 6) < size_ ? words_[index >> 6] : 0;
  }
  void Put(std::uint32_t index, Epoch epoch) {
    const std::size_t word = index >> 6;
    if (!array_ || array_->epoch != epoch || word >= size_) Grow(word + 1, epoch);
    array_->words[word] |= std::uint64_t{1} << (index & 63);
  }

 private:
  struct Array {
    Epoch epoch = 0;
    std::vector<std::uint64_t> words;
  };

  void Grow(std::size_t size, Epoch epoch) {
    std::vector<std::uint64_t>& words = OwnPage(array_, epoch).words;
    if (words.size() < size) words.resize(size + size / 2);
    words_ = words.data();
    size_ = words.size();
  }

  std::shared_ptr<Array> array_;  // Shared with other copies of the set.
  const std::uint64_t* words_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace verbale::graph::snapshot
