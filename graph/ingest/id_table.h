#pragma once

// From the ids that files use to rows. Open addressing over 32-bit rows; the ids themselves stay
// where the caller keeps them.

#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "graph/store/checksum.h"

namespace verbale::graph::ingest {

/// Ids are texts within a space, whose names are numbered by the caller. One thread.
class IdTable {
 public:
  /// False where the id is there already. `id` is borrowed for the life of the table.
  bool Add(std::uint32_t space, std::string_view id, std::uint32_t row) {
    if ((entries_.size() + 1) * 2 > slots_.size()) Grow();
    std::uint32_t& slot = Slot(space, id);
    if (slot != 0) return false;
    entries_.push_back({id, space, row});
    slot = static_cast<std::uint32_t>(entries_.size());
    return true;
  }
  std::optional<std::uint32_t> Find(std::uint32_t space, std::string_view id) {
    if (slots_.empty()) return std::nullopt;
    const std::uint32_t slot = Slot(space, id);
    return slot != 0 ? std::optional(entries_[slot - 1].row) : std::nullopt;
  }

 private:
  struct Entry {
    std::string_view id;
    std::uint32_t space = 0, row = 0;
  };

  /// Where the id is, or where it belongs.
  std::uint32_t& Slot(std::uint32_t space, std::string_view id) {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = store::Checksum64(id, space) & mask;; at = (at + 1) & mask) {
      std::uint32_t& slot = slots_[at];
      if (slot == 0) return slot;
      const Entry& entry = entries_[slot - 1];
      if (entry.space == space && entry.id == id) return slot;
    }
  }

  void Grow() {
    slots_.assign(slots_.empty() ? 1024 : slots_.size() * 2, 0);
    for (std::uint32_t i = 0; i < entries_.size(); ++i)
      Slot(entries_[i].space, entries_[i].id) = i + 1;
  }

  std::vector<std::uint32_t> slots_;  // Number of the entry plus one; 0 is free.
  std::vector<Entry> entries_;
};

}  // namespace verbale::graph::ingest
