// Reading relationships of a state: the Snapshot, and over it the Delta.

#include <algorithm>

#include "graph/snapshot/state.h"

namespace verbale::graph::snapshot {

std::uint64_t GraphState::RelCount(TypeId type) const {
  const std::uint64_t base = base_->CountOf(type);
  if (type.value >= delta_.rel_types.size()) return base;
  return base + static_cast<std::uint64_t>(delta_.rel_types[type.value]);
}

bool GraphState::Exists(RelNo rel) const {
  if (const RelPatch* patch = Patch(rel)) return !patch->deleted;
  return InBase(rel);
}

RelId GraphState::Id(RelNo rel) const {
  if (InBase(rel)) return base_->rel_ids[rel.value];
  const RelPatch* patch = Patch(rel);
  return patch ? patch->id : RelId{};
}

std::optional<RelNo> GraphState::Find(RelId id) const {
  const auto base = base_->Find(id);
  if (base && Exists(*base)) return base;
  std::optional<RelNo> created;
  delta_.created_rels.ForEachCandidate(id.value, [&](std::uint32_t no) {
    if (Id(RelNo{no}) == id && Exists(RelNo{no})) created = RelNo{no};
  });
  return created;
}

RelEnds GraphState::Ends(RelNo rel) const {
  if (InBase(rel)) return base_->Ends(rel);
  const RelPatch* patch = Patch(rel);
  return patch ? patch->ends : RelEnds{kNoNode, kNoNode, TypeId{}};
}

std::uint32_t GraphState::Support(RelNo rel) const {
  if (const RelPatch* patch = Patch(rel)) return patch->support;
  return InBase(rel) ? base_->SupportOf(rel) : 0;
}

std::vector<EvidenceRecord> GraphState::Evidence(RelNo rel) const {
  if (Support(rel) == 0) return {};
  std::vector<EvidenceRecord> records = pinned->Evidence({Id(Ends(rel).source), Id(rel)});
  std::stable_partition(records.begin(), records.end(),
                        [](const EvidenceRecord& r) { return r.modality == Modality::kAsserted; });
  return records;
}

bool GraphState::IsConnected(NodeNo node) const {
  for (std::uint32_t type = 0; type < names.TypeCount(); ++type) {
    if (Neighbours(node, Direction::kOut, TypeId{type}).size() != 0) return true;
    if (Neighbours(node, Direction::kIn, TypeId{type}).size() != 0) return true;
  }
  return false;
}

}  // namespace verbale::graph::snapshot
