#pragma once

// From the ids that files use to rows. Ids that are numbers, as most are, index a table where they
// are not much larger than there are ids; the others are found by open addressing over 32-bit rows,
// and stay where the caller keeps them.

#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "graph/store/checksum.h"

namespace verbale::graph::ingest {

/// Ids are texts within a space, whose names are numbered by the caller. One thread adds; any
/// number find while none does.
class IdTable {
 public:
  /// False where the id is there already. `id` is borrowed for the life of the table.
  bool Add(std::uint32_t space, std::string_view id, std::uint32_t row) {
    if (Find(space, id)) return false;
    if (space >= dense_.size()) dense_.resize(space + std::size_t{1});
    Dense& dense = dense_[space];
    ++dense.ids;
    if (const auto number = NumberIn(id); number && *number < 16 + 4 * std::size_t{dense.ids}) {
      if (*number >= dense.rows.size()) dense.rows.resize(2 * std::size_t{*number} + 16, kNoRow);
      dense.rows[*number] = row;
      return true;
    }
    if ((entries_.size() + 1) * 2 > slots_.size()) Grow();
    std::uint32_t& slot = slots_[SlotNo(space, id)];
    if (slot != 0) return false;
    entries_.push_back({id, space, row});
    slot = static_cast<std::uint32_t>(entries_.size());
    return true;
  }
  std::optional<std::uint32_t> Find(std::uint32_t space, std::string_view id) const {
    if (space < dense_.size()) {
      const std::vector<std::uint32_t>& rows = dense_[space].rows;
      const auto number = NumberIn(id);
      if (number && *number < rows.size() && rows[*number] != kNoRow) return rows[*number];
    }
    if (slots_.empty()) return std::nullopt;
    const std::uint32_t slot = slots_[SlotNo(space, id)];
    return slot != 0 ? std::optional(entries_[slot - 1].row) : std::nullopt;
  }

 private:
  struct Entry {
    std::string_view id;
    std::uint32_t space = 0, row = 0;
  };
  /// Of a space.
  struct Dense {
    std::vector<std::uint32_t> rows;  // By id; kNoRow where it is not here.
    std::uint32_t ids = 0;            // Of the space, wherever they are.
  };
  static constexpr std::uint32_t kNoRow = 0xFFFFFFFF;

  /// The number that is written just so: no other text has the same number.
  static std::optional<std::uint32_t> NumberIn(std::string_view id) {
    if (id.empty() || id.size() > 9 || (id.size() > 1 && id[0] == '0')) return std::nullopt;
    std::uint32_t number = 0;
    for (const char c : id) {
      if (c < '0' || c > '9') return std::nullopt;
      number = number * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return number;
  }

  /// Where the id is, or where it belongs.
  std::size_t SlotNo(std::uint32_t space, std::string_view id) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = store::Checksum64(id, space) & mask;; at = (at + 1) & mask) {
      if (slots_[at] == 0) return at;
      const Entry& entry = entries_[slots_[at] - 1];
      if (entry.space == space && entry.id == id) return at;
    }
  }

  void Grow() {
    slots_.assign(slots_.empty() ? 1024 : slots_.size() * 2, 0);
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
      slots_[SlotNo(entries_[i].space, entries_[i].id)] = i + 1;
    }
  }

  std::vector<std::uint32_t> slots_;  // Number of the entry plus one; 0 is free.
  std::vector<Entry> entries_;
  std::vector<Dense> dense_;  // By space.
};

}  // namespace verbale::graph::ingest
