#pragma once

// Look-up of nodes by the value of a property. Both parts give candidates by hash of the value; who
// asks compares with what the node has now. So an entry that went stale does no harm, and nothing
// is ever taken out.

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "graph/snapshot/hash_rows.h"
#include "graph/snapshot/paged_map.h"
#include "graph/snapshot/snapshot.h"

namespace verbale::graph::snapshot {

/// Over the nodes of a Snapshot. Filled by the first thread that asks; any number of threads.
class BaseIndex {
 public:
  BaseIndex(std::shared_ptr<const Snapshot> base, LabelId label, KeyId key)
      : base_(std::move(base)), label_(label), key_(key) {}

  /// Numbers ascending.
  std::span<const std::uint32_t> Candidates(std::uint64_t hash) const {
    return rows().Candidates(hash);
  }
  const HashRows& rows() const;

 private:
  void Fill() const;

  std::shared_ptr<const Snapshot> base_;  // Shared with the states that are laid over it.
  LabelId label_;
  KeyId key_;
  mutable std::once_flag filled_;
  mutable HashRows rows_;
};

/// Over what was written since: a hash table whose copies share pages. Chains of entries, the
/// newest first.
class AddedIndex {
 public:
  void Add(std::uint64_t hash, std::uint32_t number, Epoch epoch);
  /// Calls visit(number) for each one that was added with this hash, some more than once.
  template <typename Visit>
  void ForEachCandidate(std::uint64_t hash, const Visit& visit) const {
    if (size_ == 0) return;
    const std::uint32_t* head = heads_.Find(Bucket(hash));
    for (std::uint32_t at = head ? *head : 0; at != 0;) {
      const Entry& entry = *entries_.Find(at - 1);
      if (entry.hash == hash) visit(entry.number);
      at = entry.next;
    }
  }

 private:
  struct Entry {
    std::uint64_t hash = 0;
    std::uint32_t number = 0;
    std::uint32_t next = 0;  // Number of the next entry plus one; 0 ends the chain.
  };

  std::uint32_t Bucket(std::uint64_t hash) const {
    return static_cast<std::uint32_t>(Mix(hash) >> (64 - bits_));
  }
  void Link(std::uint32_t entry, Epoch epoch);

  unsigned bits_ = 4;
  std::uint32_t size_ = 0;
  PagedMap<std::uint32_t> heads_;  // By bucket: number of the first entry plus one.
  PagedMap<Entry> entries_;
};

/// An index as one state has it.
struct NodeIndex {
  LabelId label;
  KeyId key;
  std::shared_ptr<const BaseIndex> base;  ///< Shared with other states over the same Snapshot.
  AddedIndex added;
};

}  // namespace verbale::graph::snapshot
