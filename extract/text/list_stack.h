#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extract/text/blocks.h"
#include "extract/text/document.h"

namespace verbale::extract {

/// The lists that are open at one place of a document, outermost first.
class ListStack {
 public:
  struct Place {
    std::uint8_t level = 0;         ///< 1 for an outermost item.
    std::uint32_t lead_in = kNone;  ///< Unit that the item completes.
    std::string marker;             ///< As it should read: "(c)" also where the text has "(¢)".
  };

  bool empty() const { return open_.empty(); }
  void Clear() { open_.clear(); }
  /// Whether a list with such markers is open.
  bool Holds(MarkerKind kind) const;
  /// Whether the innermost list has such markers.
  bool Innermost(MarkerKind kind) const { return !open_.empty() && open_.back().kind == kind; }

  /// The place of an item with this marker. `previous` is the last unit before it and
  /// `after_colon` whether that one announces a list.
  Place Enter(const ListMarker& marker, std::uint32_t indent, std::uint32_t previous,
              bool after_colon);
  /// The place of an item whose marker was lost, in the innermost list.
  Place EnterUnmarked();
  /// The place of further text of the item that is open.
  Place Same() const;

 private:
  struct List {
    MarkerKind kind = MarkerKind::kBullet;
    int last = 0;  // Ordinal of the last item.
    std::uint32_t indent = 0;
    std::uint32_t lead_in = kNone;
  };

  ListMarker Understood(ListMarker marker, bool after_colon) const;

  std::vector<List> open_;
};

}  // namespace verbale::extract
