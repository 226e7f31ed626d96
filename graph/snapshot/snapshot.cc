#include "graph/snapshot/snapshot.h"

#include <algorithm>

namespace verbale::graph::snapshot {

const std::shared_ptr<const Snapshot>& Snapshot::Empty() {
  static const auto empty = std::make_shared<const Snapshot>();
  return empty;
}

std::span<const std::uint32_t> Snapshot::RunsOf(LabelId label) const {
  if (label.value >= label_runs.size()) return {};
  return label_runs[label.value];
}

std::uint64_t Snapshot::CountOf(LabelId label) const {
  std::uint64_t count = 0;
  for (const std::uint32_t run : RunsOf(label)) count += runs[run].count;
  return count;
}

std::optional<NodeNo> Snapshot::Find(NodeId id) const {
  for (const std::uint32_t no : nodes_by_id.Candidates(id.value)) {
    if (node_ids[no] == id) return NodeNo{no};
  }
  return std::nullopt;
}

std::optional<RelNo> Snapshot::Find(RelId id) const {
  std::call_once(rels_by_id_made_, [this] {
    std::vector<std::uint64_t> hashes;
    hashes.reserve(rel_ids.size());
    for (const RelId rel : rel_ids) hashes.push_back(rel.value);
    rels_by_id_ = HashRows(hashes);
  });
  for (const std::uint32_t no : rels_by_id_.Candidates(id.value)) {
    if (rel_ids[no] == id) return RelNo{no};
  }
  return std::nullopt;
}

TypeId Snapshot::TypeOf(RelNo rel) const {
  const auto after =
      std::upper_bound(types_by_first.begin(), types_by_first.end(), rel.value,
                       [this](std::uint32_t no, std::uint32_t t) { return no < types[t].first; });
  return TypeId{*(after - 1)};
}

}  // namespace verbale::graph::snapshot
