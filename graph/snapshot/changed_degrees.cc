#include "graph/snapshot/changed_degrees.h"

#include <algorithm>

namespace verbale::graph::snapshot {

std::uint32_t& ChangedDegrees::Edit(NodeNo node, Epoch epoch) {
  Directory& directory = OwnPage(directory_, epoch);
  const std::size_t at = node.value / kChangedDegreePage;
  if (at >= directory.pages.size()) {
    directory.pages.resize(at + 1);
    directory.views.resize(at + 1);
  }
  std::vector<ChangedDegree>& degrees = OwnPage(directory.pages[at], epoch).degrees;
  auto place =
      std::lower_bound(degrees.begin(), degrees.end(), node,
                       [](const ChangedDegree& entry, NodeNo n) { return entry.node < n; });
  if (place == degrees.end() || place->node != node) place = degrees.insert(place, {node, 0});
  directory.views[at] = degrees;
  return place->degree;
}

}  // namespace verbale::graph::snapshot
