#pragma once

// Which relationships a row has walked already: a match takes each at most once.

#include <span>
#include <vector>

#include "query/execute/column.h"

namespace verbale::query {

/// Relationships of one row that may not be taken again. Small: looked through in order.
class TakenRels {
 public:
  /// Those in `slots`, each a relationship or a list of them.
  void Load(const Batch& rows, std::uint32_t row, std::span<const Slot> slots);
  bool Has(graph::RelNo rel) const {
    for (const graph::RelNo taken : rels_) {
      if (taken == rel) return true;
    }
    return false;
  }
  bool empty() const { return rels_.empty(); }

 private:
  std::vector<graph::RelNo> rels_;
};

}  // namespace verbale::query
