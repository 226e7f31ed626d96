#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "graph/snapshot/paged_map.h"
#include "graph/view.h"

namespace verbale::graph::snapshot {

/// Of the nodes whose adjacency was written: how many entries each has now, in pages to be read one
/// behind the other. Copies share pages, and a writer copies a page once an epoch (paged_map.h).
class ChangedDegrees {
 public:
  /// The number of `node`, to be changed by the writer of `epoch`; 0 where it had none.
  std::uint32_t& Edit(NodeNo node, Epoch epoch);
  /// By page. Lives until the next Edit.
  std::span<const ChangedDegreePage> pages() const {
    return directory_ ? std::span<const ChangedDegreePage>(directory_->views)
                      : std::span<const ChangedDegreePage>();
  }

 private:
  struct Page {
    Epoch epoch = 0;
    std::vector<ChangedDegree> degrees;  // Ascending by node.
  };
  struct Directory {
    Epoch epoch = 0;
    std::vector<std::shared_ptr<Page>> pages;  // Shared with other copies.
    std::vector<ChangedDegreePage> views;      // Of the pages.
  };

  std::shared_ptr<Directory> directory_;  // Shared with other copies.
};

}  // namespace verbale::graph::snapshot
